"""Corrections, names and questions are cleaned once, on the way in; offsets into bodies hold."""

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.corrections import corrected_value
from index.errors import InputError
from index.language.text import escaped, nfc, one_line, visible
from index.library import EVERYTHING, Library
from rag.turn import remembered, usable
from rag.types import Message
from tests.ui.hostile import HOSTILE, seen
from ui.history import History

CASES = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
UNSEEN = {"Cc", "Cf", "Co", "Cs"}
BODY = "Cầu An Hòa dài 486 m, rộng 12 m. Cầu có 11 nhịp.\nNgười dân hai xã phấn khởi vì đường ngắn lại."


@settings(derandomize=True, deadline=None, database=None)
@given(st.text(st.characters()))
def test_what_is_left_can_be_seen_and_nothing_else_is_gone(text: str) -> None:
    assert one_line(text) == seen(text) and "\n" not in one_line(text)
    assert one_line(visible(text)) == seen(text)
    assert one_line(one_line(text)) == one_line(text) and visible(visible(text)) == visible(text)
    assert json.loads(escaped(json.dumps(text, ensure_ascii=False))) == text
    escaped(json.dumps(text, ensure_ascii=False)).encode()


@CASES
def test_what_the_user_puts_right_is_cleaned(text: str) -> None:
    for field in ("title", "outlet", "author"):
        assert corrected_value(field, text) == (seen(nfc(text)) or None)


@CASES
def test_a_question_is_cleaned_and_what_was_said_before_is_no_longer_than_one(text: str) -> None:
    wanted = seen(nfc(text))
    if re.search(r"\w", wanted) and len(wanted) <= 2_000:
        assert usable(text) == wanted
    else:
        with pytest.raises(InputError):
            usable(text)
    (message,) = remembered([Message("user", text, ("a1",))])
    assert len(message.content) <= 2_000 and message.cited == ("a1",)
    message.content.encode()


def test_articles_with_hostile_titles_are_kept_and_quoted_by_offset(
    library: Library, tmp_path: Path
) -> None:
    rows = [
        {"title": text, "outlet": text, "body": f"{text[:500]}\n{BODY}\nBài {number}, {text[:200]}."}
        for number, text in enumerate(one.encode("utf-8", "ignore").decode() for one in HOSTILE.values())
    ]  # fmt: skip
    (tmp_path / "t.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    report = library.add([tmp_path / "t.jsonl"])
    assert report.added + report.duplicates == len(HOSTILE) and not report.failed
    for row in library.articles():
        article = library.article(row.id)
        assert set(map(unicodedata.category, article.body.replace("\n", ""))).isdisjoint(UNSEEN)
    hits = library.search_keywords("cầu An Hòa", 20, EVERYTHING)
    chunks = library.chunks([hit.chunk_id for hit in hits])
    assert chunks
    for chunk in chunks.values():
        assert chunk.text == library.article(chunk.article_id).body[chunk.start : chunk.end]


@CASES
def test_names_of_conversations_are_cleaned(text: str, tmp_path: Path) -> None:
    history = History(tmp_path)
    conversation, _ = history.begin("", text)
    (turn,) = history.turns(conversation)
    assert turn.question == visible(text)
    if seen(text):
        history.rename(conversation, text)
    assert history.conversation(conversation).name == one_line(
        history.conversation(conversation).name
    )
    history.close()
