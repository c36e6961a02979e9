"""Provinces in all their spellings, and where an article plays."""

import pytest

from index.language.places import home, places, playing


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("ở Đắc Lắc và TP.HCM", {"Đắk Lắk", "Hồ Chí Minh"}),
        ("học tập tư tưởng Hồ Chí Minh", set()),
        ("lam dong nam 2022", {"Lâm Đồng"}),
        ("tỉnh Đông Xuân", {"Đông Xuân"}),
        ("TP. HCM, tỉnh Khánh Hoà", {"Hồ Chí Minh", "Khánh Hòa"}),
        ("trên Thái Bình Dương, cách Thái Bình xa", {"Thái Bình"}),
        ("tren thai binh duong", set()),
    ],
)
def test_places_are_named_in_any_spelling(text: str, named: set[str]) -> None:
    assert places(text) == named


FAR = "\nHôm qua.\nHôm nay.\nNgày mai.\n"  # what stands behind it is no first paragraph


@pytest.mark.parametrize(
    ("title", "url", "body", "own", "one"),
    [
        ("Lũ ở Yên Bái", None, f"Mưa lớn.{FAR}Sơn La cũng mưa.", {"Yên Bái"}, "Yên Bái"),
        ("Lũ ở Yên Bái, Sơn La", None, "Mưa lớn.", {"Yên Bái", "Sơn La"}, None),
        (
            "Lũ ở Yên Bái, Sơn La",
            None,
            "Yên Bái mưa. Yên Bái ngập.",
            {"Yên Bái", "Sơn La"},
            "Yên Bái",
        ),
        ("Mưa", "https://baosonla.org.vn/1", f"Mưa lớn.{FAR}Yên Bái ngập.", {"Sơn La"}, "Sơn La"),
        ("Lũ ở Yên Bái", "https://baosonla.org.vn/1", "Mưa.", {"Yên Bái", "Sơn La"}, "Yên Bái"),
        ("Mưa", None, f"Mưa lớn.{FAR}Ở Sơn La và Yên Bái.", {"Yên Bái", "Sơn La"}, None),
        ("Mưa ở huyện Ba Tri", None, f"Mưa lớn.{FAR}Bến Tre ngập.", {"Ba Tri"}, "Bến Tre"),
        ("Tàu trên Thái Bình Dương", None, "Tàu chìm.", set(), None),
    ],
)
def test_where_an_article_plays(
    title: str, url: str | None, body: str, own: set[str], one: str | None
) -> None:
    assert (playing(title, None, url, body), home(title, None, url, body)) == (own, one)
