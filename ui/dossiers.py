"""Dossiers and notes to take along: Markdown and Word to read, CSV for a spreadsheet; and a note in words."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.errors import InputError
from index.language.text import one_line
from index.library import Library
from index.notes import Noted
from index.types import Article, Dossier, Filter
from ui.answers import Quote
from ui.export import as_markdown, noted, reference
from ui.spreadsheet import table
from ui.text import Language, say

#: What can be exported: the ending of its file.
FORMATS = {"docx": "Word", "md": "Markdown", "csv": "CSV"}
_COLUMNS = (
    *("article_id", "title", "outlet", "author", "published", "place", "url", "source"),
    *("starred", "tags", "note", "made", "quote", "start", "end", "state", "now"),
)
#: How long a Word file's title may be (python-docx), in characters.
_TITLE = 255


@dataclass(frozen=True, slots=True)
class Entry:
    """An article with its notes."""

    article: Article
    notes: tuple[Noted, ...]


def of_dossier(library: Library, dossier: Dossier, person: str = "") -> list[Entry]:
    """A dossier's articles, by day, each with a person's notes in the order of the text."""
    notes = of_notes(library.notes.of(person).find(Filter(dossier=dossier.number)))
    known = {entry.article.id: entry.notes for entry in notes}
    articles = map(library.article, library.dossiers.members(dossier))
    return [Entry(article, known.get(article.id, ())) for article in articles]


def of_notes(found: Sequence[Noted]) -> list[Entry]:
    """Notes by article, in the order in which the articles come first; those on the article before those on its
    words, which stand in the order of the text."""
    by_article: dict[str, list[Noted]] = {}
    for one in found:
        by_article.setdefault(one.article.id, []).append(one)
    return [
        Entry(notes[0].article, tuple(sorted(notes, key=_place))) for notes in by_article.values()
    ]


def kind_of(file: Path) -> str:
    """What a file is to be, by its ending.

    Raises:
        InputError: it is none of `FORMATS`.
    """
    kind = file.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise InputError("{file}: its ending says what it is to be: .md, .docx or .csv", file=file)
    return kind


def exported(entries: Sequence[Entry], name: str, kind: str, language: Language) -> bytes:
    """Articles with their notes as a file of one of `FORMATS`; `name` is the document's title."""
    if kind == "csv":
        return table(_COLUMNS, _rows(entries))
    name = one_line(name)
    if kind == "docx":
        return _word(entries, name, language)
    return _markdown(entries, name, language).encode()


def note_line(one: Noted, language: Language) -> str:
    """A note on one line: its star, text and tags."""
    said = one_line(one.note.text) or (say("note_star_only", language) if not one.note.tags else "")
    tags = (f"#{one_line(tag)}" for tag in one.note.tags)
    return " ".join(filter(None, ("★" if one.note.starred else "", said, *tags)))


def state_line(one: Noted, language: Language) -> str:
    """What became of the words that a note is on, and of its article; "" where all is as it was."""
    said = [say("note_trashed", language)] if one.trashed else []
    if one.state == "changed":
        said.append(say("note_changed", language, now=one_line(one.now or "")))
    elif one.state == "gone":
        said.append(say("note_gone", language))
    return "; ".join(said)


def quoted(one: Noted) -> str:
    """The words that a note is on, as they were, on one line; "" for one on the article."""
    return one_line(one.note.anchor.quote) if one.note.anchor else ""


def _place(one: Noted) -> tuple[int, float]:
    at = one.standing.start if one.standing else one.note.anchor.start if one.note.anchor else -1
    return at, one.note.made


def _about(article: Article, at: int = 0) -> Quote:
    details = article.details
    return Quote(
        *(0, article.id, one_line(article.title), at, at, ""),
        *(_line(details.outlet), _line(details.author), details.published),
        *(article.source, _line(details.place), _line(details.url)),
    )


def _line(text: str | None) -> str | None:
    return one_line(text) or None if text else None


def _rows(entries: Sequence[Entry]) -> Iterator[Sequence[object]]:
    """A row for each note, and one for an article that has none."""
    for entry in entries:
        article, details = entry.article, entry.article.details
        head = (
            *(article.id, article.title, details.outlet, details.author, details.published),
            *(details.place, details.url, article.source),
        )
        if not entry.notes:
            yield *head, *(None,) * 9
        for one in entry.notes:
            note, at = one.note, one.standing if one.state == "same" else None
            yield (
                *(*head, "x" if note.starred else None, ", ".join(note.tags), note.text or None),
                f"{datetime.fromtimestamp(note.made, UTC):%Y-%m-%d %H:%M}",
                note.anchor.quote if note.anchor else None,
                *((at.start, at.end) if at else (None, None)),
                *("trashed" if one.trashed else one.state, one.now),
            )


def _markdown(entries: Sequence[Entry], name: str, language: Language) -> str:
    text = [f"# {as_markdown(name)}", say("dossier_articles", language, count=len(entries))]
    for entry in entries:
        about = _about(entry.article)
        text += [f"## {as_markdown(about.title)}", noted(about, language)]
        for one in entry.notes:
            text.append(f"- {as_markdown(note_line(one, language))}")
            text += [f"  > {as_markdown(quoted(one))}"] if quoted(one) else []
            if state := state_line(one, language):
                text.append(f"  ({as_markdown(state)})")
    return "\n\n".join(text) + "\n"


def _word(entries: Sequence[Entry], name: str, language: Language) -> bytes:
    from docx import Document

    document = Document()
    document.core_properties.author = "Hỏi Báo"
    document.core_properties.title = name[:_TITLE]
    document.add_heading(name, level=1)
    document.add_paragraph(say("dossier_articles", language, count=len(entries)))
    for entry in entries:
        about = _about(entry.article)
        document.add_heading(about.title, level=2)
        document.add_paragraph(reference(about, language))
        for one in entry.notes:
            document.add_paragraph(note_line(one, language), style="List Bullet")
            if words := quoted(one):
                document.add_paragraph(words, style="Quote")
            if state := state_line(one, language):
                document.add_paragraph(state, style="Caption")
    document.add_paragraph(say("exported_by", language), style="Caption")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
