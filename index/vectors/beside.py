"""The vector index beside a store: opened when it is needed, kept in step, let go of where it is broken. Only
`index.library` uses this."""

import contextlib
import threading
from pathlib import Path

from index.config import VECTORS
from index.errors import IndexBroken, LibraryError, Line
from index.store.protocol import Change, Store, Vectors
from index.types import Filter, Hit
from index.vectors.protocol import VectorIndex, scan

_LEFT = (
    "it is erased, but Chroma is open in another process; traces go when hoibao serve is stopped"
)


class Beside:
    """The index in `folder` of what a store holds; threads may share it."""

    def __init__(self, folder: Path, store: Store) -> None:
        self._folder = folder
        self._store = store
        self._index: VectorIndex | None = None
        #: One change at a time; and one that opens, brings in step or closes the index. A search waits for the
        #: second only: it goes on while a change is written. Who takes both takes them in this order.
        self._changes = threading.RLock()
        self._lock = threading.RLock()
        self._changing = False

    def close(self) -> None:
        """Lets go of it. What has traces of what was erased is thrown away, to be made anew."""
        with self._changes, self._lock:
            if self._index and not _current(self._index):
                self._let_go()
                self._opened(anew=True)
            self._let_go()

    def search(self, vector: Vectors, limit: int, only: Filter) -> list[Hit]:
        """The chunks nearest to a unit vector by cosine (-1 to 1), best first."""
        if self._lock.acquire(timeout=VECTORS.patience):
            try:
                if index := self._searchable():
                    return index.search(vector, limit, only)
            except IndexBroken:
                self._let_go()
            finally:
                self._lock.release()
        # Another process has Chroma, or it has much to catch up with, which a question does not wait for.
        return scan(self._store, vector, limit, only)

    def warm(self, vector: Vectors) -> None:
        """Reads into memory what searches need, and lets Chroma catch up where it is behind."""
        with self._changes, self._lock:
            if index := self.in_step():
                with contextlib.suppress(IndexBroken):
                    index.search(vector, 1, Filter())

    def apply(self, change: Change, same: tuple[str, str] | None = None) -> bool:
        """Commits a change, first to the store, then to Chroma, which takes over what it missed when it is
        opened again. Where the article `same` has another content than this hash by now, nothing is done;
        returns whether it was.

        Raises:
            LibraryError: the disk is full, or another process keeps the library busy.
        """
        with self._changes:
            index = self.in_step()
            if same and all(known.id != same[0] for known in self._store.known(content=same[1])):
                return False
            self._changing = True
            try:
                added, dropped = self._store.write(change)
                if index:
                    index.apply(added, dropped)
            except IndexBroken as error:
                with self._lock:
                    if index is not self._index:  # a search found it broken: it is made anew
                        return True
                    self._let_go()
                raise LibraryError(
                    f"Chroma cannot be written ({error}); free some space; what was confirmed is kept, and "
                    "Chroma catches up by itself"
                ) from None
            finally:
                self._changing = False
        return True

    def check(self, repair: bool) -> tuple[list[str], list[str]]:
        """What is wrong and what was mended, one line each."""
        problems: list[str] = []
        repaired: list[str] = []
        with self._changes, self._lock:
            index = self._opened()
            if index is None:
                problems.append(
                    "Chroma cannot be opened; stop hoibao serve, or open the folder chroma to yourself"
                )
            elif not self._caught_up(index) or not _in_step(self._opened() or index):
                problems.append("Chroma differs from library.db; run: hoibao doctor --repair")
                if repair and self.in_step():
                    repaired.append(f"Chroma: in step again, {self._store.counts()[1]} entries")
        return problems, repaired

    def _caught_up(self, index: VectorIndex) -> bool:
        """Lets another version's index be made anew, and one that has not seen the store's last changes (it
        was restored, or moved here) take them over."""
        return bool(_current(index) and not _behind(index) or self.in_step())

    def in_step(self) -> VectorIndex | None:
        """Chroma, in step with `library.db`, if need be made anew from it; None while another process has it
        open, or while it can take nothing up (a full disk): then `library.db` is searched itself."""
        with self._lock:
            for anew in (False, True):
                index = self._opened(anew)
                if index is None or _in_step(index):
                    return index
                try:
                    index.sync()
                    return index
                except IndexBroken:
                    self._let_go()
        return None

    #: Why questions go on without it: they never do.
    line = None

    def renew(self) -> Line | None:
        """Brings it in step where something was erased, which makes it anew, and closes its files: only then
        they are free of traces. A line where another process has it, or the disk is full."""
        with self._changes, self._lock:
            renewed = self.in_step() is not None
            self._let_go()
        return None if renewed else Line.of(_LEFT)

    def _let_go(self) -> None:
        if self._index:
            self._index.close()
            self._index = None

    def _opened(self, anew: bool = False) -> VectorIndex | None:
        """Chroma, as it is."""
        from index.vectors.chroma import open_index

        if self._index is None:
            self._index = open_index(self._folder, self._store, anew)
        return self._index

    def _searchable(self) -> VectorIndex | None:
        """Chroma, where it is in step or soon will be."""
        index = self._opened()
        # What is being written at this moment it has not yet, and what is dropped the store leaves out.
        if index is None or self._changing or _in_step(index):
            return index
        return self.in_step() if self._store.counts()[1] <= VECTORS.soon else None


def _current(index: VectorIndex) -> bool:
    try:
        return index.current()
    except IndexBroken:
        return False


def _in_step(index: VectorIndex) -> bool:
    try:
        return index.in_step()
    except IndexBroken:
        return False


def _behind(index: VectorIndex) -> bool:
    try:
        return index.behind()
    except IndexBroken:
        return False
