"""Answers and conversations for a paper: Markdown and Word with footnotes; the cited articles as RIS,
BibTeX and CSL-JSON. Each is made from the records of the history, and valid whatever stands in them: every text
is one line without control characters, and nothing in it is markup."""

import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from index.language.text import one_line, strip_marks, words
from index.library import Library
from ui.answers import Quote, Record
from ui.evidence.making import made
from ui.history import Turn
from ui.parts import page_words
from ui.text import Language, say

#: What can be exported: the ending of its file.
FORMATS = {
    "md": "Markdown",
    "docx": "Word",
    "ris": "RIS",
    "bib": "BibTeX",
    "json": "CSL-JSON",
    "zip": "ZIP",
}
#: How long a Word file's title may be (python-docx), in characters.
_TITLE = 255
#: What Markdown reads as something else than text: anywhere, and at the beginning of a line.
_MARKDOWN = re.compile(r"[\\`*_\[\]<>|~$^@#]|&(?=#?\w+;)|^[-+=:]")
_NUMBERED = re.compile(r"^(\d{1,9})(?=[.)])")
#: An address that may be a link; others ("javascript:…") are left out, or are text.
_ADDRESS = re.compile(r"https?://[^\s<>]+")
#: What BibTeX and LaTeX read as something else than text, beside what pybtex escapes, and between which signs
#: LaTeX would make one of two.
_LATEX = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "$": r"\$",
        "^": r"{\textasciicircum}",
        "~": r"{\textasciitilde}",
    }
)
_LIGATURE = re.compile(
    r"(?<=-)(?=-)|(?<=')(?=')|(?<=[`?!])(?=`)|(?<=,)(?=,)|(?<=<)(?=<)|(?<=>)(?=>)"
)


@dataclass(frozen=True, slots=True)
class _Cited:
    """An article with all its quotes."""

    about: Quote
    quotes: list[str]
    #: Of its file, on which they stand.
    pages: list[int]


def export(
    turns: Sequence[Turn], name: str, kind: str, language: Language, library: Library | None = None
) -> bytes:
    """The turns of which it is known how they ended, as a file of one of `FORMATS`; `name` is the document's
    title, the articles of evidence are in `library`.

    Raises:
        InputError: evidence would be too large.
    """
    if kind == "zip":
        return made(turns, name, library)
    answered = [_plain(turn, turn.record) for turn in turns if turn.record]
    name = one_line(name)
    if kind == "md":
        return _markdown(answered, name, language).encode()
    if kind == "docx":
        return _word(answered, name, language)
    cited = _cited(answered)
    if kind == "ris":
        return _ris(cited).encode()
    if kind == "bib":
        return _bibtex(cited).encode()
    return json.dumps(
        [_csl(key, c) for key, c in cited.items()], ensure_ascii=False, indent=1
    ).encode()


def _plain(turn: Turn, record: Record) -> Turn:
    """A turn whose texts are one line each, without control characters: what is exported."""

    def line(text: str | None) -> str | None:
        return one_line(text) or None if text else None

    citations = [
        replace(
            quote,
            title=one_line(quote.title),
            outlet=line(quote.outlet),
            author=line(quote.author),
            url=line(quote.url),
            quote=one_line(quote.quote),
        )
        for quote in record.citations
    ]
    statements = [replace(one, text=one_line(one.text)) for one in record.statements]
    plain = replace(
        record,
        answer=one_line(record.answer),
        lead=one_line(record.lead),
        statements=tuple(statements),
        citations=tuple(citations),
    )
    return replace(turn, question=one_line(turn.question), record=plain)


def reference(quote: Quote, language: Language) -> str:
    """An article in words: author, title, outlet, date, page, address."""
    shown = f"{quote.published:%d/%m/%Y}" if quote.published else None
    parts = (
        quote.author,
        f"“{quote.title}”",
        quote.outlet,
        shown,
        page_words(quote.page, language),
        quote.url,
    )
    return ", ".join(part for part in parts if part)


def lines(record: Record, language: Language) -> list[tuple[str, list[Quote]]]:
    """An answer's lines, each with what tells it from the others before it, and its citations; of one that was
    broken off, that it was."""
    if not record.ended:
        return [(say(record.outcome, language), [])]
    cited = {quote.number: quote for quote in record.citations}
    if not record.statements:
        return [(record.answer, [])]
    lead: list[tuple[str, list[Quote]]] = [(record.lead, [])] if record.lead else []
    return lead + [
        (line.text, [cited[n] for n in line.citations if n in cited]) for line in record.statements
    ]


def _markdown(turns: Sequence[Turn], name: str, language: Language) -> str:
    text: list[str] = [f"# {as_markdown(name)}"]
    notes: list[str] = []
    for turn in turns:
        assert turn.record is not None
        text.append(f"## {as_markdown(turn.question)}")
        for line, quotes in lines(turn.record, language):
            marks = ""
            for quote in quotes:
                number = len(notes) + 1
                notes.append(f"[^{number}]: {noted(quote, language)}: “{as_markdown(quote.quote)}”")
                marks += f"[^{number}]"
            text.append(f"{as_markdown(line)}{marks}")
    return "\n\n".join([*text, "\n".join(notes)]).rstrip() + "\n"


