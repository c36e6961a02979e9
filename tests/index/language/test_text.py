import pytest

from index.language.text import (
    alike,
    arabic,
    fold,
    has_marks,
    number_key,
    pairs,
    strip_marks,
    words,
)


@pytest.mark.parametrize(
    ("old", "new"),
    [("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("Hoà bình", "hòa bình"), ("UỶ", "ủy")],
)
def test_old_and_new_tone_placement_are_one_word(old: str, new: str) -> None:
    assert fold(old) == fold(new) == new


@pytest.mark.parametrize("word", ["quý", "hoàn", "toán", "quỳnh", "huỳnh", "loại"])
def test_other_syllables_keep_their_tone_mark(word: str) -> None:
    assert fold(word) == word


def test_marks_are_stripped_and_d_too() -> None:
    assert strip_marks("Đảng ủy Đắk Lắk") == "Dang uy Dak Lak"
    assert has_marks("đa") and not has_marks("Lam Dong 2022")


def test_decomposed_text_is_the_same_words() -> None:
    assert words("Đảng uỷ") == words("Đảng ủy") == ["đảng", "ủy"]


@pytest.mark.parametrize(
    ("written", "key"),
    [("3.400", "3400"), ("3,400", "3400"), ("05", "5"), ("98,4%", "98.4"), ("98.4", "98.4"),
     ("1.234.567", "1234567"), ("0", "0"), ("00", "0"), ("1,50", "1.5"), ("2.000", "2000")],
)  # fmt: skip
def test_number_keys(written: str, key: str) -> None:
    assert number_key(written) == key


def test_roman_numerals_of_congresses_are_figures() -> None:
    assert words("lần thứ VIII") == words("lần thứ 8")
    assert arabic("khóa XII, Quý I, lần thứ XIX") == "khóa 12, Quý I, lần thứ 19"


def test_pairs_join_neighbours() -> None:
    assert pairs(["đảng", "viên", "mới"]) == ["đảng_viên", "viên_mới"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("kĩ thuật", "kỹ thuật"), ("Lí luận", "lý luận"), ("nước Mĩ", "nước Mỹ"), ("tỉ lệ", "tỷ lệ"),
     ("bác sĩ", "bác sỹ"), ("hi sinh", "hy sinh"), ("quí I", "quý I"), ("qui định", "quy định"),
     ("công ti", "công ty"), ("hoà kì", "hòa kỳ"), ("ho\u0300a", "hoa\u0300"), ("Ð\u00f4ng", "Đông"),
     ("tie\u0302\u0301ng", "tiê\u0301ng"), ("u\u031bo\u031b\u0301c", "ước")],
)  # fmt: skip
def test_spellings_of_one_word_are_alike(one: str, other: str) -> None:
    assert alike(fold(one)) == alike(fold(other))
    assert len(alike(fold(one))) == len(fold(one))


@pytest.mark.parametrize(
    ("one", "other"), [("tai", "tay"), ("túi", "túy"), ("ý", "í"), ("vi", "vy"), ("nghỉ", "nghỷ")]
)
def test_other_words_are_not(one: str, other: str) -> None:
    assert alike(fold(one)) != alike(fold(other))
