"""Fits what is made of the reader's candidates (rag/decision.json):
`python tests/quality/fit_decision.py WORK`.

All questions of the `fit` parts of tests/quality/sets.py are asked of one library that also holds 300 news
articles, once with their articles in it and once without. Kept in WORK (the slow part, about half an hour):
the signals of each question's best candidates, whether they are right, and what the writer makes of the best
one. Two logistic models are fitted on that: that a candidate is right, and that it is still, after the writer
has read it, too; and the threshold: the highest that keeps `KEEP` of the answerable questions whose best
candidate is right.
"""

import argparse
import gzip
import json
import sys
import threading
from dataclasses import asdict
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index import models  # noqa: E402
from index.embed import SentenceEmbedder  # noqa: E402
from index.library import Library  # noqa: E402
from index.text import words  # noqa: E402
from index.types import Filter  # noqa: E402
from rag import decide  # noqa: E402
from rag.config import RETRIEVAL  # noqa: E402
from rag.evaluation import questions as files  # noqa: E402
from rag.evaluation.metrics import scores  # noqa: E402
from rag.llm import LlamaModel  # noqa: E402
from rag.question import parse  # noqa: E402
from rag.reader.card import shipped  # noqa: E402
from rag.reader.read import Reader  # noqa: E402
from rag.retrieve import retrieve  # noqa: E402
from rag.types import Opinion  # noqa: E402
from rag.writer import chosen, opinion  # noqa: E402
from tests.quality import sets  # noqa: E402

_NEWS = (1000, 1300)  # lines of vietnews that hide the others
_EACH = 6  # candidates of a question that are learned from
KEEP = 0.95


def collect(work: Path, reader: Reader, most: int) -> list[dict[str, object]]:
    """A row for each question and round; written to `work` as they come."""
    done = work / "rows.jsonl"
    embedding, language = models.active("embedding"), models.active("language")
    embedder = SentenceEmbedder(embedding.path, embedding.identity)
    library = Library(work / "library", embedder)
    asked = []
    for name in sets.NAMES:
        articles, file = sets.write(name, "fit", work / name)
        library.add([articles])
        asked += [(name, q) for q in files.read(file, work)][:most]
    hide(work / "news")
    library.add([work / "news"])
    writer = LlamaModel(language.path, language.identity)
    ids = {Path(row.source).name: row.id for row in library.articles()}
    known = {json.loads(line)["key"] for line in done.open()} if done.is_file() else set()
    with done.open("a", encoding="utf-8") as lines:
        for name, item in asked:
            for held in (True, False):
                key = f"{item.id} {held}"
                if key in known or (not item.answerable and not held):
                    continue
                gold = tuple(ids[n] for n in item.articles)
                only = Filter(without=() if held else gold)
                question = parse(item.text)
                passages = retrieve(library, embedder, question.query, RETRIEVAL.passages, only)
                readings = reader.read(question.query, [decide.excerpt(p) for p in passages])
                found = decide.candidates(question, passages, readings)
                row: dict[str, object] = {
                    "key": key, "set": name, "kind": question.kind, "held": held and item.answerable,
                    "question": item.text, "expected": item.answers or item.must,
                    "candidates": [
                        {"text": c.text, "signals": asdict(c.signals), "article": Path(c.article.source).name,
                         "right": c.article.id in gold and held and is_right(item, c.text)}
                        for c in found[:_EACH]
                    ],
                }  # fmt: skip
                if found:
                    said = _said(writer, question, found)
                    row["opinion"] = asdict(said)
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")
                lines.flush()
    library.close()
    return [json.loads(line) for line in done.open(encoding="utf-8")]


def _said(writer: LlamaModel, question, found) -> Opinion:  # type: ignore[no-untyped-def]
    writing = opinion(writer, question, chosen(found), threading.Event())
    while True:
        try:
            next(writing)
        except StopIteration as end:
            said: Opinion = end.value
            return said


