"""A library taken to PostgreSQL and back, compared row for row with what it was; what searches find before,
there and back, and what is answered. Nothing may be embedded.

    python tests/quality/moved.py LIBRARY ADDRESS FOLDER [COUNT]

`ADDRESS` names an empty database, or is "-": then a server is started for it. `FOLDER` is made. COUNT (50) of
the articles' titles are searched for, and so many questions of the sets beside this script are answered by the
real reader in the articles' words (no writer, whose words are not always the same). A library whose vectors
were made up (`large.py`) is as good for this as another.
"""

import hashlib
import os
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from index.embed import SentenceEmbedder  # noqa: E402
from index.library import Library  # noqa: E402
from index.models import registry  # noqa: E402
from index.moving import move  # noqa: E402
from index.store.catalogue import tables  # noqa: E402
from tests.postgres import running  # noqa: E402
from tests.quality.asked import questions  # noqa: E402
from tests.quality.unwritten import Said, assistant, said  # noqa: E402
from ui.cli.keeping import PARTS  # noqa: E402

#: What was found for a title: chunks by keywords and by vector, articles exactly.
Found = tuple[list[object], list[object], list[object]]


class Nothing:
    """The embedding model in use, with which the library must have been made; embeds questions only."""

    def __init__(self) -> None:
        model = registry.active("embedding")
        self.identity = model.identity
        #: For answers: a summary compares the sentences of an article.
        self.model = SentenceEmbedder(model.path, model.identity)
        self.query = self.model.query

    def documents(self, texts: Sequence[str]) -> np.ndarray:
        raise AssertionError("nothing is embedded again")


def rows(folder: Path) -> Iterator[tuple[str, list[bytes]]]:
    """All rows of a library's tables, hashed; also of the words that its full-text indexes keep."""
    for name, steps in PARTS:
        words = ["said"] if name == "history.db" else ["keyword", "full_text_docsize"]
        if not (folder / name).exists():
            continue
        with closing(sqlite3.connect(folder / name)) as db:
            for table in [*tables(steps), *words, "sqlite_sequence"]:
                hidden = "rowid, " if table in ("article", "keyword", "said") else ""
                some = (
                    " WHERE seq" if table == "sqlite_sequence" else ""
                )  # nought says what none does
                every = db.execute(f"SELECT {hidden}* FROM {table}{some}")
                yield (
                    f"{name} {table}",
                    sorted(hashlib.blake2b(repr(row).encode()).digest() for row in every),
                )


def asked(folder: Path, embedder: Nothing, count: int) -> list[Found]:
    """What searches find."""
    found: list[Found] = []
    seconds: dict[str, list[float]] = {"keywords": [], "exact": []}
    with closing(Library(folder, embedder)) as library:
        listed = library.articles()
        some = listed[:: max(1, len(listed) // count)][:count]
        for title in (row.details.title or row.opening for row in some):
            began = time.perf_counter()
            hits = library.search_keywords(title, 10)
            seconds["keywords"].append(time.perf_counter() - began)
            near = library.search_vectors(embedder.query(title), 10)
            began = time.perf_counter()
            words = [word for word in title.split() if word.isalpha()]
            exact = library.find(f'"{" ".join(words[:2])}" OR "{" ".join(words[-3:])}"', places=0)
            seconds["exact"].append(time.perf_counter() - began)
            found.append(
                (
                    [hit.chunk_id for hit in hits],
                    [hit.chunk_id for hit in near],
                    [one.id for one in exact.articles],
                )
            )
        for what, took in seconds.items():
            low, high = (1000 * float(np.quantile(took, q)) for q in (0.5, 0.95))
            print(f"  {what}: median {low:.0f} ms, 95% within {high:.0f} ms")
        print(f"  {'; '.join(library.check().problems) or 'sound'}", flush=True)
    return found


def answered(folder: Path, embedder: Nothing, count: int) -> list[Said]:
    """What is answered."""
    found, took = [], []
    with closing(Library(folder, embedder)) as library:
        answering = assistant(library, embedder.model)
        answering.warm()
        for question in questions(None)[:count]:
            began = time.perf_counter()
            *_, last = answering.ask(question)
            took.append(time.perf_counter() - began)
            found.append(said(last))
    low, high = (float(np.quantile(took, q)) for q in (0.5, 0.95))
    outcomes = ", ".join(f"{n} {o}" for o, n in Counter(one.outcome for one in found).items())
    print(f"  answers ({outcomes}): median {low:.2f} s, 95% within {high:.2f} s", flush=True)
    return found


def main(library: Path, address: str, folder: Path, count: int) -> int:
    """Prints figures; 1 where anything differs."""
    os.environ.pop("HOIBAO_STORE", None)
    embedder = Nothing()
    wanted = asked(library, embedder, count)
    right = answered(library, embedder, count)
    before = dict(rows(library))
    began = time.perf_counter()
    moved = move(library, address, PARTS)
    print(f"{moved.articles} articles there in {time.perf_counter() - began:.0f} s", flush=True)
    os.environ["HOIBAO_STORE"] = address
    served = asked(library, embedder, count)
    told = {"there": answered(library, embedder, count)}
    began = time.perf_counter()
    move(library, str(folder), PARTS)
    print(f"and back in {time.perf_counter() - began:.0f} s", flush=True)
    del os.environ["HOIBAO_STORE"]
    after = dict(rows(folder))
    differing = [name for name in before if before[name] != after.get(name)]
    total = sum(map(len, before.values()))
    print(f"{total} rows; tables that differ: {', '.join(differing) or 'none'}")
    again = asked(folder, embedder, count)
    told["back"] = answered(folder, embedder, count)
    for name, found in (("there", served), ("back", again)):
        for part, what in enumerate(("keywords", "vectors", "exact")):
            pairs = [(a[part], b[part]) for a, b in zip(wanted, found, strict=True)]
            same, first = (sum(a[:n] == b[:n] for a, b in pairs) for n in (None, 1))
            print(f"{name}, {what}: {same} of {len(pairs)} the same, {first} with the same first")
    differ = bool(differing)
    for name, answers in told.items():
        pairs = list(zip(right, answers, strict=True))
        other = [(a, b) for a, b in pairs if told_of(a) != told_of(b)]
        read = sum(a.passages == b.passages for a, b in pairs)
        print(
            f"{name}, answers: {len(pairs) - len(other)} of {len(pairs)} the same, {read} of the same passages"
        )
        for a, b in other:
            print(f"  before: {a}\n  {name}: {b}")
        differ = differ or bool(other)
    return int(differ)


def told_of(one: Said) -> Said:
    """An answer without the passages that it was chosen of: Chroma makes its graph anew, and which vectors are
    the nearest of many that are about as near may be others then."""
    return replace(one, passages=())


if __name__ == "__main__":
    there, address, back, *more = sys.argv[1:]
    many = int((more or ["50"])[0])
    if address != "-":
        sys.exit(main(Path(there), address, Path(back), many))
    with running() as server:
        sys.exit(main(Path(there), server.database(), Path(back), many))
