"""The vector index on a Chroma server. The store stays the truth: while the server is away it is searched
itself, and what the server missed it is given when it is back. Only `index.library` uses this."""

import contextlib
import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from index.config import SERVER, VECTORS
from index.errors import IndexBroken, IndexRefused, Line
from index.store.protocol import Change, Store, Vectors
from index.types import Filter, Hit
from index.vectors import files
from index.vectors.beside import Beside
from index.vectors.place import Place, served
from index.vectors.protocol import scan

if TYPE_CHECKING:
    from index.vectors.chroma import ChromaIndex

_log = logging.getLogger("hoibao")
_AWAY = (
    "the Chroma server {url} does not answer ({why}); questions go on without it, and it is caught up "
    "when it is back"
)
_BEHIND = "the Chroma server {url} is being caught up; until then questions go on without it"


class Served:
    """The index at a place of what a store holds, like `Beside`; threads may share it. `folder` is where an
    embedded index lies that was used before."""

    def __init__(self, place: Place, folder: Path, store: Store) -> None:
        self._place = place
        self._folder = folder
        self._store = store
        #: What searches use: None while it is away, or has much to catch up with.
        self._index: ChromaIndex | None = None
        self._line: Line | None = None
        self._tried = False
        self._changes = threading.RLock()
        self._changing = False
        #: Held for a moment by whoever changes what stands above, and for as long as it takes to connect first.
        self._state = threading.RLock()
        self._follower: threading.Thread | None = None
        self._closed = threading.Event()

    @property
    def line(self) -> Line | None:
        """Why questions go on without the server at the moment; None where they do not."""
        return self._line

    def close(self) -> None:
        """Lets go of it. What is being caught up with goes on when it is opened the next time."""
        self._closed.set()
        with self._state:
            follower, index, self._index = self._follower, self._index, None
        if follower:
            follower.join(SERVER.retry)
        if index:
            _let_go(index)

    def search(self, vector: Vectors, limit: int, only: Filter) -> list[Hit]:
        """The chunks nearest to a unit vector by cosine (-1 to 1), best first; none while the server is away
        and the library is too large to compare them one by one."""
        small = self._store.counts()[1] <= VECTORS.compared
        index = self._reached()
        if index:
            try:
                # What is being written at this moment it has not yet, and what is dropped the store leaves out.
                if self._changing or self._stepped(index) or not small:
                    return index.search(vector, limit, only)
            except IndexBroken as error:
                self._lost(index, error)
        return scan(self._store, vector, limit, only) if small else []

    def warm(self, vector: Vectors) -> None:
        """Connects, and lets the server catch up where it is behind."""
        self.search(vector, 1, Filter())

    def apply(self, change: Change, same: tuple[str, str] | None = None) -> bool:
        """Commits a change, first to the store, then to the server, which takes over later what it misses.
        Where the article `same` has another content than this hash by now, nothing is done; returns whether it
        was.

        Raises:
            LibraryError: the disk is full, or another process keeps the library busy.
        """
        with self._changes:
            index = self._reached()
            try:
                index = index if index and self._stepped(index) else None
            except IndexBroken as error:
                self._lost(index, error)
                index = None
            if same and all(known.id != same[0] for known in self._store.known(content=same[1])):
                return False
            self._changing = index is not None
            try:
                added, dropped = self._store.write(change)
                if index:
                    index.apply(added, dropped)
            except IndexBroken as error:
                self._lost(index, error)
            finally:
                self._changing = False
        return True

    def check(self, repair: bool) -> tuple[list[str], list[str]]:
        """What is wrong and what was mended, one line each."""
        from index.vectors.chroma import open_served

        problems: list[str] = []
        repaired: list[str] = []
        try:
            try:
                index = open_served(self._place, self._store)
            except IndexRefused as error:
                problems.append(error.line)
                if not repair:
                    return problems, repaired
                index = open_served(self._place, self._store, anew=True)
            with contextlib.closing(index):
                if not problems and index.behind():
                    index.sync()
                if not problems and not index.in_step():
                    problems.append("Chroma differs from the library; run: hoibao doctor --repair")
                if problems and repair:
                    index.sync()
                    repaired.append(f"Chroma: in step again, {self._store.counts()[1]} entries")
        except IndexRefused as error:
            problems += [error.line] if error.line not in problems else []
        except IndexBroken as error:
            problems.append(Line.of(_AWAY, url=self._place.url, why=error))
        return problems, repaired

    def renew(self) -> Line | None:
        """Has the server's index made anew where something was erased, and throws the embedded one away that
        was used before. A line where it could not be."""
        if lock := files.taken(self._folder):
            with lock:
                files.remove(self._folder)
                files.unseal(self._folder)
        with self._state:
            index, self._index, self._tried = self._index, None, False
        if index:
            _let_go(index)
        if self._reached() or not self._line or self._line.template == _BEHIND:
            return None
        return Line.of(
            "it is erased here; the Chroma server {url} forgets it when it is back",
            url=self._place.url,
        )

    # -- being with the server -------------------------------------------------------------

    def _reached(self) -> "ChromaIndex | None":
        """The index; who asks first waits until there is a connection, or none."""
        with self._state:
            if not self._tried and not self._closed.is_set():
                self._tried = True
                self._connect()
            return self._index

    def _stepped(self, index: "ChromaIndex") -> bool:
        """Whether it is in step, which a small library is soon; a larger one is caught up beside the
        questions."""
        if index.in_step():
            return True
        if self._store.counts()[1] <= VECTORS.soon:
            index.sync()
            return index.in_step()
        self._follow()
        return False

    def _connect(self, whole: bool = False) -> bool:
        """Connects, and takes over what it lacks, where that is little or all of it is to be; whether it
        could."""
        from index.vectors.chroma import open_served

        index = None
        try:
            index = open_served(self._place, self._store)
            while not index.in_step():
                if not whole and self._store.counts()[1] > VECTORS.soon:
                    _let_go(index)
                    self._tell(Line.of(_BEHIND, url=self._place.url))
                    self._follow()
                    return False
                index.sync()
        except IndexBroken as error:
            if index:
                _let_go(index)
            self._lost(None, error)
            return False
        with self._state:
            self._index = index
        self._tell(None)
        return True

    def _lost(self, index: "ChromaIndex | None", error: IndexBroken) -> None:
        """Says that it is away, and has it tried again until it is back."""
        with self._state:
            if self._index is not index:  # another thread has noticed, and may have it again
                return
            self._index = None
        if index:
            _let_go(index)
        why = Line.of(_AWAY, url=self._place.url, why=error)
        self._tell(error.line if isinstance(error, IndexRefused) else why)
        self._follow()

    def _follow(self) -> None:
        with self._state:
            if self._follower or self._closed.is_set():
                return
            self._follower = threading.Thread(target=self._catch_up, name="chroma", daemon=True)
            self._follower.start()

    def _catch_up(self) -> None:
        """Until it is in step, in a thread of its own."""
        try:
            while not self._closed.is_set():
                with self._state:
                    index = self._index
                try:
                    if index is None:
                        done = self._connect(whole=True)
                    else:
                        done = index.in_step()
                        if not done:
                            index.sync()
                            continue
                except IndexBroken as error:
                    self._lost(index, error)
                    done = False
                if done:
                    return
                self._closed.wait(SERVER.retry)
        except Exception:
            if not self._closed.is_set():  # else the store was closed meanwhile
                _log.exception("the Chroma server could not be caught up")
        finally:
            with self._state:
                self._follower = None

    def _tell(self, line: Line | None) -> None:
        """Keeps the line, and says it once; and once that it is over."""
        with self._state:
            before, self._line = self._line, line
        if line and (not before or before.template != line.template):
            _log.warning("hoibao: %s", line)
        elif before and not line:
            _log.warning("hoibao: the Chroma server %s is in step", self._place.url)


def opened(folder: Path, store: Store) -> Beside | Served:
    """What searches the vectors of a store: on the server that the environment names, else in this folder.

    Raises:
        InputError: the environment names none.
    """
    place = served()
    return Served(place, folder, store) if place else Beside(folder, store)


def _let_go(index: "ChromaIndex") -> None:
    with contextlib.suppress(Exception):
        index.close()
