"""What the program keeps is its owner's alone; what it may not read or write is one line; its temporary files
lie in the library, and are gone."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT

Alone = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.parametrize("name", ["library/library.db", "models/active.json", "models", "library"])
def test_what_nobody_may_read_is_one_line(name: str, home: Path, alone: Alone) -> None:
    path = home / name
    mode = path.stat().st_mode
    path.chmod(0)
    try:
        for verb in (["list"], ["serve", "--no-browser"]):
            done = alone(*verb)
            assert done.returncode == 2 and done.stderr.startswith("hoibao: ")
        assert alone("doctor").returncode == 1
    finally:
        path.chmod(mode)


def test_a_library_that_cannot_be_written_is_one_line(home: Path, alone: Alone) -> None:
    library = home / "library"
    paths = [*library.rglob("*"), library]
    modes = [path.stat().st_mode for path in paths]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        done = alone("remove", "x")
        assert done.returncode == 2 and "right to" in done.stderr
    finally:
        for path, mode in zip(reversed(paths), reversed(modes)):
            path.chmod(mode)


def test_no_home_and_a_file_for_a_library_are_one_line(home: Path, alone: Alone) -> None:
    file = home / "file"
    file.write_text("x", "utf-8")
    for where in (str(file), str(file / "below"), "/proc/none"):
        done = alone("list", HOIBAO_LIBRARY=where)
        assert done.returncode == 2 and "cannot be made" in done.stderr
    assert alone("doctor", HOIBAO_LIBRARY=str(file)).returncode == 1
    done = alone("list", HOIBAO_LIBRARY="", HOME="/proc/none", XDG_DATA_HOME="")
    assert done.returncode == 2 and "cannot be made" in done.stderr


def test_while_another_process_writes_it_is_read(home: Path, alone: Alone) -> None:
    with closing(sqlite3.connect(home / "library" / "library.db", isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        assert len(json.loads(alone("list", "--json").stdout)) == 10


def modes(folder: Path) -> set[int]:
    return {path.lstat().st_mode & 0o777 for path in (folder, *folder.rglob("*"))}


def test_what_is_made_is_its_owners_alone(home: Path, alone: Alone) -> None:
    made = home / "made" / "library"
    alone("list", HOIBAO_LIBRARY=str(made))
    assert modes(home / "made") == {0o700, 0o600}


def test_a_library_of_an_earlier_version_is_closed_once(home: Path, alone: Alone) -> None:
    library = home / "library"
    shutil.rmtree(library / "tmp")
    for path in (library, *library.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    alone("list")
    assert modes(library) == {0o700, 0o600}
    (library / "library.db").chmod(0o640)  # opened to a group, on purpose
    alone("list")
    assert (library / "library.db").stat().st_mode & 0o777 == 0o640


def test_a_folder_with_other_things_in_it_stays_as_open_as_it_is(home: Path, alone: Alone) -> None:
    library = home / "library"
    shutil.rmtree(library / "tmp")
    (library / "notes.txt").write_text("x", "utf-8")
    for path in (library, library / "notes.txt", library / "library.db"):
        path.chmod(0o755)
    alone("list")
    assert library.stat().st_mode & 0o777 == (library / "notes.txt").stat().st_mode & 0o777 == 0o755
    assert (library / "library.db").stat().st_mode & 0o77 == 0


def test_what_was_used_up_goes_and_nothing_else(home: Path) -> None:
    code = (
        "import sys, tempfile; from pathlib import Path; from index.private import keep_temporary, used_up\n"
        "kept = Path(sys.argv[2]); used_up(kept); keep_temporary(Path(sys.argv[1])); used_up(kept)\n"
        "upload = Path(tempfile.mkdtemp()) / 'x'; upload.write_text('x'); used_up(upload)\n"
        "assert kept.exists() and not upload.exists()"
    )
    kept = home / "library" / "library.db"
    command = [sys.executable, "-c", code, str(home / "library"), str(kept)]
    subprocess.run(command, cwd=ROOT, check=True)


def test_temporary_files_lie_in_the_library_and_are_gone_after_a_kill(
    home: Path, alone: Alone
) -> None:
    library = home / "library"
    code = (
        "import os, sys, tempfile; from pathlib import Path; from index.private import keep_temporary\n"
        "keep_temporary(Path(sys.argv[1])); made = tempfile.mkdtemp(); print(made, flush=True)\n"
        "assert os.environ['GRADIO_TEMP_DIR'] == tempfile.gettempdir() == os.environ['TMPDIR']\n"
        "input()"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(library)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )
        for _ in range(3)
    ]  # fmt: skip
    made = []
    for one in running:
        assert one.stdout
        made.append(Path(one.stdout.readline().strip()))
    assert all(path.is_dir() and path.is_relative_to(library / "tmp") for path in made)
    killed, ended, stays = running
    killed.kill()
    ended.communicate("\n")
    killed.wait()
    assert made[0].exists() and not made[1].exists() and made[2].exists()
    alone("list")
    assert not made[0].exists() and made[2].exists()  # that one's process is there
    stays.communicate("\n")
    assert [path.name for path in (library / "tmp").iterdir()] == ["lock"]
