"""Every kind of file and encoding, with its expected fields and body; and what is refused."""

import os
import stat
import struct
import zipfile
from dataclasses import fields, replace
from pathlib import Path

import pytest

from index import reading
from index.config import LIMITS
from index.errors import InputError
from index.metadata import moment, parse
from index.reading import Bad, Document
from index.reading.files import find_files, read_bytes
from index.types import Details
from tests.index import stories

FIELDS = ("title", "outlet", "author", "published", "time", "place", "url")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list]:  # type: ignore[type-arg]
    folder = tmp_path_factory.mktemp("files")
    return folder, list(stories.write(folder))


def read(folder: Path, source: str) -> tuple[Details, str]:
    name, _, part = source.partition("#")
    found = list(reading.read(name, (folder / name).read_bytes(), {}))
    document = next(d for d in found if d.part == part)
    assert isinstance(document, Document), document
    return parse(document.text, document.details)


def test_every_kind_and_encoding_gives_its_fields_and_body(files) -> None:  # type: ignore[no-untyped-def]
    folder, expected = files
    assert len(list(folder.iterdir())) >= 60 and len(expected) >= 100
    wrong = []
    for source, story, may_keep in expected:
        details, body = read(folder, source)
        said = {name: getattr(details, name) for name in FIELDS}
        want = {name: getattr(story, name) for name in FIELDS}
        lines = [line for line in body.split("\n") if line not in may_keep]
        if said != want:
            wrong.append((source, {k: (said[k], want[k]) for k in FIELDS if said[k] != want[k]}))
        if lines != list(story.paragraphs):
            wrong.append((source, [line for line in lines if line not in story.paragraphs],
                          [p for p in story.paragraphs if p not in lines]))  # fmt: skip
    assert not wrong, "\n".join(map(str, wrong))


