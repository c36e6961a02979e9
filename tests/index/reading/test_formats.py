"""Every kind of file and encoding, with its expected fields and body; and which files are refused."""

import os
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from index import reading
from index.config import LIMITS
from index.errors import InputError
from index.metadata import parse
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
        archive.writestr("photo.gif", b"GIF89a")
        archive.writestr("good.txt", BODY)
    found = only("a.zip", path.read_bytes())
    assert [one.part for one in found if isinstance(one, Document)] == ["good.txt"]
    assert [one.part for one in found if isinstance(one, Bad)] == [
        "../../etc/out.txt", "/abs.txt", "C:\\windows\\x.txt", "link.txt", "inner.zip", "empty.txt",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "encode"),
    [
        *(("Báo cáo Đắk Lắk tháng 5.txt", one) for one in (str.encode, stories.to_1258, stories.to_tcvn3,
                                                            stories.to_vni)),
        ("Tin Huế.txt", stories.to_1258),
        ("Tin ở Huế.txt", stories.to_tcvn3),
        ("新闻报道.txt", lambda name: name.encode("gb2312")),
        ("année.txt", lambda name: name.encode("cp437")),
    ],
)  # fmt: skip
def test_names_in_a_zip_that_do_not_say_their_code(
    name: str, encode: Callable[[str], bytes]
) -> None:
    raw = encode(name)
    stands = b"x" * len(raw)
    data = stories.zipped({stands.decode(): BODY.encode()}).replace(stands, raw)
    assert [one.part for one in only("a.zip", data)] == [name]


def test_a_folder_with_a_loop_a_pipe_and_odd_names_is_walked(tmp_path: Path) -> None:
    folder = tmp_path / "bao"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / "hai\ndòng\u202e.txt").write_text(BODY, "utf-8")
    (folder / ".hidden.txt").write_text(BODY, "utf-8")
    found = [one.path.name for one in find_files([folder])]
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
