"""What a pool of processes for embedding questions and reading passages gains on this machine:
`python tests/quality/pool.py [PROCESSES ...]`. 40 questions on the samples, asked by four threads at once;
each is embedded and read with eight passages. 0 processes: as without a pool. Each way twice, in turns."""

import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from index.embed import SentenceEmbedder  # noqa: E402
from index.models import registry  # noqa: E402
from rag.reader.card import shipped  # noqa: E402
from rag.reader.read import Reader  # noqa: E402
from rag.types import Excerpt  # noqa: E402

SAMPLES = Path(__file__).parents[2] / "index" / "samples"
PEOPLE, QUESTIONS, PASSAGES = 4, 40, 8


class Models:
    """Both models, in one process."""

    def __init__(self) -> None:
        model = registry.active("embedding")
        self.embedder = SentenceEmbedder(model.path, model.identity)
        self.reader = Reader(shipped())

    def answer(self, question: str, excerpts: list[Excerpt]) -> float:
        vector = self.embedder.query(question)
        return float(vector[0]) + self.reader.read(question, excerpts)[0].relevance


def here(threads: int) -> None:
    global models
    import torch

    torch.set_num_threads(threads)
    models = Models()
    models.answer("khởi động", [Excerpt("Cầu dài 486 m.", "Cầu")])


def there(question: str, excerpts: list[Excerpt]) -> float:
    return models.answer(question, excerpts)


def work() -> list[tuple[str, list[Excerpt]]]:
    texts = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    chunks = [
        Excerpt(text[at : at + 700], text[:80])
        for text in texts
        for at in range(0, max(1, len(text) - 700), 500)
    ]
    return [
        (
            f"{chunks[n % len(chunks)].header}: bao nhiêu {n}?",
            [chunks[(n * 3 + k) % len(chunks)] for k in range(PASSAGES)],
        )
        for n in range(QUESTIONS)
    ]


def seconds(one: Callable[[str, list[Excerpt]], float]) -> float:
    began = time.monotonic()
    with ThreadPoolExecutor(PEOPLE) as people:
        list(people.map(lambda asked: one(*asked), work()))
    return time.monotonic() - began


def main() -> None:
    import torch

    usual = torch.get_num_threads()
    here(usual)
    pools = {}
    for count in map(int, sys.argv[1:] or ("2",)):
        pools[count] = ProcessPoolExecutor(
            count, get_context("spawn"), here, (max(1, usual // count),)
        )
        seconds(lambda *asked, pool=pools[count]: pool.submit(there, *asked).result())  # type: ignore[misc]
    for _ in range(2):
        took = seconds(there)
        print(f"0 processes: {QUESTIONS / took:.2f} questions a second ({took:.1f} s)", flush=True)
        for count, pool in pools.items():
            took = seconds(lambda *asked, pool=pool: pool.submit(there, *asked).result())  # type: ignore[misc]
            print(
                f"{count} processes: {QUESTIONS / took:.2f} questions a second ({took:.1f} s)",
                flush=True,
            )


if __name__ == "__main__":
    main()
