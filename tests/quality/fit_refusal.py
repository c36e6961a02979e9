"""Fits the weights of `rag/refusal.json`: which signals say that the collection holds the answer.

    python tests/quality/fit_refusal.py DIR     (DIR as for bench.py; ../shared/data must be there)

300 XQuAD-vi questions, each asked twice of a random part of the library (6, 40, 400 or all articles,
with up to 8 paragraphs of the same subject as hard negatives): with its paragraph, and without. The
printed table is cross-validated (10 folds); `THRESHOLD` was read off it.
"""

import json
import random
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.types import Filter  # noqa: E402
from rag import refuse  # noqa: E402
from rag.evidence import choose, rank_sentences  # noqa: E402
from rag.retrieve import retrieve  # noqa: E402
from tests.quality.bench import NEWS  # noqa: E402
from tests.quality.corpus import build, gold_ids  # noqa: E402

QUESTIONS = 300
THRESHOLD = 0.4


def samples(folder: Path) -> list[tuple[refuse.Signals, bool]]:
    """Signals of each question with and without its article in the library."""
    library, embedder, questions = build(folder, NEWS)
    gold = gold_ids(library)
    paragraphs = [gold[name] for name in sorted({q.file for q in questions}) if name in gold]
    everyone = list(gold.values())
    chance = random.Random(5)
    found = []
    for question in chance.sample(questions, QUESTIONS):
        wanted = gold[question.file]
        at = paragraphs.index(wanted)
        size = chance.choice([6, 40, 400, 0])
        near = [i for i in paragraphs[max(0, at - 4) : at + 5] if i != wanted]
        others = [*near, *chance.sample(everyone, max(0, size - len(near)))]
        others = [i for i in others if i != wanted][: size or None]
        for held in (True, False):
            only = Filter(article_ids=(*others, *([wanted] if held else []))) if size else Filter()
            passages = [
                p
                for p in retrieve(library, embedder, question.text, 9, only)
                if held or p.article.id != wanted
            ][:8]
            chosen = choose(rank_sentences(question.text, passages, embedder))
            signals = refuse.measure(
                question.text, passages, chosen, library.counts()[1], library.spread
            )
            found.append((signals, held))
    library.close()
    return found


def main(folder: Path) -> None:
    """Prints the curve, writes the weights."""
    labelled = samples(folder)
    names = list(asdict(labelled[0][0]))
    x = np.array([list(asdict(signals).values()) for signals, _ in labelled])
    y = np.array([held for _, held in labelled])
    model = LogisticRegression(C=100, max_iter=5000)
    likely = cross_val_predict(model, x, y, cv=10, method="predict_proba")[:, 1]
    print(f"{len(y)} samples, AUROC {roc_auc_score(y, likely):.3f}")
    print("threshold  answerable kept  unanswerable passed")
    for threshold in np.arange(0.1, 0.95, 0.1):
        kept, passed = (likely[y] >= threshold).mean(), (likely[~y] >= threshold).mean()
        print(f"{threshold:9.1f}  {kept:15.3f}  {passed:19.3f}")
    model.fit(x, y)
    weights = {name: round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True)}
    data = {"weights": weights, "intercept": round(float(model.intercept_[0]), 3)}
    path = ROOT / "rag" / "refusal.json"
    path.write_text(json.dumps({**data, "threshold": THRESHOLD}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
