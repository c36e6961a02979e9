"""Names, links, pipes, devices and closed folders: told in a line, never followed, never waited for."""

import os
import socket
from pathlib import Path

import pytest

from index.library import Library
from tests.hostile.parts import STORY


@pytest.fixture
def bao(tmp_path: Path) -> Path:
    made = tmp_path / "bao"
    (made / "sub").mkdir(parents=True)
    (made / "good.txt").write_text(STORY, "utf-8")
    return made


def failed(library: Library, *paths: Path) -> dict[str, str]:
    report = library.add(paths)
    return {Path(one.path).name: one.reason for one in report.failed}


def test_links_are_told_and_not_followed(library: Library, bao: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(STORY.replace("An Hòa", "Bí Mật"), "utf-8")
    (bao / "file.txt").symlink_to(outside / "secret.txt")
    (bao / "folder").symlink_to(outside)
    (bao / "relative.txt").symlink_to("../outside/secret.txt")
    (bao / "device.txt").symlink_to("/dev/zero")
    (bao / "nowhere.txt").symlink_to(bao / "none.txt")
    (bao / "itself.txt").symlink_to(bao / "itself.txt")
    (bao / "sub" / "up").symlink_to(bao)
    (bao / "same.txt").symlink_to(bao / "good.txt")
    told = failed(library, bao)
    leads_out = {name for name, line in told.items() if "leads out of the folder" in line}
    assert leads_out == {"file.txt", "folder", "relative.txt", "device.txt"}
    assert set(told) - leads_out == {"nowhere.txt", "itself.txt"}
    assert (
        library.counts()[0] == 1 and "Bí Mật" not in library.article(library.articles()[0].id).body
    )


def test_pipes_sockets_and_devices_are_not_waited_for(library: Library, bao: Path) -> None:
    os.mkfifo(bao / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(bao / "socket.txt"))
        (bao / "zero.txt").symlink_to("/dev/zero")
        told = failed(library, bao, bao / "zero.txt", Path("/dev/zero"))
    line = "neither a file nor a folder; not read"
    assert told["pipe.txt"] == told["socket.txt"] == line
    assert "leads out" in told["zero.txt"] and "not a kind" in told["zero"]
    # Named on its own it is opened, and is no file.
    assert failed(library, bao / "zero.txt") == {"zero.txt": line}


def test_names_that_are_not_utf8_are_told(library: Library, bao: Path) -> None:
    name = b"b\xb8o c\xb8o.txt"  # "báo cáo" in TCVN3
    folder = os.fsencode(bao) + b"/th\xac"
    Path(os.fsdecode(folder)).mkdir()
    for path in (os.fsencode(bao) + b"/" + name, folder + b"/a.txt"):
        Path(os.fsdecode(path)).write_text(STORY, "utf-8")
    (bao / "hai\ndòng\x1b[2J.txt").write_text(STORY.replace("486", "487"), "utf-8")
    report = library.add([bao])
    assert sorted(Path(one.path).name for one in report.failed) == ["a.txt", "b\\xb8o c\\xb8o.txt"]
    assert {one.reason for one in report.failed} == {
        "its name, or a folder's, is not UTF-8; rename it"
    }
    assert all(one.path.isprintable() for one in report.failed) and report.added == 2


def test_closed_folders_and_files_are_told(
    library: Library, bao: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def scandir(path: Path) -> object:  # root may look everywhere
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert failed(library, bao) == {"sub": "no permission to read it; change its permissions"}
    assert library.counts()[0] == 1
