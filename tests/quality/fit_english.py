"""What is added to the log odds of an English answer (`english` in rag/decision.json), and what comes of it:
`python tests/quality/fit_english.py WORK`.

`english.jsonl` asks in English what `answers.dev*.jsonl` ask in Vietnamese, of the same articles among the same
others; every second question that these answer once more with its article left out. Of each the first
candidate is kept (WORK/asked.jsonl; what is there is not asked again): the reader's log odds and support, the
writer's refusal, and whether it is right. The weights and the threshold stay those of Vietnamese; the number is
chosen by the table that this prints, of every second article and of the others.
"""

import argparse
import json
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.config import corpus_dir  # noqa: E402
from index.language.text import words  # noqa: E402
from index.types import Filter  # noqa: E402
from rag import decide  # noqa: E402
from rag.assistant import Assistant  # noqa: E402
from rag.config import RETRIEVAL  # noqa: E402
from rag.opinion import opinion_of, sources  # noqa: E402
from rag.question import SHORT, parse  # noqa: E402
from rag.retrieve import sought  # noqa: E402
from rag.types import Candidate  # noqa: E402
from tests.quality import everyday  # noqa: E402
from ui.cli.opened import open_assistant  # noqa: E402

HERE = Path(__file__).parent
OTHERS = 300
Row = dict[str, Any]
Floats = NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    file = options.work / "asked.jsonl"
    told = list(map(json.loads, file.open(encoding="utf-8"))) if file.is_file() else []
    with file.open("a", encoding="utf-8") as lines:
        for row in asked(options.work, {(row["id"], row["held"]) for row in told}):
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
            lines.flush()
            told.append(row)
    articles = sorted({row["article"] for row in told})
    fitted = json.loads((ROOT / "rag" / "decision.json").read_text("utf-8"))
    for name, half in (("one half", articles[::2]), ("the other", articles[1::2])):
        shares(name, fitted["second"], [row for row in told if row["article"] in half])


def asked(work: Path, known: set[tuple[str, bool]]) -> Iterator[Row]:
    """The first candidate of each question that is not known yet."""
    lines = (HERE / "english.jsonl").read_text("utf-8").splitlines()
    english = [json.loads(line) for line in lines]
    for name in ("dev-samples", "dev"):
        file = HERE / f"answers.{name}.jsonl"
        rows = {row["id"]: row for row in map(json.loads, file.open(encoding="utf-8"))}
        todo = [
            (one["question"], rows[one["id"]], held)
            for number, one in enumerate(english)
            if one["id"] in rows
            for held in (True, False)
            if (held or number % 2 and not rows[one["id"]].get("why"))
            and (one["id"], held) not in known
        ]
        if todo:
            assistant = opened(work / name, None if "samples" in name else file)
            for question, row, held in todo:
                if found := first(assistant, question, row, held):
                    yield found
            assistant.library.close()


def opened(folder: Path, file: Path | None) -> Assistant:
    """The library that `answers.py` asks."""
    assistant = open_assistant(folder)
    articles = ROOT / "index" / "samples"
    if file:
        articles = folder.with_name(f"{folder.name}-articles")
        articles.mkdir(exist_ok=True)
        for one in everyday.read(file, corpus_dir() / "vietnews-20k.jsonl.gz", OTHERS)[0]:
            (articles / f"{one.index}.txt").write_text(f"{one.title}\n\n{one.body}", "utf-8")
    assistant.library.add([articles])
    return assistant


def first(assistant: Assistant, text: str, row: Row, held: bool) -> Row | None:
    """What is known of the first candidate; None where a yes or a comparison is asked for."""
    names = row.get("articles") or [f"{row['index']}.txt"]
    gold = [a.id for a in assistant.library.articles() if Path(a.source).name in names]
    only = Filter(without=() if held else tuple(gold))
    question, passages = sought(
        assistant.library, assistant.embedder, parse(text), RETRIEVAL.passages, only
    )
    found = assistant.read(question, passages)
    if not found or question.comparison or question.kind in ("yes_no", "summary", "count", "talk"):
        return None
    near = decide.near(found)
    writing = opinion_of(assistant.writer, question, sources(near), threading.Event())
    while True:
        try:
            next(writing)
        except StopIteration as end:
            opinion = end.value
            break
    best = decide.reconsidered(near, question.kind, opinion)[0]
    reader = next(
        one.probability for one in near if one.sentence == best.sentence and one.text == best.text
    )
    answerable = held and not row.get("why")
    return {
        "id": row["id"], "held": held, "article": names[0], "kind": question.kind, "answer": best.text,
        "answerable": answerable,
        "right": answerable and best.article.id in gold and tells(best, question.kind in SHORT, row["must"]),
        "reader": float(logit(reader)), "support": float(best.signals.support),
        "refusal": max(opinion.refusal, -12.0),
    }  # fmt: skip


def tells(best: Candidate, short: bool, must: Sequence[str]) -> bool:
    """Whether a candidate has one of the expected values; its sentence, where a few words are not all."""
    have = f" {' '.join(words(best.text if short else best.source.text))} "
    return any(f" {' '.join(words(form))} " in have for one in must for form in one.split("|"))


def odds(models: Row, rows: Sequence[Row]) -> Floats:
    """What `decide` computes of a Vietnamese question."""
    chosen = [models["copied" if row["kind"] in SHORT else "told"] for row in rows]
    return np.array(
        [
            model["intercept"] + sum(w * row[name] for name, w in model["weights"].items())
            for model, row in zip(chosen, rows, strict=True)
        ]
    )


def shares(name: str, models: Row, rows: Sequence[Row]) -> None:
    """Prints what is said by what is added: right, wrong, and where nothing answers."""
    found = odds(models, rows)
    right = np.array([row["right"] for row in rows])
    held = np.array([row["answerable"] for row in rows])
    print(f"{name}: {held.sum()} questions that are answered, {(~held).sum()} others")
    for more in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        said = expit(found + more) >= decide.threshold()
        counts = (said & right).sum(), (said & ~right & held).sum(), (said & ~held).sum()
        print(
            f"  {more:.1f}  right {counts[0]}, wrong {counts[1]}, answered of the others {counts[2]}"
        )


if __name__ == "__main__":
    main()
