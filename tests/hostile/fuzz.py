"""Good files of every kind with some bytes changed, read in the process that reads files.

`python tests/hostile/fuzz.py --count 1000 --seed 1` prints what was not one line or an article, and how long
the slowest took; the tests run some hundred of them.
"""

import argparse
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from index.errors import InputError  # noqa: E402
from index.reading import kind  # noqa: E402
from index.reading.child import Counted, Parsed  # noqa: E402
from index.reading.process import Parsers  # noqa: E402
from tests.hostile.parts import STORY  # noqa: E402
from tests.index import stories  # noqa: E402

#: Pieces that parsers give a meaning to.
_TOKENS = [
    b"\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"[" * 40, b"{" * 40, b"<" * 40, b"&a;", b'"', b"\n",
    b"\xed\xa0\x80", b"9" * 40, b"-1", b"obj", b"endstream", b"/Length 1", b"<div>" * 20, b"PK\x03\x04",
    b"]]>", b"\x1b[", b"*a", b"\xcc\x81" * 40,
]  # fmt: skip


def samples(folder: Path) -> dict[str, list[bytes]]:
    """By ending: good files."""
    list(stories.write(folder))
    found: dict[str, list[bytes]] = {}
    for path in sorted(folder.iterdir()):
        if ending := kind(path.name):
            name = f".jsonl{ending}" if ending == ".gz" else ending
            found.setdefault(name, []).append(path.read_bytes())
    page = found[".html"][0]
    for other in (".htm", ".xhtml"):
        found.setdefault(other, [page])
    found.setdefault(".mht", found[".mhtml"])
    return found


def changed(data: bytes, chance: random.Random) -> bytes:
    """`data` with a few changes: bits, bytes, pieces cut, doubled, or put in."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(made) + 1)
        to = min(len(made), at + chance.choice((1, 4, 64, 1024)))
        match chance.randrange(6):
            case 0 if at < len(made):
                made[at] ^= 1 << chance.randrange(8)
            case 1:
                made[at:to] = chance.randbytes(to - at)
            case 2:
                del made[at:to]
            case 3:
                made[at:at] = made[at:to] * chance.choice((1, 50))
            case 4:
                made[at:at] = chance.choice(_TOKENS) * chance.choice((1, 1, 100))
            case _:
                del made[at + (len(made) - at) // 2 :]
    return bytes(made)


def cases(count: int, seed: int, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Names and changed files, the kinds in turn; the same for the same seed."""
    chance = random.Random(seed)
    good = samples(folder)
    endings = sorted(good)
    for number in range(count):
        ending = endings[number % len(endings)]
        yield f"{number}{ending}", changed(chance.choice(good[ending]), chance)


def run(count: int, seed: int) -> tuple[Counter[str], list[str], float]:
    """How many of each outcome, what was wrong, and the seconds of the slowest file."""
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    slowest = 0.0
    with tempfile.TemporaryDirectory() as made, Parsers(threading.Event(), {}) as parsers:
        folder = Path(made)
        (folder / "good").mkdir()
        for name, data in cases(count, seed, folder / "good"):
            path = folder / name
            path.write_bytes(data)
            began = time.monotonic()
            outcomes[told(parsers, path, wrong)] += 1
            slowest = max(slowest, time.monotonic() - began)
            path.unlink()
        (folder / "good.txt").write_text(STORY, "utf-8")
        if told(parsers, folder / "good.txt", wrong) != "read":
            wrong.append("the good file behind them was not read")
    return outcomes, wrong, slowest


def told(parsers: Parsers, path: Path, wrong: list[str]) -> str:
    """What becomes of a file: "read", "in part", "refused", "ended its process"; what is no line is `wrong`."""
    lines: list[str] = []
    articles = 0
    try:
        parsers.digest(path)
        for one in parsers.articles():
            if isinstance(one, Parsed):
                articles += 1
                if not one.spans or one.body[slice(*one.spans[-1])].strip() == "":
                    wrong.append(f"{path.name}: an empty chunk")
            elif not isinstance(one, Counted):
                lines.append(one.reason)
    except InputError as error:
        lines.append(error.line)
    wrong += [f"{path.name}: {line!r}" for line in lines if "\n" in line or "Traceback" in line]
    if not articles and not lines:
        wrong.append(f"{path.name}: nothing told")
    if any("crashed" in line or "it takes more" in line for line in lines):
        return "ended its process"
    return "read" if not lines else "in part" if articles else "refused"


def main() -> None:
    """Runs as many as are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    outcomes, wrong, slowest = run(options.count, options.seed)
    print(dict(outcomes), f"slowest {slowest:.1f} s", *wrong, sep="\n")


if __name__ == "__main__":
    main()
