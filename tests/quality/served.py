"""Served parts against embedded ones, in one run: the same questions to two servers in turns, and the ratio
of the times to the evidence and to the short answer.

python tests/quality/served.py EMBEDDED SERVED [--count 200] [--questions FILE] [--token-file FILE]

EMBEDDED and SERVED are the addresses of two `hoibao serve` over the same articles, started with HOIBAO_TOKEN
set to the token in `--token-file` (without: the one of tests/quality/asked.py). Which of the two is asked
first changes with each question. Prints one JSON document.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from tests.quality.asked import TOKEN, Asker, Took, questions, share  # noqa: E402


def main() -> None:
    """Runs it."""
    made = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    made.add_argument("embedded")
    made.add_argument("served")
    made.add_argument("--count", type=int, default=200)
    made.add_argument("--questions", type=Path)
    made.add_argument("--token-file", type=Path)
    options = made.parse_args()
    token = options.token_file.read_text().strip() if options.token_file else TOKEN
    askers = {name: Asker(getattr(options, name), token) for name in ("embedded", "served")}
    took: dict[str, list[Took]] = {name: [] for name in askers}
    all_ = questions(options.questions)
    for name in askers:
        askers[name].ask(all_[-1], True)  # warm
    for number in range(options.count):
        names = list(askers) if number % 2 else list(reversed(askers))
        for name in names:
            took[name].append(askers[name].ask(all_[number % len(all_)], False))
        if number % 20 == 19:
            print(f"{number + 1} of {options.count}", file=sys.stderr)
    found = {
        f"{what}_{name}": {
            side: share([getattr(t, what) for t in took[side]], part) for side in took
        }
        for what in ("evidence", "short")
        for name, part in (("p50", 0.5), ("p95", 0.95))
    }
    print(json.dumps({
        "count": options.count,
        "errors": {side: [t.error for t in took[side] if t.error] for side in took},
        **{
            name: {**of, "ratio": round((of["served"] or 0) / (of["embedded"] or 1), 3)}
            for name, of in found.items()
        },
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
