"""Questions of every kind, asked: `python tests/quality/answers.py dev|report OUT.jsonl [--only ID…]`.

`answers.dev.jsonl` asks about 220 news articles (hidden among 300 others), `answers.dev-samples.jsonl`
about the ten samples alone; `answers.report*.jsonl` are another eighty, about another twenty. All were written
with their expected values before the first run, by somebody who had seen no answer; those of `dev` have been
looked at since, those of `report` are for reporting only. To the fields of `everyday.py` they add: `mustnot`
(values that would be wrong), `yes` (the verdict of a yes/no question), `history` (turns before), `chosen`
(asked of its article by id). Where nothing answers, `must` is the near value that a refusal should name. A
line is written for each answer; right ones hold every `must`, no `mustnot`, and cite (but talk and counts); a
wrong one that was stated as a fact is what must not happen.
"""

import argparse
import json
import sys
import tempfile
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import regex as re

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.config import corpus_dir  # noqa: E402
from index.language.text import fold  # noqa: E402
from index.types import Filter  # noqa: E402
from rag.assistant import Assistant  # noqa: E402
from rag.types import Answer, Message  # noqa: E402
from tests.quality import everyday  # noqa: E402
from ui.cli.opened import open_assistant  # noqa: E402

HERE = Path(__file__).parent
_OTHERS = 300
Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("part", choices=("dev", "report"))
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--write", action="store_true", help="write docs/answers.md")
    options = parser.parse_args()
    done: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, options.out.open("w", encoding="utf-8") as lines:
        for name in (options.part, f"{options.part}-samples"):
            file = HERE / f"answers.{name}.jsonl"
            asked = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
            asked = [row for row in asked if not options.only or row["id"] in options.only]
            assistant = open_assistant(Path(folder) / name)
            ids = added(
                assistant, Path(folder) / f"{name}-articles", None if "samples" in name else file
            )
            for row in asked:
                done.append(_asked(assistant, row, ids))
                lines.write(json.dumps(done[-1], ensure_ascii=False) + "\n")
                lines.flush()
                print(
                    f"{done[-1]['verdict']:8} {row['id']} {row['question']}\n         {done[-1]['answer']}"
                )
            assistant.library.close()
    if options.write:
        (ROOT / "docs" / "answers.md").write_text(_page(options.part, done), "utf-8")
    print(Counter(row["verdict"] for row in done))
    for kind in sorted({row["kind"] for row in done}):
        print(f"{kind:10}", dict(Counter(row["verdict"] for row in done if row["kind"] == kind)))


def _page(part: str, done: list[Row]) -> str:
    """The answers on the samples, whole, and of the others the verdict: their articles may not be copied."""
    counts = Counter(row["verdict"] for row in done)
    lines = [
        "# Answers",
        "",
        f"What `python tests/quality/answers.py {part} OUT.jsonl --write` was answered on {date.today()}: "
        f"{len(done)} questions of every kind, written before the first run, {counts['right']} right, "
        f"{counts['refused']} refused without need, {counts['wrong']} wrong. The articles of the first "
        "ones ship with the program.",
        "",
    ]
    shipped = (HERE / f"answers.{part}-samples.jsonl").read_text("utf-8").splitlines()
    samples = {json.loads(line)["id"] for line in shipped}
    for row in done:
        if row["id"] in samples:
            answer = row["answer"].replace("\n", "\n> ")
            lines += [
                f"**{row['question']}** ({row['kind']}: {row['verdict']})",
                "",
                f"> {answer}",
                "",
            ]
    lines += ["| question | kind | verdict |", "|---|---|---|"]
    lines += [
        f"| {r['id']} | {r['kind']} | {r['verdict']} |" for r in done if r["id"] not in samples
    ]
    return "\n".join(lines) + "\n"


def added(assistant: Assistant, folder: Path, file: Path | None) -> dict[str, str]:
    """Adds the articles; by their names, or lines in the data, their ids."""
    folder.mkdir()
    if file:
        news = corpus_dir() / "vietnews-20k.jsonl.gz"
        for one in everyday.read(file, news, _OTHERS)[0]:
            (folder / f"{one.index}.txt").write_text(f"{one.title}\n\n{one.body}", "utf-8")
    else:
        folder = ROOT / "index" / "samples"
    assistant.library.add([folder])
    return {Path(row.source).name: row.id for row in assistant.library.articles()}


def names(row: Row) -> list[str]:
    """The files of a row's articles."""
    return row.get("articles") or ([f"{row['index']}.txt"] if "index" in row else [])


def ask(assistant: Assistant, row: Row, only: Filter) -> Answer:
    """What a row's question is answered."""
    history = [Message(turn["role"], turn["content"]) for turn in row.get("history", [])]
    *_, answer = assistant.ask(row["question"], history, only)
    return answer


def _asked(assistant: Assistant, row: Row, ids: dict[str, str]) -> Row:
    chosen = Filter(article_ids=(ids[names(row)[0]],)) if row.get("chosen") else Filter()
    answer = ask(assistant, row, chosen)
    return {
        "id": row["id"], "kind": row["kind"], "told_as": answer.kind, "question": row["question"],
        "verdict": verdict(row, answer), "answer": answer.text, "short": answer.short,
        "quotes": [c.quote for c in answer.citations], "seconds": answer.seconds.total,
        "probability": answer.probability,
    }  # fmt: skip


def verdict(row: Row, answer: Answer) -> str:
    """right, wrong (stated as a fact), refused (without need)."""
    text = fold(answer.text)
    if row["kind"] == "talk":
        return "wrong" if "[1]" in text or "không tìm thấy" in text else "right"
    has_all = all(_has(text, must) for must in row.get("must", []))
    if row.get("why"):
        put_right = (
            has_all and row.get("must") and not any(map(text.__contains__, row.get("mustnot", [])))
        )
        return "right" if not answer.answered or put_right else "wrong"
    if not answer.answered:
        return "refused"
    said_no = re.match(r"(?:không|no)\b", text) is not None
    right = (
        has_all
        and not any(_has(text, wrong) for wrong in row.get("mustnot", []))
        and (row.get("yes") is None or row["yes"] != said_no)
        and (answer.citations or row["kind"] == "count")
    )
    return "right" if right else "wrong"


def _has(text: str, wanted: str) -> bool:
    """Whether one of the forms stands in the folded text, a figure not as a part of a longer one."""
    for form in wanted.split("|"):
        form = fold(unicodedata.normalize("NFC", form))
        digit = form[:1].isdigit() or form[-1:].isdigit()
        edge = (r"(?<![\d.,])", r"(?!\d|[.,]\d)") if digit else ("", "")
        if re.search(edge[0] + re.escape(form) + edge[1], text):
            return True
    return False


if __name__ == "__main__":
    main()
