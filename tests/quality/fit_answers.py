"""Fits how likely an answer is right (rag/decision.json, `second`):
`python tests/quality/fit_answers.py WORK [--write]`.

The development questions of `answers.py` are asked of the whole program with no threshold (what the writer
would say in its own words is left out: it changes no probability), and those that their articles answer once
more with these articles taken out. Of each answer it is told whether it was right; a logistic model of what the
reader and the writer said of its first candidate is fitted to that, one for kinds whose answer is copied and
one for the others: a refusal of the writer says much of a reason, and of a figure nothing that the reader did
not say. Probabilities are cross-validated, an article in one part only; the threshold is chosen by the table
that this prints. What was answered is kept in WORK.
"""

import argparse
import json
import math
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.types import Filter  # noqa: E402
from rag import cause, compose, decide  # noqa: E402
from rag.question import SHORT  # noqa: E402
from tests.quality import answers  # noqa: E402
from ui.cli.opened import open_assistant  # noqa: E402

#: What an answer to a question whose article is gone counts beside one whose article is there.
GONE = 0.5
SIGNALS = ("reader", "support", "refusal", "english", "cause")
_OTHER = ("yes_no", "talk", "count", "summary", "compare", "trend")  # decided otherwise
Row = dict[str, Any]


def unwritten(*_: object) -> Iterator[str]:
    """In the place of the writer's sentence."""
    yield from ()


def asked(work: Path) -> Iterator[Row]:
    """A row for each question and round that was answered."""
    for name in ("dev", "dev-samples"):
        file = answers.HERE / f"answers.{name}.jsonl"
        assistant = open_assistant(work / name)
        assistant.threshold = 0.0
        ids = answers.added(
            assistant, work / f"{name}-articles", None if "samples" in name else file
        )
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield from rounds(assistant, row, [ids[one] for one in answers.names(row)])
        assistant.library.close()


def rounds(assistant: answers.Assistant, row: Row, ids: list[str]) -> Iterator[Row]:
    """A question with its articles, and without them."""
    chosen = Filter(article_ids=(ids[0],)) if row.get("chosen") else Filter()
    filters = [(True, chosen)]
    if ids and not (row.get("why") or row.get("history") or row.get("chosen")):
        filters.append((False, Filter(without=tuple(ids))))
    for held, only in filters:
        answer = answers.ask(assistant, row, only)
        if not answer.answered or not answer.candidates or answer.kind in _OTHER:
            continue
        signals = asdict(answer.candidates[0].signals)
        p = decide.probability(answer.candidates[0].signals)
        refusal = answer.opinions[0].refusal if answer.opinions else None
        yield {
            "id": row["id"], "held": held, "copied": answer.kind in SHORT,
            "group": ids[0] if ids else row["id"],
            "right": held and answers.verdict(row, answer) == "right",
            "reader": math.log(p / (1 - p)), "support": signals["support"],
            "english": row["language"] == "en",
            "cause": cause.told(answer.kind, answer.candidates[0]),
            "refusal": decide.UNKNOWN if refusal is None else max(refusal, -12.0),
        }  # fmt: skip


def fitted(rows: list[Row]) -> Row:
    """A model of these rows; prints what each threshold would give."""
    table = np.array([[float(row[name]) for name in SIGNALS] for row in rows])
    right, held = (np.array([row[name] for row in rows]) for name in ("right", "held"))
    weights, scale = np.where(held, 1.0, GONE), table.std(0)
    scale[scale == 0] = 1.0  # no reason is copied
    model = LogisticRegression(C=1.0, max_iter=2000)
    likely = np.zeros(len(rows))
    for train, test in GroupKFold(10).split(rows, groups=[row["group"] for row in rows]):
        model.fit(table[train] / scale, right[train], sample_weight=weights[train])
        likely[test] = model.predict_proba(table[test] / scale)[:, 1]
    print(
        f"AUROC {roc_auc_score(right, likely):.3f}; threshold: right, wrong; of those gone answered"
    )
    for at in np.arange(0.2, 0.8, 0.05):
        said = likely >= at
        print(
            f"  {at:.2f}: {(said & right).sum()}, {(said & held & ~right).sum()}; {(said & ~held).sum()}"
        )
    model.fit(table / scale, right, sample_weight=weights)
    found = (model.coef_[0] / scale).round(4).tolist()
    return {
        "intercept": round(float(model.intercept_[0]), 4),
        "weights": dict(zip(SIGNALS, found, strict=True)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--write", action="store_true", help="write rag/decision.json")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    file = options.work / "answered.jsonl"
    if not file.is_file():
        part = file.with_suffix(".part")
        with patch.object(compose, "written", unwritten), part.open("w", encoding="utf-8") as lines:
            for row in asked(options.work):
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")
                lines.flush()
        part.replace(file)
    rows = [json.loads(line) for line in file.open(encoding="utf-8")]
    second = {}
    for name, copied in (("copied", True), ("told", False)):
        own = [row for row in rows if row["copied"] == copied]
        print(f"{name}: {len(own)} answers, {sum(row['held'] for row in own)} with their articles")
        second[name] = fitted(own)
        print(f"  {second[name]}")
    if options.write:
        path = ROOT / "rag" / "decision.json"
        kept = json.loads(path.read_text("utf-8"))
        path.write_text(
            json.dumps(kept | {"second": second}, indent=1, ensure_ascii=False) + "\n", "utf-8"
        )


if __name__ == "__main__":
    main()
