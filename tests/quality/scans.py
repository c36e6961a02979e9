"""How well scans are read: `python tests/quality/scans.py` (a quarter of an hour on one core).

Twenty pages are printed from the samples (each once in one column of a serif, once in two of a sans serif),
made pictures of in six ways, and read as `hoibao add` reads them. A figure is wrong where what was read is not
what was printed there; it could be verified where it is not doubtful.

`--tune` does so with pages of other news (`HOIBAO_DATA`), and tells by confidence, with and without the second
reading, how many wrong figures would count as sure, and how many right ones as doubtful: `OCR.confidence` is
chosen there. `--half`: every second page.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

import regex as re

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from index.config import OCR, corpus_dir  # noqa: E402
from index.language.text import nfc  # noqa: E402
from index.reading import Document, read, scan, tesseract  # noqa: E402
from index.reading.doubtful import doubts  # noqa: E402
from tests.quality.scanned import CASES, Spoiled, pictures, printed  # noqa: E402

LOOKS = (("Serif", 10.0, 1), ("Sans", 9.0, 2))
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that was read: whether rightly, and how sure."""

    right: bool
    twice: bool
    confidence: float
    printed: str
    read: str

    def sure(self, least: float = OCR.confidence, both: bool = True) -> bool:
        return self.confidence >= least and (self.twice or not both)


def samples() -> Iterator[tuple[str, list[str]]]:
    for path in sorted((ROOT / "index" / "samples").glob("*.txt")):
        title, *rest = [p for p in nfc(path.read_text("utf-8")).split("\n") if p.strip()]
        yield title, rest


def others(count: int) -> Iterator[tuple[str, list[str]]]:
    """News with many figures."""
    with gzip.open(corpus_dir() / "vietnews-20k.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            body = nfc(row["body"])
            if len(re.findall(r"\d[\d.,/%]*", body)) >= 20 and 1200 < len(body) < 2400:
                yield nfc(row["title"]), [p for p in body.split("\n") if p.strip()]
                count -= 1
                if not count:
                    return


def measured(
    title: str, paragraphs: list[str], look: tuple[str, float, int], how: Spoiled
) -> tuple[int, int, list[Figure]]:
    """How many characters were printed, how many are wrong, and the figures."""
    (first, *_) = pictures(printed(title, paragraphs, *look), how)
    (found,) = read("a.jpg" if how.jpeg else "a.png", first, {})
    assert isinstance(found, Document)
    truth = [word for part in (title, *paragraphs) for word in part.split()]
    words = [(m.start(), m.group()) for m in re.finditer(r"\S+", found.text)]
    once = {doubt.start for doubt in doubts(found.text, found.seen)}  # the second reading differs
    all_words = doubts(found.text, [replace(word, sure=False) for word in found.seen])
    confidence = {doubt.start: doubt.confidence for doubt in all_words}
    wrong = 0
    figures = []
    for tag, a, b, c, d in SequenceMatcher(None, truth, [w for _, w in words], False).get_opcodes():
        said, got = " ".join(truth[a:b]), " ".join(w for _, w in words[c:d])
        if tag != "equal":
            wrong += edits(said, got)
        if "://" in said:  # an address that the print broke over a line's end is no figure
            continue
        told = Counter(map(bare, filter(_DIGIT.search, truth[a:b])))
        for at, word in words[c:d]:
            if _DIGIT.search(word):
                right = told[bare(word)] > 0
                told[bare(word)] -= right
                figures.append(Figure(right, at not in once, confidence.get(at, 0.0), said, word))
        figures += [Figure(False, False, -1.0, lost, "") for lost in told.elements()]
    return len(" ".join(truth)), wrong, figures


def bare(word: str) -> str:
    """A figure without what stands around it."""
    return re.sub(r"^[^\d]+|[^\d%]+$", "", word)


def edits(one: str, other: str) -> int:
    """Levenshtein's distance."""
    last = list(range(len(other) + 1))
    for n, a in enumerate(one, 1):
        row = [n]
        for m, b in enumerate(other, 1):
            row.append(min(last[m] + 1, row[-1] + 1, last[m - 1] + (a != b)))
        last = row
    return last[-1]


def begin() -> None:
    """Each process: only the second reading decides what is sure; confidence is looked at here."""
    scan.OCR = replace(OCR, confidence=0.0)
    tesseract.OCR = replace(OCR, seconds=900)  # a busy machine fails no page


def main() -> None:
    tune = "--tune" in sys.argv[1:]
    pages = [(*page, look) for page in (others(4) if tune else samples()) for look in LOOKS]
    if tune or "--half" in sys.argv[1:]:
        pages = pages[::4] + pages[3::4]
    every: list[Figure] = []
    with ProcessPoolExecutor(2, initializer=begin) as pool:
        for how in CASES:
            done = list(pool.map(measured, *zip(*pages, strict=True), [how] * len(pages)))
            every += tell(how.name, done)
    for least in (0, 50, 60, 70, 75, 80, 85, 90, 93):
        for both in (False, True):
            wrong = sum(f.sure(least, both) for f in every if f.read and not f.right)
            doubtful = [not f.sure(least, both) for f in every if f.right]
            print(
                f"confidence {least}{', read twice' * both}: wrong ones sure {wrong},"
                f" right ones doubtful {sum(doubtful) / len(doubtful):.1%}"
            )


def tell(case: str, done: list[tuple[int, int, list[Figure]]]) -> list[Figure]:
    """Prints a case, and its wrong figures; returns all its figures."""
    count, wrong = sum(d[0] for d in done), sum(d[1] for d in done)
    figures = [figure for d in done for figure in d[2]]
    right = [f for f in figures if f.right]
    bad = [f for f in figures if not f.right and f.read]
    lost = sum(not f.read for f in figures)
    print(
        f"{case}: characters right {1 - wrong / count:.2%} of {count}; figures right"
        f" {len(right) / (len(right) + lost):.1%} of {len(right) + lost}, of these doubtful"
        f" {sum(not f.sure() for f in right)}; wrong {len(bad)}, of these sure {sum(f.sure() for f in bad)}",
        flush=True,
    )
    for f in bad:
        twice = "twice" if f.twice else "once"
        print(f"    {f.printed[:50]!r} read {f.read!r}, {twice}, {f.confidence:.0f}", flush=True)
    return figures


if __name__ == "__main__":
    main()
