"""What is kept beside the conversations: answers marked wrong, reports, questions to start with."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import InputError, Line
from index.types import AddedArticle, AddReport, FailedFile
from rag.evaluation import questions
from rag.types import Message
from ui.errors import told
from ui.history import History
from ui.kept import Kept, Starter, Wrong, as_file

pytestmark = pytest.mark.usefixtures("each_store")


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    made = History(tmp_path)
    yield made
    made.close()


@pytest.fixture
def kept(history: History) -> Kept:
    return history.kept


def test_what_was_marked_wrong_is_read_by_eval(kept: Kept, tmp_path: Path) -> None:
    before = (Message("user", "Cầu nào mới?"), Message("assistant", "Cầu An Hòa."))
    kept.mark(Wrong("Nó dài bao nhiêu?", "12 m", " 486 m ", "cau.txt", history=before))
    kept.mark(Wrong("Ai xây hầm?", "Ông Tám", "ai đó", absent=True))
    kept.mark(Wrong("Khi nào khánh thành?", "2019"))
    file = tmp_path / "sai.jsonl"
    file.write_text(as_file(kept.wrong()), "utf-8")
    first, second, third = questions.read(file, tmp_path / "none")
    assert (first.text, first.must, first.articles) == (
        "Nó dài bao nhiêu?",
        ("486 m",),
        ("cau.txt",),
    )
    assert first.history == before and first.answerable
    assert not second.answerable and second.must == ()
    assert third.answerable and third.must == third.articles == ()


def test_a_question_is_marked_once_and_can_be_forgotten(kept: Kept) -> None:
    kept.mark(Wrong("Cầu dài bao nhiêu?", "12 m"))
    kept.mark(Wrong("Cầu dài bao nhiêu?", "12 m", "486 m"))
    (one,) = kept.wrong()
    assert one.value == "486 m" and one.marked > 0
    with pytest.raises(InputError):
        kept.unmark([one.id, 99])
    assert kept.wrong() == [one]
    assert kept.unmark([one.id]) == 1 and kept.wrong() == []


def test_the_last_twenty_reports_are_kept_in_whatever_language(kept: Kept, tmp_path: Path) -> None:
    broken = Line.of("broken CSV ({why}); save it again as CSV", why="dòng 3")
    failed = (FailedFile("/bao/a.csv", broken), FailedFile("/bao/b", "odd"))
    for count in range(23):
        article = AddedArticle("a1", "Tên", "/bao/a.txt", "added")
        kept.report(AddReport(added=count, failed=failed, articles=(article,), seconds=1.5))
    again = History(tmp_path)  # after a restart
    found = again.kept.reports()
    again.close()
    assert [one.report.added for one in found] == list(range(22, 2, -1))
    assert found[0].report.articles == ()  # which may be erased by then
    line = found[0].report.failed[0].reason
    assert line == broken and told(line, "vi") == "CSV hỏng; hãy lưu lại dạng CSV"
    assert found[0].report.failed[1] == failed[1]


def test_questions_are_those_of_the_library_as_it_is(kept: Kept) -> None:
    found = [Starter("Cầu dài bao nhiêu?", "a1", "Báo ĐX, 7/4/2022")]
    assert kept.starters(3) is None
    kept.start_with(3, found)
    assert kept.starters(3) == found and kept.starters(4) is None
    kept.start_with(4, [])
    assert kept.starters(4) == [] and kept.starters(3) is None


@pytest.mark.embedded
def test_a_history_without_these_tables_opens_and_gets_them(tmp_path: Path) -> None:
    made = History(tmp_path)
    talk, _ = made.begin("", "Cầu?")
    made.close()
    with sqlite3.connect(tmp_path / "history.db") as db:
        for table in ("wrong", "report", "starter", "standing_news", "standing", "standing_known"):
            db.execute(f"DROP TABLE {table}")
        db.execute("DROP INDEX conversation_person")
        db.execute("ALTER TABLE conversation DROP COLUMN person")
        db.execute("PRAGMA user_version = 2")
    again = History(tmp_path)
    assert again.conversation(talk).name == "Cầu?"
    again.kept.mark(Wrong("Cầu?", "Không"))
    assert len(again.kept.wrong()) == 1
    again.close()
