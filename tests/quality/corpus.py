"""Real text to measure on, as folders of files and a library of them."""

import gzip
import itertools
import json
from dataclasses import dataclass
from pathlib import Path

from index.embed import SentenceEmbedder
from index.library import Library
from index.models import registry
from tests.conftest import DATA


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its answer and the file of the paragraph that has it."""

    text: str
    answer: str
    file: str


def xquad(folder: Path) -> list[Question]:
    """Writes each paragraph of XQuAD-vi as a file; returns its questions."""
    folder.mkdir(parents=True, exist_ok=True)
    questions = []
    number = 0
    for article in json.loads((DATA / "xquad-vi.dev.json").read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            path = folder / f"{number:04}.txt"
            path.write_text(paragraph["context"], "utf-8")
            number += 1
            questions += [
                Question(qa["question"], qa["answers"][0]["text"], path.name)
                for qa in paragraph["qas"]
            ]
    return questions


def news(count: int) -> list[dict[str, str]]:
    """The first `count` news articles: "id", "title", "body"."""
    with gzip.open(DATA / "vietnews-20k.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in itertools.islice(lines, count)]


def vietnews(folder: Path, count: int) -> None:
    """Writes the first `count` news articles as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for item in news(count):
        path = folder / f"{item['id']}.txt"
        path.write_text(f"{item['title']}\n\n{item['body']}", "utf-8")


def build(folder: Path, news: int) -> tuple[Library, SentenceEmbedder, list[Question]]:
    """A library of XQuAD-vi's paragraphs among `news` articles; made once, then only opened."""
    model = registry.active("embedding")
    embedder = SentenceEmbedder(model.path, model.identity)
    questions = xquad(folder / "files" / "xquad")
    vietnews(folder / "files" / "news", news)
    library = Library(folder / "library", embedder)
    report = library.add([folder / "files"])
    print(f"{report.added} articles added, {report.unchanged} there, in {report.seconds:.0f} s")
    return library, embedder, questions


def gold_ids(library: Library) -> dict[str, str]:
    """By file name: the article's id."""
    return {Path(row.source).name: row.id for row in library.articles()}
