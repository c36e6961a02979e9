"""Fits what is made of the reader's candidates (rag/decision.json):
`python tests/quality/fit_decision.py WORK [--write]`.

All questions of the `fit` parts of tests/quality/sets.py are asked of one library that also holds 300
news articles (look-alikes beside those of their own group only), once with their articles in it and once
without. First the weights that put the right candidate before the others are fitted, then what the best
one's score says about its being right. Then the writer reads the best candidates' sentences, and how much its
agreement counts in the choice is fitted. The three sets count alike. Probabilities are cross-validated, a
question in one part only; two thresholds in rag/decision.json (`sure`, `least`) are chosen by the table that
this prints. What was read is kept in WORK, by the models that read it. Then run `fit_answers.py`.
"""

import argparse
import gzip
import hashlib
import json
import random
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.embed import SentenceEmbedder  # noqa: E402
from index.language.text import words  # noqa: E402
from index.library import Library  # noqa: E402
from index.models import registry  # noqa: E402
from index.types import Filter  # noqa: E402
from rag import decide  # noqa: E402
from rag.config import RETRIEVAL, SERVING, WRITING  # noqa: E402
from rag.evaluation import questions as files  # noqa: E402
from rag.evaluation.metrics import scores  # noqa: E402
from rag.llm.local import LlamaModel  # noqa: E402
from rag.llm.served import TRIAL  # noqa: E402
from rag.opinion import opinion_of, shown  # noqa: E402
from rag.question import parse  # noqa: E402
from rag.reader.card import shipped  # noqa: E402
from rag.reader.read import Reader  # noqa: E402
from rag.retrieve import sought  # noqa: E402
from rag.types import Opinion, Shown, Signals  # noqa: E402
from tests.conftest import DATA  # noqa: E402
from tests.quality import sets  # noqa: E402

_NEWS = (1000, 1300)  # lines of vietnews that hide the others
_EACH = 8  # candidates of a question that are learned from
SIGNALS = [field.name for field in fields(Signals)]
PENALTY = 0.01
LOOKALIKES = 150  # rows of theirs that the writer reads: it takes seconds for each
Row = dict[str, Any]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A logistic model, and, cross-validated, of each row's first candidate its probability and whether it is
    right."""

    intercept: float
    weights: Floats
    likely: Floats
    right: Bools


def read(work: Path, reader: Reader) -> Iterator[Row]:
    """A row for each question and round: its best candidates, and whether they are right."""
    embedding = registry.active("embedding")
    embedder = SentenceEmbedder(embedding.path, embedding.identity)
    library = Library(work / "library", embedder)
    asked = []
    for name in sets.NAMES:
        articles, file = sets.write(name, "fit", work / name)
        library.add([articles])
        asked += [(name, q) for q in files.read(file, work)]
    hide(work / "news")
    library.add([work / "news"])
    ids = {Path(row.source).name: row.id for row in library.articles()}
    for name, item in asked:
        gold = tuple(ids[n] for n in item.articles)
        for held in (True, False) if item.answerable else (False,):
            others = sets.other_groups(item, ids)
            only = Filter(without=(*others, *(() if held or not item.answerable else gold)))
            question, passages = sought(
                library, embedder, parse(item.text), RETRIEVAL.passages, only
            )
            readings = reader.read(question.query, [decide.excerpt(p) for p in passages])
            found = decide.candidates(question, passages, readings)
            yield {
                "question": question.query, "id": item.id, "kind": question.kind, "set": name,
                "group": item.articles[0],
                "held": held,
                "candidates": [
                    {"text": c.text, "signals": asdict(c.signals), "shown": asdict(shown(c)),
                     "article": c.article.id,
                     "right": held and c.article.id in gold and is_right(item, c.text)}
                    for c in found[:_EACH]
                ],
            }  # fmt: skip
    library.close()


def is_right(item: files.Question, text: str) -> bool:
    """Whether words answer a question: they hold what is expected (for several articles one of it), or share
    at least half of their words with an expected answer."""
    if len(item.articles) > 1:
        have = f" {' '.join(words(text))} "
        return any(f" {' '.join(words(one))} " in have for m in item.must for one in m.split("|"))
    _, f1, recall = scores(item, text)
    return recall == 1 or f1 >= 0.5


def written(row: Row, first: Row, writer: LlamaModel) -> Row:
    """What the writer makes of a row's best candidates."""
    scores = [logit(first, c["signals"]) for c in row["candidates"]]
    shown_ = [Shown(**row["candidates"][i]["shown"]) for i in near(scores)]
    sources = list(dict.fromkeys(shown_))[: WRITING.sentences]
    writing = opinion_of(writer, parse(row["question"]), sources, threading.Event())
    while True:
        try:
            next(writing)
        except StopIteration as end:
            said: Opinion = end.value
            return {"refusal": said.refusal, "copies": said.copies}


