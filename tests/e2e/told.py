"""A page served in this process, whose answers the test gives."""

from pathlib import Path

from index.library import Library
from index.people import Role
from index.types import Article
from rag.types import Answer, Citation, Passage, Statement
from tests.conftest import FakeEmbedder
from tests.e2e.browser import TOKEN
from tests.ui.page.told import Told
from ui.history import History
from ui.keys import Keys, hashed
from ui.page.app import build, launch
from ui.page.desk import Desk
from ui.page.shelf import Shelf
from ui.serving import Entrance

HERE = Entrance(port=0)


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

    def __init__(
        self, folder: Path, at: Entrance = HERE, people: dict[str, tuple[str, Role]] | None = None
    ) -> None:
        self.library = Library(folder, FakeEmbedder())
        for name, (password, role) in (people or {}).items():
            self.library.people.add(name, hashed(password), role)
        self.history = History(folder)
        self.about: dict[str, str] = {}  # which article a question is answered from; else the first
        self.completed: dict[str, str] = {}
        self.assistant = self.make()
        self.desk = Desk(self.assistant, self.history)  # type: ignore[arg-type]
        self.shelf = Shelf(self.library, at.is_here, self.history.kept)
        self.page = build(self.assistant, self.desk, self.shelf)  # type: ignore[arg-type]
        self._serving = launch(self.page, Keys(TOKEN, self.library.people), at, self.library)
        self.address = f"http://127.0.0.1:{self._serving.port}"

    def make(self) -> Told:
        """The assistant."""
        return Told(self.library, self.answer)

    def answer(self, question: str) -> Answer:
        article_id = self.about.get(question) or self.library.articles()[0].id
        return whole(question, self.library.article(article_id), self.completed.get(question, ""))

    def close(self) -> None:
        self._serving.close()
        self.desk.close()
        self.shelf.close()
        self.history.close()
        self.library.close()
