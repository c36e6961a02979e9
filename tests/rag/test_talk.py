"""Talk: told from questions, answered with a fixed sentence and with what could be asked."""

from datetime import date

import pytest

from index.library import EVERYTHING, Library
from index.types import Filter
from rag.assistant import Assistant
from rag.question import parse
from rag.question.shorthand import plainly
from rag.question.talk import SORTS, parted, without
from rag.types import Answer, Message, Suggestion
from tests.conftest import SAMPLES, FakeEmbedder

TALK = {
    "xin chào": "greeting", "Chào bạn! Bạn khỏe không?": "greeting", "hi ad": "greeting", "alo": "greeting",
    "2 ad": "greeting", "hellu": "greeting", "xin chao moi nguoi": "greeting", "chào em": "greeting",
    "hello": "greeting", "good morning": "greeting", "Hi": "greeting", "Xin chào 😀": "greeting",
    "cảm ơn bạn nhiều": "thanks", "cam on nha": "thanks", "tks ad nhieu": "thanks", "Thanks bạn": "thanks",
    "Thank you very much!": "thanks", "cám ơn nhiều lắm": "thanks", "dạ vâng cảm ơn ạ": "thanks",
    "hay quá, cảm ơn": "thanks", "Cảm ơn bạn đã giúp tôi": "thanks", "Chào ad, cảm ơn ad": "thanks",
    "Tạm biệt nhé": "bye", "bái bai": "bye", "Chúc ngủ ngon": "bye", "good night": "bye", "bye bye": "bye",
    "Chúc bạn một ngày tốt lành": "bye",
    "Bạn là ai?": "who", "b tên j": "who", "bn là ai z": "who", "who are you": "who", "Hỏi Báo là gì?": "who",
    "Bạn có phải là robot không?": "who",
    "Bạn có thể làm gì?": "help", "ban lam dc gi": "help", "giúp tôi với": "help", "what can you do?": "help",
    "Xin chào, tôi có thể hỏi gì?": "help", "hướng dẫn sử dụng": "help",
    "Hôm nay là ngày mấy?": "today", "hom nay ngay may": "today", "hnay ngày mấy r": "today",
    "What's the date today?": "today", "hôm nay thứ mấy vậy": "today",
    "ok": "fine", "test": "fine", "oke nha": "fine", "ừ": "fine", "haha": "fine",
    "Xin lỗi bạn": "sorry",
}  # fmt: skip


@pytest.mark.parametrize("text", TALK)
def test_talk(text: str) -> None:
    said, rest = parted(text)
    assert said and said.sort == TALK[text] and rest == ""
    assert parse(text).kind == "talk"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Chào bạn, cầu An Hòa dài bao nhiêu?", "cầu An Hòa dài bao nhiêu?"),
        ("Cảm ơn, còn chiều rộng?", "còn chiều rộng?"),
        ("Xin chào, cho hỏi cầu dài bao nhiêu?", "cho hỏi cầu dài bao nhiêu?"),
        ("Chào bạn cho mình hỏi cầu dài bao nhiêu", "cho mình hỏi cầu dài bao nhiêu"),
        ("Cảm ơn bạn. Ai là chủ tịch?", "Ai là chủ tịch?"),
        ("ok, thế còn Tây Lâm?", "thế còn Tây Lâm?"),
        ("Cầu dài bao nhiêu? Cảm ơn nhé!", "Cầu dài bao nhiêu?"),
        ("Vâng, ai là chủ tịch?", "ai là chủ tịch?"),
        ("Xin lỗi, cầu dài bao nhiêu?", "cầu dài bao nhiêu?"),
        ("Hello, how long is the bridge?", "how long is the bridge?"),
        ("Thanks, and the width?", "and the width?"),
        ("chao ad cho hoi cau dai bao nhieu", "cho hoi cau dai bao nhieu"),
    ],
)
def test_what_is_asked_behind_it(text: str, rest: str) -> None:
    assert parted(text) == (None, rest)
    assert (
        parse(text).talk is None and parse(text).text == text and parse(text).query == plainly(rest)
    )


