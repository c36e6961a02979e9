"""How many articles hold something: exact, beside a scan of all, through the assistant and its store."""

import json
import random
import re
import threading
from datetime import date
from pathlib import Path

import pytest

from index.language.text import fold
from index.library import EVERYTHING, Library
from index.types import Filter
from rag import count
from rag.assistant import Assistant
from rag.config import COUNTING
from rag.holding import place
from rag.question import parse
from rag.question.topic import topic
from rag.types import Answer
from tests.conftest import FakeEmbedder

pytestmark = pytest.mark.usefixtures("each_store")

ROWS = [
    ("Khánh thành cầu treo Bản Mới", "Báo Núi", "2019-05-03", "Xã Bản Mới có cầu treo dài 120 m. Dân vui."),
    ("Lũ cuốn cầu ở Lào Cai", "Báo Núi", "2020-08-01", "Lũ quét ở tỉnh Lào Cai cuốn trôi 3 cầu treo."),
    ("Xây cầu treo ở tỉnh Yên Bái", "Tin Sông", None, "Huyện sẽ khởi công trong tháng tới, vốn 4 tỷ đồng."),
    ("Nhu cầu của dân", "Tin Sông", "2019-07-01", "Huyện yêu cầu treo biển báo. Cờ treo khắp nơi, có cầu."),
    ("Họp ở Khánh Hoà", "Tin Sông", "2018-01-01", "Ông Lê Văn Hoà nói về giá vàng hôm nay tăng nhẹ."),
    ("Nhà cho công nhân", "Báo Núi", "2018-02-01", "Công nhân cần nhà ở. Trên mạng xã hội, họ kêu giá cao."),
    ("Dự án mới", "Báo Núi", "2018-03-01", "Tỉnh xây 200 căn nhà ở xã hội cho công nhân trong 3 năm tới."),
    ("Máy biết nói", "Tin Sông", "2017-03-01", "Không ai ngờ. Phần mềm AI ở bệnh viện đọc phim rất nhanh."),
]  # fmt: skip


class _Writer:
    name = "none"
    aside = True


@pytest.fixture
def assistant(library: Library, fake_embedder: FakeEmbedder, tmp_path: Path) -> Assistant:
    rows = tmp_path / "rows.jsonl"
    keys = ("title", "outlet", "published", "body")
    rows.write_text("\n".join(json.dumps(dict(zip(keys, row))) for row in ROWS), "utf-8")
    library.add([rows])
    return Assistant(library, fake_embedder, None, _Writer(), 0.5)  # type: ignore[arg-type]


def ask(assistant: Assistant, question: str, only: Filter = EVERYTHING) -> Answer:
    (answer,) = assistant.ask(question, only=only)
    return answer


#: Each with how many articles hold it, and how many of these have no date.
COUNTS = [
    ("Có bao nhiêu bài nói về cầu treo?", 4, 1),  # "yêu cầu treo biển" has the words, too
    ("co bao nhieu bai noi ve cau treo", 4, 1),
    ("Có bao nhiêu bài nói về “cầu treo dài”?", 1, 0),
    ("Có bao nhiêu bài nói về cầu treo trong năm 2019?", 2, 1),
    ("Có bao nhiêu bài nói về cầu treo từ 2020 đến 2021?", 1, 1),
    ("Có bao nhiêu bài nói về cầu treo ở Lào Cai?", 1, 0),
    ("Có bao nhiêu bài nói về cầu treo ở tỉnh Yên Bái?", 1, 1),
    ("Báo Núi có bao nhiêu bài nói về cầu treo?", 2, 0),
    ("Có bao nhiêu bài nói về cầu treo trên Tin Sông?", 2, 1),
    ("Có bao nhiêu bài nói về cầu treo mà không nhắc đến lũ quét?", 3, 1),
    ("Có bao nhiêu bài nói về lũ quét hoặc giá vàng?", 2, 0),
    ("Có bao nhiêu bài nói về giá vàng tăng?", 1, 0),
    ("Có bao nhiêu bài nói về nhà ở xã hội?", 1, 0),
    ("Có bao nhiêu bài nhắc đến ông Lê Văn Hòa?", 1, 0),
    ("Có bao nhiêu bài nhắc đến Khánh Hòa?", 1, 0),
    ("Có bao nhiêu bài nói về AI?", 1, 0),
    ("Có bao nhiêu bài nói về tàu ngầm?", 0, 0),
    ("Có bao nhiêu bài nói về báo núi lửa?", 0, 0),
    ("How many articles mention Lào Cai?", 1, 0),
    ("Có bao nhiêu bài nói về Lao Cai?", 0, 0),  # marks were typed in the question
    ("Kho có bao nhiêu bài báo?", 8, 1),
    ("Có bao nhiêu bài đăng năm 2018?", 3, 1),
]


