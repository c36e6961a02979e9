"""A library of version 0.5, with what was corrected by hand and conversations, opened by this one: everything
of the researcher's desk works on it, and it comes back whole from a backup made while it was written to."""

import gzip
import io
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document

from index.backup import backup, restore
from index.errors import InputError
from index.library import Library
from index.types import Filter
from rag.assistant import Assistant
from rag.check.lookup import check_draft
from tests.conftest import FakeEmbedder
from tests.news import NEWS, write
from tests.rag.scripted import ScriptedReader, ScriptedWriter
from tests.ui.test_evidence import holds
from ui.evidence.making import made
from ui.evidence.verifying import verified
from ui.history import History
from ui.page.reprints import reprints_html
from ui.page.turns import answer_html
from ui.word_draft import WordDraft

#: Made with version 0.5 of the reports of `tests.news`: two details corrected, two questions answered.
OLD = Path(__file__).parent.parent / "index"
ASKED = "Chợ Hạ Bình có bao nhiêu gian hàng hư hại?"
FLOOD, BRIDGE = "Lũ cuốn trôi chợ Hạ Bình", "Khánh thành cầu Nà Lạn"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "old"
    folder.mkdir()
    for name in ("library", "history"):
        packed = (OLD / f"news-{name}-0.5.db.gz").read_bytes()
        (folder / f"{name}.db").write_bytes(gzip.decompress(packed))
    return folder


@pytest.fixture
def library(old: Path) -> Iterator[Library]:
    opened = Library(old, FakeEmbedder())
    yield opened
    opened.close()


@pytest.fixture
def history(old: Path) -> Iterator[History]:
    opened = History(old)
    yield opened
    opened.close()


@pytest.fixture
def ids(library: Library) -> dict[str, str]:
    return {row.details.title or "": row.id for row in library.articles()}


def assistant(library: Library, words: str) -> Assistant:
    writer = ScriptedWriter(words, f"Có {words}.")
    return Assistant(library, FakeEmbedder(), ScriptedReader(words), writer, threshold=0.3)  # type: ignore[arg-type]


def test_exact_search_dossiers_and_notes(library: Library, ids: dict[str, str]) -> None:
    titles = {key: title for title, key in ids.items()}

    def find(query: str) -> set[str]:
        return {titles[one.id] for one in library.find(query, limit=None).articles}

    assert len(ids) == len(NEWS) and library.check(repair=True).ok
    bridges = {NEWS[name]["title"] for name in NEWS if name.startswith("cau-")}
    assert find('"cầu Nà Lạn"') == find("cau na lan date:2021-03") == bridges
    assert find('lũ place:"Lào Cai" date:2021') == {FLOOD, "Đính chính"}
    assert find('outlet:"báo mường hạ" OR author:lan') == {
        "Mường Hạ xây lại trường sau lũ",
        "Thêm 46 km đường về bản",
    }  # as they were corrected by hand
    found = library.find("lũ NOT cầu date:2021")
    assert (found.matching, found.of, found.undated, found.unknown) == (2, 9, 1, 0)
    found = library.find('lũ place:"Lào Cai"')  # nobody asked for its day
    assert (found.matching, found.undated, found.unknown) == (3, 0, 1)
    with pytest.raises(InputError, match="column 9"):
        library.find("lũ date:2021-13")

    library.dossiers.new("Lũ", [one.id for one in library.find("lũ NOT cầu date:2021").articles])
    only = Filter(dossier=library.dossiers.named("Lũ").number)
    assert {titles[row.id] for row in library.articles(only)} == {FLOOD, "Đính chính"}
    assert library.find("cầu", only).matching == 0
    *_, answer = assistant(library, "212 m").ask("Cầu Nà Lạn dài bao nhiêu mét?", only=only)
    assert not answer.answered
    library.notes.add(ids[FLOOD], "hỏi lại xã", "40 gian hàng", ["nợ"])
    assert library.notes.star(ids[FLOOD]) and library.notes.tags() == {"nợ": 1}
    (noted,) = library.notes.find(only, tag="nợ")
    anchor = noted.note.anchor
    assert anchor and noted.state == "same" and anchor.quote == "40 gian hàng"


def test_names_offices_corrections_and_reprints(library: Library, ids: dict[str, str]) -> None:
    people = {one.name: one.articles for one in library.names.names("person")}
    assert people["Lê Văn Tám"] >= 3 and people["Đỗ Thị Chín"] == 2
    merged = library.names.merge("Lê Văn Tám", "Đỗ Thị Chín")
    assert merged.articles == 5 and library.names.part("Lê Văn Tám") == 1
    held = {(one.office, one.organisation) for one in library.names.offices(person="Lê Văn Tám")}
    assert {office for office, _ in held} == {"Giám đốc", "Phó Chủ tịch"}
    for one in library.names.offices():
        for seen in (one.first, one.last):
            assert library.article(seen.article).body[seen.start : seen.end] == seen.quote

    ((notice, article, state),) = [
        (one.notice, one.article, one.state) for one in library.notices.links()
    ]
    assert (notice, article, state) == (ids["Đính chính"], ids[FLOOD], "linked")
    *_, answer = assistant(library, "40 gian hàng").ask(ASKED)
    assert answer.short == "14 gian hàng" and answer.statements[0].label == "Đính chính"

    shown = reprints_html(library, library.article(ids[BRIDGE]), "vi")
    assert "3 báo cùng đăng" in shown
    assert (
        '<mark class="hb-gone">212</mark>' in shown and '<mark class="hb-new">221</mark>' in shown
    )


