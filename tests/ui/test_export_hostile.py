"""Exports of hostile texts, opened by a reader of the format that did not write them: as many records and notes
as were cited, each field as it was but for what nobody can see, and nothing in it alive."""

import io
import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.types import Article, Details
from rag.types import Answer, Citation, Statement
from tests.ui.hostile import HOSTILE, seen
from ui.answers import record
from ui.export import export
from ui.history import Turn

ADDRESS = "https://bao.example/a_b/x?x=1&y=~2#z"
CASES = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
#: Any text that the page, a file or an old library can hold.
ANY = st.text(
    st.one_of(st.characters(), st.sampled_from("\\{}%&$#_^~\"'`-<>[]()!|*=@\n\r\t\x00\x1b ER")),
    min_size=1,
)


def made(text: str, kind: str) -> bytes:
    """The export of two answers: one cites an article all of whose words are `text`, both an ordinary one."""
    details = Details(text, text, None, date(2019, 11, 20), None, None, ADDRESS)
    hostile = Article("7f3a00000000", "/bao/1.html", details, text)
    plain = Article("7f3a11111111", "/bao/2.html", Details("Tin thường", "Báo A"), "Cầu dài 486 m.")
    both = (Citation(1, hostile, 0, len(text)), Citation(2, plain, 0, len(plain.body)))
    first = record(Answer(
        text, text, text=text, outcome="answered", done=True,
        statements=(Statement(text, (1, 2), label=text),), citations=both,
    ))  # fmt: skip
    second = record(Answer(
        "Dài?", "Dài?", text="486 m [1]", outcome="answered", done=True,
        statements=(Statement("486 m", (1,)),), citations=(Citation(1, plain, 0, 14),),
    ))  # fmt: skip
    turns = [Turn(1, text, first, 0.0), Turn(2, "Dài?", second, 0.0)]
    return export(turns, text, kind, "vi")


def said(text: str) -> str:
    """The statement, with its label."""
    return seen(f"{text}: {text}")


def noted(text: str) -> str:
    """The reference and quote in a note."""
    words = seen(text)
    parts = (f"“{words}”", words, "20/11/2019", ADDRESS)
    return f"{', '.join(part for part in parts if part)}: “{words}”"


# -- RIS ---------------------------------------------------------------------------------------


def check_ris(text: str) -> None:
    from RISparser import readris

    first, second = list(readris(io.StringIO(made(text, "ris").decode())))
    assert first.get("title", "") == seen(text)
    assert first.get("secondary_title", first.get("journal_name", "")) == seen(text)
    assert first.get("url", "") == ADDRESS or ADDRESS in str(first)
    assert " ".join(first.get("notes", [])) == seen(text)
    assert second["title"] == "Tin thường"


@CASES
def test_ris(text: str) -> None:
    check_ris(text)


# -- BibTeX ------------------------------------------------------------------------------------


def read_bibtex(data: bytes) -> list[dict[str, str]]:
    import bibtexparser

    read = bibtexparser.parse_string(data.decode())
    assert not read.failed_blocks and not read.comments and not read.strings and not read.preambles
    return [
        {name: text_of(field.value) for name, field in one.fields_dict.items()}
        for one in read.entries
    ]


def text_of(latex: str) -> str:
    """The text that LaTeX would set; control sequences that it does not know are a mistake."""
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
    from pylatexenc.latexwalker import LatexWalker

    known = get_default_latex_context_db()
    macros = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    specs = [MacroTextSpec(name, sign) for name, sign in macros.items()]
    known.add_context_category("signs", prepend=True, macros=specs)
    nodes, *_ = LatexWalker(latex, tolerant_parsing=False).get_latex_nodes()
    assert "LatexMathNode" not in str(nodes) and "LatexCommentNode" not in str(nodes)
    return str(LatexNodes2Text(known, strict_latex_spaces=True).nodelist_to_text(nodes))


def check_bibtex(text: str) -> None:
    first, second = read_bibtex(made(text, "bib"))
    assert first.get("title", "") == seen(text) and first.get("journal", "") == seen(text)
    assert first["note"] == f"“{seen(text)}”"
    assert first["url"].replace("%7E", "~") == ADDRESS
    assert second["title"] == "Tin thường"


@CASES
def test_bibtex(text: str) -> None:
    check_bibtex(text)


# -- CSL-JSON ----------------------------------------------------------------------------------


def check_csl(text: str) -> None:
    from citeproc.source.json import CiteProcJSON

    items = json.loads(made(text, "json"))
    assert len(CiteProcJSON(items)) == 2
    first, second = items
    assert first.get("title", "") == seen(text) and first["URL"] == ADDRESS
    assert first.get("container-title", "") == seen(text) and first["note"] == f"“{seen(text)}”"
    assert second["title"] == "Tin thường"


