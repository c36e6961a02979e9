"""A pool of processes that embed and read, so that several people's questions are embedded and read at once.

Off where `HOIBAO_PROCESSES` is not set: who asks alone waits longer, as each process has a part of the cores,
and each has the models for itself (docs/newsroom.md has figures). One that dies is one line: all are started
anew, and what was under way is done again.
"""

import contextlib
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import numpy as np

from index.alone import give_back
from index.config import STORE
from index.embed import SentenceEmbedder, Vectors
from index.errors import InputError, ModelError
from rag.reader.read import Reader
from rag.types import Excerpt, Reading

_VARIABLE = "HOIBAO_PROCESSES"
_log = logging.getLogger("hoibao")


class Pool:
    """So many processes, started when they are first needed; threads share it. `reader`: the reader's folder;
    `embedding`: the embedding model's with its identity, None where a server embeds."""

    def __init__(self, processes: int, reader: Path) -> None:
        self.reader = reader
        self.embedding: tuple[Path, str] | None = None
        self._processes = processes
        self._threads = max(1, (os.cpu_count() or 1) // processes)
        self._lock = threading.Lock()
        self._executor: Executor | None = None

    def warm(self) -> None:
        """Starts all of them, with their models loaded."""
        executor = self._started(None)
        for done in [executor.submit(_wait) for _ in range(self._processes)]:
            with contextlib.suppress(BrokenProcessPool):
                done.result()

    def run(self, name: str, *given: object) -> Any:
        """What `name` of a process's models returns.

        Raises:
            ModelError: a model cannot be loaded, or processes die again and again.
        """
        executor = self._started(None)
        for _ in range(3):
            try:
                return executor.submit(_run, name, *given).result()
            except BrokenProcessPool:
                executor = self._started(executor)
        raise ModelError(
            "the processes that embed and read end again and again (is there memory for {count}?); set "
            "HOIBAO_PROCESSES lower, or unset it",
            count=self._processes,
        )

    def close(self) -> None:
        """Ends the processes."""
        with self._lock:
            if self._executor:
                self._executor.shutdown(wait=False, cancel_futures=True)
                self._executor = None

    def _started(self, broken: Executor | None) -> Executor:
        """The processes; others than the broken ones."""
        with self._lock:
            if broken is not None and self._executor is broken:
                _log.warning(
                    "hoibao: a process that embeds and reads has ended; it is started anew"
                )
                broken.shutdown(wait=False)
                self._executor = None
            if self._executor is None:
                self._executor = ProcessPoolExecutor(
                    self._processes,
                    multiprocessing.get_context("spawn"),  # a fork does not survive torch's threads
                    _ready,
                    (self.reader, self.embedding, self._threads),
                )
            return self._executor


class PooledEmbedder:
    """The embedding model of a pool's processes (see `Embedder`)."""

    def __init__(self, pool: Pool, folder: Path, identity: str) -> None:
        pool.embedding = (folder, identity)
        self._pool = pool
        self._identity = identity

    @property
    def identity(self) -> str:
        """Model and revision, as the library records them."""
        return self._identity

    def documents(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, shape (n, dimensions); questions go in between."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        found: list[Vectors] = []
        for first in range(0, len(order), STORE.batch_texts):
            batch = [texts[i] for i in order[first : first + STORE.batch_texts]]
            found.append(self._pool.run("documents", batch))
        result = np.concatenate(found)
        result[order] = result.copy()
        return result

    def query(self, text: str) -> Vectors:
        """The unit vector of a question, shape (dimensions,)."""
        vector: Vectors = self._pool.run("query", text)
        return vector


class PooledReader(Reader):
    """The reader of a pool's processes."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(pool.reader)
        self._pool = pool

    def load(self) -> Any:
        """Loads it in all processes; there is no network here."""
        self._pool.warm()

    def read(self, question: str, excerpts: Sequence[Excerpt], spans: int = 5) -> list[Reading]:
        """A reading of each passage, in their order, with up to `spans` spans each."""
        found: list[Reading] = self._pool.run("read", question, list(excerpts), spans)
        return found


def processes() -> int:
    """`$HOIBAO_PROCESSES`, 0 where it is not set.

    Raises:
        InputError: it is no number from 0 to 64.
    """
    value = os.environ.get(_VARIABLE, "").strip() or "0"
    if not (value.isascii() and value.isdigit() and int(value) <= 64):
        raise InputError("{name} is a number of processes from 0 to 64", name=_VARIABLE)
    return int(value)


# -- in a process of the pool ------------------------------------------------------------------

_work: dict[str, Any] = {}


def _ready(folder: Path, embedding: tuple[Path, str] | None, threads: int) -> None:
    """Loads the models; the process ends with the program, however that ends."""
    import torch

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()
    torch.set_num_threads(threads)
    embedder = SentenceEmbedder(*embedding) if embedding else None
    _work["read"] = Reader(folder, embedder=embedder).read
    if embedder:
        _work["query"], _work["documents"] = embedder.query, embedder.documents


def _follow() -> None:
    if program := multiprocessing.parent_process():
        program.join()
        os._exit(0)


def _run(name: str, *given: object) -> Any:
    return _work[name](*given)


def _wait() -> None:
    """Loads what is there; as it takes a moment, each process gets one."""
    for name, given in (("query", ("khởi động",)), ("read", ("khởi động", [Excerpt("Cầu.", "")]))):
        if name in _work:
            _run(name, *given)
    give_back()
