"""Evidence: made of a conversation, verified where there is no library, and every change found."""

import io
import json
import random
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import InputError
from index.library import Library
from index.sealed import packed
from rag.types import Answer, Citation, Statement
from tests.conftest import FakeEmbedder
from tests.ui.hostile import HOSTILE
from ui.answers import record
from ui.cli.main import main
from ui.evidence.making import made
from ui.evidence.manifest import Stated, from_bytes, sealed
from ui.evidence.page import page
from ui.evidence.verifying import verified
from ui.history import History, Turn

WHEN = datetime(2026, 7, 1, tzinfo=UTC)
ONE = "Khánh thành cầu Mây\nSáng 20/11, cầu Mây thông xe. Cầu dài 486 m; chi phí 214 tỷ đồng."
TWO = "Mưa lớn ở Đồng Xuân\nMưa <b>lớn</b> & gió giật làm 12 nhà tốc mái ở xã Tay Lam."


def asked(library: Library, words: list[str]) -> Answer:
    """An answer that cites these words of the articles."""
    articles = [library.article(row.id) for row in library.articles()]
    citations = []
    for number, quote in enumerate(words, 1):
        held = next(one for one in articles if quote in one.body)
        start = held.body.index(quote)
        citations.append(Citation(number, held, start, start + len(quote)))
    numbers = tuple(range(1, len(words) + 1))
    return Answer(
        "Cầu dài bao nhiêu?", "cầu dài bao nhiêu", text="486 m [1]", outcome="answered", done=True,
        statements=(Statement("Cầu dài 486 m.", numbers),), citations=tuple(citations),
    )  # fmt: skip


@pytest.fixture
def filled(library: Library, tmp_path: Path) -> Library:
    for name, text in (("1.txt", ONE), ("2.txt", TWO)):
        (tmp_path / name).write_text(text, "utf-8")
    library.add([tmp_path / "1.txt", tmp_path / "2.txt"])
    return library


QUOTES = ["Cầu dài 486 m; chi phí 214 tỷ đồng.", "12 nhà tốc mái", "nhà tốc mái ở xã Tay Lam"]


def evidence(library: Library, originals: bool = False) -> bytes:
    turns = [Turn(1, "Cầu dài bao nhiêu?", record(asked(library, QUOTES)), 1.0)]
    return made(turns, "Cầu Mây", library, originals, WHEN)


def test_what_is_made_holds_and_is_the_same_each_time(filled: Library) -> None:
    data = evidence(filled, originals=True)
    assert data == evidence(filled, originals=True)
    found = verified(data, "e.zip")
    assert found.ok and len(found.quotes) == 3 and found.members == 7
    with zipfile.ZipFile(io.BytesIO(data)) as archive:  # any program opens it
        assert archive.testzip() is None
        told = json.loads(archive.read("manifest.json"))
        original = next(a["original"] for a in told["articles"] if "486" in a["title"] + ONE)
        assert original["name"] == "1.txt" and str(filled.folder.parent) not in str(told)
        assert archive.read(original["member"]).decode() == ONE
        shown = archive.read("index.html").decode()
    assert told["models"]["embedding"] == "fake@1"
    assert "<script" not in shown and "src=" not in shown and "http:" not in shown
    assert "<mark>Cầu dài 486 m; chi phí 214 tỷ đồng.</mark>" in shown
    assert "Mưa &lt;b&gt;lớn&lt;/b&gt; &amp; gió" in shown
    # Two quotes that overlap are both marked, each with its own anchor.
    assert (
        '<mark>12 </mark><a id="q1-3"></a><mark>nhà tốc mái</mark><mark> ở xã Tay Lam</mark>'
        in shown
    )


