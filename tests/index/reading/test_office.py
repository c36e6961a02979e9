"""Word's older and other kinds: .odt, .rtf and .doc, as the programs show them."""

import gzip
import os
import shutil
from pathlib import Path

import pytest

from index import reading
from index.errors import InputError
from index.reading import Document
from tests.hostile.parts import odt, packed
from tests.index import stories

OLD = gzip.decompress((Path(__file__).parent / "old.doc.gz").read_bytes())
TITLE = "Xã Đông Trấn giải ngân vốn huyện"
LINES = [
    "Cầu An Hòa dài 486 m, tổng vốn 98,4 tỷ đồng.",
    "Xã Đông Trấn · vốn huyện (triệu đồng): 10.240; vốn tỉnh (triệu đồng): 5.120",
    "Xã Tây Trấn · vốn huyện (triệu đồng): 8.100; vốn tỉnh (triệu đồng): 2.300",
    "Hết.",
]


def read(name: str, data: bytes) -> Document:
    (found,) = reading.read(name, data, {})
    assert isinstance(found, Document)
    return found


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def test_an_open_document_is_read_as_it_is_shown() -> None:
    found = read(
        "a.odt",
        odt(
            "<text:tracked-changes><text:changed-region text:id='c1'><text:deletion>"
            "<text:p>đã xóa 90 tỷ đồng</text:p></text:deletion></text:changed-region></text:tracked-changes>"
            f"<text:h text:outline-level='1'>{TITLE}</text:h>"
            "<text:p>Tổng vốn<text:s text:c='2'/>là <text:change text:change-id='c1'/>98,4 tỷ<text:tab/>đồng"
            "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Theo Sở Tài chính."
            "</text:p></text:note-body></text:note>.<office:annotation><text:p>sai?</text:p></office:annotation>"
            " Dài<text:span text:style-name='H'> ẩn</text:span> 486 m.</text:p>"
            "<text:list><text:list-item><text:p>mục một</text:p></text:list-item><text:list-item>"
            "<text:p>Mục hai</text:p></text:list-item></text:list>"
            "<text:p>Bảng 1 (Đơn vị tính: triệu đồng)</text:p><table:table><table:table-column/>"
            f"<table:table-header-rows><table:table-row>{cell('Xã')}"
            f"{cell('Vốn', 'table:number-columns-spanned=' + chr(34) + '2' + chr(34))}"
            "<table:covered-table-cell/></table:table-row>"
            f"<table:table-row>{cell('')}{cell('Huyện')}{cell('Tỉnh')}</table:table-row></table:table-header-rows>"
            f"<table:table-row>{cell('Đông Trấn')}{cell('10.240')}{cell('5.120')}</table:table-row>"
            f"<table:table-row>{cell('Tây Trấn')}{cell('8.100')}{cell('2.300')}</table:table-row></table:table>"
            "<text:p>Hết.</text:p>"
        ),
    )
    assert found.details.title == TITLE
    assert found.text.split("\n") == [
        "Tổng vốn là 98,4 tỷ đồng. Dài 486 m.",
        "Theo Sở Tài chính.",
        "- mục một",
        "- Mục hai",
        "Bảng 1 (Đơn vị tính: triệu đồng)",
        "Xã Đông Trấn · Vốn, Huyện (triệu đồng): 10.240; Vốn, Tỉnh (triệu đồng): 5.120",
        "Xã Tây Trấn · Vốn, Huyện (triệu đồng): 8.100; Vốn, Tỉnh (triệu đồng): 2.300",
        "Hết.",
    ]


def rtf(inside: str, fonts: str = r"{\f0\fcharset163 Times New Roman;}") -> bytes:
    return rf"{{\rtf1\ansi\ansicpg1258\deff0{{\fonttbl{fonts}}}{inside}}}".encode("latin-1")


def escaped(data: bytes) -> str:
    return "".join(chr(b) if b < 128 else f"\\'{b:02x}" for b in data)


def test_rich_text_in_every_way_of_writing_vietnamese() -> None:
    story = stories.STORIES[0]
    text = story.paragraphs[1]
    unicode = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text)
    old = r"{\f0\fcharset0 .VnTime;}"
    for written, fonts in (
        (escaped(stories.to_1258(text)), r"{\f0\fcharset163 Arial;}"),
        (unicode, old),
        (escaped(stories.to_tcvn3(text)), old),
        (escaped(stories.to_vni(text)), old.replace(".VnTime", "VNI-Times")),
    ):
        assert read("a.rtf", rtf(rf"\pard\f0 {written}\par", fonts)).text.strip() == text
    # Some programs write the letters as they are.
    assert read("a.rtf", b"{\\rtf1 " + text.encode() + b"\\par}").text.strip() == text