def test_evidence_and_a_draft(library: Library, history: History) -> None:
    talks = {one.name: one.id for one in history.conversations("")}
    assert set(talks) == {ASKED, "Cầu ở Hòa Bình"}
    turns = history.turns(talks[ASKED])
    assert turns[0].record and "40 gian hàng" in answer_html(1, turns[0].record, "vi")
    data = made(turns, ASKED, library)
    told = verified(data, "e.zip")
    assert told.ok and [one.holds for one in told.quotes] == [True]
    changed = bytearray(data)
    changed[len(data) // 2] ^= 1
    assert not holds(bytes(changed))

    document = Document()
    document.add_paragraph(
        "Đêm 3/8, lũ ống trên suối Hạ cuốn trôi chợ Hạ Bình, 40 gian hàng hư hại."
    )
    document.add_paragraph("Cầu dài 212 m, rộng 8 m, gồm năm nhịp.")
    out = io.BytesIO()
    document.save(out)
    draft = WordDraft(out.getvalue())
    for sentence in draft.sentences:
        found = list(check_draft(library, FakeEmbedder(), sentence.text))
        draft.comment(sentence, found, "vi")
    comments = [one.text for one in Document(io.BytesIO(draft.written())).comments]
    assert len(comments) == 2 and "đính chính thành “14 gian hàng”" in comments[0]
    assert comments[1].startswith("✓ Có trong bài")


def test_a_standing_question_is_asked_again_after_add(
    library: Library, history: History, tmp_path: Path
) -> None:
    report = library.add(write(tmp_path / "bao"))  # the same articles, in another folder
    assert (report.added, report.embedded_chunks) == (0, 0)
    assert report.renamed + report.duplicates == len(NEWS)
    history.standing.add("Cầu Nà Lạn dài bao nhiêu mét?")
    history.standing.add('"chợ Hạ Bình"', exact=True)

    def run() -> int:
        return history.standing.run(library, lambda: assistant(library, "212 m"))

    assert run() == 0
    (tmp_path / "new.txt").write_text(
        "Chợ Hạ Bình họp lại\n\nSau một năm, chợ Hạ Bình họp phiên đầu với 52 gian hàng mới.",
        "utf-8",
    )
    assert library.add([tmp_path / "new.txt"]).added == 1 and run() == 1
    ((new,),) = [one.news for one in history.standing.list() if one.exact]
    assert library.article(new.told.article).title == "Chợ Hạ Bình họp lại"


def test_a_backup_under_load_is_equal_row_for_row(
    library: Library, history: History, ids: dict[str, str], tmp_path: Path
) -> None:
    library.dossiers.new("Lũ", [ids[FLOOD]])
    library.notes.add(ids[FLOOD], "hỏi lại xã", "40 gian hàng", ["nợ"])
    library.names.merge("Lê Văn Tám", "Đỗ Thị Chín")
    library.remove([ids["Cầu Nà Lạn thông xe"]])
    done, written = threading.Event(), threading.Event()

    def write_on() -> None:
        while not done.is_set():
            library.correct(ids[BRIDGE], {"author": "An"})
            history.begin("", "Một câu hỏi nữa?")
            written.set()

    writer = threading.Thread(target=write_on)
    writer.start()
    assert written.wait(60)
    backup(library.folder, tmp_path / "kept.zip")
    done.set()
    writer.join()
    first, second = tmp_path / "first", tmp_path / "second"
    restore(tmp_path / "kept.zip", first)
    moved = Library(first, FakeEmbedder())
    assert moved.check(repair=True).ok
    assert moved.article(ids[BRIDGE]).details.author == "An"
    assert [one.note.text for one in moved.notes.find()] == ["hỏi lại xã"]
    assert [one.title for one in moved.trash()] == ["Cầu Nà Lạn thông xe"]
    moved.close()
    backup(first, tmp_path / "again.zip")
    restore(tmp_path / "again.zip", second)
    for name in ("library.db", "history.db"):
        assert rows(first / name, but="audit") == rows(second / name, but="audit")
    before, after = rows(library.folder / "library.db"), rows(first / "library.db")
    volatile = {
        table
        for table in before
        if table.startswith(("audit", "chunk", "keyword", "meta", "full_", "sqlite"))
    }
    assert before.keys() == after.keys() and len(before.keys() - volatile) > 10
    for table in before.keys() - volatile:  # what the writer did not go on with
        assert before[table] == after[table], table


def rows(path: Path, but: str = "") -> dict[str, list[str]]:
    """All rows of all tables but one (the audit has a line of each restore)."""
    with sqlite3.connect(path) as db:
        names = [
            name
            for name, sql in db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
            if "fts5vocab" not in sql and name not in (but, "sqlite_sequence")
        ]
        found = {name: sorted(map(repr, db.execute(f"SELECT * FROM {name}"))) for name in names}
    db.close()
    return found
