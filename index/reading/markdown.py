"""Markdown: the text without its marks; a head of fields (YAML between "---", as note-taking programs
write it) gives details."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import regex as re
import yaml
from lxml import html
from markdown_it import MarkdownIt

from index.errors import NoText
from index.language.encodings import decode
from index.reading import Bad, Document
from index.reading.page import paragraphs
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
    head = _HEAD.match(text)
    known = UNKNOWN
    if head:
        try:
            # As text: YAML would turn dates and numbers into values of its own.
            values = yaml.load(head[1], Loader=yaml.BaseLoader)
        except yaml.YAMLError:
            values = None
        if isinstance(values, dict):
            known = details_of(values, fields)
            text = text[head.end() :]
    if not text.strip():
        raise NoText("no text in it; nothing to index")
    page = html.document_fromstring(f"<body>{MarkdownIt().render(text)}</body>")
    title = _TITLE.match(text)
    plain = paragraphs(page)
    if title and not known.title:
        first, _, plain_rest = plain.partition("\n")
        yield Document("", plain_rest, replace(known, title=first))
    else:
        yield Document("", plain, known)
