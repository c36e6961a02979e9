"""The vector index in Chroma, over the vectors that the store holds: embedded, in the library's folder, or on a
server. The only module that imports chromadb.

Chroma's `PersistentClient` is not safe for two processes, so the folder is held under a file lock:
a process that does not get it scans `library.db` itself (`index.vectors.protocol`). Its native code trusts its
files, and can end the process over damaged ones (`index.vectors.files` tells them).

A server's collection may be shared by several processes over one store. The index records the generation of the
store that it has caught up with; what differs is taken from there, nothing is embedded. That record is only
ever written by who knows that all of that generation is there, and an entry goes only when its chunk has gone,
whose number is never used again: so it stays true whatever the others write, in whatever order.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import NotFoundError
from filelock import FileLock

from index.config import SERVER, VECTORS
from index.errors import IndexBroken
from index.store.place import kept_at
from index.store.protocol import Store, Vectors
from index.types import Filter, Hit
from index.vectors import files
from index.vectors.filters import filed, where
from index.vectors.place import Place

_NAME = "chunks"
_HNSW: Any = {
    "space": "cosine",
    "ef_construction": VECTORS.construction,
    "ef_search": VECTORS.search,
    "max_neighbors": VECTORS.neighbors,
}
_BATCH = 2000  # chromadb refuses more than get_max_batch_size(), about 5,461
_log = logging.getLogger("hoibao")
#: Raised when the fields that a chunk is filtered by change: an index with others is made anew.
_FIELDS = 1


class ChromaIndex:
    """Chroma's side of a library (see `VectorIndex`); made by `open_index` and `open_served`. `collection`
    gives the collection as it is now, `notes` are noted beside what an index always notes, `let_go` closes
    it."""

    def __init__(
        self,
        store: Store,
        collection: Callable[[], Any],
        let_go: Callable[[], None],
        batch: int = _BATCH,
        notes: Mapping[str, str] | None = None,
    ) -> None:
        self._store = store
        self._current = collection
        self._collection = collection()
        self._let_go = let_go
        self._batch = batch
        self._notes = notes or {}
        #: The generation that it was last seen in step with, and how many entries it had when it was last
        #: asked, which takes as long as a search; -1: not known.
        self._at = self._count = -1

    def close(self) -> None:
        """Lets another process have it."""
        self._let_go()

    def current(self) -> bool:
        """See `VectorIndex`."""
        metadata, count = self._told()
        if not metadata:
            return not count
        # A library that was moved goes on with the same numbers in both places, for other chunks; and what was
        # deleted stays in Chroma's files.
        kept, was = self._notes.get("store"), metadata.get("erasures", 0)
        same = metadata.get("store", kept) == kept and was == self._store.erasures()
        return bool(same and metadata.get("fields") == _FIELDS)

    def in_step(self) -> bool:
        """See `VectorIndex`."""
        metadata, count = self._told()
        noted = self._noted()
        if metadata != noted or count != self._store.counts()[1]:
            return False
        self._at = noted["generation"]
        return True

    def behind(self) -> bool:
        """See `VectorIndex`."""
        metadata, _ = self._told()
        return bool(metadata.get("generation", -1) < self._store.generation())

    def sync(self) -> None:
        """See `VectorIndex`. Chunk numbers are never used twice, so an entry with a known number is the right
        one; and one that is here when the store has no such chunk any more, read after it, has gone for
        good."""
        if not self.current():
            raise IndexBroken("it has not what is filtered by")
        noted = self._noted()
        present = self._present()
        wanted = self._store.chunk_ids()
        self._take(sorted(wanted - present), sorted(present - wanted), noted)

    def apply(self, added: Sequence[int], dropped: Sequence[int]) -> None:
        """See `VectorIndex`."""
        noted = self._noted()
        if noted["generation"] == self._at + 1:
            self._take(added, dropped, noted)
        else:  # another process has changed the store, too
            self.sync()

    def strange(self) -> bool:
        """Whether it holds other vectors than the store for some of its chunks, or has seen more of a store
        than this one: it is another library's."""
        metadata, count = self._told()
        noted = self._noted()
        if any(metadata.get(key, -1) > noted[key] for key in ("generation", "erasures")):
            return True
        if not count:
            return False
        numbers = sorted(self._store.chunk_ids())
        # Two that were one go on with the same numbers: they differ in the last.
        evenly = numbers[:: max(1, len(numbers) // VECTORS.sample)]
        some = sorted({*evenly, *numbers[-VECTORS.sample :]})
        with _native():
            found = self._collection.get(ids=[str(i) for i in some], include=["embeddings"])
        theirs = {int(i): np.asarray(v) for i, v in zip(found["ids"], found["embeddings"])}
        return any(
            one.chunk_id in theirs and _apart(one.vector, theirs[one.chunk_id])
            for one in self._store.entries(some)
        )

    def _told(self) -> tuple[dict[str, Any], int]:
        """What it notes, and how many entries it has."""
        with _native():
            self._collection = self._current()
            self._count = self._collection.count()
            return dict(self._collection.metadata or {}), self._count

    def _present(self) -> set[int]:
        """The numbers of its entries; some time passes over many."""
        found: set[int] = set()
        while True:
            with _native():
                ids = self._collection.get(include=[], limit=VECTORS.page, offset=len(found))["ids"]
            before = len(found)
            found.update(map(int, ids))
            if len(ids) < VECTORS.page or len(found) == before:
                return found

    def _take(self, added: Sequence[int], dropped: Sequence[int], noted: dict[str, Any]) -> None:
        self._count = -1
        for first in range(0, len(dropped), self._batch):
            with _native():
                self._collection.delete([str(i) for i in dropped[first : first + self._batch]])
        for first in range(0, len(added), self._batch):
            if some := self._store.entries(added[first : first + self._batch]):
                with _native():
                    self._collection.upsert(
                        ids=[str(one.chunk_id) for one in some],
                        embeddings=np.stack([one.vector for one in some]),
                        metadatas=[filed(one) for one in some],
                    )
        with _native():
            self._collection.modify(metadata=noted)
        self._at = noted["generation"]

    def _noted(self) -> dict[str, Any]:
        """What an index that is in step notes of the store."""
        generation, erasures = self._store.generation(), self._store.erasures()
        own = {"generation": generation, "erasures": erasures, "fields": _FIELDS}
        return {**self._notes, **own}

    def search(self, vector: Vectors, limit: int, only: Filter) -> list[Hit]:
        """See `VectorIndex`."""
        count = self._count if self._count >= 0 else self._told()[1]
        if not count:
            return []
        if not only:
            return self._nearest(vector, min(limit, count))
        admitted = set(self._store.admitted(only))
        if len(admitted) >= VECTORS.broad * count:
            # Asked for enough, the graph soon gives what a broad filter admits.
            wanted = min(count, VECTORS.most, round(VECTORS.spare * limit * count / len(admitted)))
            found = [h for h in self._nearest(vector, wanted) if h.chunk_id in admitted]
            if len(found) >= limit or wanted == count:
                return found[:limit]
        if only.dossier:  # Chroma knows of none
            mine = tuple(self._store.dossiers.members(only.dossier))
            ids = tuple(i for i in only.article_ids if i in mine) if only.article_ids else mine
            only = replace(only, article_ids=ids, dossier=None)
        return self._nearest(vector, min(limit, len(admitted)), where(only))

    def _nearest(self, vector: Vectors, count: int, where: Any = None) -> list[Hit]:
        if not count:
            return []
        with _native():
            found = self._collection.query(
                query_embeddings=vector[None, :],
                n_results=count,
                where=where,
                include=["distances"],
            )
        distances = found["distances"] or [[]]
        return [Hit(int(i), 1.0 - d) for i, d in zip(found["ids"][0], distances[0], strict=True)]


def open_index(folder: Path, store: Store, anew: bool = False) -> ChromaIndex | None:
    """The index in this folder (made where there is none, and made `anew`, or where Chroma cannot read
    what is there), or None while another process has it or the disk is full."""
    lock = files.taken(folder)
    if lock is None:
        return None
    for fresh in (anew, True):
        try:
            if fresh or not files.is_sound(folder, probe):
                if not anew:
                    _log.warning(
                        "hoibao: Chroma's files are damaged; they are made anew from library.db"
                    )
                files.remove(folder)
            folder.mkdir(mode=0o700, exist_ok=True)
            files.unseal(folder)
            with _native():
                return _embedded(folder, lock, store)
        except (IndexBroken, OSError):
            # chromadb keeps the failed client in a cache by path; a process opens one library.
            SharedSystemClient.clear_system_cache()
    lock.release()
    return None


def _embedded(folder: Path, lock: FileLock, store: Store) -> ChromaIndex:
    # Any: chromadb types what it returns as an interface without close().
    client: Any = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    collection = client.get_or_create_collection(
        _NAME, embedding_function=None, configuration={"hnsw": _HNSW}
    )

    def let_go() -> None:
        try:
            with _native():
                client.close()
            files.seal(folder)
        except IndexBroken:
            pass  # without its seal it is tried first when it is opened again
        finally:
            lock.release()

    return ChromaIndex(store, lambda: collection, let_go, notes={"store": kept_at()})


def open_served(place: Place, store: Store, anew: bool = False) -> ChromaIndex:
    """The index in a collection of a server, made where there is none; made `anew`, or where something was
    erased or is filtered by that it has not.

    Raises:
        IndexRefused: it is another library's, or made with another embedding model; or see `Place.greet`.
        IndexBroken: the server does not answer.
    """
    place.greet()
    with _native():
        client: Any = chromadb.HttpClient(
            place.host, place.port, place.ssl, place.headers(), Settings(anonymized_telemetry=False),
            place.tenant, place.database,
        )  # fmt: skip
    with ExitStack() as failed:
        failed.callback(client.close)
        index = _on_server(client, place, store, anew)
        failed.pop_all()
    return index


def _on_server(client: Any, place: Place, store: Store, anew: bool) -> ChromaIndex:
    with _native():
        # It would wait for ever: chromadb has no setting for it.
        client._server._session.timeout = (SERVER.connect, *3 * (SERVER.answer,))
        if anew:
            _dropped(client, place.collection)
        batch = client.get_max_batch_size()
    mine = store.meta().get("embedding", "")
    nothing = {"embedding": mine, "generation": -1, "erasures": store.erasures(), "fields": _FIELDS}

    def collection() -> Any:
        return client.get_collection(place.collection, embedding_function=None)

    def made() -> ChromaIndex:
        with _native():
            client.get_or_create_collection(
                place.collection,
                embedding_function=None,
                configuration={"hnsw": _HNSW},
                metadata=nothing,
            )
            some = min(VECTORS.sent, batch) if batch > 0 else VECTORS.sent
            return ChromaIndex(store, collection, client.close, some, {"embedding": mine})

    index = made()
    with _native():
        theirs = dict(collection().metadata or {}).get("embedding", "")
    if theirs != mine:
        raise place.refused("embedding", theirs=theirs, mine=mine)
    if index.strange():
        raise place.refused("library")
    if not index.current():
        with _native():
            _dropped(client, place.collection)
        index = made()
    return index


def _dropped(client: Any, name: str) -> None:
    with suppress(NotFoundError):
        client.delete_collection(name)


def _apart(one: Vectors, other: Vectors) -> bool:
    return one.shape != other.shape or float(one @ other) < 1 - VECTORS.same


def probe(folder: Path) -> bool:
    """Whether Chroma's files give some of their own vectors back when they are searched for them. For
    `index.models.trial`: it may crash."""
    collection = chromadb.PersistentClient(
        str(folder), Settings(anonymized_telemetry=False)
    ).get_collection(_NAME, embedding_function=None)
    step = max(1, collection.count() // VECTORS.trials)
    ids = collection.get(include=[])["ids"][::step]
    if not ids:
        return True
    some: Any = collection.get(ids=ids, include=["embeddings"])["embeddings"]
    found = collection.query(query_embeddings=some, n_results=1, include=["distances"])["distances"]
    return len(some) == len(ids) and all(near and near[0] < VECTORS.same for near in found or [[]])


@contextmanager
def _native() -> Iterator[None]:
    """chromadb raises its own, sqlite's and Rust's errors, and a panic of Rust is no `Exception`."""
    try:
        yield
    except Exception as error:
        raise IndexBroken(" ".join(str(error).split())[:120]) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise IndexBroken("it panicked") from error
