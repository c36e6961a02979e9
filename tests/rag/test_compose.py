"""Whole sentences: what the writer wrote counts where the checker finds it, else the article's own words."""

import threading
from dataclasses import replace

import pytest

from index.types import Article, Details
from rag import compose
from rag.check.verdict import Claim
from rag.cite import Said
from rag.phrased import is_statement
from rag.question import parse
from rag.types import Candidate, Signals, Source
from tests.rag.scripted import ScriptedWriter

BODY = (
    "Sáng 12/9, huyện Hòa Sơn khánh thành cầu Bến Vạn. Cầu dài 186 m, tổng vốn 42 tỷ đồng. Ông Lê Văn Tám, "
    "Chủ tịch huyện, cho biết cầu không thu phí qua lại. Người dân hai xã phấn khởi vì đường ngắn lại."
)
ARTICLE = Article("a1", "t.txt", Details(title="Khánh thành cầu Bến Vạn"), BODY)


def candidate(text: str, probability: float = 0.9) -> Candidate:
    from index.language.sentences import sentences

    start = BODY.index(text)
    sentence = next(s for s in sentences(BODY) if s[0] <= start < s[1])
    return Candidate(ARTICLE, start, start + len(text), sentence, Signals(5, 0, 0), probability)


def written(question: str, short: str | None, sentence: str, *found: Candidate) -> Said | None:
    writer = ScriptedWriter("", sentence)
    asked = parse(question)
    writing = compose.written(writer, asked, short, list(found), threading.Event())
    while True:
        try:
            next(writing)
        except StopIteration as end:
            said: Said | None = end.value
            return said


def test_a_true_sentence_is_kept_with_the_words_that_say_so() -> None:
    found = candidate("186 m")
    said = written("Cầu Bến Vạn dài bao nhiêu?", "186 m", "Cầu Bến Vạn dài 186 m.", found)
    assert said and said[1] == "Cầu Bến Vạn dài 186 m."
    assert list(said[2]) == [found.source]


def test_what_the_sentence_before_says_is_cited_too() -> None:
    text = "Cầu dài 186 m, huyện Hòa Sơn khánh thành sáng 12/9."
    said = written("Cầu Bến Vạn dài bao nhiêu?", "186 m", text, candidate("186 m"))
    assert said and [source.text[:5] for source in said[2]] == ["Sáng ", "Cầu d"]


@pytest.mark.parametrize(
    "text",
    [
        "Cầu Bến Vạn dài 168 m.",
        "Cầu Bến Vạn có vốn 42 tỷ đồng.",
        "Cầu Bến Vạn dài bao nhiêu? 186 m.",
        "",
        "Cầu Bến Vạn dài 186 m, do tỉnh Lào Cai xây.",
    ],
)
def test_a_sentence_that_is_false_or_lacks_the_short_answer_is_not(text: str) -> None:
    assert written("Cầu Bến Vạn dài bao nhiêu?", "186 m", text, candidate("186 m")) is None


@pytest.mark.parametrize(
    ("question", "text", "kept"),
    [
        ("Cầu Bến Vạn dài bao nhiêu vậy?", "Cầu Bến Vạn dài 186 m.", True),
        ("Cầu Bến Vạn bao lâu dài 186 m vậy?", "Cầu Bến Vạn bao lâu dài 186 m.", False),
        ("Cầu Bến Vạn xây chi?", "Cầu Bến Vạn xây chi dài 186 m.", False),
        ("Cầu Bến Vạn dài bao nhiêu?", "Cầu Bến Vạn dài vì 186 m.", False),
        ("Cau Ben Van dai bao nhieu?", "Cầu Bến Vạn dài 186 m.", True),
    ],
)
def test_what_only_asks_is_not_left_in_the_answer(question: str, text: str, kept: bool) -> None:
    assert (written(question, "186 m", text, candidate("186 m")) is not None) is kept


def test_a_word_that_was_read_wrongly_into_the_question_is_not_said() -> None:
    asked = replace(parse("Cầu Bền Vạn dài bao nhiêu?"), text="Cau Ben Van dai bao nhieu?")
    writer, found = ScriptedWriter("", "Cầu Bền Vạn dài 186 m."), candidate("186 m")
    writing = compose.written(writer, asked, "186 m", [found], threading.Event())
    assert [*writing] and not is_statement("Cầu Bền Vạn dài 186 m.", asked, [found.source])
    assert is_statement("Cầu Bến Vạn dài 186 m.", asked, [found.source])


def test_a_long_answer_has_the_likely_sentences_of_one_article_in_its_order() -> None:
    asked = parse("Vì sao người dân phấn khởi?")
    first, other = candidate("đường ngắn lại"), candidate("không thu phí", 0.8)
    unlikely = candidate("42 tỷ", 0.1)
    assert compose.chosen(asked, [first, other, unlikely]) == [other, first]
    assert compose.chosen(parse("Cầu dài bao nhiêu?"), [first, other]) == [first]
    elsewhere = replace(other, article=replace(ARTICLE, id="a2"))
    assert compose.chosen(asked, [first, elsewhere]) == [first]