def test_thirty_changed_bytes_are_found(filled: Library) -> None:
    data = evidence(filled, originals=True)
    draw = random.Random(30)
    places = [round(i * (len(data) - 1) / 29) for i in range(30)]
    for at in places:
        changed = bytearray(data)
        changed[at] ^= draw.randrange(1, 256)
        assert not holds(bytes(changed)), at


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("whole")
    (folder / "1.txt").write_text(f"{ONE}\n{TWO}", "utf-8")
    library = Library(folder / "library", FakeEmbedder())
    library.add([folder / "1.txt"])
    data = evidence(library)
    library.close()
    return data


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_any_change_is_found(whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(whole) - 1))
    kind = data.draw(st.sampled_from(("other", "cut", "more", "gone")))
    if kind == "other":
        byte = data.draw(st.integers(1, 255))
        changed = whole[:at] + bytes([whole[at] ^ byte]) + whole[at + 1 :]
    elif kind == "cut":
        changed = whole[:at]
    elif kind == "more":
        changed = whole[:at] + data.draw(st.binary(min_size=1, max_size=9)) + whole[at:]
    else:
        changed = whole[:at] + whole[at + 1 :]
    assert changed == whole or not holds(changed)


def holds(data: bytes) -> bool:
    """Whether it is verified; what is none at all is told in one line."""
    try:
        return verified(data, "e.zip").ok
    except InputError as error:
        assert "\n" not in str(error)
        return False


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_what_was_changed_is_named(filled: Library) -> None:
    data = evidence(filled)
    held = members(data)
    text = next(name for name in held if name.startswith("articles/") and b"486" in held[name])
    found = verified(packed({**held, text: held[text].replace(b"486", b"846")}), "e.zip")
    assert any(text in line and "changed" in line for line in found.problems)
    assert [one.holds for one in found.quotes] == [False, True, True]
    extra = verified(packed({**held, "articles/more.txt": b"x"}), "e.zip")
    assert extra.problems == ("articles/more.txt does not belong to it",)
    assert (
        "missing" in verified(packed({n: d for n, d in held.items() if n != text}), "e").problems[0]
    )
    assert verified(data + b"\n", "e.zip").problems == (
        f"the file is not as it was made, from byte {len(data)} on",
    )


def test_a_page_that_says_something_else_is_found_though_all_hashes_are_right(whole: bytes) -> None:
    held = members(whole)
    told = from_bytes(held.pop("manifest.json"))
    del held["manifest.sha256"]
    assert verified(packed(sealed(told, held)), "e.zip").ok
    held["index.html"] = held["index.html"].replace(b"486", b"846")
    found = verified(packed(sealed(told, held)), "e.zip")
    assert found.problems == ("index.html does not show what manifest.json says",)


