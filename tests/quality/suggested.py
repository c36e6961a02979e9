"""Prints what is suggested for news articles and the samples, to be read and judged by a person.

`python tests/quality/suggested.py [--seed N] [--news N]`: for each article up to three questions as they follow
an answer that cites it, and the sentence that the question was made from. Judged is each one: grammatical,
sensible by itself, rightly answered by the article.
"""

import argparse
import random
from pathlib import Path

from index.types import Article, Details
from rag.reader.card import shipped
from rag.reader.read import Reader
from rag.suggest import suggestions
from rag.types import Answer, Citation
from tests.conftest import SAMPLES
from tests.quality.corpus import news


def main() -> None:
    """The articles, each with its suggestions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--news", type=int, default=30)
    parser.add_argument("--samples", action="store_true")
    options = parser.parse_args()
    articles = [
        Article(row["id"], row["id"], Details(title=row["title"]), row["body"])
        for row in random.Random(options.seed).sample(news(20000), options.news)
    ]
    for path in sorted(Path(SAMPLES).glob("*.txt")) if options.samples else []:
        title, _, body = path.read_text("utf-8").partition("\n")
        articles.append(Article(path.name, path.name, Details(title=title), body.strip()))
    reader = Reader(shipped())
    reader.load()
    count = 0
    for article in articles:
        answer = Answer("?", "?", citations=(Citation(1, article, 0, 5),))
        print(f"\n# {article.id}: {article.title}")
        for one in suggestions(answer, reader):
            count += 1
            print(f"{count}. {one.text if hasattr(one, 'text') else one}")
    print(f"\n{count} suggestions for {len(articles)} articles")


if __name__ == "__main__":
    main()
