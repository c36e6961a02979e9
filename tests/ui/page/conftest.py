"""A desk over an assistant that is told when to answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.library import Library
from tests.ui.page.told import Page, Told
from tests.ui.test_history import answer
from ui.history import History
from ui.page.desk import Desk
from ui.page.talk import Talk


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    made = History(tmp_path)
    yield made
    made.close()


@pytest.fixture
def assistant(library: Library) -> Told:
    return Told(library, answer)


@pytest.fixture
def desk(assistant: Told, history: History) -> Desk:
    return Desk(assistant, history)  # type: ignore[arg-type]


@pytest.fixture
def talk(desk: Desk) -> Talk:
    return Talk(desk)


@pytest.fixture
def page(talk: Talk) -> Page:
    return Page(talk)