def noted(quote: Quote, language: Language) -> str:
    """A reference in Markdown: its address is a link, nothing else is more than text."""
    about = as_markdown(reference(replace(quote, url=None), language))
    if not quote.url:
        return about
    return (
        f"{about}, {f'<{quote.url}>' if _ADDRESS.fullmatch(quote.url) else as_markdown(quote.url)}"
    )


def as_markdown(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _NUMBERED.sub(r"\1\\", _MARKDOWN.sub(r"\\\g<0>", text))


def _word(turns: Sequence[Turn], name: str, language: Language) -> bytes:
    from docx import Document

    from ui.footnotes import Footnotes

    document = Document()
    document.core_properties.author = "Hỏi Báo"
    document.core_properties.title = name[:_TITLE]
    document.add_heading(name, level=1)
    notes = Footnotes(document)
    for turn in turns:
        assert turn.record is not None
        document.add_heading(turn.question, level=2)
        for line, quotes in lines(turn.record, language):
            paragraph = document.add_paragraph(line)
            for quote in quotes:
                notes.add(paragraph, f"{reference(quote, language)}: “{quote.quote}”")
    document.add_paragraph(say("exported_by", language)).style = document.styles["Caption"]
    notes.write()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _cited(turns: Sequence[Turn]) -> dict[str, _Cited]:
    """Each cited article once, by a key for reference managers."""
    found: dict[str, _Cited] = {}
    for turn in turns:
        for quote in turn.record.citations if turn.record else ():
            article = found.setdefault(quote.article_id, _Cited(quote, [], []))
            if quote.quote not in article.quotes:
                article.quotes.append(quote.quote)
            if quote.page and quote.page not in article.pages:
                article.pages.append(quote.page)
    keyed: dict[str, _Cited] = {}
    for one in found.values():
        keyed[_key(one.about, 4 if _key(one.about, 4) not in keyed else None)] = one
    return keyed


def _key(about: Quote, length: int | None) -> str:
    """ "nguyen2019-7f3a": author or outlet, year, the beginning of the id (None: all of it)."""
    named = words(strip_marks(about.author or about.outlet or about.title))
    known = [word for word in named if word.isascii() and word.isalnum()]
    year = about.published.year if about.published else ""
    return f"{known[0] if known else 'bao'}{year}-{about.article_id[:length]}"


def _link(url: str | None) -> str | None:
    return url if url and _ADDRESS.fullmatch(url) else None


def _ris(cited: dict[str, _Cited]) -> str:
    import rispy

    entries = []
    for key, one in cited.items():
        day = one.about.published
        entry = {
            "type_of_reference": "NEWS",
            "id": key,
            "title": one.about.title,
            "secondary_title": one.about.outlet,
            "authors": _people(one.about.author),
            "year": str(day.year) if day else None,
            "date": f"{day:%Y/%m/%d}" if day else None,
            "start_page": str(min(one.pages)) if one.pages else None,
            "end_page": str(max(one.pages)) if len(one.pages) > 1 else None,
            "urls": [url] if (url := _link(one.about.url)) else None,
            "notes": one.quotes,
            "language": "vi",
        }
        entries.append({name: value for name, value in entry.items() if value})
    return str(rispy.dumps(entries))


def _bibtex(cited: dict[str, _Cited]) -> str:
    from pybtex.database import BibliographyData, Entry, Person

    entries = {}
    for key, one in cited.items():
        day = one.about.published
        fields = {
            "title": _tex(one.about.title),
            "journal": _tex(one.about.outlet or ""),
            "year": str(day.year) if day else "",
            "month": f"{day:%m}" if day else "",
            "date": day.isoformat() if day else "",
            "pages": _listed(one.pages),
            "url": _percented(_link(one.about.url) or ""),
            "note": _tex(" ".join(f"“{quote}”" for quote in one.quotes)),
            "language": "vietnamese",
        }
        # In braces a name is neither cut nor taken for two ("Sản and Xuất").
        names = [f"{{{_tex(name)}}}" for name in _people(one.about.author)]
        people = {"author": [Person(last=name) for name in names]}
        entries[key] = Entry("article", {k: v for k, v in fields.items() if v}, people)
    return str(BibliographyData(entries).to_string("bibtex"))


def _tex(text: str) -> str:
    """Text as LaTeX, but for what pybtex escapes itself; its braces are balanced whatever stands in it."""
    return "{}".join(part.translate(_LATEX) for part in _LIGATURE.split(text))


def _percented(url: str) -> str:
    """An address without the characters that would have to be LaTeX."""
    return re.sub(r"[\\{}^~$\"]", lambda found: f"%{ord(found[0]):02X}", url)


def _csl(key: str, one: _Cited) -> dict[str, Any]:
    day = one.about.published
    item = {
        "id": key,
        "type": "article-newspaper",
        "title": one.about.title,
        "container-title": one.about.outlet,
        # A Vietnamese name is not cut into given and family name.
        "author": [{"literal": name} for name in _people(one.about.author)],
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "page": _listed(one.pages),
        "URL": _link(one.about.url),
        "note": " ".join(f"“{quote}”" for quote in one.quotes),
        "language": "vi",
    }
    return {name: value for name, value in item.items() if value}


def _listed(pages: Sequence[int]) -> str:
    return ", ".join(map(str, sorted(pages)))


def _people(author: str | None) -> list[str]:
    return [
        name.strip() for name in re.split(r"\s*(?:,|;|&| và | - )\s*", author or "") if name.strip()
    ]
