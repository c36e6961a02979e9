"""Processes that embed and read: as one process does, also when they die in the middle of it."""

import multiprocessing
import threading

import numpy as np
import pytest

from index.embed import SentenceEmbedder
from index.errors import InputError
from index.models import registry
from rag.pool import Pool, PooledEmbedder, PooledReader, processes
from rag.reader.card import shipped
from rag.reader.read import Reader
from rag.types import Excerpt

EXCERPTS = [Excerpt("Cầu An Hòa dài 486 m, rộng 12 m.", "Cầu An Hòa"), Excerpt("Trời mưa to.", "")]


@pytest.mark.model
def test_it_embeds_and_reads_as_here_also_when_processes_die(
    embedder: SentenceEmbedder, reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    model = registry.active("embedding")
    pool = Pool(1, shipped())
    embeds, reads = PooledEmbedder(pool, model.path, model.identity), PooledReader(pool)
    assert (embeds.identity, reads.identity) == (embedder.identity, reader.identity)
    reads.load()
    texts = [f"Cầu số {number} dài {number} m." for number in range(4)]
    assert np.allclose(embeds.documents(texts), embedder.documents(texts), atol=1e-3)
    right = reader.read("Cầu An Hòa dài bao nhiêu mét?", EXCERPTS)[0].spans[0]
    found: list[object] = []

    def ask() -> None:
        for _ in range(2):
            span = reads.read("Cầu An Hòa dài bao nhiêu mét?", EXCERPTS)[0].spans[0]
            found.append((span.start, span.end))
            assert embeds.query("Cầu dài bao nhiêu?") @ embedder.query("Cầu dài bao nhiêu?") > 0.999

    people = [threading.Thread(target=ask) for _ in range(3)]
    for one in people:
        one.start()
    for one in multiprocessing.active_children():
        one.kill()
    for one in people:
        one.join()
    assert found == [(right.start, right.end)] * 6
    assert [record.getMessage() for record in caplog.records] == [
        "hoibao: a process that embeds and reads has ended; it is started anew"
    ]
    pool.close()


def test_how_many_there_are_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOIBAO_PROCESSES", raising=False)
    assert processes() == 0
    monkeypatch.setenv("HOIBAO_PROCESSES", "4")
    assert processes() == 4
    for wrong in ("-1", "two", "1000", "²"):
        monkeypatch.setenv("HOIBAO_PROCESSES", wrong)
        with pytest.raises(InputError, match="HOIBAO_PROCESSES"):
            processes()
