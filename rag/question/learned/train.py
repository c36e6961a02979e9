"""Trains the model: `python -m rag.question.learned.train` reads `questions.jsonl` and writes `kinds.npz`
beside it, in a minute on one core, always the same.

The 4,800 questions and bits of talk were written for this, by language models that had seen none of the
questions that are measured on.
"""

import io
import json
import os
import zipfile
from importlib import resources
from pathlib import Path
from typing import Any

os.environ.setdefault(
    "OMP_NUM_THREADS", "1"
)  # before numpy is loaded: many threads are slower here

import numpy as np

from rag.question.kinds import told
from rag.question.learned.features import features
from rag.question.learned.model import FILE, RULE, Weights, packed
from rag.types import Kind

#: Features that are kept: those that weigh most when all are there.
_KEPT = 12_000
#: The inverse of the regularisation; chosen by crossing the parts of the training set.
_C = 10.0
#: What is said before a question or behind it: it stays one. Every third is learned so, too.
_POLITE = (
    "Chào bạn, {}|Cảm ơn nhé, {}|Bạn có biết {}|Xin chào, cho tôi hỏi {}|Bạn giúp tôi với: {}|ok bạn, thế {}"
    "|Dạ cho em hỏi {}|Tôi là sinh viên, {}|Hay quá, mà {}|Bạn cho mình biết {}|Bạn ơi {}|hi ad, {}"
    "|{} Cảm ơn bạn nhiều.|Bạn tìm giúp mình {}|Ok cảm ơn, còn {}|Rồi, vậy {}|Xin lỗi, ý tôi là {}"
    "|chao ban, {}|Thanks, {}|Hello, {}|Do you know {}|Can you tell me {}|{} Thank you!"
).split("|")
_OPENED = 3


def main() -> None:
    """Writes the weights and says how many and how large."""
    rows = [*examples(), *opened(examples())]
    questions = [row["question"] for row in rows]
    kinds = [row["kind"] for row in rows]
    first = fitted(questions, kinds)
    weigh = np.abs(first.matrix[: len(first.features)]).max(1)
    names = list(first.features)
    kept = sorted(names[at] for at in np.argsort(-weigh, kind="stable")[:_KEPT])
    weights = fitted(questions, kinds, kept)
    target = Path(str(resources.files("rag.question.learned").joinpath(FILE)))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, array in packed(weights).items():
            data = io.BytesIO()
            np.save(data, array)
            file.writestr(zipfile.ZipInfo(f"{name}.npy"), data.getvalue(), zipfile.ZIP_DEFLATED)
    print(f"{len(rows)} questions, {len(weights.features)} features, {target.stat().st_size} bytes")


def examples() -> list[dict[str, Any]]:
    """The questions to train on, with their kinds."""
    text = resources.files("rag.question.learned").joinpath("questions.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def opened(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every third with something polite before it or behind."""
    asked = rows[::_OPENED]
    polite = [_POLITE[number % len(_POLITE)] for number in range(len(asked))]
    return [
        {"question": said.format(row["question"]), "kind": row["kind"]}
        for said, row in zip(polite, asked, strict=True)
    ]


def fitted(questions: list[str], kinds: list[Kind], kept: list[str] | None = None) -> Weights:
    """A model of these questions; of all features that stand in two of them where none are chosen."""
    import scipy.sparse as sparse
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    names = sorted(set(kinds))
    seen = TfidfVectorizer(
        analyzer=features, sublinear_tf=True, min_df=1 if kept else 2, vocabulary=kept
    )
    found = seen.fit_transform(questions)
    rules = np.zeros((len(questions), len(names)))
    for row, question in enumerate(questions):
        rules[row, names.index(told(question))] = RULE
    model = LogisticRegression(C=_C, max_iter=300, tol=1e-3)
    model.fit(sparse.hstack([found, sparse.csr_matrix(rules)]).tocsr(), kinds)
    return Weights(
        tuple(names),
        {one: number for number, one in enumerate(seen.get_feature_names_out().tolist())},
        seen.idf_.astype(np.float32),
        np.vstack([model.coef_.T, model.intercept_]).astype(np.float32),
    )


if __name__ == "__main__":
    main()
