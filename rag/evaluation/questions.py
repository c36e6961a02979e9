"""Question files: our JSON Lines and the SQuAD format, with the articles that the latter brings along."""

import gzip
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.errors import InputError
from rag.types import Message

#: Kinds of questions that the collection does not answer.
REFUSED = ("unanswerable", "injection")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what is expected of its answer. `must`: each of these stands in it ("a|b": one of
    them). `answers`: the whole answer, in one of these forms. `articles`: file names to be cited."""

    id: str
    kind: str
    text: str
    must: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    history: tuple[Message, ...] = field(default=())

    @property
    def answerable(self) -> bool:
        """Whether the collection holds the answer."""
        return self.kind not in REFUSED


def read(path: Path, folder: Path) -> list[Question]:
    """The questions of a file. Those of the SQuAD format bring their paragraphs, which are written
    into `folder` as articles, one file each.

    Raises:
        InputError: the file cannot be read, or is of neither format.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise InputError(f"{path} cannot be read: {reason}") from None
    try:
        if text.lstrip().startswith("{") and '"paragraphs"' in text[:100_000]:
            return list(_squad(json.loads(text), folder))
        return [_line(json.loads(line)) for line in text.splitlines() if line.strip()]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise InputError(
            f'{path} is neither JSON Lines with "question" nor of the SQuAD format; see the README'
        ) from None


def write_distractors(path: Path, count: int, folder: Path) -> Path:
    """A folder with at most `count` articles to hide the others among: `path` itself where it is a
    folder, else those of a JSON Lines file (perhaps .gz) of {"title", "body"}, written into `folder`.

    Raises:
        InputError: the file cannot be read, or a line is no such object.
    """
    if path.is_dir():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(itertools.islice(lines, count)):
                item = json.loads(line)
                title = str(item.get("title") or "")
                (folder / f"d{number:06}.txt").write_text(f"{title}\n\n{item['body']}", "utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or 'no gzip file'}") from None
    except (ValueError, KeyError, AttributeError):
        raise InputError(f'{path} is no JSON Lines file of {{"title", "body"}} objects') from None
    return folder


def _line(item: dict[str, Any]) -> Question:
    must = item.get("must") or item.get("must_any") or ()
    history = tuple(
        Message("user", turn) if isinstance(turn, str) else Message(turn["role"], turn["content"])
        for turn in item.get("history", ())
    )
    articles = item.get("articles") or ([item["article"]] if item.get("article") else ())
    answer = item.get("answer")
    return Question(
        str(item.get("id", "")),
        str(item.get("kind", "fact")),
        str(item["question"]),
        tuple(map(str, must)),
        (str(answer),) if answer else (),
        tuple(map(str, articles)),
        history,
    )


def _squad(document: dict[str, Any], folder: Path) -> Iterator[Question]:
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for article in document["data"]:
        for paragraph in article["paragraphs"]:
            path = folder / f"p{number:05}.txt"
            path.write_text(paragraph["context"], "utf-8")
            number += 1
            for qa in paragraph["qas"]:
                answers = tuple(dict.fromkeys(answer["text"] for answer in qa["answers"]))
                kind = "fact" if answers and not qa.get("is_impossible") else "unanswerable"
                yield Question(
                    str(qa["id"]), kind, qa["question"], answers=answers, articles=(path.name,)
                )
