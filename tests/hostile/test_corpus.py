"""All hostile files beside good ones, and good files with changed bytes: a line each, and no good one lost."""

from pathlib import Path

import pytest

from index.library import Library
from tests.hostile import corpus, fuzz
from tests.index.stories import STORIES, copied_text

#: Files that nothing can be read of (what bombs, or is cut off), and some of which the text can be.
REFUSED = (
    "bomb.pdf",
    "bomb.png",
    "pages.tif",
    "bomb.zip",
    "bomb.docx",
    "bomb.epub",
    "cut.docx",
    "nul.txt",
    "too-long.txt",
    "span.docx",
)
READ = (
    "initials.txt",
    "marks.txt",
    "yaml-bomb.md",
    "span.html",
    "surrogate.jsonl",
    "escape.txt",
    "repeat.epub",
)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_hostile_files_are_a_line_each_and_no_good_one_is_lost(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOIBAO_FILE_SECONDS", "10")  # one of them takes as long as it may
    folder = tmp_path / "bao"
    folder.mkdir()
    hostile = corpus.write(folder)
    assert len(hostile) >= 150
    good = []
    for number, story in enumerate(STORIES):  # one before, one behind, some between
        good.append(folder / f"{'0bkpz'[number % 5]}-good{number}.txt")
        good[-1].write_text(copied_text(story), "utf-8")
    report = library.add([folder])
    told: dict[str, list[str]] = {name: [] for name in hostile}
    for failure in report.failed:
        assert failure.path.isprintable() and "\n" not in failure.reason, failure
        assert "Traceback" not in failure.reason and len(failure.reason) < 400, failure
        told[Path(failure.path.partition("#")[0]).name].append(failure.reason)
    added = {Path(one.path.partition("#")[0]).name for one in report.articles}
    assert {path.name for path in good} <= added
    assert [name for name in hostile if not told[name] and name not in added] == []
    assert [name for name in REFUSED if len(told[name]) != 1 or name in added] == []
    assert [name for name in READ if told[name] or name not in added] == []
    # What stands beside a hostile part of an archive is read.
    assert {"zlib.zip", "rows.zip", "size-lie.zip", "hostile.zip"} <= added & set(told)
    for row in library.articles():
        body = library.article(row.id).body
        assert len(body) <= 1_000_000 and max(map(len, body.split("\n"))) <= 10_000
        for text in (body, row.details.title or "", row.details.outlet or ""):
            assert not any(
                c < " " and c != "\n" or "\ud800" <= c <= "\udfff" or c == "\x7f" for c in text
            )
        assert len(row.details.title or "") <= 300
    # Again: nothing hangs, and what is known is not read again.
    again = library.add(good)
    assert again.unchanged == len(good) and library.check().ok


def test_good_files_with_changed_bytes_are_read_or_refused_in_a_line() -> None:
    outcomes, wrong, _ = fuzz.run(300, seed=17)
    assert wrong == []
    assert outcomes["read"] > 30 and outcomes["refused"] > 30  # the changes reach both
    assert outcomes["ended its process"] == 0
