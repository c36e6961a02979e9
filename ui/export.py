"""Answers and conversations for a paper: Markdown and Word with footnotes; the cited articles as RIS,
BibTeX and CSL-JSON. Each is made from the records of the history."""

import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from index.language.text import strip_marks, words
from ui.answers import Quote, Record
from ui.history import Turn
from ui.text import Language, say

#: What can be exported: the ending of its file.
FORMATS = {"md": "Markdown", "docx": "Word", "ris": "RIS", "bib": "BibTeX", "json": "CSL-JSON"}


@dataclass(frozen=True, slots=True)
class _Cited:
    """An article with all its quotes."""

    about: Quote
    quotes: list[str]


def export(turns: Sequence[Turn], name: str, kind: str, language: Language) -> bytes:
    """The turns of which it is known how they ended, as a file of one of `FORMATS`; `name` is the document's
    title."""
    answered = [turn for turn in turns if turn.record]
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


def reference(quote: Quote) -> str:
    """An article in words: author, title, outlet, date, address."""
    shown = f"{quote.published:%d/%m/%Y}" if quote.published else None
    parts = (quote.author, f"“{quote.title}”", quote.outlet, shown, quote.url)
    return ", ".join(part for part in parts if part)


def lines(record: Record, language: Language) -> list[tuple[str, list[Quote]]]:
    """An answer's lines, each with its citations; of one that was broken off, that it was."""
    if not record.ended:
        return [(say(record.outcome, language), [])]
    cited = {quote.number: quote for quote in record.citations}
    if not record.statements:
        return [(record.answer, [])]
    lead: list[tuple[str, list[Quote]]] = [(record.lead, [])] if record.lead else []
    return lead + [
        (line.words, [cited[n] for n in line.citations if n in cited]) for line in record.statements
    ]


def _markdown(turns: Sequence[Turn], name: str, language: Language) -> str:
    text: list[str] = [f"# {name}"]
    notes: list[str] = []
    for turn in turns:
        assert turn.record is not None
        text.append(f"## {turn.question}")
        for line, quotes in lines(turn.record, language):
            marks = ""
            for quote in quotes:
                number = len(notes) + 1
                notes.append(f"[^{number}]: {reference(quote)}: “{_one_line(quote.quote)}”")
                marks += f"[^{number}]"
            text.append(f"{_one_line(line)}{marks}")
    return "\n\n".join([*text, "\n".join(notes)]).rstrip() + "\n"


def _word(turns: Sequence[Turn], name: str, language: Language) -> bytes:
    from docx import Document

    from ui.footnotes import Footnotes

    document = Document()
    document.core_properties.author = "Hỏi Báo"
    document.core_properties.title = name
    document.add_heading(name, level=1)
    notes = Footnotes(document)
    for turn in turns:
        assert turn.record is not None
        document.add_heading(turn.question, level=2)
        for line, quotes in lines(turn.record, language):
            paragraph = document.add_paragraph(_one_line(line))
            for quote in quotes:
                notes.add(paragraph, f"{reference(quote)}: “{_one_line(quote.quote)}”")
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
            article = found.setdefault(quote.article_id, _Cited(quote, []))
            words_ = _one_line(quote.quote)
            if words_ not in article.quotes:
                article.quotes.append(words_)
    return {_key(one.about): one for one in found.values()}


def _key(about: Quote) -> str:
    """ "nguyen2019-7f3a": author or outlet, year, the beginning of the id."""
    named = words(strip_marks(about.author or about.outlet or about.title))
    year = about.published.year if about.published else ""
    return f"{named[0] if named else 'bao'}{year}-{about.article_id[:4]}"


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
            "urls": [one.about.url] if one.about.url else None,
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
            "title": one.about.title,
            "journal": one.about.outlet,
            "year": str(day.year) if day else "",
            "month": f"{day:%m}" if day else "",
            "date": day.isoformat() if day else "",
            "url": one.about.url,
            "note": " ".join(f"“{quote}”" for quote in one.quotes),
            "language": "vietnamese",
        }
        people = {"author": [Person(last=name) for name in _people(one.about.author)]}
        entries[key] = Entry("article", {k: v for k, v in fields.items() if v}, people)
    return str(BibliographyData(entries).to_string("bibtex"))


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
        "URL": one.about.url,
        "note": " ".join(f"“{quote}”" for quote in one.quotes),
        "language": "vi",
    }
    return {name: value for name, value in item.items() if value}


def _people(author: str | None) -> list[str]:
    return [
        name.strip() for name in re.split(r"\s*(?:,|;|&| và | - )\s*", author or "") if name.strip()
    ]


def _one_line(text: str) -> str:
    return " ".join(text.split())
