"""`python -m rag.reader.made --seed 1 --count 20000 --out FILE`: the rows as JSON Lines."""

import argparse
import dataclasses
import json
import sys
from pathlib import Path

from rag.reader.made import rows


def main(arguments: list[str] | None = None) -> int:
    """Write the rows; 0."""
    parser = argparse.ArgumentParser(prog="rag.reader.made", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--held-out", action="store_true", help="of the held-out templates")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    with given.out.open("w", encoding="utf-8") as out:
        for row in rows(given.seed, given.count, given.held_out):
            out.write(json.dumps(dataclasses.asdict(row), ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
