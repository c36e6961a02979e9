"""Correction notices and reprints as the command line and the page tell them."""

import json
from collections.abc import Iterator

import pytest
from lxml import html

from index.library import Library
from rag.check.lookup import check_draft
from tests.conftest import FakeEmbedder
from tests.index.test_notices import ARTICLE, NOTICE, added
from tests.index.test_reprints import FIRST, OTHER
from ui.cli import story
from ui.cli.parser import parser
from ui.documents import checked
from ui.page.correction import correction_html
from ui.page.render import checked_html
from ui.page.reprints import reprints_html
from ui.terminal import checked_lines

MORE = " ".join(
    f"Gian số {n} do nhà ông Lò Văn {chr(65 + n)} trông coi suốt đêm." for n in range(12)
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    made = Library(tmp_path_factory.mktemp("story") / "library", FakeEmbedder())
    yield made
    made.close()


@pytest.fixture(scope="module")
def ids(library: Library, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    texts = {
        "a": ARTICLE,
        "n": NOTICE,
        "p": f"Chợ đêm <b>Cẩm Đài</b>\n03/04/2020\n{FIRST} {MORE}",
        "q": f"Mở chợ đêm\n04/04/2020\n{OTHER} {MORE}",
    }
    return added(library, tmp_path_factory.mktemp("texts"), **texts)


def run(library: Library, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr(library, "close", lambda: None)
    monkeypatch.setattr(story, "open_library", lambda folder: (library, None))
    options = parser().parse_args(arguments)
    assert getattr(story, options.verb[1])(options) == 0


def test_notices_are_listed_confirmed_and_refused(
    library: Library,
    ids: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(library, monkeypatch, "notices", "--json")
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["notice"]["id"], one["article"]["id"], one["state"]) == (
        ids["n"],
        ids["a"],
        "linked",
    )
    (put,) = one["corrections"]
    assert (put["wrong"], put["right"]) == ("850 cây", "580 cây")
    assert put["quote"] == library.article(ids["n"]).body[put["start"] : put["end"]]
    assert [at["text"] for at in put["places"]] == [
        "Phường Tân Mai đã trồng 850 cây xanh dọc kênh."
    ]
    run(library, monkeypatch, "notices", "--confirm", ids["n"], ids["a"])
    told = capsys.readouterr().out
    assert "đã xác nhận" in told and "“850 cây” sửa thành “580 cây”" in told
    run(library, monkeypatch, "notices", "--refuse", ids["n"], ids["a"], "--json")
    assert json.loads(capsys.readouterr().out) == []
    run(library, monkeypatch, "notices", "--confirm", ids["n"], ids["a"])


def test_reprints_are_told_side_by_side(
    library: Library,
    ids: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(library, monkeypatch, "reprints", ids["q"], "--json")
    found = json.loads(capsys.readouterr().out)
    (other,) = found["others"]
    assert (found["first"]["id"], other["id"], other["reordered"]) == (ids["p"], ids["q"], True)
    assert sorted(one["kind"] for one in other["differences"]) == ["added", "changed", "left_out"]
    for one in other["differences"]:
        for side, key in (("first", "p"), ("other", "q")):
            if words := one[side]:
                body = library.article(ids[key]).body
                assert body[words["start"] : words["end"]] == words["text"]
    run(library, monkeypatch, "reprints", ids["q"])
    told = capsys.readouterr().out
    assert "[120]" in told and "[210]" in told and "đổi thứ tự câu" in told


def test_lines_above_an_article_and_a_box_below_it(library: Library, ids: dict[str, str]) -> None:
    articles = {name: library.article(key) for name, key in ids.items()}
    above = html.fromstring(correction_html(library, articles["a"], "vi"))
    assert "đã được đính chính" in above.text_content() and "580 cây" in above.text_content()
    assert above.xpath("string(.//a/@href)").startswith(f"#cite-{ids['n']}-")
    notice = html.fromstring(correction_html(library, articles["n"], "en"))
    assert "This corrects the article" in notice.text_content()
    assert notice.xpath("string(.//a/@href)").startswith(f"#cite-{ids['a']}-")
    assert not correction_html(library, articles["p"], "vi")
    box = html.fromstring(reprints_html(library, articles["p"], "vi"))
    assert "2 báo cùng đăng" in box.text_content()
    assert box.xpath("//mark[@class='hb-gone']/text()")[:1] == ["120"]
    assert box.xpath("//mark[@class='hb-new']/text()")[:1] == ["210"]
    assert not box.xpath("//b")  # an article's words are no markup
    assert not reprints_html(library, articles["a"], "vi")


def test_a_checked_draft_tells_the_notice(library: Library, ids: dict[str, str]) -> None:
    text = "Phường Tân Mai đã trồng 850 cây xanh dọc kênh."
    (found,) = check_draft(library, FakeEmbedder(), text)
    document = checked(found)
    assert not document["verified"] and document["corrections"][0]["article_id"] == ids["n"]
    assert "“850 cây” đã được đính chính thành “580 cây”" in document["problems"][0]
    assert any("⚠" in line and "580 cây" in line for line in checked_lines(found))
    assert "580 cây" in checked_html([found], "vi")
