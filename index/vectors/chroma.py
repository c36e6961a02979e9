"""The vector index in Chroma, over the vectors that `library.db` holds. The only module that
imports chromadb.

Chroma's `PersistentClient` is not safe for two processes, so the folder is held under a file lock:
a process that does not get it scans `library.db` itself (`index.vectors.protocol`). The index records the
generation of `library.db` that it has caught up with; what differs is taken from there, nothing is embedded.

Chroma's native code trusts its files, and can end the process over damaged ones. So they are sealed with their
hashes when they are closed; what comes back without its seal is searched in a child process first, and what
fails there is thrown away and made anew.
"""

import json
import logging
import shutil
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from filelock import FileLock, Timeout

from index.config import TRIALS, VECTORS
from index.errors import IndexBroken
from index.models.registry import sha256
from index.models.trial import TrialFailed, attempt
from index.store.protocol import Entry, Store, Vectors
from index.types import Filter, Hit

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
    """Chroma's side of a library (see `VectorIndex`); made by `open_index`."""

    def __init__(self, folder: Path, lock: FileLock, store: Store) -> None:
        self._folder = folder
        self._lock = lock
        self._store = store
        _removed(_seal(folder))
        settings = Settings(anonymized_telemetry=False)
        # Any: chromadb types what it returns as an interface without close().
        self._client: Any = chromadb.PersistentClient(str(folder), settings)
        self._collection = self._client.get_or_create_collection(
            _NAME, embedding_function=None, configuration={"hnsw": _HNSW}
        )

    def close(self) -> None:
        """Lets another process have the folder."""
        try:
            with _native():
                self._client.close()
            _blank(self._folder)
            _seal(self._folder).write_text(json.dumps(_hashes(self._folder)), "utf-8")
        except (IndexBroken, OSError, struct.error):
            pass  # without its seal it is tried first when it is opened again
        finally:
            self._lock.release()

    def current(self) -> bool:
        """See `VectorIndex`."""
        with _native():
            metadata: dict[str, Any] = dict(self._collection.metadata or {})
            count = self._collection.count()
        if not metadata:
            return not count
        # What was deleted stays in Chroma's files: an index from before an erasure is made anew.
        erasures = metadata.get("erasures", 0)
        return metadata.get("fields") == _FIELDS and erasures == self._store.erasures()

    def in_step(self) -> bool:
        """See `VectorIndex`."""
        with _native():
            metadata: dict[str, Any] = dict(self._collection.metadata or {})
            count = self._collection.count()
        return metadata == self._noted() and count == self._store.counts()[1]

    def sync(self) -> None:
        """See `VectorIndex`. Chunk numbers are never used twice, so an entry with a known number is the right
        one."""
        if not self.current():
            raise IndexBroken("it has not what is filtered by")
        with _native():
            present = {int(i) for i in self._collection.get(include=[])["ids"]}
        wanted = self._store.chunk_ids()
        self.apply(sorted(wanted - present), sorted(present - wanted))

    def apply(self, added: Sequence[int], dropped: Sequence[int]) -> None:
        """See `VectorIndex`."""
        noted = self._noted()
        for first in range(0, len(dropped), _BATCH):
            with _native():
                self._collection.delete([str(i) for i in dropped[first : first + _BATCH]])
        for first in range(0, len(added), _BATCH):
            some = self._store.entries(added[first : first + _BATCH])
            if some:
                with _native():
                    self._collection.upsert(
                        ids=[str(one.chunk_id) for one in some],
                        embeddings=np.stack([one.vector for one in some]),
                        metadatas=[_filed(one) for one in some],
                    )
        with _native():
            self._collection.modify(metadata=noted)

    def _noted(self) -> dict[str, int]:
        """What an index that is in step notes of the store."""
        generation, erasures = self._store.generation(), self._store.erasures()
        return {"generation": generation, "erasures": erasures, "fields": _FIELDS}

    def search(self, vector: Vectors, limit: int, only: Filter) -> list[Hit]:
        """See `VectorIndex`."""
        with _native():
            count = self._collection.count()
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
        return self._nearest(vector, min(limit, len(admitted)), _where(only))

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


def _filed(entry: Entry) -> dict[str, str | int]:
    """What a chunk is filtered by; what its article does not tell is left out, and met by no condition."""
    day = int(f"{entry.published:%Y%m%d}") if entry.published else None
    fields = {
        "article": entry.article_id, "day": day, "outlet": entry.outlet, "place": entry.place
    }  # fmt: skip
    return {name: value for name, value in fields.items() if value is not None}


def _where(only: Filter) -> Any:
    """A filter as Chroma takes it."""
    conditions: list[dict[str, Any]] = []
    if only.since:
        conditions.append({"day": {"$gte": int(f"{only.since:%Y%m%d}")}})
    if only.until:
        conditions.append({"day": {"$lte": int(f"{only.until:%Y%m%d}")}})
    if only.outlet:
        conditions.append({"outlet": only.outlet})
    for field, operator, values in (
        ("place", "$in", only.places),
        ("article", "$in", only.article_ids),
        ("article", "$nin", only.without),
    ):
        if values:
            conditions.append({field: {operator: list(values)}})
    return conditions[0] if len(conditions) == 1 else {"$and": conditions}


def open_index(folder: Path, store: Store, anew: bool = False) -> ChromaIndex | None:
    """The index in this folder (made where there is none, and made `anew`, or where Chroma cannot read
    what is there), or None while another process has it or the disk is full."""
    lock = FileLock(folder.parent / "chroma.lock", thread_local=False)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        return None
    for fresh in (anew, True):
        try:
            if fresh or not _sound(folder):
                if not anew:
                    _log.warning(
                        "hoibao: Chroma's files are damaged; they are made anew from library.db"
                    )
                _removed(folder)
            folder.mkdir(mode=0o700, exist_ok=True)
            with _native():
                return ChromaIndex(folder, lock, store)
        except (IndexBroken, OSError):
            # chromadb keeps the failed client in a cache by path; a process opens one library.
            SharedSystemClient.clear_system_cache()
    lock.release()
    return None


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


def _sound(folder: Path) -> bool:
    """Whether what is there can be opened without a risk: it is nothing, or as it was closed, or, where it was
    not closed (a kill), it went well in a child process."""
    if not folder.exists():
        return True
    if not folder.is_dir():
        return False
    if not any(folder.iterdir()):
        return True
    try:
        seal = _seal(folder).read_text("utf-8")
    except OSError:
        try:
            return attempt(probe, folder, seconds=TRIALS.chroma)
        except TrialFailed:
            return False
    except ValueError:
        return False
    try:
        return bool(json.loads(seal) == _hashes(folder))
    except (OSError, ValueError, RecursionError):
        return False


def _removed(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)


def _blank(folder: Path) -> None:
    """Overwrites with zeros what hnswlib wrote into its files for elements that are not there yet: memory as it
    was, in which the program may have had an article that is erased by now."""
    for header in folder.rglob("header.bin"):
        _, _, room, count, size = struct.unpack_from("<iQQQQ", header.read_bytes())
        for name, each in (("data_level0.bin", size), ("length.bin", 4)):
            path = header.with_name(name)
            if count < room and path.stat().st_size == room * each:
                with path.open("r+b") as file:
                    file.seek(count * each)
                    file.write(bytes((room - count) * each))


def _seal(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.seal")


def _hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): sha256(path) for path in files}


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