@CASES
def test_csl_json(text: str) -> None:
    check_csl(text)


# -- Markdown ----------------------------------------------------------------------------------


def check_markdown(text: str) -> None:
    from markdown_it import MarkdownIt

    read = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(made(text, "md").decode())
    )
    blocks = [one.type for one in read if one.level == 0 and one.nesting >= 0]
    kinds = ["heading_open", "inline", "paragraph_open"]
    assert set(blocks) <= set(kinds), blocks
    parts = [one for one in read if one.type == "inline"]
    assert [one.level for one in parts] == [1] * len(parts)
    links = []
    for part in parts:
        for child in part.children or []:
            assert child.type in ("text", "text_special", "softbreak", "link_open", "link_close")
            links += [str(child.attrs["href"])] if child.type == "link_open" else []
    assert links == [ADDRESS]
    shown = [
        "".join(c.content or " " * (c.type == "softbreak") for c in p.children or ()) for p in parts
    ]
    expected = [seen(text), seen(text), f"{said(text)}[^1][^2]", "Dài?", "486 m[^3]"]
    *body, notes = shown
    assert [one for one in body if one] == [one for one in expected if one]
    first = f"[^1]: {noted(text)}"
    assert notes.startswith(first), (notes[: len(first)], first)
    assert re.findall(r"\[\^\d\]: ", notes.removeprefix(first)) == ["[^2]: ", "[^3]: "]


@CASES
def test_markdown(text: str) -> None:
    check_markdown(text)


# -- Word --------------------------------------------------------------------------------------


def texts(nested: object) -> Iterator[str]:
    if isinstance(nested, str):
        yield nested
    elif isinstance(nested, list):
        for one in nested:
            yield from texts(one)


def check_word(text: str) -> None:
    from docx2python import docx2python

    data = made(text, "docx")
    with docx2python(io.BytesIO(data)) as read:
        body = [re.sub(r"----footnote\d+----", "", one) for one in texts(read.body)]
        notes = [
            re.sub(r"^footnote\d+\)\s*", "", one) for one in texts(read.footnotes) if one.strip()
        ]
    assert [one for one in body if one][:-1] == [
        one for one in (seen(text), seen(text), said(text), "Dài?", "486 m") if one
    ]
    assert len(notes) == 3 and notes[0].strip() == noted(text)


@CASES
def test_word(text: str) -> None:
    check_word(text)


# -- any text ----------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(ANY)
def test_any_text(text: str) -> None:
    for check in (check_ris, check_bibtex, check_csl, check_markdown, check_word):
        check(text)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_what_is_no_address_of_the_web_is_no_link(url: str) -> None:
    article = Article("7f3a00000000", "/x", Details("Tin", url=url), "Cầu dài 486 m.")
    answer = record(Answer(
        "Dài?", "Dài?", text="486 m [1]", outcome="answered", done=True,
        statements=(Statement("486 m", (1,)),), citations=(Citation(1, article, 0, 14),),
    ))  # fmt: skip
    turns = [Turn(1, "Dài?", answer, 0.0)]
    for kind in ("ris", "bib", "json"):
        assert url not in export(turns, "Tin", kind, "vi").decode()
    assert f"<{url}>" not in export(turns, "Tin", "md", "vi").decode()


def test_authors_are_not_taken_for_two_and_articles_of_one_key_stay_two() -> None:
    bodies = ("Cầu dài 486 m.", "Cầu dài 500 m.")
    articles = [
        Article(f"7f3a{n}", "/x", Details(f"Tin {n}", author="Sản and Xuất; Lê {Minh"), body)
        for n, body in enumerate(bodies)
    ]
    answer = record(Answer(
        "Dài?", "Dài?", text="486 m [1]", outcome="answered", done=True,
        statements=(Statement("486 m", (1, 2)),),
        citations=tuple(Citation(n, one, 0, 14) for n, one in enumerate(articles, 1)),
    ))  # fmt: skip
    read = read_bibtex(export([Turn(1, "Dài?", answer, 0.0)], "Tin", "bib", "vi"))
    assert [one["title"] for one in read] == ["Tin 0", "Tin 1"]
    assert {one["author"] for one in read} == {"Sản and Xuất and Lê {Minh"}
    import bibtexparser
    from bibtexparser.middlewares import SeparateCoAuthors

    data = export([Turn(1, "Dài?", answer, 0.0)], "Tin", "bib", "vi").decode()
    parted = bibtexparser.parse_string(data, append_middleware=[SeparateCoAuthors()])
    assert len(parted.entries[0].fields_dict["author"].value) == 2
