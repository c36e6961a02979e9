"""What holds for any bytes and any text, tried with many (Hypothesis)."""

import json
import tempfile
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chunk import chunks
from index.clean import cut_line
from index.config import TEXT
from index.language.sentences import sentences
from index.metadata import parse
from index.reading import SUFFIXES
from index.reading.process import Parsers
from tests.hostile.fuzz import told
from tests.hostile.parts import docx, epub, html, packed, pdf

#: The same cases each time; the time of one is not looked at.
usual = settings(max_examples=40, deadline=None, derandomize=True, database=None)
#: Text as it is attacked: letters with marks, halves of letters, signs that rules look for.
SIGNS = 'aAđĐốẾ 1.,;:!?…“”"()[]{}<>&*#-–/|\n\t\u0301\u0323\u200b\u2028\ud800\x00\x1b'
any_text = st.text(max_size=300) | st.text(st.sampled_from(SIGNS), max_size=300)
INSIDE = {
    ".html": html,
    ".xhtml": html,
    ".md": lambda text: f"---\ntitle: {text[:50]}\n---\n# {text}".encode("utf-8", "replace"),
    ".jsonl": lambda text: json.dumps({"title": text, "body": text, "date": text}).encode(),
    ".csv": lambda text: f"title,body\n{text},{text}".encode("utf-8", "replace"),
    ".docx": lambda text: docx(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"),
    ".epub": lambda text: epub([html(text)]),
    ".pdf": lambda text: pdf(text.encode("latin-1", "replace").decode("latin-1")),
    ".zip": lambda text: packed({f"{text[:20]}.txt".replace("\x00", ""): text.encode()}),
    ".mhtml": lambda text: b"Content-Type: text/html\n\n" + html(text),
}


@pytest.fixture(scope="module")
def parsers() -> Iterator[Parsers]:
    with Parsers(threading.Event(), {}) as made:
        yield made


@pytest.mark.parametrize("ending", sorted(SUFFIXES))
def test_any_bytes_are_read_or_refused_in_a_line(ending: str, parsers: Parsers) -> None:
    name = f"a.txt{ending}" if ending == ".gz" else f"a{ending}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name

        @usual
        @given(st.binary(max_size=400))
        def tried(data: bytes) -> None:
            path.write_bytes(data)
            wrong: list[str] = []
            assert told(parsers, path, wrong) in ("read", "in part", "refused") and wrong == []

        tried()


@pytest.mark.parametrize("ending", sorted(INSIDE))
def test_any_text_inside_a_good_file_is_read_or_refused_in_a_line(
    ending: str, parsers: Parsers
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"

        @usual
        @given(any_text.map(lambda text: text.encode("utf-8", "replace").decode()))
        def tried(text: str) -> None:
            path.write_bytes(INSIDE[ending](text))
            wrong: list[str] = []
            assert told(parsers, path, wrong) in ("read", "in part", "refused") and wrong == []

        tried()


@usual
@given(any_text)
def test_every_letter_lies_in_one_sentence_and_every_sentence_in_one_chunk(text: str) -> None:
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in zip(spans, spans[1:]))
    inside = "".join(text[start:end] for start, end in spans)
    assert "".join(inside.split()) == "".join(text.split())
    cut = chunks(text)
    assert all(sum(start <= a and b <= end for start, end in cut) == 1 for a, b in spans)


@usual
@given(any_text)
def test_a_body_is_clean(text: str) -> None:
    details, body = parse(text)
    for said in (body, details.title or ""):
        assert not any(unicodedata.category(c) in ("Cc", "Cs", "Co") for c in said if c != "\n")
        assert unicodedata.is_normalized("NFC", said)


@usual
@given(any_text, st.integers(2, 50))
def test_a_line_is_one_and_no_longer_than_it_may_be(text: str, limit: int) -> None:
    line = cut_line(text, limit)
    assert len(line) <= limit and "\n" not in line and line == line.strip()
    assert cut_line(line, limit) == line


@usual
@given(st.lists(st.sampled_from(["một", "hai", "ba.", "x" * 3000]), min_size=1, max_size=5000))
def test_a_long_line_is_broken_and_loses_nothing(said: list[str]) -> None:
    text = " ".join(said)
    _, body = parse(text + "\n")
    assert max(map(len, body.split("\n"))) <= TEXT.line
    # Pieces that are the same stand once; the first and the last word are there.
    assert body.startswith(said[0]) or not body
