"""Names, offices and standing questions on the page: text of articles is text, a click asks only a name's
articles."""

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import gradio as gr
import pytest

from index.library import Library
from index.named import Name, Office, Seen
from tests.index.test_names import FIRST, SECOND, written
from tests.ui.page.told import Told
from ui.config import SHOWN, WAITS
from ui.history import History
from ui.page import standing
from ui.page.filters import Chosen, chips_html
from ui.page.names import NamesTab, names_html, offices_html
from ui.page.standing import AsksAgain, StandingPart

EVIL = "<img src=x onerror=alert(1)>"
SEEN = Seen("ab12", date(2018, 2, 3), 4, 9, f"Ông {EVIL}")


def test_what_articles_say_is_text_and_opens_at_its_words() -> None:
    name = Name("1a2b", "person", EVIL, 3, date(2018, 2, 3), date(2019, 6, 5), (EVIL,))
    html = names_html([name], "vi")
    assert EVIL not in html and 'data-named="1a2b"' in html
    assert "3 bài · 02/2018 – 06/2019" in html
    later = Seen("cd34", None, 0, 5, "Ông An")
    html = offices_html([Office(EVIL, EVIL, EVIL, 2, SEEN, later)], "vi")
    assert EVIL not in html and 'href="#cite-ab12-4-9"' in html and 'href="#cite-cd34-0-5"' in html
    assert "chưa có" in names_html([], "vi").lower() and "No offices" in offices_html([], "en")
    many = names_html([name] * (SHOWN.names + 3), "en")
    assert many.count("data-named") == SHOWN.names and "3 more names" in many


def test_a_click_asks_only_the_articles_of_a_name(library: Library, tmp_path: Path) -> None:
    for number, text in enumerate((FIRST, SECOND)):
        (tmp_path / f"{number}.txt").write_text(written(text), "utf-8")
    library.add([tmp_path / "0.txt", tmp_path / "1.txt"])
    ids = sorted(row.id for row in library.articles())
    with gr.Blocks():
        fields = [gr.Textbox() for _ in range(5)]
        tab = NamesTab(library, gr.Textbox("vi"), fields)
    assert len(tab.spoken) == len(tab.speak("en"))
    one = Chosen().only_of(ids)
    assert sorted(one.articles.split()) == ids and one.only_of(ids).articles == ""


def test_many_chosen_articles_are_one_chip(library: Library) -> None:
    html = chips_html(library, Chosen(articles=" ".join(f"{i:012x}" for i in range(9))), "vi")
    assert html.count("<button") == 1 and 'data-filter="drop=articles"' in html
    assert Chosen(articles="a b").changed("drop=articles").articles == ""


def test_a_standing_question_shows_what_is_new(
    library: Library,
    history: History,
    assistant: Told,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "0.txt").write_text(written(FIRST), "utf-8")
    library.add([tmp_path / "0.txt"])
    number = history.standing.add(f"khánh {EVIL.split()[0]}", exact=True)
    with gr.Blocks():
        part = StandingPart(library, history, gr.Textbox("vi"))
        part.make()
        part.wire()
    html = part.html("vi")
    assert "<img" not in html and f'data-standing="remove {number}"' in html
    assert "Chưa hỏi lần nào" in html
    history.standing.remove(number)
    history.standing.add("khánh hòa", exact=True)
    stop = threading.Event()
    busy = iter([True])

    def adding() -> bool:
        if next(busy, False):
            return True
        if not history.standing.due(library.generation()):
            stop.set()
        return False

    asks = AsksAgain(assistant, history.standing, adding)  # type: ignore[arg-type]
    monkeypatch.setattr(standing, "WAITS", replace(WAITS, idle=0.0, starters=0.01))
    asks.run(stop)
    (tmp_path / "1.txt").write_text(written(SECOND), "utf-8")
    history.standing.run(library, lambda: assistant)  # type: ignore[arg-type, return-value]
    assert "Chưa có gì mới" in part.html("vi")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_there_is_nothing_where_nothing_is_followed(
    history: History, library: Library, language: str
) -> None:
    with gr.Blocks():
        part = StandingPart(library, history, gr.Textbox("vi"))
    assert part.html(language).strip() == ""  # type: ignore[arg-type]
