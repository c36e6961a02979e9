"""Fits what is made of the reader's candidates (rag/decision.json):
`python tests/quality/fit_decision.py WORK [--write]`.

All questions of the `fit` parts of tests/quality/sets.py are asked of one library that also holds 300 news
articles, once with their articles in it and once without. A logistic model is fitted on the signals of each
question's best candidates: is it right? Then the writer reads what the best one calls for, and a second model
is fitted on what both say. Probabilities are cross-validated, a question in one part only, when thresholds
are read off them: `sure` and `threshold` keep `KEEP` of the questions whose best candidate is right. What was
read is kept in WORK, by the models that read it.
"""

import argparse
import gzip
import hashlib
import json
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index import models  # noqa: E402
from index.embed import SentenceEmbedder  # noqa: E402
from index.library import Library  # noqa: E402
from index.text import words  # noqa: E402
from index.types import Filter  # noqa: E402
from rag import decide  # noqa: E402
from rag.config import RETRIEVAL, WRITING  # noqa: E402
from rag.evaluation import questions as files  # noqa: E402
from rag.evaluation.metrics import scores  # noqa: E402
from rag.llm import LlamaModel  # noqa: E402
from rag.question import parse  # noqa: E402
from rag.reader.card import shipped  # noqa: E402
from rag.reader.read import Reader  # noqa: E402
from rag.retrieve import retrieve  # noqa: E402
from rag.types import Opinion, Shown, Signals  # noqa: E402
from rag.writer import opinion_of, shown  # noqa: E402
from tests.quality import sets  # noqa: E402

_NEWS = (1000, 1300)  # lines of vietnews that hide the others
_EACH = 6  # candidates of a question that are learned from
KEEP = 0.95
SIGNALS = list(asdict(Signals(0, 0, 0, 0, 0)))
Row = dict[str, Any]


