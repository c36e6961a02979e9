"""Articles as files."""

from pathlib import Path

import pytest

from tests.index.stories import STORIES, copied_text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "bao"
    made.mkdir()
    for number, story in enumerate(STORIES):
        (made / f"{number}.txt").write_text(copied_text(story), "utf-8")
    return made