def hide(folder: Path) -> None:
    """Writes the news articles among which the others are hidden."""
    folder.mkdir(parents=True, exist_ok=True)
    with gzip.open(DATA / "vietnews-20k.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number >= _NEWS[1]:
                break
            if number >= _NEWS[0]:
                raw = json.loads(line)
                path = folder / f"h{number}.txt"
                path.write_text(f"{raw['title']}\n\n{raw['body']}", "utf-8")


def kept(file: Path, made: Iterator[Row]) -> list[Row]:
    """The rows of a file; where it is not there, they are made."""
    if not file.is_file():
        part = file.with_suffix(".part")
        with part.open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in made)
        part.replace(file)
    return [json.loads(line) for line in file.open(encoding="utf-8")]


def ranked(tables: Sequence[Floats], right: Sequence[Bools], weights: Floats) -> Floats:
    """The weights under which right candidates come before the others of their question: a softmax over each
    question's candidates (ListNet's top one; Cao et al. 2007), with a small penalty."""
    scale = np.concatenate(tables).std(0) + 1e-6
    pairs = [(t / scale, r, w) for t, r, w in zip(tables, right, weights, strict=True) if r.any()]

    def loss(w: Floats) -> tuple[float, Floats]:
        total, slope = PENALTY * float(w @ w), 2 * PENALTY * w
        for table, is_right, weight in pairs:
            likely = softmax(table @ w)
            found = likely[is_right].sum()
            total -= weight * float(np.log(found))
            slope += weight * table.T @ (likely - np.where(is_right, likely, 0) / found)
        return total, slope

    return np.asarray(minimize(loss, np.zeros(len(scale)), jac=True).x) / scale


def in_order(rows: Sequence[Row], tables: Sequence[Floats]) -> tuple[Floats, list[int], Floats]:
    """The weights that rank candidates, and of each row the first one and its score, by weights that did not
    see the row's group."""
    right = [np.array([c["right"] for c in row["candidates"]]) for row in rows]
    weights = _alike(rows)

    def fitted(part: Sequence[int]) -> Floats:
        return ranked([tables[i] for i in part], [right[i] for i in part], weights[part])

    best, scores = [0] * len(rows), np.zeros(len(rows))
    for train, test in GroupKFold(5).split(rows, groups=[row["group"] for row in rows]):
        rank = fitted(train)
        for i in test:
            best[i] = int(np.argmax(tables[i] @ rank))
            scores[i] = float(tables[i][best[i]] @ rank)
    return fitted(range(len(rows))), best, scores


def calibrated(rows: Sequence[Row], best: Sequence[int], table: Floats) -> Calibrated:
    """How likely the first candidate of each row is right, by signals of its own."""
    right = np.array([row["candidates"][b]["right"] for row, b in zip(rows, best, strict=True)])
    scale = table.std(0) + 1e-6
    model = LogisticRegression(C=1.0, max_iter=2000)
    weights = _alike(rows) * len(rows)
    likely = np.zeros(len(rows))
    for train, test in GroupKFold(5).split(rows, groups=[row["group"] for row in rows]):
        model.fit(table[train] / scale, right[train], sample_weight=weights[train])
        likely[test] = model.predict_proba(table[test] / scale)[:, 1]
    model.fit(table / scale, right, sample_weight=weights)
    return Calibrated(float(model.intercept_[0]), model.coef_[0] / scale, likely, right)


def _alike(rows: Sequence[Row]) -> Floats:
    """What each row counts, so that the sets count alike; 1 in all."""
    sizes = Counter(row["set"] for row in rows)
    return np.array([1 / (len(sizes) * sizes[row["set"]]) for row in rows])