def test_legacy_encodings_give_back_the_same_text() -> None:
    """More text than the stories have; the measured figures on real news are in README."""
    text = "\n".join(f"{s.title}\n{s.title.upper()}\n{s.body}" for s in stories.STORIES)
    text = text.replace("Ỵ", "Ị")
    for name, encode in stories.ENCODINGS.items():
        assert reading.decode(encode(text)) == text, name


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        ("Hội nghị tổng kết công tác".encode() + "Héi nghÞ tæng kÕt".encode("cp1252"), "mixed"),
        (bytes(range(256)) * 20, "binary"),
        ("Привет, как дела? Сегодня хорошая погода".encode("koi8-r"), "encoding"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as refused:
        reading.decode(data)
    assert "\n" not in str(refused.value)


def test_western_text_stays_as_it_is() -> None:
    french = "Le président a été reçu à l'Élysée, où il a évoqué la coopération."
    assert reading.decode(french.encode("cp1252")) == french
    mixed = "Ông Müller gặp François ở Đức; café và phở đều ngon."
    assert reading.decode(mixed.encode()) == mixed


def only(name: str, data: bytes) -> list[Document | Bad]:
    return list(reading.read(name, data, {}))


BODY = stories.STORIES[0].body


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.pdf", b"%PDF-1.7 broken", "broken PDF"),
        ("a.pdf", b"", "broken PDF"),
        ("locked.pdf", stories.pdf(stories.STORIES[0], password="geheim"), "password"),
        ("a.docx", b"PK\x03\x04nothing", "broken Word"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        ("a.epub", b"PK\x03\x04nothing", "broken EPUB"),
        ("a.zip", b"PK\x03\x04nothing", "broken zip"),
        ("a.jsonl.gz", b"\x1f\x8b\x08nothing", "broken .gz"),
        ("a.mhtml", b"MIME-Version: 1.0\r\n\r\nnothing", "no page"),
        ("a.html", b"  ", "empty"),
        ("a.csv", b"a,b\n1,2\n", "no column for the text"),
        ("a.jsonl", b'{"x": 1}\n[2]\nnot json\n', "no articles in its lines"),
        ("a.xyz", b"text", "not a kind"),
        ("a.txt", b"a" * (LIMITS.file_bytes + 1), "over the limit"),
    ],
)
def test_broken_files_are_refused_in_one_line(name: str, data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as refused:
        only(name, data)
    assert "\n" not in str(refused.value) and len(str(refused.value)) < 250


def test_a_scanned_pdf_is_refused_with_what_to_do() -> None:
    import io

    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.rect(50, 50, 400, 600, fill=1)
    canvas.showPage()
    canvas.save()
    with pytest.raises(InputError, match="scanned PDF.*OCR"):
        only("scan.pdf", out.getvalue())


def test_a_zip_bomb_is_refused_before_and_while_it_is_unpacked(tmp_path: Path) -> None:
    bomb = stories.zipped({"a.txt": b"a" * 60_000_000})
    with pytest.raises(InputError, match="bomb"):
        only("bomb.zip", bomb)
    # The directory claims little: what comes out is counted.
    path = tmp_path / "liar.zip"
    path.write_bytes(stories.zipped({"a.txt": BODY.encode() * 50, "b.txt": BODY.encode()}))
    data = path.read_bytes()
    size = struct.pack("<I", len(BODY.encode() * 50))
    liar = data.replace(size, struct.pack("<I", 10))
    found = only("liar.zip", liar)
    assert sum(isinstance(one, Bad) for one in found) >= 1 and isinstance(found[-1], Document)


def test_what_leads_out_of_a_zip_is_not_read_and_the_rest_is(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../etc/out.txt", BODY)
        archive.writestr("/abs.txt", BODY)
        archive.writestr("C:\\windows\\x.txt", BODY)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("inner.zip", stories.zipped({"a.txt": b"x"}))
        archive.writestr("empty.txt", "")
        archive.writestr("photo.jpg", b"\xff\xd8")
        archive.writestr("good.txt", BODY)
    found = only("a.zip", path.read_bytes())
    assert [one.part for one in found if isinstance(one, Document)] == ["good.txt"]
    assert [one.part for one in found if isinstance(one, Bad)] == [
        "../../etc/out.txt", "/abs.txt", "C:\\windows\\x.txt", "link.txt", "inner.zip", "empty.txt",
    ]  # fmt: skip


def test_a_folder_with_a_loop_a_pipe_and_odd_names_is_walked(tmp_path: Path) -> None:
    folder = tmp_path / "bao"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / "hai\ndòng\u202e.txt").write_text(BODY, "utf-8")
    (folder / ".hidden.txt").write_text(BODY, "utf-8")
    found = [path.name for path in find_files([folder])]
    assert sorted(found) == ["hai\ndòng\u202e.txt", "pipe.txt", "self.txt"]
    for name, says in (("pipe.txt", "neither a file"), ("self.txt", "cannot be read")):
        with pytest.raises(InputError, match=says):
            read_bytes(folder / name)


def test_control_and_direction_characters_do_not_reach_the_body() -> None:
    text = BODY.replace("tỉnh", "tỉ\u200bnh\u202e").replace("\n", "\x07\r\n\u2066")
    (found,) = only("a.txt", text.encode())
    assert isinstance(found, Document)
    assert parse(found.text)[1] == BODY


def test_fields_of_rows_by_the_users_names() -> None:
    data = b'{"t":"Tin","b":"' + BODY.split("\n")[0].replace("\u201c", "'").encode() + b'"}'
    with pytest.raises(InputError, match="--fields body=NAME"):
        only("a.jsonl", data)
    (found,) = reading.read("a.jsonl", data, {"title": "t", "body": "b"})
    assert isinstance(found, Document) and found.details.title == "Tin"


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("2020-11-06T16:17:00+07:00", "2020-11-06", "16:17"),
        ("2020-11-05T18:30:00Z", "2020-11-06", "01:30"),  # UTC, told in Vietnam's time
        ("Fri, 06 Nov 2020 16:17:00 +0700", "2020-11-06", "16:17"),
        ("16:17 06/11/2020", "2020-11-06", "16:17"),
        ("Thứ Sáu, ngày 6-11-2020, 04:17 PM", "2020-11-06", "16:17"),
        ("6 tháng 11, 2020", "2020-11-06", None),
        ("06/11/2020", "2020-11-06", None),
        ("2020-11-06", "2020-11-06", None),
        ("tháng 11 năm 2020", "None", None),
        ("hôm qua", "None", None),
        ("31/02/2020", "None", None),
        ("3020-01-01", "None", None),
    ],
)
def test_moments(text: str, day: str, clock: str | None) -> None:
    assert (str(moment(text)[0]), moment(text)[1]) == (day, clock)


def test_a_year_is_inferred_from_the_article_only_and_says_so() -> None:
    report = "(ĐX online) – Sáng 7/4, tỉnh Đông Xuân họp.\n{}\nNguồn: {}"
    inferred, _ = parse(report.format("Họp tiếp.", "https://x.example/tin/202204/hop-123/"))
    assert str(inferred.published) == "2022-04-07" and inferred.inferred == ("published",)
    told, _ = parse(report.format("Nghị quyết ký ngày 7/4/2021 được đọc.", "Báo Đồng Xuân"))
    assert str(told.published) == "2021-04-07" and told.inferred == ("published",)
    unknown, _ = parse(report.format("Năm 2020 có 3 cuộc họp.", "Báo Đồng Xuân"))
    assert unknown.published is None and unknown.inferred == ()


def test_details_have_no_field_without_a_column() -> None:
    from index.store.details import DETAILS

    assert tuple(field.name for field in fields(Details)) == DETAILS
    assert replace(Details(), title="x").title == "x"
