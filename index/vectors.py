"""The vector index in Chroma, over the vectors that `library.db` holds. The only module that
imports chromadb.

Chroma's `PersistentClient` is not safe for two processes, so the folder is held under a file lock:
a process that does not get it searches `library.db` itself. The index records the generation of
`library.db` that it has caught up with; whatever differs is taken from there, nothing is embedded.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import chromadb
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from filelock import FileLock, Timeout

from index.store import Store, Vectors
from index.types import Hit

_NAME = "chunks"
#: Cosine, and a wide search: recall@10 at 100,000 vectors is 0.81 at ef 100, 0.98 at 400 (DESIGN.md).
_HNSW: Any = {"space": "cosine", "ef_construction": 200, "ef_search": 400, "max_neighbors": 32}
_BATCH = 2000  # chromadb refuses more than get_max_batch_size(), about 5,461


class VectorIndex:
    """Chroma's side of a library; see `open_index`."""

    def __init__(self, folder: Path, lock: FileLock) -> None:
        self._lock = lock
        settings = Settings(anonymized_telemetry=False)
        # Any: chromadb types what it returns as an interface without close().
        self._client: Any = chromadb.PersistentClient(str(folder), settings)
        self._collection = self._client.get_or_create_collection(
            _NAME,
            embedding_function=None,
            configuration={"hnsw": _HNSW},
        )

    def close(self) -> None:
        """Lets another process have the folder."""
        self._client.close()
        self._lock.release()

    def in_step(self, store: Store) -> bool:
        """Whether the index holds exactly what generation of `library.db` says it should."""
        metadata: dict[str, Any] = dict(self._collection.metadata or {})
        return (
            metadata.get("generation") == store.generation()
            and self._collection.count() == store.counts()[1]
        )

    def sync(self, store: Store) -> tuple[int, int]:
        """Makes the index equal to `library.db`; returns how many entries were added and dropped.

        Chunk numbers are never used twice, so an entry with a known number is the right one."""
        wanted = store.chunk_ids()
        present = {int(i) for i in self._collection.get(include=[])["ids"]}
        added, dropped = sorted(wanted - present), sorted(present - wanted)
        self.apply(store, added, dropped)
        return len(added), len(dropped)

    def apply(self, store: Store, added: Sequence[int], dropped: Sequence[int]) -> None:
        """Takes over a change whose chunk numbers are known; the index was in step before it."""
        generation = store.generation()
        for first in range(0, len(dropped), _BATCH):
            self._collection.delete([str(i) for i in dropped[first : first + _BATCH]])
        for first in range(0, len(added), _BATCH):
            some = added[first : first + _BATCH]
            self._collection.upsert(ids=[str(i) for i in some], embeddings=store.vectors(some))
        self._collection.modify(metadata={"generation": generation})

    def search(self, vector: Vectors, limit: int) -> list[Hit]:
        """The nearest chunks by cosine similarity (-1 to 1), best first."""
        count = self._collection.count()
        if not count:
            return []
        found = self._collection.query(
            query_embeddings=vector[None, :],
            n_results=min(limit, count),
            include=["distances"],
        )
        distances = found["distances"] or [[]]
        return [Hit(int(i), 1.0 - d) for i, d in zip(found["ids"][0], distances[0], strict=True)]


def open_index(folder: Path) -> VectorIndex | None:
    """The index in this folder (made where there is none, and made anew where Chroma cannot read
    what is there), or None while another process has it or the disk is full."""
    lock = FileLock(folder.parent / "chroma.lock", thread_local=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        return None
    try:
        return VectorIndex(folder, lock)
    except Exception:  # chromadb raises its own, sqlite's and Rust's errors for a damaged folder
        # chromadb keeps the failed client in a cache by path; a process opens one library.
        SharedSystemClient.clear_system_cache()
    try:
        shutil.rmtree(folder)
        folder.mkdir()
        return VectorIndex(folder, lock)
    except Exception:  # as above
        SharedSystemClient.clear_system_cache()
        lock.release()
        return None
