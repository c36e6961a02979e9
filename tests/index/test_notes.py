"""Notes: kept by their words, found again after the article changed, and never pointing at other words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.anchor import anchored, located, standing
from index.errors import InputError
from index.library import Library
from index.types import Filter
from tests.index.test_dossiers import written

pytestmark = pytest.mark.usefixtures("each_store")

BODY = (
    "Sáng 4/3, cầu Nà Lạn được thông xe sau hai năm thi công.\n"
    "Cầu dài 212 m, rộng 7 m, do Công ty Đường Bắc xây. Kinh phí là 84 tỷ đồng từ ngân sách tỉnh.\n"
    "Trước đó xã Hoà An có 84 tỷ đồng nợ đọng. Người dân nói đường dẫn vẫn còn bụi và hẹp."
)


def marked(words: str, body: str = BODY, at: int = 0) -> str | None:
    """What the words, marked in `BODY`, are said to be in a body: theirs, "~" and others, or nothing."""
    start = BODY.index(words, at)
    found = standing(body, anchored(BODY, start, start + len(words)))
    return found and ("" if found.same else "~") + body[found.start : found.end]


def test_words_are_found_where_they_stand_now() -> None:
    for words in ("212 m", "Cầu dài 212 m, rộng 7 m, do Công ty Đường Bắc xây.", "Hoà An"):
        assert marked(words) == words
        assert marked(words, f"Tin mới cập nhật lúc 9 giờ.\n{BODY}") == words
    last = BODY.rindex("84 tỷ đồng")
    longer = BODY.replace("Sáng 4/3,", "Sáng 4/3, trước hơn 300 người dân của hai xã,")
    start = longer.rindex("84 tỷ đồng")
    found = standing(longer, anchored(BODY, last, last + 10))
    assert found and (found.start, found.same) == (start, True)
    assert marked("xã Hoà An", BODY.replace("xã Hoà An", "XÃ  Hòa An")) == "XÃ  Hòa An"


def test_changed_words_are_told_with_what_stands_in_their_place() -> None:
    assert marked("212 m", BODY.replace("212 m", "221 m")) == "~221 m"
    # The figure stands elsewhere too: that one is not the one that was marked.
    only = BODY.replace("Kinh phí là 84 tỷ đồng", "Kinh phí là 96 tỷ đồng")
    assert marked("84 tỷ đồng", only) == "~96 tỷ đồng"
    whole = "Người dân nói đường dẫn vẫn còn bụi và hẹp"
    new = BODY.replace("vẫn còn bụi và hẹp", "đã rộng hơn, hết bụi")
    said = marked(whole, new)
    assert said and said.startswith("~") and "đường dẫn đã rộng hơn" in said
    assert marked("212 m", BODY.replace("212 m", "212%")) == "~212%"


def test_words_that_are_gone_point_at_nothing() -> None:
    assert (
        marked("84 tỷ đồng", "Bản tin thời tiết: ngày mai mưa, 84 tỷ đồng là giá một căn nhà.")
        is None
    )
    assert marked("do Công ty Đường Bắc xây", "Không còn gì giống bài cũ ở đây cả.") is None


def test_selected_words_are_located_by_what_precedes_them() -> None:
    first, last = BODY.index("84 tỷ"), BODY.rindex("84 tỷ")
    assert located(BODY, "84 TỶ  đồng") == (first, first + 10)
    assert located(BODY, "84 tỷ đồng", "Trước đó xã Hòa An có ") == (last, last + 10)
    assert located(BODY, "85 tỷ đồng") is None and located(BODY, "…") is None


@pytest.fixture
def article(library: Library, tmp_path: Path) -> str:
    library.add([written(tmp_path / "bao", "cầu", BODY)])
    return library.articles()[0].id


def test_notes_stars_and_tags(library: Library, article: str) -> None:
    notes = library.notes
    first = notes.add(
        article,
        " Hỏi lại\x1b[2J ông An ",
        quote="kinh phí là 84 tỷ đồng",
        tags=["#Tiền", "tiền", ""],
    )
    second = notes.add(article, starred=True, quote="212 m")
    assert notes.star(article) and notes.is_starred(article)
    star, marked_, noted = notes.find()
    assert (star.state, marked_.state, noted.state) == ("article", "same", "same")
    assert noted.note.text == "Hỏi lại[2J ông An" and noted.note.tags == ("tiền",)
    assert noted.note.anchor and noted.note.anchor.quote == "Kinh phí là 84 tỷ đồng"
    assert [one.note.number for one in notes.find(tag="#TIỀN")] == [first]
    assert [one.note.number for one in notes.find(starred=True)][1:] == [second]
    assert notes.tags() == {"tiền": 1}
    assert not notes.star(article) and not notes.is_starred(article)
    assert [one.note.number for one in notes.find()] == [second, first]
    dossier = library.dossiers.new("Trống")
    assert notes.find(Filter(dossier=dossier.number)) == []
    library.dossiers.add("Trống", [article])
    assert len(notes.find(Filter(dossier=dossier.number))) == 2
    assert notes.find(Filter(article_ids=("other",))) == []
    assert notes.remove([first, second, first]) == 2 and notes.find() == [] and notes.tags() == {}


def test_mistakes_are_one_line(library: Library, article: str) -> None:
    notes = library.notes
    kept = notes.add(article, "một")
    wrong: list[Callable[[], object]] = [
        lambda: notes.add("none", "x"),
        lambda: notes.add(article),
        lambda: notes.add(article, "x", quote="không có trong bài"),
        lambda: notes.add(article, "x" * 30_000),
        lambda: notes.add(article, tags=["x" * 100]),
        lambda: notes.remove([kept, kept + 1]),
    ]
    for one in wrong:
        with pytest.raises(InputError):
            one()
    assert [one.note.number for one in notes.find()] == [kept]


def test_notes_survive_a_changed_article_and_the_trash(
    library: Library, article: str, tmp_path: Path
) -> None:
    notes = library.notes
    for quote in ("84 tỷ đồng từ ngân sách", "212 m", "hai năm thi công"):
        notes.add(article, "kiểm tra", quote=quote)
    new = BODY.replace("212 m", "221 m").replace("Sáng 4/3, cầu", "Sáng nay, ngày 4/3, cây cầu")
    written(tmp_path / "bao", "cầu", new.replace(" sau hai năm thi công", ""))
    assert library.add([tmp_path / "bao"]).updated == 1
    found = {one.note.anchor.quote: one for one in notes.find() if one.note.anchor}
    same = found["84 tỷ đồng từ ngân sách"]
    at = same.standing
    assert at and same.article.body[at.start : at.end] == "84 tỷ đồng từ ngân sách" and not same.now
    assert (found["212 m"].state, found["212 m"].now) == ("changed", "221 m")
    assert (found["hai năm thi công"].state, found["hai năm thi công"].now) == ("gone", None)
    library.remove([article])
    assert [one.trashed for one in notes.find()] == [True] * 3
    library.restore([article])
    assert [one.trashed for one in notes.find()] == [False] * 3
    library.correct(article, {"outlet": "Báo Tây Lâm"})
    assert len(notes.find()) == 3
