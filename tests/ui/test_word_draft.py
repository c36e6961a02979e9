"""A draft in Word comes back with comments, and as it was."""

import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import InputError
from index.library import Library
from index.types import Article, Details
from rag.check.lookup import UNSUPPORTED, Checked, check_draft
from rag.check.problem import Problem
from rag.types import Citation
from tests.conftest import SAMPLES, FakeEmbedder
from tests.ui.hostile import HOSTILE, seen
from ui.cli.main import main
from ui.page.draft import DraftFile, checked
from ui.word_draft import WordDraft

NOT = Checked("", (UNSUPPORTED,), ())
SAID = "Cầu dài 486 m, rộng 12 m, gồm 11 nhịp."
WRONG = "Cầu dài 486 m, rộng 21 m, gồm 11 nhịp."
NOWHERE = "Núi lửa phun trào ở Iceland làm hàng không châu Âu tê liệt."


def draft() -> bytes:
    document = Document()
    document.add_heading("Cầu dài 486 m và rộng 12 m", level=1)
    paragraph = document.add_paragraph("Cầu dài ")
    paragraph.add_run("486 m").bold = True
    paragraph.add_run(", rộng 12 m, gồm 11 nhịp. Cầu dài 486 m, rộng ")
    red = paragraph.add_run("21 m")
    red.font.color.rgb = RGBColor(200, 0, 0)
    paragraph.add_run(", gồm 11 nhịp.").italic = True
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = NOWHERE, "486"
    document.sections[0].footer.paragraphs[0].text = "Chân trang có đủ bốn từ."
    return saved(document)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def letters(data: bytes) -> list[tuple[str, Any, Any, Any]]:
    """Each letter with its form, in the body and its tables."""
    document = Document(io.BytesIO(data))
    cells = [p for t in document.tables for r in t.rows for c in r.cells for p in c.paragraphs]
    return [
        (letter, run.bold, run.italic, run.font.color.rgb if run.font.color.type else None)
        for paragraph in (*document.paragraphs, *cells)
        for run in paragraph.runs
        for letter in run.text
    ]


def commented(data: bytes) -> list[tuple[str, str]]:
    """The words that each comment is about, and what it says."""
    from docx.oxml.ns import qn

    document = Document(io.BytesIO(data))
    told = []
    for comment in document.comments:
        assert comment.author == "Hỏi Báo"
        inside, words = False, ""
        for one in document.element.body.iter():
            if one.get(qn("w:id")) == str(comment.comment_id):
                inside = {"commentRangeStart": True, "commentRangeEnd": False}.get(
                    one.tag.split("}")[1], inside
                )
            if inside and one.tag == qn("w:t"):
                words += one.text or ""
        told.append((words, comment.text))
    return told


@pytest.fixture
def samples(library: Library) -> Library:
    library.add([SAMPLES])
    return library


def test_each_sentence_has_its_comment_and_the_rest_is_as_it_was(
    samples: Library, fake_embedder: FakeEmbedder
) -> None:
    before = draft()
    word = WordDraft(before)
    for sentence in word.sentences:
        word.comment(sentence, list(check_draft(samples, fake_embedder, sentence.text)), "vi")
    after = word.written()
    assert letters(after) == letters(before)
    (said, first), (wrong, second), (nowhere, third) = commented(after)
    assert (said, wrong, nowhere) == (SAID, WRONG, NOWHERE)
    assert first.startswith("✓ Có trong bài") and "486 m" in first and "cầu An Hòa" in first
    assert second.startswith("✗ Khác với bài") and "“21” " in second and "rộng 12 m" in second
    assert third == "? Không có bài nào nói"
    same = {"word/styles.xml", "word/numbering.xml", "word/theme/theme1.xml", "word/footer1.xml"}
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        for name in same.intersection(old.namelist()):
            assert len(new.read(name)) == len(old.read(name)), name


FORMS = st.tuples(st.booleans(), st.booleans())
WORDS = st.lists(
    st.sampled_from(["Cầu ", "dài ", "486 m", ". ", "Ông", " ", "! ", "Đỗ "]), max_size=9
)


@given(st.lists(st.tuples(WORDS.map("".join), FORMS), min_size=1, max_size=6))
@settings(max_examples=20, deadline=None)
def test_runs_are_split_without_loss(runs: list[tuple[str, tuple[bool, bool]]]) -> None:
    document = Document()
    paragraph = document.add_paragraph()
    for text, (bold, italic) in [*runs, ("Cầu này dài.", (True, False))]:
        run = paragraph.add_run(text)
        run.bold, run.italic = bold, italic
    before = saved(document)
    word = WordDraft(before)
    for sentence in word.sentences:
        word.comment(sentence, [NOT], "vi")
    after = word.written()
    assert letters(after) == letters(before)
    plain = [words.split() for words, _ in commented(after)]
    assert plain == [one.text.split() for one in word.sentences]