def test_rich_text_without_what_was_deleted_and_with_its_table() -> None:
    rows = (("Xa", "Von huyen"), ("Dong Tran", "10.240"), ("Tay Tran", "8.100"))
    table = "".join(
        r"\trowd\cellx1\cellx2 "
        + "".join(rf"\pard\intbl {{{one}}}\cell " for one in row)
        + r"\row "
        for row in rows
    )
    found = read(
        "a.rtf",
        rtf(
            r"{\info{\title x}}\pard Von la {\deleted\revauth1 90 ty }{\revised 98,4 ty}{\v an} dong.\par "
            r'{\field{\*\fldinst{HYPERLINK "http://x.example"}}{\fldrslt{Xem them}}}\par '
            rf"{{\pict\wmetafile8\bin5 }}\}}{{a}}Bang 1 (Don vi)\par {table}\pard Het. \u-10179?\u-8704?\par"
        ),
    )
    assert [line.strip() for line in found.text.split("\n") if line.strip()] == [
        "Von la 98,4 ty dong.",
        "Xem them",
        "Bang 1 (Don vi)",
        "Xa: Dong Tran · von huyen: 10.240",
        "Xa: Tay Tran · von huyen: 8.100",
        "Het. 😀",
    ]


def test_a_head_over_two_columns_of_a_rich_text_stands_over_both() -> None:
    def row(shape: str, *cells: str) -> str:
        return rf"\trowd{shape}\pard\intbl " + "".join(rf"{one}\cell " for one in cells) + r"\row "

    three = r"\cellx900\cellx2000\cellx3005 "
    found = read(
        "a.rtf",
        rtf(
            row(r"\clvmgf\cellx900\cellx3000 ", "Xa", "Von (ty dong)")
            + row(r"\clvmrg" + three, "", "Huyen", "Tinh")
            + row(three, "Dong Tran", "10", "5,1")
            + row(three, "Tay Tran", "8", "2,3")
        ),
    )
    assert [line for line in found.text.split("\n") if line.strip()] == [
        "Xa: Dong Tran · Von (ty dong), Huyen: 10; Von (ty dong), Tinh: 5,1",
        "Xa: Tay Tran · Von (ty dong), Huyen: 8; Von (ty dong), Tinh: 2,3",
    ]


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice")
def test_an_old_word_file_is_read_through_libreoffice() -> None:
    found = read("a.doc", OLD)
    assert (found.details.title, found.text.split("\n")) == (TITLE, LINES)


def office(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A LibreOffice that does so; $OUT is where its file belongs."""
    made = folder / "soffice"
    made.write_text(
        f'#!/bin/sh\nfor a; do case "$l" in --outdir) OUT=$a;; esac; l=$a; done\n{script}\n'
    )
    made.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")


def test_libreoffice_has_a_profile_of_its_own_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made.docx").write_bytes(stories.docx(stories.STORIES[0]))
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    office(
        tmp_path,
        f'mkdir "$OUT"; cp {tmp_path}/made.docx "$OUT/a.docx"; echo "$@" > {tmp_path}/said;'
        f" cat {temporary}/doc*/profile/user/registrymodifications.xcu > {tmp_path}/settings",
        monkeypatch,
    )
    for name in ("a.doc", "a.docx"):  # also under a newer one's name
        assert stories.STORIES[0].paragraphs[0] in read(name, OLD).text
    assert f"-env:UserInstallation=file://{temporary}" in (tmp_path / "said").read_text()
    assert "DisableMacrosExecution" in (tmp_path / "settings").read_text()
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("script", "says"), [("sleep 60", "more than 1 s"), ("exit 0", "LibreOffice cannot open it")]
)
def test_a_libreoffice_that_hangs_or_fails_is_a_line(
    script: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOIBAO_FILE_SECONDS", "1")
    office(tmp_path, script, monkeypatch)
    with pytest.raises(InputError, match=says):
        read("a.doc", OLD)


def test_without_libreoffice_it_is_said_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="apt install libreoffice-writer"):
        read("a.doc", OLD)
    # What is no old Word file needs none, whatever its name.
    story = stories.STORIES[0]
    for data in (
        stories.docx(story),
        rtf(r"\pard 486 m\par"),
        stories.page_json_ld(story).encode(),
    ):
        assert read("a.doc", data).text


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.odt", b"PK\x03\x04nothing", "broken OpenDocument"),
        ("a.odt", packed({"META-INF/manifest.xml": b"<encryption-data/>"}), "password"),
        ("a.rtf", b"nothing", "no RTF"),
        ("a.rtf", rb"{\rtf1 }", "no text"),
        ("a.doc", b"nothing", "no Word file"),
        ("a.doc", OLD + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(name: str, data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read(name, data)
