"""Which sentences a yes/no question is asked of, and when a yes or a no is said; the adapter, really."""

import hashlib
import json
import threading
from importlib import resources

import pytest

from index.types import Article, Details
from rag import prompts, whether
from rag.llm.local import LlamaModel
from rag.question import parse
from rag.types import Candidate, Message, Passage, Reading, Shown, Signals
from tests.rag.scripted import ScriptedWriter

BODY = "Cầu dài 186 m. Cầu không thu phí qua lại. Ông Lê Văn Tám cắt băng."
ARTICLE = Article("a1", "t.txt", Details(title="Khánh thành cầu Bến Vạn"), BODY)
ASKED = parse("Cầu Bến Vạn có thu phí qua lại không?")
SENTENCES = ((0, 14), (15, 42), (43, 66))


def candidate(text: str) -> Candidate:
    start = BODY.index(text)
    end = start + len(text)
    return Candidate(ARTICLE, start, end, (start, end), Signals(0.0, 0.0, 0.0), 0.0)


def reading(*support: float) -> Reading:
    return Reading(0.0, 0.0, (), SENTENCES, support)


def decided(writer: ScriptedWriter, *texts: str) -> tuple[list[str], str | None]:
    found, word = whether.decided(writer, ASKED, list(map(candidate, texts)), threading.Event())
    return [one.text for one in found], word


def test_the_sentence_with_the_words_of_what_is_asked_comes_first() -> None:
    passage = Passage(1, 1.0, 0.9, 1, ARTICLE, 0, len(BODY))
    found = whether.nearest(ASKED, [passage, passage], [reading(1.0, 0.0, -3.0)] * 2)
    assert [one.start for one in found] == [15, 0, 43]
    elsewhere = parse("Cầu Rạch Miễu và cầu Hàm Luông có thu phí qua lại không?")
    assert whether.nearest(elsewhere, [passage], [reading(1.0, 0.0, -3.0)]) == []


def test_the_first_sentence_that_is_sure_enough_says_it() -> None:
    writer = ScriptedWriter("")
    writer.verdicts = [-0.05, -5.0, -5.0]
    assert decided(writer, "Cầu dài 186 m.", "Ông Lê Văn Tám cắt băng.") == (
        ["Cầu dài 186 m."],
        "Có",
    )
    writer.verdicts = [-5.0, -5.0, -0.05]
    read = ["Cầu dài 186 m.", "Ông Lê Văn Tám cắt băng."]
    assert decided(writer, *read) == (read, None)


def test_where_no_adapter_is_only_words_count() -> None:
    writer = ScriptedWriter("")
    assert writer.verdicts is None
    assert decided(writer, "Cầu dài 186 m.")[1] is None
    likely = whether.likely(writer, ASKED, candidate("Cầu không thu phí qua lại."))
    assert likely[1] > likely[0]


def test_the_card_is_of_the_adapter_that_ships() -> None:
    card = json.loads(resources.files("rag.whether").joinpath("card.json").read_text("utf-8"))
    data = whether.adapter().read_bytes()
    assert card["sha256"] == hashlib.sha256(data).hexdigest() and card["bytes"] == len(data)
    assert len(data) < 25_000_000 and card["base"] == whether.base()


# None of these is a lesson.
READ = (
    ("Chợ Bà Kiều họp đến 9 giờ tối, trừ ngày rằm.", "Chợ Bà Kiều có họp buổi tối không?", "Có"),
    ("Trạm bơm Cẩm Hà chưa chạy lại vì thiếu điện.", "Trạm bơm Cẩm Hà đã chạy lại chưa?", "Không"),
    ("Ớt ở Phù Mỹ còn 12.000 đồng một ký, tháng trước 20.000.", "Giá ớt ở Phù Mỹ có tăng không?", "Không"),
    ("Cả hai thuyền viên được tàu cá Bình Châu vớt lên an toàn.", "Hai thuyền viên có ai chết không?", "Không"),
    ("Ông Phan Sáu phủ nhận đã nhận tiền của Tân Đại.", "Did Phan Sau admit taking the money?", "Không"),
    ("Xe khách chạy tiếp về Vinh ngay trong đêm.", "Did the coach go on to Vinh that night?", "Có"),
)  # fmt: skip


@pytest.mark.model
def test_the_adapter_is_gone_when_something_else_is_read(language_model: LlamaModel) -> None:
    asked = prompts.verdict("Chợ có họp không?", Shown("Chợ", "Chợ họp buổi sáng."))
    other = [Message("user", "?")]  # so that what is compared is read in the same pieces
    language_model.likeliest(other, 1)
    before = language_model.likeliest(asked, 5)
    told = language_model.verdict(asked, prompts.VERDICTS, whether.adapter(), whether.base())
    assert told and max(told) == told[0]
    language_model.likeliest(other, 1)
    assert language_model.likeliest(asked, 5) == before
    assert language_model.verdict(asked, prompts.VERDICTS, whether.adapter(), "another@1") is None


@pytest.mark.model
def test_the_writer_with_the_adapter_tells_yes_from_no(language_model: LlamaModel) -> None:
    said = []
    for sentence, question, _ in READ:
        article = Article("a2", "t.txt", Details(title="Tin trong tỉnh"), sentence)
        one = Candidate(article, 0, len(sentence), (0, len(sentence)), Signals(0.0, 0.0, 0.0), 0.0)
        yes, no = whether.likely(language_model, parse(question), one)
        said.append("Có" if yes > no else "Không")
    assert sum(word == right for word, (*_, right) in zip(said, READ, strict=True)) >= 5