def read(work: Path, reader: Reader, most: int) -> Iterator[Row]:
    """A row for each question and round: its best candidates, and whether they are right."""
    embedding = models.active("embedding")
    embedder = SentenceEmbedder(embedding.path, embedding.identity)
    library = Library(work / "library", embedder)
    asked = []
    for name in sets.NAMES:
        articles, file = sets.write(name, "fit", work / name)
        library.add([articles])
        asked += [(name, q) for q in files.read(file, work)][:most]
    hide(work / "news")
    library.add([work / "news"])
    ids = {Path(row.source).name: row.id for row in library.articles()}
    for name, item in asked:
        gold = tuple(ids[n] for n in item.articles)
        question = parse(item.text)
        for held in (True, False) if item.answerable else (False,):
            only = Filter(without=() if held else gold if item.answerable else ())
            passages = retrieve(library, embedder, question.query, RETRIEVAL.passages, only)
            readings = reader.read(question.query, [decide.excerpt(p) for p in passages])
            found = decide.candidates(question, passages, readings)
            yield {
                "question": item.text, "group": item.articles[0], "set": name, "held": held,
                "candidates": [
                    {"text": c.text, "signals": asdict(c.signals), "shown": asdict(shown(c)),
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


def written(rows: Iterable[Row], writer: LlamaModel) -> Iterator[Row]:
    """What the writer makes of each row's best candidates."""
    for row in rows:
        texts = dict.fromkeys(Shown(**c["shown"]) for c in row["candidates"])
        sources = list(texts)[: WRITING.sentences]
        writing = opinion_of(writer, parse(row["question"]), sources, threading.Event())
        while True:
            try:
                next(writing)
            except StopIteration as end:
                said: Opinion = end.value
                break
        yield {"refusal": said.refusal, "copies": said.copies}


def hide(folder: Path) -> None:
    """Writes the news articles among which the others are hidden."""
    folder.mkdir(parents=True, exist_ok=True)
    with gzip.open(sets.DATA / "vietnews-20k.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number >= _NEWS[1]:
                break
            if number >= _NEWS[0]:
                raw = json.loads(line)
                path = folder / f"h{number}.txt"
                path.write_text(f"{raw['title']}\n\n{raw['body']}", "utf-8")


def kept(file: Path, make: Callable[[], Iterator[Row]], count: int = 0) -> list[Row]:
    """The rows of a file; those that it lacks (of `count`, else all where it is not there) are made."""
    done = [json.loads(line) for line in file.open(encoding="utf-8")] if file.is_file() else []
    if done and len(done) >= count:
        return done
    with file.open("a", encoding="utf-8") as lines:
        for row in make():
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
            lines.flush()
    return [json.loads(line) for line in file.open(encoding="utf-8")]


def fit(
    table: np.ndarray, right: np.ndarray, groups: list[str], names: list[str]
) -> tuple[Row, np.ndarray]:
    """A logistic model as `decide` reads it, and cross-validated probabilities."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=2000))
    apart = cross_val_predict(
        model, table, right, groups=groups, cv=GroupKFold(5), method="predict_proba"
    )[:, 1]
    model.fit(table, right)
    scale, logistic = model[0], model[1]
    weights = logistic.coef_[0] / scale.scale_
    intercept = float(logistic.intercept_[0] - (weights * scale.mean_).sum())
    told = dict(zip(names, weights.round(4).tolist(), strict=True))
    print(
        f"{len(right)} rows, {right.mean():.2f} right, AUROC {roc_auc_score(right, apart):.3f}",
        told,
    )
    return {"intercept": round(intercept, 4), "weights": told}, apart


def logit(model: Row, signals: Row) -> float:
    """What `decide` computes."""
    return float(model["intercept"] + sum(w * signals[n] for n, w in model["weights"].items()))


def table_of(name: str, p: np.ndarray, right: np.ndarray, held: np.ndarray) -> None:
    """Prints shares by threshold."""
    print(f"{name}: threshold, of the answerable: right, wrong, refused; of the others: answered")
    for at in (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7):
        said, n = p >= at, held.sum()
        print(f"  {at:.2f}  {(said & right).sum() / n:.3f}  {(said & held & ~right).sum() / n:.3f}  "
              f"{(~said & held).sum() / n:.3f}; {(said & ~held).sum() / (~held).sum():.3f}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--most", type=int, default=1000, help="questions of each set")
    parser.add_argument("--write", action="store_true", help="write rag/decision.json")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    reader = Reader(shipped())
    embedding, language = models.active("embedding"), models.active("language")
    used = [embedding.identity, reader.identity, language.identity]
    key = hashlib.sha256("|".join((*used, str(options.most))).encode()).hexdigest()[:8]
    rows = kept(
        options.work / f"read-{key}.jsonl", lambda: read(options.work, reader, options.most)
    )
    rows = [row for row in rows if row["candidates"]]
    every = [(c, row["group"]) for row in rows for c in row["candidates"]]
    table = np.array([[c["signals"][n] for n in SIGNALS] for c, _ in every])
    right = np.array([c["right"] for c, _ in every])
    first, _ = fit(table, right, [group for _, group in every], SIGNALS)
    for row in rows:
        row["candidates"].sort(key=lambda c: -logit(first, c["signals"]))
    groups = [row["group"] for row in rows]
    best = [row["candidates"][0] for row in rows]
    right, held = np.array([c["right"] for c in best]), np.array([row["held"] for row in rows])
    alone = np.array([1 / (1 + np.exp(-logit(first, c["signals"]))) for c in best])
    for name in sets.NAMES:
        own = np.array([row["set"] == name for row in rows])
        table_of(f"{name}, reader alone", alone[own], right[own], held[own])
    file = options.work / f"written-{key}.jsonl"
    known = len(file.read_text("utf-8").splitlines()) if file.is_file() else 0
    writer = LlamaModel(language.path, language.identity)
    opinions = kept(file, lambda: written(rows[known:], writer), len(rows))
    both = np.array([
        [logit(first, c["signals"]), max(o["refusal"], -12.0),
         decide.agreement(c["text"], Opinion("", tuple(map(tuple, o["copies"])), 0.0))]
        for c, o in zip(best, opinions, strict=True)
    ])  # fmt: skip
    second, likely = fit(both, right, groups, ["reader", "refusal", "agrees"])
    for name in sets.NAMES:
        own = np.array([row["set"] == name for row in rows])
        table_of(f"{name}, with the writer", likely[own], right[own], held[own])
    threshold, sure = (float(np.quantile(p[right], 1 - KEEP)) for p in (likely, alone))
    least = float(np.quantile(alone[right & (likely >= threshold)], 0.01))
    print(f"threshold {threshold:.3f}, sure {sure:.3f}, least {least:.3f}")
    if options.write:
        told = {
            "fitted_on": used, "threshold": round(threshold, 3), "sure": round(sure, 3),
            "least": round(least, 3), "first": first, "second": second,
        }  # fmt: skip
        path = ROOT / "rag" / "decision.json"
        path.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
