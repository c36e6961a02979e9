"""Dossiers as a filter of the page, and notes beside an article; what articles and people wrote is text."""

import json
from pathlib import Path

import pytest

from index.errors import InputError
from index.library import Library
from index.types import Filter
from ui.page.dossiers import dossiers_html
from ui.page.filters import Chosen, chips_html, worded
from ui.page.notes import article_notes_html, done, notes_html

EVIL = '<img src=x onerror=alert(1)>"'
BODY = "Cầu Nà Lạn dài 212 m, khánh thành sau hai năm. Kinh phí là 84 tỷ đồng, xã Hòa An nợ 84 tỷ đồng. "


@pytest.fixture
def article(library: Library, tmp_path: Path) -> str:
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": EVIL, "body": BODY * 2}) + "\n", "utf-8")
    library.add([tmp_path / "a.jsonl"])
    return library.articles()[0].id


def test_a_dossier_is_a_filter_with_a_chip(library: Library, article: str) -> None:
    made = library.dossiers.new(EVIL, [article])
    chosen = Chosen(outlet="Báo X").changed(f"dossier={made.number}")
    assert chosen.only() == Filter(outlet="Báo X", dossier=made.number)
    assert worded(library, chosen, "vi") == ["Báo: Báo X", f"Hồ sơ: {EVIL}"]
    chips = chips_html(library, chosen, "vi")
    assert EVIL not in chips and "&lt;img" in chips and 'data-filter="drop=dossier"' in chips
    html = dossiers_html(library, chosen.dossier, "vi")
    assert EVIL not in html and 'aria-pressed="true"' in html and "1 bài" in html
    library.dossiers.delete(EVIL)
    assert "hồ sơ đã xóa" in chips_html(library, chosen, "vi")
    with pytest.raises(InputError):
        worded(library, chosen, "vi")
    for gone in (chosen.changed("drop=dossier"), chosen.changed(f"dossier={made.number}")):
        assert gone == Chosen(outlet="Báo X")


def test_what_is_clicked_beside_an_article_is_done(library: Library, article: str) -> None:
    library.dossiers.new("Cầu")
    about = {"article": article}
    done(library, {**about, "do": "star"})
    done(library, {**about, "do": "file", "dossier": "Cầu"})
    second = {"quote": "84 tỷ đồng", "before": "xã Hòa An nợ ", "tags": "nợ, #Tiền", "star": True}
    done(library, {**about, "do": "keep", "text": EVIL, **second})
    html = article_notes_html(library, article, "vi")
    at = BODY.rindex("84 tỷ")
    assert (
        EVIL not in html
        and "#nợ #tiền" in html
        and f'href="#cite-{article}-{at}-{at + 10}"' in html
    )
    assert "★" in html and "Cho hồ sơ: Cầu" in " ".join(html.split())
    assert library.dossiers.named("Cầu").articles == 1
    listed = notes_html(library.notes.find(), "vi")
    assert EVIL not in listed and "2 ghi chú" in listed
    (number,) = [n.note.number for n in library.notes.find() if n.note.text]
    done(library, {**about, "do": "remove", "number": str(number)})
    done(library, {**about, "do": "star"})
    done(library, {**about, "do": "file", "dossier": "Cầu"})
    assert library.notes.find() == [] and library.dossiers.named("Cầu").articles == 0
    with pytest.raises(InputError):
        done(library, {**about, "do": "keep", "text": "x", "quote": "không có"})