def test_counts(assistant: Assistant) -> None:
    for question, matching, undated in COUNTS:
        answer = ask(assistant, question)
        found = answer.count
        assert found, question
        assert (found.matching, found.of, found.undated) == (matching, 8, undated), question
        assert (answer.kind, answer.short, answer.outcome) == ("count", str(matching), "answered")
        assert answer.done and answer.answered and found.unreadable == 0
        assert len(answer.citations) == len(answer.statements) == min(matching, COUNTING.listed)
        for statement, citation in zip(answer.statements, answer.citations, strict=True):
            assert citation.quote == citation.article.body[citation.start : citation.end]
            assert statement.verified and citation.article.title in statement.text


def test_the_sentence_tells_of_how_many_within_what(assistant: Assistant) -> None:
    text = ask(assistant, "Có bao nhiêu bài nói về cầu treo trong năm 2019?").text
    said = "2 bài nói về “cầu treo”, trong năm 2019 (2 trong 8 bài); 1 bài không rõ ngày."
    assert text.startswith(said)
    assert "- Khánh thành cầu treo Bản Mới (Báo Núi, 03/05/2019) [" in text
    none = ask(assistant, "Có bao nhiêu bài nói về tàu ngầm?")
    assert none.text == "0 bài nói về “tàu ngầm” (0 trong 8 bài)."
    assert none.answered and not none.citations
    english = ask(assistant, "How many articles mention “cầu treo”?").text
    assert english.startswith("4 of 8 articles mention “cầu treo”, 1 of them without a date.")
    assert ask(assistant, "Kho có bao nhiêu bài?").text.startswith("Kho có 8 bài, trong đó 1 bài ")


def test_the_newest_come_first_and_their_figures_are_not_taken_for_the_count(
    assistant: Assistant,
) -> None:
    answer = ask(assistant, "Có bao nhiêu bài nói về cầu treo?")
    days = [one.article.details.published for one in answer.citations]
    assert days == [date(2020, 8, 1), date(2019, 7, 1), date(2019, 5, 3), None]
    assert answer.citations[0].quote == "cầu treo."  # not "3 cầu treo"
    assert answer.citations[2].quote == "Xã Bản Mới có cầu treo dài 120 m."
    assert answer.citations[3].quote.startswith("Huyện sẽ khởi công")  # its title says it


def test_the_filter_holds(assistant: Assistant) -> None:
    answer = ask(assistant, "Có bao nhiêu bài nói về cầu treo?", Filter(outlet="Báo Núi"))
    assert answer.count and (answer.count.matching, answer.count.of) == (2, 4)
    answer = ask(assistant, "Báo Núi có bao nhiêu bài nói về cầu treo?", Filter(outlet="Tin Sông"))
    assert answer.count and (answer.count.matching, answer.count.of) == (0, 4)
    answer = ask(assistant, "Có bao nhiêu bài nói về cầu treo?", Filter(since=date(2019, 6, 1)))
    assert answer.count and (answer.count.matching, answer.count.of) == (2, 2)


def test_a_stopped_count_is_no_answer(assistant: Assistant) -> None:
    stop = threading.Event()
    stop.set()
    (answer,) = assistant.ask("Có bao nhiêu bài nói về cầu treo?", stop=stop)
    assert answer.outcome == "stopped" and not answer.answered


SYLLABLES = "cầu cau treo dân dan sinh lũ quét hòa hoà nhà ở xã hội An Hòa 3 3.400 nước".split()


def test_it_is_exact_beside_a_scan(
    library: Library, fake_embedder: FakeEmbedder, tmp_path: Path
) -> None:
    chance = random.Random(4)

    def text(most: int) -> str:
        return " ".join(chance.choices(SYLLABLES, k=chance.randint(2, most)))

    rows = [
        {"title": text(4), "body": "\n".join(
            f"Câu {text(9)}. Rồi {text(60)}." for _ in range(chance.randint(1, 6)))}
        for _ in range(150)
    ]  # fmt: skip
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    library.add([file])
    articles = [library.article(row.id) for row in library.articles()]
    assert len(articles) > 100
    counts = set()
    for _ in range(60):
        about = text(5)
        question = parse(f"Có bao nhiêu bài nói về {about}?")
        assert question.counting, about
        found = count.answer(question, library, Filter(), threading.Event()).count
        wanted = topic(question.counting.about)
        held = sum(place(wanted, article) is not None for article in articles)
        assert found and found.matching == held, about
        counts.add(held)
    assert len(counts) > 10  # not all or none
    for about in ("cầu treo", "dân sinh", "lũ quét"):
        question = parse(f"Có bao nhiêu bài nói về {about}?")
        found = count.answer(question, library, Filter(), threading.Event()).count
        pair = re.compile(rf"(?<!\w){about.replace(' ', ' +')}(?!\w)")
        texts = [[a.details.title or "", *re.split(r"[.]\s", a.body)] for a in articles]
        assert found and found.matching == sum(
            any(pair.search(fold(one)) for one in parts) for parts in texts
        )