def chosen(rows: Sequence[Row]) -> list[int]:
    """The rows that the writer reads, too: all but some of the look-alikes."""
    some = [n for n, row in enumerate(rows) if row["set"] == "lookalikes"]
    random.Random(1).shuffle(some)
    others = [n for n, row in enumerate(rows) if row["set"] != "lookalikes"]
    return [*others, *some[:LOOKALIKES]]


def near(scores: Sequence[float]) -> list[int]:
    """The candidates that the writer is shown, the likeliest first."""
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    return [i for i in order if scores[i] >= scores[order[0]] - WRITING.behind]


def agreement(candidate: Row, opinion: Row) -> float:
    """How far the writer's answer is in a candidate's words."""
    copies = tuple((text, likelihood) for text, likelihood in opinion["copies"])
    return decide.agreement(candidate["text"], Opinion("", copies, opinion["refusal"]))


def logit(model: Row, signals: Row) -> float:
    """What `decide` computes."""
    return float(model["intercept"] + sum(w * signals[n] for n, w in model["weights"].items()))


def shares(name: str, rows: Sequence[Row], found: Calibrated) -> None:
    """Prints shares by threshold."""
    held = np.array([row["held"] for row in rows])
    for one in sets.NAMES:
        own = np.array([row["set"] == one for row in rows])
        p, ok, there = found.likely[own], found.right[own], held[own]
        print(
            f"{one}, {name}: best one right {ok[there].mean():.3f}, AUROC {roc_auc_score(ok, p):.3f}\n"
            "  threshold, of the answerable: right, wrong, refused; of the others: answered"
        )
        for at in (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7):
            said, n = p >= at, there.sum()
            print(f"  {at:.2f}  {(said & ok).sum() / n:.3f}  {(said & there & ~ok).sum() / n:.3f}  "
                  f"{(~said & there).sum() / n:.3f}; {(said & ~there).sum() / (~there).sum():.3f}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--write", action="store_true", help="write rag/decision.json")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    reader = Reader(shipped())
    embedding, language = registry.active("embedding"), registry.active("language")
    used = [embedding.identity, reader.identity, language.identity]
    key = hashlib.sha256("|".join(used).encode()).hexdigest()[:8]
    rows = kept(options.work / f"read-{key}.jsonl", read(options.work, reader))
    rows = [row for row in rows if row["candidates"]]
    tables = [
        np.array([[c["signals"][n] for n in SIGNALS] for c in row["candidates"]]) for row in rows
    ]
    rank, best, scores = in_order(rows, tables)
    alone = calibrated(rows, best, scores[:, None])
    weights = (alone.weights[0] * rank).round(4).tolist()
    first: Row = {
        "intercept": round(alone.intercept, 4),
        "weights": dict(zip(SIGNALS, weights, strict=True)),
    }
    shares("reader alone", rows, alone)
    file = options.work / f"written-{key}.jsonl"
    opinions: dict[int, Row] = {}
    if file.is_file():
        opinions = dict(map(json.loads, file.open(encoding="utf-8")))
    writer = LlamaModel(language.path, language.identity)
    with file.open("a", encoding="utf-8") as lines:
        for n in chosen(rows):
            if n not in opinions:
                opinions[n] = written(rows[n], first, writer)
                lines.write(json.dumps([n, opinions[n]], ensure_ascii=False) + "\n")
                lines.flush()
    rows = [rows[n] for n in sorted(opinions)]
    said = [opinions[n] for n in sorted(opinions)]
    both = [
        np.array([[logit(first, c["signals"]), agreement(c, opinion)] for c in row["candidates"]])
        for row, opinion in zip(rows, said, strict=True)
    ]
    rank, *_ = in_order(rows, both)
    agrees = round(float(rank[1] / rank[0]), 2)
    print(f"first {first}, agreement counts {agrees}")
    if options.write:
        path = ROOT / "rag" / "decision.json"
        kept_ = json.loads(path.read_text("utf-8"))
        kept_ |= {"fitted_on": used, "first": first, "agrees": agrees}
        # By these a served model is known to be this one.
        kept_["trial"] = [
            (t, round(p, 3)) for t, p in writer.likeliest(TRIAL, SERVING.compared + 2)
        ]
        path.write_text(json.dumps(kept_, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