def test_links_notes_changes_and_comments_of_the_draft_stay() -> None:
    from docx.oxml import parse_xml

    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = Document()
    own = document.add_paragraph("Câu này đã có chú thích.")
    document.add_comment(own.runs, "của tôi", "An", "A")
    document.element.body.insert(
        1,
        parse_xml(
            f"<w:p {w}><w:r><w:t>Hôm qua </w:t></w:r>"
            "<w:hyperlink w:anchor='a'><w:r><w:t>cầu mới. Sau</w:t></w:r></w:hyperlink>"
            "<w:del w:id='7'><w:r><w:delText>bỏ đi</w:delText></w:r></w:del>"
            "<w:ins w:id='8'><w:r><w:t> đó thông xe.</w:t></w:r></w:ins>"
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r></w:p>"
        ),
    )
    word = WordDraft(saved(document))
    assert [one.text for one in word.sentences] == [
        "Câu này đã có chú thích.", "Hôm qua cầu mới.", "Sau đó thông xe.",
    ]  # fmt: skip
    for sentence in word.sentences:
        word.comment(sentence, [NOT], None)
    after = Document(io.BytesIO(word.written()))
    assert [one.author for one in after.comments] == ["An", *["Hỏi Báo"] * 3]
    xml = after.element.xml
    assert "bỏ đi" in xml and "fldChar" in xml and 'w:anchor="a"' in xml
    assert len({one.comment_id for one in after.comments}) == 4


def test_what_is_no_draft_is_one_line() -> None:
    whole = draft()
    bomb = io.BytesIO(whole)
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/bomb.bin", bytes(60_000_000))
    for data in (
        b"", b"x", whole[:2000], whole[:-30], b"\xd0\xcf\x11\xe0" + bytes(600), bomb.getvalue(),
        saved(Document()),
    ):  # fmt: skip
        with pytest.raises(InputError) as told:
            WordDraft(data)
        assert "\n" not in str(told.value)


def test_hostile_words_are_text() -> None:
    word = WordDraft(draft())
    for hostile in HOSTILE.values():
        text = hostile.encode("utf-8", "ignore").decode()  # as SQLite takes it
        article = Article("a", "a.txt", Details(text, text), text)
        cited = Citation(1, article, 0, len(text))
        word.comment(
            word.sentences[0], [Checked("", (Problem("absent", (text,)),), (cited,))], "en"
        )
    told = [text for _, text in commented(word.written())]
    assert len(told) == len(HOSTILE)
    for text, hostile in zip(told, HOSTILE.values(), strict=True):
        assert seen(hostile) in " ".join(text.split())


def test_the_verb_and_the_page(
    samples: Library, fake_embedder: FakeEmbedder, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from ui.cli import drafts

    file = tmp_path / "bai cua toi.docx"
    file.write_bytes(draft())
    *_, last = checked(samples, fake_embedder, str(file), "vi")
    assert "1 câu có trong bài, 1 câu khác với bài, 1 câu không bài nào nói" in last["said"]
    assert len(commented(Path(last["commented"]["value"]).read_bytes())) == 3
    (tmp_path / "hong.docx").write_bytes(b"PK")
    assert (
        "Tệp Word hỏng"
        in list(checked(samples, fake_embedder, str(tmp_path / "hong.docx"), "vi"))[-1]["said"]
    )
    monkeypatch.setattr(drafts, "open_library", lambda _: (samples, fake_embedder))
    assert main(["check", str(file), "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["verified"] for one in rows] == [True, False, False]
    out = tmp_path / "bai cua toi.checked.docx"
    assert "Said by an article" in commented(out.read_bytes())[0][1]
    for wrong in (
        [str(file)],
        ["none.docx"],
        [str(tmp_path / "hong.docx")],
        ["Một câu.", "--out", "a"],
    ):
        assert main(["check", *wrong]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_part_of_the_page_speaks_both_languages(
    library: Library, fake_embedder: FakeEmbedder
) -> None:
    import gradio as gr

    with gr.Blocks() as page:
        part = DraftFile(library, fake_embedder, gr.Textbox(""))
        part.make()
        part.wire()
    assert len(part.spoken) == len(part.speak("en")) == 3 and len(page.fns) == 1


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice")
def test_another_program_opens_it(tmp_path: Path) -> None:
    word = WordDraft(draft())
    for sentence in word.sentences:
        word.comment(sentence, [NOT], "vi")
    (tmp_path / "a.docx").write_bytes(word.written())
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless", "--convert-to",
         "odt", "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    with zipfile.ZipFile(tmp_path / "a.odt") as archive:
        content = archive.read("content.xml").decode()
    assert content.count("<office:annotation ") == 3 and "Không có bài nào nói" in content
    assert content.count("Hỏi Báo") == 3
