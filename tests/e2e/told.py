"""A page served in this process, whose answers the test gives."""

from pathlib import Path

from index.library import Library
from index.types import Article
from rag.types import Answer, Citation, Passage, Statement
from tests.conftest import FakeEmbedder
from tests.e2e.browser import free_port
from tests.ui.page.told import Told
from ui.history import History
from ui.page.app import build, launch
from ui.page.desk import Desk
from ui.page.shelf import Shelf


def whole(question: str, article: Article, searched: str = "") -> Answer:
    """An answer that quotes a whole article; `searched`: what the question was completed to."""
    said = " ".join(article.body.split())
    return Answer(
        question, searched or question, text=said, outcome="answered", statements=(Statement(said, (1,)),),
        citations=(Citation(1, article, 0, len(article.body)),),
        passages=(Passage(1, 1.0, 0.9, 7, article, 0, len(article.body)),), done=True,
    )  # fmt: skip


class Served:
    """A page over a library in this process, whose answers the test gives."""

    def __init__(self, folder: Path) -> None:
        self.library = Library(folder, FakeEmbedder())
        self.history = History(folder)
        self.about: dict[str, str] = {}  # which article a question is answered from; else the first
        self.completed: dict[str, str] = {}
        self.assistant = Told(self.library, self._answer)
        self._desk, self._shelf = Desk(self.assistant, self.history), Shelf(self.library)  # type: ignore[arg-type]
        self._page = build(self.assistant, self._desk, self._shelf)  # type: ignore[arg-type]
        port = free_port()
        launch(self._page, "127.0.0.1", port)
        self.address = f"http://127.0.0.1:{port}"

    def _answer(self, question: str) -> Answer:
        article_id = self.about.get(question) or self.library.articles()[0].id
        return whole(question, self.library.article(article_id), self.completed.get(question, ""))

    def close(self) -> None:
        self._page.close()
        self._desk.close()
        self._shelf.close()
        self.history.close()
        self.library.close()
