"""Bytes to text, in every encoding that Vietnamese is met in."""

import pytest

from index.errors import InputError
from index.language.encodings import decode
from tests.index import stories


def test_legacy_encodings_give_back_the_same_text() -> None:
    """More text than the stories have; the measured figures on real news are in README."""
    text = "\n".join(f"{s.title}\n{s.title.upper()}\n{s.body}" for s in stories.STORIES)
    text = text.replace("Ỵ", "Ị")
    for name, encode in stories.ENCODINGS.items():
        assert decode(encode(text)) == text, name


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        ("Hội nghị tổng kết công tác".encode() + "Héi nghÞ tæng kÕt".encode("cp1252"), "mixed"),
        (bytes(range(256)) * 20, "binary"),
        ("Привет, как дела? Сегодня хорошая погода".encode("koi8-r"), "encoding"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as refused:
        decode(data)
    assert "\n" not in str(refused.value)


def test_western_text_stays_as_it_is() -> None:
    french = "Le président a été reçu à l'Élysée, où il a évoqué la coopération."
    assert decode(french.encode("cp1252")) == french
    mixed = "Ông Müller gặp François ở Đức; café và phở đều ngon."
    assert decode(mixed.encode()) == mixed
