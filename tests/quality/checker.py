"""How often the checker accepts true statements and false ones: on sentences of real news, and
on answers as one would phrase them freely (tests/quality/paraphrases*.jsonl: statement, quote, what is shown
beside it), as they are and falsified.

python tests/quality/checker.py [--seed N] [--articles N] [--show SORT]
"""

import argparse
import gzip
import itertools
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.language.figures import figures  # noqa: E402
from index.language.names import vietnamese_name  # noqa: E402
from index.language.sentences import sentences  # noqa: E402
from index.language.text import strip_marks  # noqa: E402
from index.language.words import language  # noqa: E402
from rag.check.checker import problems  # noqa: E402
from rag.evaluation.falsify import HONEST, LIES, all_names, cases, falsified  # noqa: E402
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


#: How often each paraphrase is falsified in each way.
_TIMES = 5


def paraphrases(names: list[str], seed: int) -> Iterator[tuple[str, str, str, str]]:
    """Sort ("phrased" or "phrased " and a lie's), statement, quote and context of each paraphrase as it is and
    falsified; one of two figures in the place of the other is no lie in "17/23", so "swapped" is left out."""
    bare = [strip_marks(name) for name in names if vietnamese_name(strip_marks(name).lower())]
    for path in sorted(Path(__file__).parent.glob("paraphrases*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            row = json.loads(line)
            statement, quote, context = row["statement"], row["quote"], row.get("context", "")
            yield "phrased", statement, quote, context
            pool = bare if language(statement) == "en" else names
            around = f"{statement} {quote} {context}".casefold()
            pool = [name for name in pool if name.casefold() not in around]
            for lie in ("figure", "date", "name"):
                made = {
                    falsified(lie, statement, pool, random.Random(f"{seed} {number} {lie} {time}"))
                    for time in range(_TIMES)
                }
                for false in sorted(filter(None, made - {statement})):
                    yield f"phrased {lie}", false, quote, context


def main() -> None:
    """Prints a table of accept rates; with --show the cases of a sort that went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--show", default="")
    options = parser.parse_args()
    news = news_sentences(options.articles, options.seed)
    told: list[tuple[str, str, str, str]] = [
        (case.sort, case.statement, case.quote, "") for case in cases(news, options.seed)
    ]
    told += paraphrases(all_names(news), options.seed)
    counts: dict[str, list[int]] = {sort: [0, 0] for sort in (*HONEST, *LIES)}
    for sort, statement, quote, context in told:
        found = problems(statement, [quote], context)
        accepted = counts.setdefault(sort, [0, 0])
        accepted[0] += not found
        accepted[1] += 1
        if sort == options.show and bool(found) == (sort in (*HONEST, "phrased")):
            print(f"S {statement}\nQ {quote}\n  {found}\n")
    print(f"{'statement':16} accepted   of")
    for sort, (accepted_, total) in counts.items():
        print(f"{sort:16} {accepted_ / max(total, 1):8.3f} {total:5}")


if __name__ == "__main__":
    main()
