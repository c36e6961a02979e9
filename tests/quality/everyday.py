"""Everyday questions on real news: two files of 60, read with the articles they are asked of.

`everyday.dev.jsonl` is for choices during development; `everyday.report.jsonl`, on twenty other
articles, is for reporting only: nothing is chosen, fitted or debugged with it. Both were written,
with their expected values, before any program had been asked about these articles.

The articles are lines (from 0) of vietnews-20k.jsonl.gz, whose texts may not be
copied; hence the line and a SHA-256 of the body. The rule: `random.Random(14).sample(range(2000,
20000), 18000)` in its order (earlier questions were asked of lines below 2,000); of the bodies of 150 to
800 words the first forty that report an event, a decision or a plan in Vietnam or of Vietnamese
abroad and state several figures, dates and names (so no foreign affairs, celebrities, opinions,
advice, market prices), as judged by reading; in turn one for development, one for the report.

A line: `kind`, `language` (vi, en), `style` (plain, no_marks: no diacritics; southern: words of the
South where the article has the North's, or the other way round; typo; lower), `question`, `must`
(each stands in the answer; `a|b`: either; case ignored; a figure is no part of a longer one),
`answers` (spans of the body, for token F1; to yes_no it means little), `quote` (from the sentence
that says it). To twelve in a file the article has no answer: `answerable` false, and `why`.
Only title and body are read: a summary in the data may hold what the article does not.
"""

import gzip
import hashlib
import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Article:
    """One news article; the data names neither date nor outlet. `index`: its line, from 0."""

    index: int
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and what a right answer holds; `why` says what is missing, "" if nothing is."""

    id: str
    kind: str
    language: str
    style: str
    question: str
    index: int
    must: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    quote: str = ""
    why: str = ""

    @property
    def answerable(self) -> bool:
        """Whether the article answers it."""
        return not self.why


def read(path: Path, news: Path, others: int = 0) -> tuple[list[Article], list[Question]]:
    """The articles of `path`'s questions and the `others` first of `news`; the questions.

    Up to 2,000 others are none of the articles of either file; all come in the order of `news`.
    Raises ValueError if `news` is not the file that the questions were written on.
    """
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    wanted: dict[int, str] = {row["index"]: row["sha"] for row in rows}
    articles = []
    with gzip.open(news, "rt", encoding="utf-8") as lines:
        for index, line in enumerate(lines):
            if index >= others and index not in wanted:
                continue
            item = json.loads(line)
            sha = hashlib.sha256(item["body"].encode()).hexdigest()
            if not sha.startswith(wanted.pop(index, "")):
                raise ValueError(f"{news}, line {index}: not the article that {path} asks about")
            articles.append(Article(index, item["title"], item["body"]))
    if wanted:
        raise ValueError(f"{news} ends before line {max(wanted)}, which {path} asks about")
    return articles, [_question(row) for row in rows]


def _question(row: dict[str, Any]) -> Question:
    values: dict[str, Any] = {
        field.name: tuple(value) if isinstance(value, list) else value
        for field in fields(Question)
        if (value := row.get(field.name)) is not None
    }
    return Question(**values)
