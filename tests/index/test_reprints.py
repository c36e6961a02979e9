"""What papers changed in a story that several printed."""

from datetime import date

from index.reprints import compared, reprints
from index.types import Article, Details

FIRST = (
    "Sáng 3/4, huyện Cẩm Đài mở chợ đêm với 120 gian hàng. Chợ họp đến 23 giờ mỗi ngày.\n"
    "Ông Lê Văn Tám nói bà con rất vui. Vé gửi xe là 5.000 đồng."
)
OTHER = (
    "Chợ họp đến 23 giờ mỗi ngày. Sáng 3/4, huyện Cẩm Đài mở chợ đêm với 210 gian hàng. "
    "Bà Trần Thị Mơ bán bún ở đây. Vé gửi xe là 5.000 đồng."
)


def test_sentences_worded_otherwise_left_out_and_added_with_their_figures_and_names() -> None:
    changed, added, left_out = sorted(
        compared(FIRST, OTHER)[0], key=lambda one: one.kind != "changed"
    )
    assert changed.of and changed.by
    (piece,) = changed.pieces
    assert (FIRST[slice(*piece.of)], OTHER[slice(*piece.by)]) == ("120", "210")
    assert (changed.lost, changed.new) == (("120",), ("210",))
    by_kind = {one.kind: one for one in (added, left_out)}
    gone, new = by_kind["left_out"], by_kind["added"]
    assert gone.of and FIRST[slice(*gone.of)] == "Ông Lê Văn Tám nói bà con rất vui."
    assert new.by and OTHER[slice(*new.by)] == "Bà Trần Thị Mơ bán bún ở đây."
    assert any("Lê Văn Tám" in name for name in gone.lost)
    assert any("Trần Thị Mơ" in name for name in new.new)


def test_what_the_other_article_has_elsewhere_is_not_lost_and_names_are_whole() -> None:
    first = f"{FIRST} Bà Lò Thị Mai, Giám đốc Sở Giao thông vận tải tỉnh Hòa Bình, mở đường vào chợ ở Cẩm Đài."
    (gone,) = compared(first, FIRST)[0]
    assert (gone.kind, gone.new) == ("left_out", ())
    assert set(gone.lost) == {"Lò Thị Mai", "Sở Giao thông vận tải tỉnh Hòa Bình", "Hòa Bình"}


def test_another_order_and_other_line_ends_are_no_difference() -> None:
    moved = "Vé gửi xe là 5.000 đồng. " + FIRST.replace(" Vé gửi xe là 5.000 đồng.", "")
    assert compared(FIRST, moved) == ([], True)
    joined = FIRST.replace(".\n", " ").replace(". Chợ", " Chợ")  # sentences run together
    assert compared(FIRST, joined) == ([], False)
    assert compared(FIRST, FIRST.replace("hòa", "hoà")) == ([], False)


def test_the_first_is_the_earliest_or_where_one_is_undated_the_longest() -> None:
    long = Article("l", "", Details(published=date(2020, 1, 2)), FIRST)
    early = Article("e", "", Details(published=date(2020, 1, 1)), OTHER)
    undated = Article("u", "", Details(), "Chợ họp.")
    assert reprints([long, early]).first is early
    found = reprints([undated, early, long])
    assert found.first is long and [one.article.id for one in found.others] == ["e", "u"]
    assert reprints([early]).others == ()
