"""Answers and conversations for a paper: Markdown and Word with footnotes; the cited articles as RIS,
BibTeX and CSL-JSON. Each is made from the documents of the history (`records.turn`)."""

import io
import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from index.language.text import strip_marks, words
from ui.history import Turn
from ui.text import Language, say

Json = dict[str, Any]
#: What can be exported: the ending of its file.
FORMATS = {"md": "Markdown", "docx": "Word", "ris": "RIS", "bib": "BibTeX", "json": "CSL-JSON"}


def export(turns: Sequence[Turn], name: str, kind: str, language: Language) -> bytes:
    """The turns that have an answer, as a file of one of `FORMATS`; `name` is the document's title."""
    answered = [turn for turn in turns if turn.document]
    if kind == "md":
        return _markdown(answered, name).encode()
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


def reference(citation: Json) -> str:
    """An article in words: author, title, outlet, date, address."""
    day = citation["published"]
    shown = f"{date.fromisoformat(day):%d/%m/%Y}" if day else None
    parts = (
        citation["author"],
        f"“{citation['title']}”",
        citation["outlet"],
        shown,
        citation["url"],
    )
    return ", ".join(part for part in parts if part)


def lines(document: Json) -> list[tuple[str, list[Json]]]:
    """An answer's lines, each with its citations."""
    cited = {citation["number"]: citation for citation in document["citations"]}
    if not document["statements"]:
        return [(document["answer"], [])]
    found: list[tuple[str, list[Json]]] = []
    if document.get("lead"):
        found.append((document["lead"], []))
    for statement in document["statements"]:
        found.append((statement["text"], [cited[n] for n in statement["citations"] if n in cited]))
    return found


def _markdown(turns: Sequence[Turn], name: str) -> str:
    text: list[str] = [f"# {name}"]
    notes: list[str] = []
    for turn in turns:
        assert turn.document is not None
        text.append(f"## {turn.question}")
        for line, citations in lines(turn.document):
            marks = ""
            for citation in citations:
                number = len(notes) + 1
                notes.append(
                    f"[^{number}]: {reference(citation)}: “{_one_line(citation['quote'])}”"
                )
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
        assert turn.document is not None
        document.add_heading(turn.question, level=2)
        for line, citations in lines(turn.document):
            paragraph = document.add_paragraph(_one_line(line))
            for citation in citations:
                notes.add(paragraph, f"{reference(citation)}: “{_one_line(citation['quote'])}”")
    document.add_paragraph(say("exported_by", language)).style = document.styles["Caption"]
    notes.write()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _cited(turns: Sequence[Turn]) -> dict[str, Json]:
    """Each cited article once, by a key for reference managers, with all its quotes."""
    found: dict[str, Json] = {}
    for turn in turns:
        for citation in (turn.document or {}).get("citations", []):
            article = found.setdefault(citation["article_id"], {**citation, "quotes": []})
            quote = _one_line(citation["quote"])
            if quote not in article["quotes"]:
                article["quotes"].append(quote)
    return {_key(citation): citation for citation in found.values()}


def _key(citation: Json) -> str:
    """ "nguyen2019-7f3a": author or outlet, year, the beginning of the id."""
    named = words(strip_marks(citation["author"] or citation["outlet"] or citation["title"] or ""))
    year = (citation["published"] or "")[:4]
    return f"{named[0] if named else 'bao'}{year}-{citation['article_id'][:4]}"


def _ris(cited: dict[str, Json]) -> str:
    import rispy

    entries = []
    for key, citation in cited.items():
        day = (citation["published"] or "").replace("-", "/")
        entry = {
            "type_of_reference": "NEWS",
            "id": key,
            "title": citation["title"],
            "secondary_title": citation["outlet"],
            "authors": _people(citation["author"]),
            "year": day[:4] or None,
            "date": day or None,
            "urls": [citation["url"]] if citation["url"] else None,
            "notes": citation["quotes"],
            "language": "vi",
        }
        entries.append({name: value for name, value in entry.items() if value})
    return str(rispy.dumps(entries))


def _bibtex(cited: dict[str, Json]) -> str:
    from pybtex.database import BibliographyData, Entry, Person

    entries = {}
    for key, citation in cited.items():
        day = citation["published"] or ""
        fields = {
            "title": citation["title"],
            "journal": citation["outlet"],
            "year": day[:4],
            "month": day[5:7],
            "date": day,
            "url": citation["url"],
            "note": " ".join(f"“{quote}”" for quote in citation["quotes"]),
            "language": "vietnamese",
        }
        people = {"author": [Person(last=name) for name in _people(citation["author"])]}
        entries[key] = Entry("article", {k: v for k, v in fields.items() if v}, people)
    return str(BibliographyData(entries).to_string("bibtex"))


def _csl(key: str, citation: Json) -> Json:
    day = citation["published"]
    item = {
        "id": key,
        "type": "article-newspaper",
        "title": citation["title"],
        "container-title": citation["outlet"],
        # A Vietnamese name is not cut into given and family name.
        "author": [{"literal": name} for name in _people(citation["author"])],
        "issued": {"date-parts": [[int(part) for part in day.split("-")]]} if day else None,
        "URL": citation["url"],
        "note": " ".join(f"“{quote}”" for quote in citation["quotes"]),
        "language": "vi",
    }
    return {name: value for name, value in item.items() if value}


def _people(author: str | None) -> list[str]:
    return [
        name.strip() for name in re.split(r"\s*(?:,|;|&| và | - )\s*", author or "") if name.strip()
    ]


def _one_line(text: str) -> str:
    return " ".join(text.split())