def is_right(item: files.Question, text: str) -> bool:
    """Whether words answer a question: they hold what is expected (for several articles one of it), or share
    at least half of their words with an expected answer."""
    if len(item.articles) > 1:
        have = f" {' '.join(words(text))} "
        return any(f" {' '.join(words(one))} " in have for m in item.must for one in m.split("|"))
    _, f1, recall = scores(item, text)
    return recall == 1 or f1 >= 0.5


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


def fitted(table: np.ndarray, right: np.ndarray, names: list[str]) -> dict[str, object]:
    """A logistic model as `decide` reads it."""
    model = LogisticRegression(C=1.0, max_iter=2000)
    scale = table.std(0) + 1e-9
    model.fit(table / scale, right)
    weights = dict(zip(names, (model.coef_[0] / scale).round(4).tolist(), strict=True))
    print(f"AUROC {roc_auc_score(right, model.decision_function(table / scale)):.3f} of {len(right)}, "
          f"{right.mean():.2f} right", weights)  # fmt: skip
    return {"intercept": round(float(model.intercept_[0]), 4), "weights": weights}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--most", type=int, default=1000, help="questions of each set")
    parser.add_argument("--write", action="store_true", help="write rag/decision.json")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    reader = Reader(shipped())
    rows = collect(options.work, reader, options.most)
    names = list(asdict(decide.Signals(0, 0, 0, 0, 0)))
    every = [(c["signals"], c["right"]) for row in rows for c in row["candidates"]]  # type: ignore[attr-defined]
    table = np.array([[signals[n] for n in names] for signals, _ in every])
    first = fitted(table, np.array([right for _, right in every]), names)
    second_rows, right, held = [], [], []
    for row in rows:
        if not row["candidates"]:
            continue
        ranked = sorted(row["candidates"], key=lambda c: -_logit(first, c["signals"]))  # type: ignore[call-overload]
        said = Opinion("", tuple(map(tuple, row["opinion"]["copies"])), row["opinion"]["refusal"])  # type: ignore[index]
        second_rows.append(
            [_logit(first, ranked[0]["signals"]), max(said.refusal, -12.0),
             decide.agreement(ranked[0]["text"], said)]
        )  # fmt: skip
        right.append(ranked[0]["right"])
        held.append(row["held"])
    second = fitted(np.array(second_rows), np.array(right), ["reader", "refusal", "agrees"])
    logits = (
        np.array(second_rows) @ np.array(list(second["weights"].values())) + second["intercept"]
    )  # type: ignore[attr-defined]
    likely = 1 / (1 + np.exp(-logits))
    likely_first = 1 / (1 + np.exp(-np.array(second_rows)[:, 0]))
    y, h = np.array(right), np.array(held)
    for name, p in (("reader alone", likely_first), ("and writer", likely)):
        print(
            f"{name}: threshold  right of the answerable · refused of them · wrong · answered without"
        )
        for at in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
            said_ = p >= at
            print(f"  {at:.2f}  {(said_ & y).sum() / h.sum():.3f}  {(~said_ & h).sum() / h.sum():.3f}  "
                  f"{(said_ & h & ~y).sum() / h.sum():.3f}  {(said_ & ~h).sum() / (~h).sum():.3f}")  # fmt: skip
    threshold = float(np.quantile(likely[y], 1 - KEEP))
    # Of what ends above the threshold nearly all lies above this before the writer is asked.
    least = float(np.quantile(likely_first[y & (likely >= threshold)], 0.01))
    print(f"threshold {threshold:.3f}, least {least:.3f}")
    if options.write:
        embedding, language = models.active("embedding"), models.active("language")
        used = [embedding.identity, reader.identity, language.identity]
        told = {
            "fitted_on": used, "threshold": round(threshold, 3), "least": round(least, 3),
            "first": first, "second": second,
        }  # fmt: skip
        path = ROOT / "rag" / "decision.json"
        path.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def _logit(model: dict[str, object], signals: dict[str, float]) -> float:
    return model["intercept"] + sum(w * signals[n] for n, w in model["weights"].items())  # type: ignore


if __name__ == "__main__":
    main()
