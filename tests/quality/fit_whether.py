"""Fits when a yes or a no is said (rag/whether/fitted.json): `python tests/quality/fit_whether.py WORK`.

The yes/no questions among the development questions of `answers.py` and those of `yesno.dev.jsonl`, none of
which the adapter was trained on, are asked of the sentences that the program would ask: of their articles, and
with these taken out. A logistic model of what speaks for yes is fitted to the sentences that hold what is
expected; probabilities are cross-validated, an article in one part only. The threshold is chosen by the table
that this prints: of the first sentence that is sure enough, right and wrong. What was read is kept in WORK.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.language.text import fold  # noqa: E402
from index.types import Filter  # noqa: E402
from rag import decide, whether  # noqa: E402
from rag.config import RETRIEVAL  # noqa: E402
from rag.question import parse  # noqa: E402
from rag.retrieve import sought  # noqa: E402
from tests.quality import answers  # noqa: E402
from ui.cli.opened import open_assistant  # noqa: E402

SIGNALS = ("words", "leans")
Row = dict[str, Any]


def read(work: Path) -> Iterator[Row]:
    """A row for each question and round."""
    for name in ("answers.dev", "answers.dev-samples", "yesno.dev"):
        file = answers.HERE / f"{name}.jsonl"
        assistant = open_assistant(work / name)
        ids = answers.added(
            assistant, work / f"{name}-articles", None if "samples" in name else file
        )
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["kind"] == "yes_no" and not row.get("history"):
                own = [ids[one] for one in answers.names(row)]
                yield from rounds(assistant, row, own)
        assistant.library.close()


def rounds(assistant: answers.Assistant, row: Row, own: list[str]) -> Iterator[Row]:
    """A question with its articles, and without them."""
    chosen = Filter(article_ids=(own[0],)) if row.get("chosen") else Filter()
    for held, only in ((True, chosen), (False, Filter(without=tuple(own)))):
        if not held and (not own or row.get("chosen")):
            continue
        asked, passages = sought(
            assistant.library, assistant.embedder, parse(row["question"]), RETRIEVAL.passages, only
        )
        readings = assistant.reader.read(asked.query, list(map(decide.excerpt, passages)))
        told = []
        for one in whether.nearest(asked, passages, readings):
            tells, signals = whether.weighed(assistant.writer, asked, one)
            gold = one.article.id in own and any(
                part and part in fold(one.text)
                for part in fold((row.get("must") or [""])[0]).split("|")
            )
            told.append({"tells": tells, "gold": gold, "text": one.text, **signals})
        yes = None if row.get("yes") is None else bool(row["yes"])
        yield {
            "id": row["id"], "held": held, "yes": yes, "group": own[0] if own else row["id"],
            "question": row["question"], "told": told,
        }  # fmt: skip


def fitted(rows: list[Row]) -> Row:
    """A model of these rows; prints what each threshold would give."""
    known = [
        (row["group"], row["yes"], one)
        for row in rows
        if row["held"] and row["yes"] is not None
        for one in row["told"]
        if one["gold"]
    ]
    table = np.array([[one[name] for name in SIGNALS] for *_, one in known])
    right = np.array([yes for _, yes, _ in known])
    groups = [group for group, *_ in known]
    models = {}
    for train, test in GroupKFold(10).split(known, groups=groups):
        model = LogisticRegression(C=1.0, max_iter=2000).fit(table[train], right[train])
        models |= {groups[at]: model for at in test}
    whole = LogisticRegression(C=1.0, max_iter=2000).fit(table, right)
    print(f"{len(known)} sentences; threshold: right, wrong, nothing said; of those gone said")
    for at in np.arange(0.5, 0.96, 0.05):
        counts = [0, 0, 0, 0]
        for row in rows:
            model = models.get(row["group"], whole)
            says = None
            for one in row["told"]:
                p = float(model.predict_proba([[one[name] for name in SIGNALS]])[0, 1])
                if one["tells"] * max(p, 1 - p) >= at:
                    says = p > 0.5
                    break
            if not row["held"]:
                counts[3] += says is not None
            elif says is None:
                counts[2 if row["yes"] is not None else 0] += 1
            else:
                counts[0 if says == row["yes"] else 1] += 1
        print(f"  {at:.2f}: {counts[0]}, {counts[1]}, {counts[2]}; {counts[3]}")
    weights = dict(zip(SIGNALS, whole.coef_[0].round(4).tolist(), strict=True))
    return {"intercept": round(float(whole.intercept_[0]), 4), "weights": weights}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--write", type=float, help="the threshold to write fitted.json with")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    file = options.work / "read.jsonl"
    if not file.is_file():
        file.write_text("\n".join(json.dumps(row) for row in read(options.work)), "utf-8")
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    model = fitted(rows)
    print(model)
    if options.write:
        out = ROOT / "rag" / "whether" / "fitted.json"
        kept = json.loads(out.read_text("utf-8")) | model | {"threshold": options.write}
        out.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