def deflated(names: dict[str, bytes], comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, data in names.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_hostile_zips_are_told_in_a_line(whole: bytes) -> None:
    held = members(whole)
    assert not holds(deflated(held))  # packed by another program
    for bad in (b"", b"PK", b"PK\x03\x04", b"x" * 1000, b"PK\x05\x06" + bytes(18)):
        assert not holds(bad)
    assert not holds(deflated({"manifest.json": b"[" * 100_000}))
    assert not holds(packed({"manifest.json": b"[" * 100_000}))
    assert not holds(packed({"manifest.json": b'{"schema": ' + b"9" * 10_000 + b"}"}))
    assert not holds(deflated({"bomb": bytes(30_000_000)}))
    for name in ("../../etc/passwd", "/etc/passwd", "a\\..\\b", "C:x", "a" * 60_000):
        assert not holds(whole[:-22] + deflated({name: b"x"}))
        assert not holds(deflated({name: b"x", **held}))
    many = packed({f"n{i}": b"" for i in range(3_000)})
    assert not holds(many)
    body = packed(held)
    directory = body.index(b"PK\x01\x02")
    assert not holds(body[:directory] + packed({"manifest.json": held["manifest.json"]}))  # twice


def test_a_manifest_that_would_make_much_of_little_is_told(whole: bytes) -> None:
    held = members(whole)
    told = from_bytes(held.pop("manifest.json"))
    del held["manifest.sha256"]
    (answer,), (article,) = told.answers, told.articles
    many = Stated("x", (1,) * 3, True)
    long = replace(answer.citations[0], quote="x" * 1_000_000)
    for hostile in (
        replace(told, articles=(article,) * 3_000),
        replace(told, answers=(replace(answer, citations=answer.citations * 3_000),)),
        replace(told, answers=(replace(answer, citations=(long,), statements=(many,) * 3_000),)),
    ):
        assert not holds(packed(sealed(hostile, held)))


def test_hostile_words_are_text_on_the_page(library: Library) -> None:
    for hostile in HOSTILE.values():
        text = hostile.encode("utf-8", "ignore").decode()  # as SQLite takes it
        turns = [
            Turn(1, text, record(Answer(text, text, text=text, outcome="answered", done=True)), 0)
        ]
        data = made(turns, text, library, now=WHEN)
        assert verified(data, "e.zip").ok
        shown = members(data)["index.html"].decode()
        assert "<script" not in shown and "<img" not in shown and "onerror=alert(1)>" not in shown


def test_an_article_that_changed_or_went_is_told(filled: Library, tmp_path: Path) -> None:
    turns = [Turn(1, "Cầu?", record(asked(filled, QUOTES)), 1.0)]
    (tmp_path / "1.txt").write_text(ONE.replace("486", "500"), "utf-8")
    filled.add([tmp_path / "1.txt"])
    gone = next(row.id for row in filled.articles() if row.source.endswith("2.txt"))
    filled.remove([gone])
    data = made(turns, "Cầu", filled, now=WHEN)
    found = verified(data, "e.zip")
    assert not found.problems and not found.ok
    assert [one.cited.stands for one in found.quotes] == ["changed", "gone", "gone"]
    assert "câu dẫn không còn trong bài" in members(data)["index.html"].decode()


def test_an_original_that_is_another_by_now_is_left_out(filled: Library, tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("Bài khác hẳn.", "utf-8")
    (tmp_path / "2.txt").unlink()
    data = evidence(filled, originals=True)
    assert verified(data, "e.zip").ok
    told = from_bytes(members(data)["manifest.json"])
    assert [one.original.member for one in told.articles] == [None, None]
    assert all(one.original.sha256 for one in told.articles)  # as they were when they were read


def test_the_verbs(
    filled: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from ui.cli import evidence as verbs

    history = History(filled.folder)
    talk, turn = history.begin("", "Cầu dài bao nhiêu?")
    history.finish(turn, record(asked(filled, QUOTES)))
    history.close()
    filled.close()
    opened = lambda _folder: (Library(filled.folder, FakeEmbedder()), None)  # noqa: E731
    monkeypatch.setattr(verbs, "open_library", opened)
    file = tmp_path / "e.zip"
    assert main(["export"]) == 0
    assert f"{talk}" in capsys.readouterr().out
    assert main(["export", talk, "1", "--evidence", str(file), "--json"]) == 0
    made_ = json.loads(capsys.readouterr().out)
    assert made_["quotes"] == 3 and made_["lost"] == 0
    assert main(["export", talk, "--evidence", str(file)]) == 2
    assert main(["export", talk, "2", "--evidence", str(tmp_path / "f.zip")]) == 2
    assert main(["export", "none", "--evidence", str(tmp_path / "f.zip")]) == 2
    capsys.readouterr()
    # Elsewhere: no library, no models, an empty folder.
    for name in ("HOIBAO_LIBRARY", "HOIBAO_MODELS"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    monkeypatch.setattr(verbs, "open_library", None)
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert main(["verify", str(file)]) == 0
    said = capsys.readouterr().out
    assert said.count("✓") == 3 and made_["sha256"] in said
    before, _, behind = file.read_bytes().rpartition(b"12 nh")
    file.write_bytes(before + b"21 nh" + behind)
    assert main(["verify", str(file), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert not told["ok"] and [one["stands"] for one in told["quotes"]] == [True, False, True]
    assert main(["verify", str(tmp_path / "1.txt")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not list(Path().iterdir()) and not (tmp_path / "nowhere").exists()


def test_the_page_is_made_of_the_manifest_alone(whole: bytes) -> None:
    held = members(whole)
    told = from_bytes(held["manifest.json"])
    texts = {one.id: held[one.text].decode() for one in told.articles}
    assert page(told, texts).encode() == held["index.html"]
