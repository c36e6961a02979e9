"""Standing questions: told of another story or another figure, not of a reprint; kept in history.db."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from index.errors import InputError
from index.library import Library
from rag.types import Candidate, Signals
from ui import documents
from ui.history import History
from ui.standing import StandingQuestions

pytestmark = pytest.mark.usefixtures("each_store")

QUESTION = "Cầu An Hòa dài bao nhiêu mét?"
BODY = (
    "Sáng nay tỉnh khánh thành cầu An Hòa. Cây cầu dài {length} m nối hai bờ sông, người dân hai bên đi lại dễ "
    "hơn trước nhiều lắm. {more}"
)
MORE = (
    "Công trình do nhiều đơn vị thi công trong hai năm, qua mấy mùa lũ lớn mà không chậm ngày nào.",
    "Kinh phí lấy từ ngân sách, phần còn lại do doanh nghiệp góp, theo lời chủ đầu tư kể với phóng viên.",
)


class Assistant:
    """Finds the length in every article that has one."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.reads = 0

    def search(self, text: str) -> list[Any]:
        return [self.library.article(row.id) for row in self.library.articles()]

    def read(self, question: Any, passages: Sequence[Any]) -> list[Any]:
        self.reads += 1
        found = []
        for article in passages:
            if "dài " in article.body:
                start = article.body.index("dài ") + 4
                end = article.body.index(" nối")
                where, signals = (start, end), Signals(1.0, 0.0, 0.0)
                found.append(Candidate(article, *where, where, signals, 0.9))
        return found


@pytest.fixture
def standing(tmp_path: Path) -> Iterator[StandingQuestions]:
    history = History(tmp_path)
    yield history.standing
    history.close()


def write(folder: Path, name: str, length: int, more: str, title: str = "Khánh thành cầu") -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"{title}\n\n{BODY.format(length=length, more=more * 3)}", "utf-8")


def test_what_is_new_is_told_once(
    library: Library, tmp_path: Path, standing: StandingQuestions
) -> None:
    bao, assistant = tmp_path / "bao", Assistant(library)

    def run() -> int:
        library.add([bao])
        return standing.run(library, lambda: assistant)  # type: ignore[arg-type, return-value]

    write(bao, "1.txt", 486, MORE[0])
    asks = standing.add(QUESTION)
    finds = standing.add('"cầu an hòa"', exact=True)
    assert run() == 0 and standing.add(QUESTION) == asks
    assert all(one.asked and not one.news for one in standing.list())
    assert run() == 0 and assistant.reads == 1  # nothing changed: nothing is asked
    write(bao, "2.txt", 486, MORE[0], "Cầu mới thông xe")  # a reprint
    assert run() == 0 and library.counts()[0] == 2
    write(bao, "3.txt", 512, MORE[1])
    assert run() == 2
    by = {one.id: one.news for one in standing.list()}
    assert [(n.kind, n.told.value, n.before) for n in by[asks]] == [("article", "512 m", "486 m")]
    told = by[asks][0].told
    assert library.article(told.article).body[told.start : told.end] == "512 m"
    assert [(n.kind, n.told.value) for n in by[finds]] == [("article", "cầu An Hòa")]
    third = told.article
    library.remove([third])
    assert standing.run(library, lambda: assistant) == 0  # type: ignore[arg-type, return-value]
    library.restore([third])
    assert standing.run(library, lambda: assistant) == 0  # type: ignore[arg-type, return-value]
    standing.seen(asks)
    standing.remove(finds)
    (one,) = standing.list()
    assert one.news == () and documents.standing(one)["new"] == []


def test_another_figure_in_an_article_that_changed(
    library: Library, tmp_path: Path, standing: StandingQuestions
) -> None:
    bao, assistant = tmp_path / "bao", Assistant(library)
    write(bao, "1.txt", 486, MORE[0])
    library.add([bao])
    standing.add(QUESTION)
    standing.run(library, lambda: assistant)  # type: ignore[arg-type, return-value]
    write(bao, "1.txt", 487, MORE[0])
    assert library.add([bao]).updated == 1
    assert standing.run(library, lambda: assistant, lambda: False) == 0  # type: ignore[arg-type, return-value]
    assert standing.run(library, lambda: assistant) == 1  # type: ignore[arg-type, return-value]
    ((new,),) = [one.news for one in standing.list()]
    assert (new.kind, new.told.value, new.before) == ("value", "487 m", "486 m")


def test_what_is_none_is_refused(standing: StandingQuestions) -> None:
    for question, exact in (("  ", False), ("(cầu", True)):
        with pytest.raises(InputError):
            standing.add(question, exact)
    for do in (standing.remove, standing.seen):
        with pytest.raises(InputError):
            do(7)
    assert standing.list() == []
