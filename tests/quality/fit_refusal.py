"""Fits `rag/refusal.json`: which signals say that the collection holds the answer.

    python tests/quality/fit_refusal.py DIR [N]   (DIR as for bench.py; ../shared/data must be there)

N XQuAD-vi questions (180), each asked twice: with its paragraph in the library, and without it (of every
second one the paragraphs of the same subject are gone too). Three of five are asked of the whole library,
the others of 6 or 40 articles of it, mostly of the same subject. The tables are cross-validated, no subject
on both sides; the threshold is read off them: the one that keeps 90% of the answerable questions. No
language model is asked: what it made of the evidence added nothing.
"""

import json
import math
import pickle
import random
import sys
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index import models  # noqa: E402
from index.types import Filter  # noqa: E402
from rag import refuse  # noqa: E402
from rag.evidence import choose  # noqa: E402
from rag.llm import LlamaModel  # noqa: E402
from rag.pipeline import Assistant  # noqa: E402
from rag.refuse import THRESHOLD  # noqa: E402
from tests.quality.bench import NEWS  # noqa: E402
from tests.quality.corpus import Question, build, gold_ids  # noqa: E402

KEEP = 0.90
PARAGRAPHS = 5  # of each subject in XQuAD
Sample = tuple[refuse.Signals, bool, int]


def signals(assistant: Assistant, question: str, only: Filter, size: int) -> refuse.Signals | None:
    """The signals of a question; None where no sentence is found."""
    passages = assistant.search(question, only=only)
    evidence = choose(assistant.ranked(question, passages))
    if not evidence:
        return None
    chunks = size or assistant.library.counts()[1]
    terms = refuse.wanted(question, assistant.library.counts()[1], assistant.library.spread)
    return refuse.measure(question, passages, evidence, replace(terms, chunks=chunks))


def samples(folder: Path, count: int) -> list[Sample]:
    """Signals of each question with and without its article, and its subject."""
    library, embedder, questions = build(folder, NEWS)
    language = models.active("language")
    assistant = Assistant(library, embedder, LlamaModel(language.path, language.identity))
    gold = gold_ids(library)
    files = sorted({q.file for q in questions})
    everyone = list(gold.values())
    chance = random.Random(5)
    found: list[Sample] = []
    asked: list[Question] = chance.sample(questions, min(count, len(questions)))
    for number, question in enumerate(asked):
        wanted, at = gold[question.file], files.index(question.file)
        subject = at // PARAGRAPHS
        siblings = [gold[f] for f in files[subject * PARAGRAPHS : (subject + 1) * PARAGRAPHS]]
        near = [gold[f] for f in files[max(0, at - 4) : at + 5] if gold[f] != wanted]
        size = chance.choice([6, 40, 0, 0, 0])
        others = [*near, *chance.sample(everyone, max(0, size - len(near)))]
        others = [i for i in others if i != wanted][: size or None]
        gone = [wanted] if number % 2 else siblings
        kept = [i for i in others if i not in gone]
        for held in (True, False):
            if size:
                only = Filter(article_ids=(*others, wanted) if held else tuple(kept))
            else:
                only = Filter() if held else Filter(without=tuple(gone))
            measured = signals(assistant, question.text, only, size)
            if measured:
                found.append((measured, held, subject))
        if number % 20 == 0:
            print(f"{number} of {len(asked)}", file=sys.stderr, flush=True)
    library.close()
    return found


def fit(kind: str, labelled: list[Sample]) -> dict[str, object]:
    """The weights of one kind; prints its curve."""
    fit_of = [one for one in labelled if refuse.kind(one[0]) == kind]
    names = [name for name, value in asdict(fit_of[0][0]).items() if value is not None]
    x = np.array([[asdict(s)[name] for name in names] for s, _, _ in fit_of])
    y = np.array([held for _, held, _ in fit_of])
    groups = np.array([subject for _, _, subject in fit_of])
    mean, deviation = x.mean(axis=0), x.std(axis=0) + 1e-9
    x = (x - mean) / deviation
    model = LogisticRegression(C=1.0, max_iter=5000, class_weight="balanced")
    folds = GroupKFold(8)
    likely = cross_val_predict(model, x, y, groups=groups, cv=folds, method="predict_proba")[:, 1]
    threshold = float(np.quantile(likely[y], 1 - KEEP))
    print(f"\n{kind}: {len(y)} samples, AUROC {roc_auc_score(y, likely):.3f}")
    print("threshold  answerable kept  unanswerable passed")
    for at in sorted([*np.arange(0.1, 1, 0.1), threshold]):
        print(f"{at:9.3f}  {(likely[y] >= at).mean():15.3f}  {(likely[~y] >= at).mean():19.3f}")
    model.fit(x, y)
    weights = model.coef_[0] / deviation
    # So shifted that the threshold is at a probability of one half.
    shift = math.log(threshold / (1 - threshold)) - math.log(THRESHOLD / (1 - THRESHOLD))
    return {
        "weights": {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)},
        "intercept": round(float(model.intercept_[0] - weights @ mean) - shift, 4),
    }


def main(folder: Path, count: int) -> None:
    """Prints the curves, writes the weights."""
    kept = folder / f"refusal-{count}.pickle"
    if not kept.is_file():
        kept.write_bytes(pickle.dumps([(asdict(s), *rest) for s, *rest in samples(folder, count)]))
    labelled = [(refuse.Signals(**s), *rest) for s, *rest in pickle.loads(kept.read_bytes())]
    used = [models.active(kind).identity for kind in ("embedding", "language")]
    data = {"fitted_on": used} | {kind: fit(kind, labelled) for kind in ("small", "large")}
    (ROOT / "rag" / "refusal.json").write_text(json.dumps(data, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 180)
