"""Reads sixty files in twelve kinds of layout; says, by kind, of how many the text and the details are right.

python -m tests.quality.layouts [KIND…] [--wrong] [--keep FOLDER]
"""

import argparse
from pathlib import Path

from index import reading
from index.clean import clean_details
from index.language.text import fold
from index.metadata import parse
from index.reading import Document
from tests.quality.layouts import KINDS, made
from tests.quality.layouts.stories import Made


def _wrong(one: Made) -> tuple[list[str], list[str]]:
    """What is wrong with the text and with the details that are read of a file."""
    found = [d for d in reading.read(one.name, one.data, {}) if isinstance(d, Document)]
    if len(found) != 1:
        return [f"{len(found)} articles"], ["none"]
    details, body = parse(found[0].text, clean_details(found[0].details))
    lines = [fold(line).removesuffix(".") for line in body.split("\n")]
    whole = fold(f"{details.title or ''}\n{body}")
    text = [f"lacks {part!r}" for part in one.expected.must if not _stands(part, lines)]
    text += [f"keeps {part!r}" for part in one.expected.mustnot if fold(part) in whole]
    wrong = []
    for key, value in one.expected.details.items():
        said = getattr(details, key)
        told = said.isoformat() if key == "published" and said else said
        if (fold(told) if told else None) != (fold(value) if value else None):
            wrong.append(f"{key} is {told!r}, not {value!r}")
    return text, wrong


def _stands(part: str, lines: list[str]) -> bool:
    """Whether a paragraph or row is a line of its own; a lead may begin with where it was written."""
    wanted = fold(part).removesuffix(".")
    for line in lines:
        before = line.removesuffix(wanted).removeprefix("- ")
        if line.endswith(wanted) and (not before or (len(before) < 30 and before[-1] == " ")):
            return True
    return False


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kinds", nargs="*", choices=[[], *KINDS])
    parser.add_argument("--wrong", action="store_true", help="say what is wrong")
    parser.add_argument("--keep", type=Path, help="write the files there")
    args = parser.parse_args()
    total = [0, 0, 0]
    print(f"{'kind':<14} {'files':>5} {'text right':>11} {'details right':>14}")
    for kind in args.kinds or KINDS:
        right = [0, 0, 0]
        for one in made(kind):
            if args.keep:
                (args.keep / kind).mkdir(parents=True, exist_ok=True)
                (args.keep / kind / one.name).write_bytes(one.data)
            text, details = _wrong(one)
            right = [right[0] + 1, right[1] + (not text), right[2] + (not details)]
            if args.wrong:
                for line in [*text, *details]:
                    print(f"  {kind}/{one.name}: {line}")
        print(f"{kind:<14} {right[0]:>5} {right[1]:>11} {right[2]:>14}")
        total = [a + b for a, b in zip(total, right, strict=True)]
    print(f"{'all':<14} {total[0]:>5} {total[1]:>11} {total[2]:>14}")


main()
