"""How well the reader reads the right paragraph, and tells it from one that does not answer."""

import string
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import regex as re

from index.language.sentences import sentences
from rag.reader.data import REPORT, Sample, read_set, splits
from rag.reader.made import lookalikes
from rag.reader.read import Reader
from rag.types import Excerpt

# `normalize_answer` and `f1_score` of MLQA's own `mlqa_evaluation_v1.py` (facebookresearch/MLQA).
_PUNCTUATION = {
    chr(i) for i in range(sys.maxunicode) if unicodedata.category(chr(i)).startswith("P")
} | set(string.punctuation)
_ARTICLES = {
    "vi": re.compile(r"\b(của|là|cái|chiếc|những)\b"),
    "en": re.compile(r"\b(a|an|the)\b"),
}


def words(text: str, language: str) -> list[str]:
    """The words that are compared: lower case, without punctuation and articles."""
    plain = "".join(c for c in text.lower() if c not in _PUNCTUATION)
    if language in _ARTICLES:
        plain = _ARTICLES[language].sub(" ", plain)
    return plain.split()


def f1(said: str, expected: str, language: str) -> float:
    """How far two answers share words, 0 to 1."""
    a, b = words(said, language), words(expected, language)
    common = sum((Counter(a) & Counter(b)).values())
    return 2 * common / (len(a) + len(b)) if common else 0.0


def auroc(present: Sequence[float], missing: Sequence[float]) -> float:
    """The share of pairs in which the present one scores higher."""
    a, b = np.asarray(present)[:, None], np.asarray(missing)[None]
    return float((a > b).mean() + (a == b).mean() / 2)


def development(data: Path, most: int = 150) -> dict[str, list[Sample]]:
    """The samples kept for choices, by set and language (Vietnamese, English, French), thinned to `most`."""
    found: dict[str, list[Sample]] = {}
    for sample in splits(data)[1]:
        if sample.language in ("vi", "en", "fr"):
            found.setdefault(f"{sample.source} {sample.language}", []).append(sample)
    return {name: every[:: -(-len(every) // most)] for name, every in found.items()}


def measured(reader: Reader, samples: Sequence[Sample]) -> str:
    """One line: exact and F1 of the best span in the right paragraph, the share of answers in the sentence of
    most support, and AUROC of right paragraph against the most similar other one."""
    exact, shared, supported = [], [], []
    present: dict[str, list[float]] = {"span": [], "relevance": []}
    missing: dict[str, list[float]] = {"span": [], "relevance": []}
    for sample in samples:
        other = _other(sample, samples)
        texts = [sample.context, *([other] if other else [])]
        readings = reader.read(sample.question, [Excerpt(t, sample.header) for t in texts])
        best = readings[0].spans[0]
        said = sample.context[best.start : best.end]
        exact.append(words(said, sample.language) == words(sample.answer, sample.language))
        shared.append(f1(said, sample.answer, sample.language))
        supported.append(_in_best_sentence(sample, readings[0].support))
        for reading, scores in zip(readings, (present, missing), strict=False):
            scores["span"].append(reading.spans[0].score)
            scores["relevance"].append(reading.relevance)
    line = f"{len(samples)} questions, exact {np.mean(exact):.3f}, F1 {np.mean(shared):.3f}"
    line += f", in the best sentence {np.mean(supported):.3f}"
    if missing["span"]:
        for name in present:
            line += f", AUROC of {name} {auroc(present[name], missing[name]):.3f}"
    return line


#: What ships with the weights to be measured again: (seed, groups) of look-alikes that training did not see.
FIXED = (11, 20)


def alike(reader: Reader) -> float:
    """The share of questions about one of several look-alikes (made ones, `FIXED`) whose best span in all of
    them is of the asked article and holds the answer."""
    right = []
    for group in lookalikes(*FIXED, questions=3, part="fit"):
        excerpts = [Excerpt(a.body, " · ".join((a.title, a.date))) for a in group.articles]
        for asking in group.askings:
            if asking.about is None:
                continue
            readings = reader.read(asking.question, excerpts, spans=1)
            best = max(range(len(readings)), key=lambda n: readings[n].spans[0].score)
            span = readings[best].spans[0]
            said = f" {' '.join(words(excerpts[best].text[span.start : span.end], 'vi'))} "
            expected = [f" {' '.join(words(one, 'vi'))} " for one in asking.expected[asking.about]]
            right.append(best == asking.about and any(one in said for one in expected))
    return float(np.mean(right))


def report(reader: Reader, data: Path, which: str) -> None:
    """Prints a line for each set of "dev" or "report"."""
    sets = development(data)
    if which == "report":
        sets = {name: read_set(data / f"{name}.report.jsonl.gz", name) for name in REPORT}
    for name, samples in sets.items():
        print(f"{which} {name}: {measured(reader, samples)}", flush=True)


def _other(sample: Sample, samples: Sequence[Sample]) -> str:
    """The paragraph of the same title that shares most words with the question and not the answer."""
    asked = set(words(sample.question, sample.language))
    texts = {s.context for s in samples if s.title == sample.title and sample.title}
    fit = [t for t in sorted(texts) if sample.answer.lower() not in t.lower()]
    return max(fit, key=lambda t: len(asked & set(words(t, sample.language))), default="")


def _in_best_sentence(sample: Sample, support: Sequence[float]) -> bool:
    where = sentences(sample.context)
    start, end = where[int(np.argmax(support))]
    return start <= sample.start < end
