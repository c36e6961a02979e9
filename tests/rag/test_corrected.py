"""What was corrected: the answer begins with the notice, and a draft that rests on the article is warned of."""

from pathlib import Path

import pytest

from index.library import Library
from rag.assistant import Assistant
from rag.check.lookup import check_draft
from rag.types import Answer
from tests.conftest import FakeEmbedder
from tests.rag.scripted import ScriptedReader, ScriptedWriter

pytestmark = pytest.mark.usefixtures("each_store")

ARTICLE = (
    "Huyện Mộc Sa tiêm vắc xin cho 640 trẻ\n04/03/2023\n"
    "Trung tâm Y tế huyện Mộc Sa đã tiêm vắc xin cho 640 trẻ ở 12 xã trong tháng 2.\n"
    "Bác sĩ Hà Thị Lan cho biết còn 35 trẻ chưa tiêm."
)
NOTICE = (
    "Đính chính\n06/03/2023\n"
    "Trong bài “Huyện Mộc Sa tiêm vắc xin cho 640 trẻ” đăng ngày 4/3/2023, số trẻ được tiêm ở huyện Mộc Sa "
    "xin đọc là 460 trẻ, không phải 640 trẻ. Tòa soạn xin cáo lỗi cùng bạn đọc."
)
ASKED = "Huyện Mộc Sa đã tiêm vắc xin cho bao nhiêu trẻ?"


@pytest.fixture
def reader() -> ScriptedReader:
    return ScriptedReader("640 trẻ")


@pytest.fixture
def assistant(
    tmp_path: Path, library: Library, fake_embedder: FakeEmbedder, reader: ScriptedReader
) -> Assistant:
    for name, text in (("a.txt", ARTICLE), ("b.txt", NOTICE)):
        (tmp_path / name).write_text(text, "utf-8")
        library.add([tmp_path / name])
    writer = ScriptedWriter("640 trẻ", "Huyện Mộc Sa đã tiêm vắc xin cho 640 trẻ.")
    return Assistant(library, fake_embedder, reader, writer, threshold=0.3)  # type: ignore[arg-type]


def asked(assistant: Assistant, question: str) -> list[Answer]:
    return list(assistant.ask(question))


def test_the_correction_comes_first_then_what_the_article_said(
    assistant: Assistant, reader: ScriptedReader
) -> None:
    *growing, final = asked(assistant, ASKED)
    assert final.answered and final.short == "460 trẻ"
    assert {one.short for one in growing if one.short} == {"460 trẻ"}
    first, printed = final.statements
    assert first.label == "Đính chính" and "460 trẻ" in first.text and first.verified
    assert "640 trẻ" in printed.text and "trước đính chính" in printed.label
    cited = {one.number: one for one in final.citations}
    assert "460 trẻ" in cited[first.citations[0]].quote
    assert "640 trẻ ở 12 xã" in cited[printed.citations[0]].quote
    assert (
        final.text.index("460") < final.text.index("640 trẻ ở")
        if "640 trẻ ở" in final.text
        else True
    )


def test_the_article_put_right_since_is_told_too_and_nothing_differs_any_more(
    assistant: Assistant, reader: ScriptedReader, tmp_path: Path
) -> None:
    (tmp_path / "c.txt").write_text(
        ARTICLE.replace("640", "460").replace("04/03", "05/03"), "utf-8"
    )
    assistant.library.add([tmp_path / "c.txt"])
    *_, final = asked(assistant, ASKED)
    assert "460 trẻ" in final.statements[0].text and final.statements[0].label == "Đính chính"
    assert "khác nhau" not in final.text and all(one.verified for one in final.statements)


@pytest.mark.parametrize(("value", "word"), [("640", "Không"), ("460", "Có")])
def test_yes_or_no_is_of_the_right_value(
    assistant: Assistant, reader: ScriptedReader, value: str, word: str
) -> None:
    reader.words = ("640 trẻ", "460 trẻ")
    *_, final = asked(assistant, f"Có phải huyện Mộc Sa đã tiêm vắc xin cho {value} trẻ không?")
    assert final.answered and final.short == word
    assert "460 trẻ" in final.statements[0].text and final.statements[0].label == "Đính chính"


def test_an_answer_from_the_notice_alone_is_no_wrong_value(
    assistant: Assistant, reader: ScriptedReader
) -> None:
    reader.words = ("không phải 640 trẻ", "460 trẻ")
    *_, final = asked(assistant, ASKED)
    assert "460 trẻ" in final.statements[0].text and "460" in (final.short or "")


def test_what_the_notice_does_not_touch_is_answered_as_always(
    assistant: Assistant, reader: ScriptedReader
) -> None:
    reader.words = ("35 trẻ",)
    *_, final = asked(assistant, "Ở huyện Mộc Sa còn bao nhiêu trẻ chưa tiêm?")
    assert final.short == "35 trẻ" and len(final.statements) == 1
    assert not final.statements[0].label


def test_a_correction_that_was_refused_or_removed_is_not_told(
    assistant: Assistant, reader: ScriptedReader
) -> None:
    (link,) = assistant.library.notices.links()
    assistant.library.notices.decide(link.notice, link.article, right=False)
    assert asked(assistant, ASKED)[-1].short == "640 trẻ"
    assistant.library.notices.decide(link.notice, link.article, right=True)
    assert asked(assistant, ASKED)[-1].short == "460 trẻ"
    assistant.library.remove([link.notice])
    assert asked(assistant, ASKED)[-1].short == "640 trẻ"


def test_a_draft_that_rests_on_what_was_corrected_is_warned_of(
    assistant: Assistant, fake_embedder: FakeEmbedder
) -> None:
    text = (
        "Trung tâm Y tế huyện Mộc Sa đã tiêm vắc xin cho 640 trẻ ở 12 xã trong tháng 2. "
        "Trung tâm Y tế huyện Mộc Sa đã tiêm vắc xin cho 460 trẻ ở 12 xã trong tháng 2. "
        "Trung tâm Y tế huyện Mộc Sa đã tiêm vắc xin cho 460 trẻ ở 21 xã trong tháng 2. "
        "Bác sĩ Hà Thị Lan cho biết còn 35 trẻ chưa tiêm."
    )
    wrong, right, other, untouched = check_draft(assistant.library, fake_embedder, text)
    assert [problem.key for problem in wrong.problems] == ["corrected"] and not wrong.verified
    assert wrong.problems[0].words == ("640 trẻ", "460 trẻ")
    assert right.verified and "460 trẻ" in right.corrections[0].quote
    assert not other.verified
    assert untouched.verified and untouched.corrections
