"""A room full of people asks a served library, and editors add to it: errors, times, the queue's promise
against what happened, the memory of the serving processes.

python tests/quality/people.py LIBRARY [--people 30] [--minutes 5] [--writers 5] [--serving 1] [--editors 2]
python tests/quality/people.py LIBRARY --at http://127.0.0.1:7860 http://127.0.0.1:7861

Each person asks a question every `--every` seconds; the first `--writers` of them wait for the written
answer, the others leave when the short answer is there. Without `--at` it starts so many servers over the
library (what else they need, as HOIBAO_STORE, is in the environment). The editors add an article each half
minute, with `hoibao add`, or, with `--watched DIR`, by putting files into that folder, which a server watches
(`serve --watch DIR`). `--token-file`: a token a line, taken in turns. Prints one JSON document; progress is
on standard error.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.quality.asked import TOKEN, Asker, Took, questions, served, share  # noqa: E402
from tests.quality.corpus import news  # noqa: E402


def main() -> None:
    """Runs it."""
    options = parsed()
    with ExitStack() as stack:
        addresses, pids = list(options.at), []
        if options.watched:
            options.watched.mkdir(parents=True, exist_ok=True)
        if not addresses:
            watch = ("--watch", str(options.watched)) if options.watched else ()
            for number in range(options.serving):
                more = () if number else watch
                address, pid = stack.enter_context(served(options.library, *more))
                addresses.append(address)
                pids.append(pid)
        pids = pids or [listener(int(address.rpartition(":")[2])) for address in addresses]
        tokens = options.token_file.read_text().split() if options.token_file else [TOKEN]
        stop = threading.Event()
        asked: list[tuple[float, bool, Took]] = []
        memory: list[int] = []
        added: list[str] = []
        asking = questions(options.questions)
        files = Path(stack.enter_context(TemporaryDirectory()))
        began = time.monotonic()
        threads = [
            threading.Thread(target=person, args=(
                Asker(addresses[n % len(addresses)], tokens[n % len(tokens)]), asking[n::options.people],
                n < options.writers, options, n, began, asked, stop,
            ))
            for n in range(options.people)
        ]  # fmt: skip
        editors = [
            threading.Thread(target=editor, args=(n, options, files, added, stop))
            for n in range(options.editors)
        ]
        for thread in (*threads, *editors):
            thread.start()
        for minute in range(options.minutes):
            for _ in range(6):  # the middle of six looks
                time.sleep(10)
                memory.append(sum(map(weight, pids)))
            print(
                f"minute {minute + 1}: {len(asked)} asked, {memory[-1] / 1e6:.0f} MB",
                file=sys.stderr,
            )
        stop.set()
        for thread in (*threads, *editors):
            thread.join(200)
        print(json.dumps(report(options, asked, memory, added), ensure_ascii=False, indent=1))


def parsed() -> argparse.Namespace:
    """The options."""
    made = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    made.add_argument("library", type=Path)
    made.add_argument("--people", type=int, default=30)
    made.add_argument("--writers", type=int, default=5)
    made.add_argument("--minutes", type=int, default=5)
    made.add_argument("--every", type=float, default=30.0)
    made.add_argument("--serving", type=int, default=1)
    made.add_argument("--editors", type=int, default=2)
    made.add_argument("--at", nargs="+", default=[], metavar="ADDRESS")
    made.add_argument("--watched", type=Path)
    made.add_argument("--token-file", type=Path)
    made.add_argument("--questions", type=Path)
    return made.parse_args()


def person(
    asker: Asker, own: list[str], to_the_end: bool, options: argparse.Namespace, number: int,
    began: float, asked: list[tuple[float, bool, Took]], stop: threading.Event,
) -> None:  # fmt: skip
    """Asks every so many seconds, beginning at a moment of its own; later where the last one took longer."""
    at = began + options.every * number / options.people
    for turn in range(10**6):
        if stop.wait(max(0.0, at - time.monotonic())):
            return
        since = time.monotonic() - began
        asked.append((since, to_the_end, asker.ask(own[turn % len(own)], to_the_end)))
        at = max(at + options.every, time.monotonic())


def editor(
    number: int, options: argparse.Namespace, files: Path, added: list[str], stop: threading.Event
) -> None:
    """Adds an article each half minute: sentences of three others, so that it is new."""
    chance, items = random.Random(time.time() + number), news(2000)
    while not stop.wait(30.0 if added else 5.0 + 10 * number):
        three = chance.sample(items, 3)
        lines = [line for one in three for line in re.split(r"(?<=\.)\s+", one["body"])]
        chance.shuffle(lines)
        folder = options.watched or files
        path = folder / f"measured-{number}-{time.time_ns()}.txt"
        path.with_suffix(".part").write_text(f"{three[0]['title']}\n\n" + "\n".join(lines), "utf-8")
        path.with_suffix(".part").rename(path)
        said = "watched"
        if not options.watched:
            command = [
                sys.executable,
                "-m",
                "ui.cli",
                "--library",
                str(options.library),
                "add",
                "--json",
                str(path),
            ]
            began = time.monotonic()
            done = subprocess.run(
                command,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                cwd=ROOT,
                capture_output=True,
                text=True,
            )
            one = json.loads(done.stdout)["added"] if done.returncode == 0 else done.stderr[-200:]
            said = f"{one} in {time.monotonic() - began:.1f} s"
        added.append(said)


def report(
    options: argparse.Namespace,
    asked: list[tuple[float, bool, Took]],
    memory: list[int],
    added: list[str],
) -> dict[str, Any]:
    """What came of it."""
    took = [one for _, _, one in asked]
    wrote = [one for _, to_the_end, one in asked if to_the_end]
    kept = [wait for one in wrote for wait in one.waits]
    off = [waited - promised for promised, waited in kept]
    by_minute = [
        sorted(memory[n : n + 6])[len(memory[n : n + 6]) // 2] for n in range(0, len(memory), 6)
    ]
    return {
        "people": options.people, "writers": options.writers, "minutes": options.minutes,
        "serving": len(options.at) or options.serving,
        "asked": len(took), "errors": [one.error for one in took if one.error],
        "outcomes": {o: sum(one.outcome == o for one in took) for o in sorted({one.outcome for one in took})},
        **{
            f"{what}_{name}": share([getattr(one, what) for one in of], part)
            for what, of in (("evidence", took), ("short", took), ("end", wrote))
            for name, part in (("p50", 0.5), ("p95", 0.95))
        },
        "had_a_short_answer": sum(one.short is not None for one in took),
        "slowest": [
            (round(one.end, 1), one.question)
            for one in sorted(wrote, key=lambda one: -(one.end or 0.0))[:5] if one.end
        ],
        "queued": len(kept),
        "promised_less_than_waited_p50_p95": [share(list(off), part) for part in (0.5, 0.95)],
        "kept_within_5_s": round(sum(abs(one) <= 5 for one in off) / len(off), 3) if off else None,
        "memory_mb_by_minute": [round(one / 1e6) for one in by_minute],
        "memory_last_over_first": round(by_minute[-1] / by_minute[0], 3) if by_minute else None,
        "added": added,
    }  # fmt: skip


def weight(pid: int) -> int:
    """Bytes that a process and its children hold (proportional set size)."""
    tree = [pid]
    for one in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(one.read_text().rpartition(")")[2].split()[1]) in tree:
                tree.append(int(one.parent.name))
        except (OSError, ValueError):  # it ended
            continue
    total = 0
    for each in tree:
        try:
            rollup = Path(f"/proc/{each}/smaps_rollup").read_text()
        except OSError:
            continue
        total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE).group(1)) * 1024  # type: ignore[union-attr]
    return total


def listener(port: int) -> int:
    """The process that listens on a port of this machine."""
    tables = [Path(f"/proc/net/{name}").read_text() for name in ("tcp", "tcp6")]
    rows = [line.split() for table in tables for line in table.splitlines()]
    inodes = {
        row[9] for row in rows if row[3] == "0A" and int(row[1].rpartition(":")[2], 16) == port
    }
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            target = str(link.readlink())
        except OSError:
            continue
        if target.removeprefix("socket:[").rstrip("]") in inodes:
            return int(link.parts[2])
    raise SystemExit(f"nobody listens on port {port} of this machine")


if __name__ == "__main__":
    main()