@pytest.mark.parametrize(
    ("question", "sentence", "word", "begins"),
    [
        (
            "Cầu Bến Vạn có thu phí qua lại không?",
            "Không, cầu không thu phí qua lại.",
            "Không",
            "Không,",
        ),
        (
            "Cầu Bến Vạn có thu phí qua lại không?",
            "Có, cầu thu phí qua lại.",
            "Không",
            "Không: Ông Lê",
        ),
    ],
)
def test_the_writers_statement_counts_where_it_begins_with_what_was_decided(
    question: str, sentence: str, word: str, begins: str
) -> None:
    asked, found = parse(question), candidate("không thu phí")
    said = written(question, None, sentence, found)
    _, text, sources = compose.answered_yes_or_no(word, said, found)
    assert asked.kind == "yes_no" and text.startswith(begins)
    assert found.source in sources


def test_of_a_list_in_lines_every_item_is_told() -> None:
    body = "Đại hội đề ra ba chỉ tiêu:\n- Kết nạp 60 hội viên;\n- Trợ giúp 400 lượt người;\n- Soạn 12 tài liệu."
    article = Article("a3", "t.txt", Details(title="Đại hội"), body)
    start = body.index("- Trợ giúp")
    end = body.index(";", start) + 1
    one = Candidate(article, start + 2, end - 1, (start, end), Signals(5, 0, 0), 0.9)
    told = compose.quoted(parse("Đại hội đề ra những chỉ tiêu nào?"), [one])
    assert [text for _, text, _ in told] == [
        "Kết nạp 60 hội viên",
        "Trợ giúp 400 lượt người",
        "Soạn 12 tài liệu.",
    ]


@pytest.mark.parametrize(
    ("claimed", "confirms", "words", "word"),
    [
        ("Lê Văn Tám", True, "Lê Văn Tám", "Có"),
        ("Trần Ba", True, "Lê Văn Tám", "Không"),
        ("500", True, "186 m", "Không"),
        ("Sơn Hà", False, "Hòa Sơn", None),  # half of the name: spelled otherwise, it may be
        ("Phú Lâm", False, "Hòa Sơn", "Không"),
        ("Hòa Sơn", False, "Hòa Sơn", None),  # the place is right, what of it is not known
        ("186", True, "42 tỷ đồng", None),  # the sentence has it elsewhere
    ],
)
def test_what_a_question_claims_is_compared_with_what_the_article_names(
    claimed: str, confirms: bool, words: str, word: str | None
) -> None:
    asked = parse("Có phải Chủ tịch huyện là ông Lê Văn Tám không?")
    told = compose.corrected(asked, Claim("", claimed, confirms), candidate(words))
    assert (told and told[0]) == word and (not told or told[1][1].startswith(f"{word}: "))


def test_a_claim_typed_without_diacritics_is_compared_without() -> None:
    asked = parse("Co phai cau do huyen Hoa Son khanh thanh khong?")
    told = compose.corrected(asked, Claim("", "Hoa Son"), candidate("Hòa Sơn"))
    assert told and told[0] == "Có"


def test_the_same_figure_of_another_measure_is_no_yes() -> None:
    body = "Người giữ đền được trợ cấp 500.000 đồng mỗi năm, không quá 3 năm."
    article = Article("a4", "t.txt", Details(title="Trợ cấp"), body)
    at = body.index("500.000")
    one = Candidate(article, at, at + 12, (0, len(body)), Signals(5, 0, 0), 0.9)
    for often, word in (("mỗi tháng", "Không"), ("mỗi năm", "Có")):
        asked = parse(f"Người giữ đền được trợ cấp 500.000 đồng {often} phải không?")
        told = compose.corrected(asked, Claim("", "500.000"), one)
        assert told and told[0] == word


def test_a_second_reason_behind_the_written_one_is_told_too() -> None:
    body = "Chợ đóng cửa do mái dột. Ngoài ra, hệ thống điện đã cũ, dễ cháy. Chợ có từ năm 1990."
    article = Article("a5", "t.txt", Details(title="Chợ Phú Lâm đóng cửa"), body)
    said: Said = (
        "",
        "Chợ Phú Lâm đóng cửa do mái dột.",
        [Source(article, 0, body.index(" Ngoài"))],
    )
    told = compose.going_on(parse("Vì sao chợ Phú Lâm đóng cửa?"), said)
    assert [text for _, text, _ in told] == ["Ngoài ra, hệ thống điện đã cũ, dễ cháy."]
    assert not compose.going_on(parse("Why did the market of Phu Lam close?"), said)
    assert not compose.going_on(parse("Chợ Phú Lâm đóng cửa ngày nào?"), said)
