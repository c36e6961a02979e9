"""How often the checker accepts true statements and false ones, on sentences of real news.

python tests/quality/checker.py [--seed N] [--articles N] [--show SORT]
"""

import argparse
import gzip
import itertools
import json
import random
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.language.figures import figures  # noqa: E402
from index.language.sentences import sentences  # noqa: E402
from rag.check.checker import problems  # noqa: E402
from rag.evaluation.falsify import HONEST, LIES, cases  # noqa: E402
from tests.quality.corpus import DATA  # noqa: E402


def news_sentences(articles: int, seed: int) -> list[str]:
    """One sentence with a figure of 6 to 60 words from each of `articles` news articles."""
    chance = random.Random(seed)
    found = []
    with gzip.open(DATA / "vietnews-20k.jsonl.gz", "rt", encoding="utf-8") as lines:
        skip = chance.randrange(0, 10_000)
        for line in itertools.islice(lines, skip, None):
            body = json.loads(line)["body"]
            fit = [
                body[a:b]
                for a, b in sentences(body)
                if 6 <= len(body[a:b].split()) <= 60 and figures(body[a:b])
            ]
            if fit:
                found.append(chance.choice(fit))
            if len(found) == articles:
                break
    return found


def main() -> None:
    """Prints a table of accept rates; with --show the cases of a sort that went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--show", default="")
    options = parser.parse_args()
    counts: dict[str, list[int]] = {sort: [0, 0] for sort in (*HONEST, *LIES)}
    for case in cases(news_sentences(options.articles, options.seed), options.seed):
        found = problems(case.statement, [case.quote])
        counts[case.sort][0] += not found
        counts[case.sort][1] += 1
        if case.sort == options.show and bool(found) == (case.sort in HONEST):
            print(f"S {case.statement}\nQ {case.quote}\n  {found}\n")
    print(f"{'statement':12} accepted   of")
    for sort, (accepted, total) in counts.items():
        print(f"{sort:12} {accepted / max(total, 1):8.3f} {total:5}")


if __name__ == "__main__":
    main()
