"""Every place of the page where an article, a file name or a question is shown, with hostile texts: what is
drawn has the same elements as with a harmless one, and no other links than the page's own."""

import re
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import html

from index.types import AddReport, Article, ArticleRow, Details, FailedFile
from rag.check.lookup import Checked
from rag.check.problem import Problem
from rag.evaluation.metrics import Asked
from rag.evaluation.questions import Question
from rag.series import Value
from rag.types import (
    Answer,
    Candidate,
    Citation,
    Opinion,
    Passage,
    Signals,
    Statement,
    Suggestion,
    Timing,
)
from tests.ui.hostile import HOSTILE, seen
from ui import report
from ui.answers import Record, from_json, record, to_json
from ui.history import Conversation
from ui.page import render, turns
from ui.page.filters import Chosen, chips_html
from ui.page.overview import values_html
from ui.page.reading import Cited, article_html
from ui.page.sidebar import conversations_html
from ui.page.why import why_html
from ui.templates import filled

#: What a text may have no part in: a control or direction character in the page.
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
#: Long ones are the same to a template, and slow.
TEXTS = {name: text[:2_000] for name, text in HOSTILE.items() if seen(text)}
CASES = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
BODY = "Cầu An Hòa dài 486 m."


def article(text: str) -> Article:
    details = Details(text, text, text, date(2019, 11, 20), None, text, text)
    return Article("a1", text, details, f"{text}\n{BODY}")


def answered(text: str, outcome: str = "answered", form: str = "several", lead: str = "") -> Record:
    one = article(text)
    end = len(text)
    problem = Problem("absent", (text,))
    found = Answer(
        "Dài?", text, kind="figure", short=text, text=text, lead=lead, outcome=outcome, form=form,  # type: ignore[arg-type]
        statements=(Statement(text, (1,), (problem,), text), Statement(BODY, (1,), (), text)),
        citations=(Citation(1, one, 0, end),), done=True, probability=0.9, threshold=0.5,
        passages=(Passage(1, 1.0, 1.0, 1, one, 0, len(one.body), 2),),
        candidates=(Candidate(one, 0, end, (0, end), Signals(1, 0, 0), 0.9),),
        opinions=(Opinion(text, ((text, -0.1),), -3.0),), suggestions=(Suggestion(text, text),),
        seconds=Timing(total=1.0), model=text,
    )  # fmt: skip
    kept = record(found, filters=(text,))
    return from_json(to_json(kept)) if not re.search("[\ud800-\udfff]", text) else kept


def added(text: str) -> AddReport:
    return AddReport(failed=(FailedFile(f"/bao/{text}", text),))


def scored(text: str) -> Asked:
    question = Question("1", "figure", text, answers=(text,))
    return Asked(question, True, text, True, 0.9, 1, 1, 1, 1, 1, 1, 1, 0, {})


FIGURES: Any = {"refusal": {"threshold": 0.5}}
HTML: dict[str, Callable[[str], str]] = {
    "evidence": lambda text: render.evidence_html(answered(text), "vi"),
    "article": lambda text: article_html(
        article(text), "vi", (0, len(text)), [Cited(0, len(text), (text,))],
        answered(text).passages + answered(text.swapcase()).passages,
    ),
    "checked": lambda text: render.checked_html(
        [Checked(text, (Problem("absent", (text,)),), (Citation(1, article(text), 0, len(text)),))],
        "vi",
    ),
    "suggestions": lambda text: render.suggestions_html(answered(text), "vi"),
    "note": render.note_html,
    "progress": lambda text: render.progress_html(3, 9, text.replace("/", ""), 5.0, "vi"),
    "report": lambda text: render.report_html(added(text), "en"),
    "why": lambda text: why_html(answered(text), "vi"),
    "values": lambda text: values_html(
        [Value(2019, Statement(text, (1,), (Problem("absent", (text,)),), text),
               Citation(1, article(text), 0, len(text)))], "vi",
    ),
    "chips": lambda text: chips_html(
        SimpleNamespace(article=lambda one: article(text)),  # type: ignore[arg-type]
        Chosen(text, text, text, text, "a1"), "vi",
    ),
    "overview": lambda text: filled(
        "overview", language="vi", count=1, undated=0, timeline=None,
        groups=[{"field": "outlet", "more": 0, "bars": [
            {"name": text, "count": 1, "filter": f"outlet={text}", "on": True, "percent": 5.0}]}],
    ),
    "conversations": lambda text: conversations_html(
        [Conversation("c1", text, 0.0, 0.0, 1)], "c1", "vi", False
    ),
    "measurement": lambda text: report.page(
        text, FIGURES, [{"threshold": 0.5, "answered": 1, "right": 1, "wrongly answered": 0}],
        [scored(text)],
    ),
}  # fmt: skip
HTML |= {
    "several": lambda text: turns.answer_html(1, answered(text), "vi"),
    "table": lambda text: turns.answer_html(
        1, answered(text, form="table"), "vi", {1: "article_gone"}
    ),
    "lead": lambda text: turns.answer_html(1, answered(text, lead=text), "vi"),
    "near": lambda text: turns.answer_html(1, answered(text, "refused", lead=text), "en"),
    "talk": lambda text: turns.answer_html(1, answered(text, "talk"), "vi"),
    "broken": lambda text: turns.broken_html(1, text, text, "vi"),
    "growing": lambda text: turns.growing_html(
        1,
        Answer("Dài?", text, draft=f"{text} và", short=text, candidates=(
            Candidate(article(text), 0, len(text), (0, len(text)), Signals(1, 0, 0), 0.9),)),
        "vi",
    ),
    "question": lambda text: turns.question_html(1, text, "vi"),
}  # fmt: skip
PARAGRAPH = [("p", []), ("mark", ["class", "data-cites", "tabindex", "title"])]


def elements(drawn: str) -> list[tuple[str, list[str]]]:
    """The elements with their attributes; without the marks of words that were searched for, and the
    paragraphs of an article, which are as many as its lines."""
    tree = html.fragment_fromstring(drawn, create_parent=True)
    found = [(str(one.tag), sorted(one.keys())) for one in tree.iter() if one.tag != "b"]
    return [one for one in found if one not in PARAGRAPH]


@CASES
@pytest.mark.parametrize("place", HTML)
def test_in_the_page_a_text_is_text(place: str, text: str) -> None:
    drawn = HTML[place](text)
    if place != "measurement":
        assert elements(drawn) == elements(HTML[place]("Cầu An Hòa"))
    else:
        drawn = drawn[: drawn.index("<svg")] + drawn[drawn.index("</svg>") :]
        assert "<script" not in drawn.lower() and "<img" not in drawn.lower()
    assert not CONTROL.search(drawn)
    tree = (
        html.fragment_fromstring(drawn, create_parent=True)
        if place != "measurement"
        else html.fromstring(drawn)
    )
    for link in tree.xpath("//@href"):
        assert re.match(r"#cite-|\?c=c1$", link)
    whole = " ".join([tree.text_content(), *tree.xpath("//@data-ask | //@data-filter")])
    assert seen(text.replace("/", ""))[:200] in seen(whole).replace("/", "")


@CASES
def test_in_the_table_of_articles_a_text_is_one_line(text: str) -> None:
    (row,) = render.article_table([ArticleRow("a1", text, article(text).details, text, 1)])
    assert row[:3] == [seen(text)] * 3