@pytest.mark.parametrize(
    "text",
    """Xin chào Việt Nam là chương trình gì?
Hello Kitty là gì?
Chào bán cổ phiếu lần đầu khi nào?
chao ban co phieu khi nao?
Hôm nay ngày mấy diễn ra lễ khai mạc?
Hôm nay là ngày gì của Việt Nam?
Bạn biết gì về cầu An Hòa?
Test nhanh là gì?
Bạn là ai trong bài báo?
Ai là tác giả?
Ai vậy?
Tạm biệt năm 2019 có sự kiện gì?
Chào mừng 20/11 trường tổ chức gì?
Lời cảm ơn của ông A gửi tới ai?
Bao nhiêu người tới chào?
Ngày mấy khai giảng?
hi vọng của người dân là gì
Giúp tôi tìm bài về lũ
Ai tạo ra vắc xin?
Mấy giờ lễ khai mạc?
OK Sài Gòn là gì?
Không có gì quý hơn độc lập tự do là câu nói của ai?
Tốt, xấu, trung bình là gì?
Who are you quoting?
What day is the festival?
Chào buổi sáng phát sóng lúc mấy giờ?
Cảm ơn bạn đời là bài hát của ai?
Bạn đang làm gì với dữ liệu của tôi?
Có bao nhiêu bài?
anh chị em
Dạ cho em hỏi cầu An Hòa dài bao nhiêu ạ?
Alo Vũ có phải là ca sĩ không?
Cảm ơn Bác sĩ Nam đã cứu ai?
Sáng nay mấy giờ rồi thì động đất?
Cầu An Hòa dài bao nhiêu mét?
Còn chiều rộng?
Bạn đọc gửi bao nhiêu thư?
Hi sinh năm nào?
Thứ mấy họp?
Ai giúp đỡ gia đình?
Có ai chết không?
Lô E chung cư có bao nhiêu hộ?
Ok chưa? Cầu xây xong chưa?""".splitlines(),
)
def test_what_looks_like_it_is_asked_as_it_is(text: str) -> None:
    assert parted(text) == (None, text)


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("Bạn có thể giúp tôi những việc gì?", "help"),
        ("Ok cảm ơn nha, thông tin rất có ích cho bài của tôi.", "thanks"),
        ("Máy này dùng sao ta, chỉ mình với?", "help"),
        ("Thôi mình hiểu rồi, không hỏi nữa", "fine"),
        ("Trả lời kiểu gì mà sai bét vậy bạn", "help"),
        ("Cảm ơn bạn, nhờ vậy mà tôi xong luận văn", "thanks"),
    ],
)
def test_what_is_no_phrase_is_told_by_all_of_its_words(text: str, sort: str) -> None:
    said = parse(text).talk
    assert said and said.sort == sort


@pytest.mark.parametrize(
    "text",
    [
        "Cảm ơn nhé, cầu An Hòa dài bao nhiêu?",
        "Bạn có biết ai là chủ tịch xã Cẩm Lạc không?",
        "Tôi là sinh viên, cho tôi hỏi vì sao chợ Phú Lâm đóng cửa",
        "Đoàn thanh niên giúp bà con những việc gì?",
        "Người dân cảm ơn bộ đội vì điều gì?",
        "Ai vậy?",
        "Sao vậy?",
        "Còn viên chức thì sao?",
    ],
)
def test_a_question_stays_one_however_politely_it_is_asked(text: str) -> None:
    assert parse(text).talk is None


def test_a_history_is_without_it() -> None:
    history = [
        Message("user", "Đại hội tỉnh Đông Xuân có bao nhiêu đại biểu?"),
        Message("assistant", "215 đại biểu [1]"), Message("user", "cảm ơn"),
        Message("assistant", "Không có gì."),
    ]  # fmt: skip
    assert without(history) == history[:2]
    assert "bao nhiêu đại biểu" in parse("Còn Tây Lâm thì sao?", history).query


class _Writer:
    name = "none"
    aside = True


@pytest.fixture
def assistant(library: Library, fake_embedder: FakeEmbedder) -> Assistant:
    library.add([SAMPLES])
    return Assistant(library, fake_embedder, None, _Writer(), 0.5)  # type: ignore[arg-type]


def say(assistant: Assistant, text: str, only: Filter = EVERYTHING) -> Answer:
    (answer,) = assistant.ask(text, only=only)
    return answer


def test_it_is_answered_without_looking_for_anything(assistant: Assistant) -> None:
    for text in TALK:
        answer = say(assistant, text)
        assert (answer.kind, answer.outcome, answer.answered) == ("talk", "talk", False)
        assert answer.done and not answer.passages and not answer.citations and answer.short is None
        assert "Không tìm thấy" not in answer.text and "{" not in answer.text
        assert len(answer.suggestions) == 3
    assert {TALK[text] for text in TALK} == set(SORTS)


def test_it_is_answered_in_its_language_and_with_the_day(assistant: Assistant) -> None:
    today = date.today()
    assert (
        f"ngày {today.day}/{today.month}/{today.year}." in say(assistant, "Hôm nay ngày mấy?").text
    )
    assert say(assistant, "what day is it").text.endswith(f"{today.day} {today:%B %Y}.")
    assert say(assistant, "hello").text.startswith("Hello.")
    assert say(assistant, "hello bạn").text.startswith("Chào bạn.")
    assert "10 bài báo" in say(assistant, "Bạn là ai?").text


def test_what_could_be_asked_comes_from_the_latest_articles_within_the_filter(
    assistant: Assistant,
) -> None:
    def title(of: Suggestion) -> str:
        return assistant.library.article(of.article_id).title

    articles = assistant.library.articles()
    last = max(r.details.published for r in articles if r.details.published)
    asked = say(assistant, "xin chào").suggestions
    assert asked and len({title(one) for one in asked}) == len(asked) <= 3
    dated = [assistant.library.article(one.article_id).details.published for one in asked]
    assert dated[0] == last or last not in dated
    old = say(assistant, "xin chào", Filter(until=date(2018, 12, 31)))
    assert all("hiến máu" not in title(one) for one in old.suggestions)
    assert assistant.suggestions(old) == list(old.suggestions)
    nothing = say(assistant, "xin chào", Filter(outlet="Không có"))
    assert nothing.suggestions == () and "0 bài báo" in nothing.text
