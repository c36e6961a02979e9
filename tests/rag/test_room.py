"""What goes into a prompt is bounded, and where the writer has no room all the same nothing breaks: the
article's own words are the answer."""

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

import pytest

from index.library import Library
from rag.assistant import Assistant
from rag.config import ASKING, GENERATION, WRITING
from rag.llm.copying import Copied, Copy
from rag.llm.local import TooLong
from rag.types import Answer, Message
from tests.conftest import FakeEmbedder
from tests.rag.scripted import ScriptedReader, ScriptedWriter

ROOM = GENERATION.context - GENERATION.tokens
QUESTION = "Cầu Bến Vạn dài bao nhiêu mét?"
STORY = "Cầu Bến Vạn dài 186 m, tổng vốn 42 tỷ đồng. Người dân hai xã phấn khởi vì đường ngắn lại."
WORD = "dài" * 3_000  # a longer line would be broken up
#: Finds the length, but not so surely that the writer is not asked.
UNSURE = ("¤1", "¤2", "¤3", "186 m")


class CountingWriter(ScriptedWriter):
    """Counts the tokens of its prompts, four bytes each, as Vietnamese has them, and has room for so many."""

    def __init__(self, room: int = ROOM) -> None:
        super().__init__("186 m", "Cầu Bến Vạn dài 186 m.")
        self.room = room
        self.counted: list[int] = []

    def _count(self, messages: Sequence[Message]) -> None:
        self.counted.append(sum(len(one.content.encode()) for one in messages) // 4)
        if self.counted[-1] > self.room:
            raise TooLong("the prompt has {count} tokens", count=self.counted[-1])

    def copy(
        self,
        messages: Sequence[Message],
        sources: Sequence[str],
        refusal: str,
        enough: Callable[[Copy], bool],
        stop: threading.Event,
    ) -> Generator[str, None, Copied]:
        self._count(messages)
        return (yield from super().copy(messages, sources, refusal, enough, stop))

    def write(self, messages: Sequence[Message], stop: threading.Event) -> Iterator[str]:
        self._count(messages)
        yield from super().write(messages, stop)


@pytest.fixture
def answered(
    library: Library, fake_embedder: FakeEmbedder, tmp_path: Path
) -> Callable[..., tuple[Answer, CountingWriter]]:
    def ask(
        text: str,
        question: str = QUESTION,
        words: Sequence[str] = UNSURE,
        history: Sequence[Message] = (),
        room: int = ROOM,
    ) -> tuple[Answer, CountingWriter]:
        (tmp_path / "t.html").write_text(text, "utf-8")
        library.add([tmp_path / "t.html"])
        writer = CountingWriter(room)
        reader = ScriptedReader(*words)
        assistant = Assistant(library, fake_embedder, reader, writer, threshold=0.01)  # type: ignore[arg-type]
        *_, final = assistant.ask(question, history)
        return final, writer

    return ask


def page(title: str, body: str, outlet: str = "Báo Bến Vạn") -> str:
    return (
        f'<html><head><title>{title}</title><meta property="og:title" content="{title}">'
        f'<meta property="og:site_name" content="{outlet}"></head>'
        f"<body><article><h1>{title}</h1><p>{body}</p></article></body></html>"
    )


@pytest.mark.parametrize(
    "text",
    [
        page("Cầu Bến Vạn " * 400, STORY),
        page("Cầu Bến Vạn", STORY, "Báo Bến Vạn " * 400),
        page("Cầu" * 5_000, STORY),
        page("Cầu Bến Vạn", f"Cầu {WORD} Bến Vạn dài 186 m. {STORY}"),
        page("Cầu Bến Vạn", f"Cầu Bến Vạn dài 186 m{', rộng 12 m' * 500}."),
        page("🌉" * 2_000, f"{'🌉' * 2_000} Cầu Bến Vạn dài 186 m. {STORY}"),
    ],
    ids=["title", "outlet", "title in a word", "word", "sentence", "emoji"],
)  # fmt: skip
@pytest.mark.parametrize("words", [("186 m",), UNSURE], ids=["sure", "unsure"])
def test_a_long_article_is_answered_from(
    text: str, words: Sequence[str], answered: Callable[..., tuple[Answer, CountingWriter]]
) -> None:
    final, writer = answered(text, words=words)
    assert final.answered and "186 m" in final.text and final.citations
    assert writer.counted and max(writer.counted) <= ROOM


def test_a_long_question_or_history_has_room(
    answered: Callable[..., tuple[Answer, CountingWriter]],
) -> None:
    long = f"{QUESTION} {'Xin hãy cho biết. ' * 1_000}"[: ASKING.characters]
    final, writer = answered(page("Cầu Bến Vạn", STORY), long, ("186 m",))
    assert writer.counted and max(writer.counted) <= ROOM
    before = [Message("user", "Cầu Bến Vạn " * 5_000), Message("assistant", "186 m " * 5_000)]
    final, writer = answered(
        page("Cầu Bến Vạn", STORY), "Nó dài bao nhiêu mét?", ("186 m",), before
    )
    assert len(final.search_query) < 2 * ASKING.characters
    assert all(count <= ROOM for count in writer.counted)


def test_a_long_brief_answer_has_room(
    answered: Callable[..., tuple[Answer, CountingWriter]],
) -> None:
    body = f"Cầu Bến Vạn dài {WORD} mét. {STORY}"
    _, writer = answered(page("Cầu Bến Vạn", body), "Cầu Bến Vạn có gì?", words=(WORD,))
    assert writer.counted and max(writer.counted) <= ROOM


def test_without_room_the_articles_own_words_are_the_answer(
    answered: Callable[..., tuple[Answer, CountingWriter]],
) -> None:
    final, writer = answered(page("Cầu Bến Vạn", STORY), words=("186 m",), room=10)
    assert (
        writer.counted
        and final.answered
        and final.text.startswith("Cầu Bến Vạn dài 186 m, tổng vốn")
    )


def test_what_the_writer_had_no_room_to_read_counts_as_refused(
    answered: Callable[..., tuple[Answer, CountingWriter]],
) -> None:
    read, _ = answered(page("Cầu Bến Vạn", STORY))
    unread, _ = answered(page("Cầu Bến Vạn", STORY), room=10)
    assert read.opinions and unread.opinions and not unread.opinions[0].copies
    assert read.probability and unread.probability and unread.probability < read.probability


def test_a_title_of_ordinary_length_is_shown_whole() -> None:
    assert WRITING.title >= 200 and WRITING.text >= 90 * 8
