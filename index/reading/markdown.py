"""Markdown: the text without its marks; a head of fields (YAML between "---", as note-taking programs
write it) gives details."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import regex as re
import yaml
from lxml import html
from markdown_it import MarkdownIt

from index.config import LIMITS, TEXT
from index.errors import NoText
from index.language.encodings import decode
from index.reading import Bad, Document, too_long
from index.reading.page import paragraphs
from index.reading.page_table import tell_tables
from index.reading.rows import details_of
from index.types import UNKNOWN

_HEAD = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"\A\s*#\s+(?P<title>[^\n]+)\n")


def read_markdown(data: bytes, fields: Mapping[str, str]) -> Iterator[Document | Bad]:
    """The one article of a file.

    Raises:
        InputError: its encoding is unknown.
        NoText: there is no text in it.
    """
    text = decode(data)
    if len(text) > TEXT.article:
        raise too_long(len(text))
    head = _HEAD.match(text)
    known = UNKNOWN
    if head and (values := _fields(head[1])) is not None:
        known = details_of(values, fields).by("head")
        text = text[head.end() :]
    if not text.strip():
        raise NoText("no text in it; nothing to index")
    marked = MarkdownIt().enable("table").render(text)
    page = html.document_fromstring(f"<body>{marked}</body>")
    tell_tables(page)
    title = _TITLE.match(text)
    plain = paragraphs(page)
    if title and not known.title:
        first, _, plain_rest = plain.partition("\n")
        yield Document("", plain_rest, replace(known, title=first).by("heading"))
    else:
        yield Document("", plain, known)


def _fields(head: str) -> dict[Any, Any] | None:
    """The fields of a head; None where it is none, or one that would take for ever: YAML can name a part of it
    again and again inside others."""
    if len(head) > LIMITS.head:
        return None
    try:
        events = list(yaml.parse(head, Loader=yaml.BaseLoader))
        if any(isinstance(event, yaml.AliasEvent) for event in events):
            return None
        # As text: YAML would turn dates and numbers into values of its own.
        values = yaml.load(head, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError, TypeError):
        return None
    return values if isinstance(values, dict) else None
