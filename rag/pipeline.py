"""One question, end to end: `ask` yields growing, immutable snapshots of one `Answer`."""

import re
import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import replace

from index.embed import Embedder
from index.errors import InputError
from index.library import EVERYTHING, Library
from index.text import nfc
from index.types import Filter
from rag import about, prompts, refuse
from rag.cite import cite, render
from rag.config import RETRIEVAL
from rag.evidence import choose, rank_sentences
from rag.follow import rewrite
from rag.glossary import vietnamese
from rag.language import Language, language
from rag.llm import LanguageModel
from rag.retrieve import retrieve
from rag.scope import admits, of_named_articles, scope
from rag.types import Answer, Citation, Evidence, Message, Passage, Statement, Timing

_QUESTION_CHARACTERS = 2000


class Assistant:
    """Answers questions from one library with one pair of models; threads may share it."""

    def __init__(self, library: Library, embedder: Embedder, model: LanguageModel) -> None:
        self.library = library
        self.embedder = embedder
        self.model = model

    def warm(self) -> None:
        """Loads both models and reads the constant part of the prompt."""
        self.embedder.query("khởi động")
        self.model.warm(prompts.constant("vi"))

    def search(
        self, query: str, limit: int = RETRIEVAL.passages, only: Filter = EVERYTHING
    ) -> list[Passage]:
        """Passages for a query, best first; no language model is needed.

        Raises:
            InputError: the query is empty or too long.
        """
        return retrieve(self.library, self.embedder, usable(query), limit, only)

    def ask(
        self,
        question: str,
        history: Sequence[Message] = (),
        only: Filter = EVERYTHING,
        stop: threading.Event | None = None,
    ) -> Generator[Answer, None, None]:
        """Snapshots of the answer: first with the passages, then with the growing draft, last the
        checked one (`done`). Setting `stop`, or closing the iterator, stops the model.

        Raises:
            InputError: the question is empty or too long.
            ModelError: a model is missing or cannot be loaded.
        """
        began = time.monotonic()
        stop = stop or threading.Event()
        question = usable(question)
        query = rewrite(question, history)
        chosen = language(question)
        asked = query
        if chosen == "en":
            query = vietnamese(query) or query
        passages = retrieve(self.library, self.embedder, query, RETRIEVAL.passages, only)
        found = time.monotonic() - began
        answer = Answer(
            question,
            query,
            passages=tuple(passages),
            seconds=Timing(retrieve=found, first_evidence=found),
            model=self.model.name,
        )
        yield answer
        field = about.asked_field(query)
        if field:
            yield self._about(answer, field, only, chosen, began)
            return
        evidence = self._evidence(query, passages)
        if not evidence:
            yield _refused(answer, chosen, began)
            return
        reply = ""
        messages = prompts.answer(asked, evidence, chosen)
        for piece in self.model.write(messages, prompts.grammar(len(evidence), chosen), stop):
            reply += piece
            if answer.seconds.first_token is None:
                first = time.monotonic() - began
                answer = replace(answer, seconds=replace(answer.seconds, first_token=first))
            answer = replace(answer, draft=reply)
            yield answer
        yield _finished(answer, cite(reply, evidence, query), chosen, began)

    def _evidence(self, query: str, passages: Sequence[Passage]) -> list[Evidence]:
        """The sentences to answer from; none where the collection does not hold the answer."""
        asked = scope(query)
        ranked = [
            item
            for item in rank_sentences(query, passages, self.embedder)
            if admits(asked, item.article, item.start, item.end)
        ]
        chosen = choose(of_named_articles(query, ranked))
        if not chosen:
            return []
        signals = refuse.measure(
            query, passages, chosen, self.library.counts()[1], self.library.spread
        )
        return chosen if refuse.probability(signals) >= refuse.threshold() else []

    def _about(
        self, answer: Answer, field: str, only: Filter, chosen: Language, began: float
    ) -> Answer:
        """The answer to a question about an article itself, or a refusal."""
        which = about.subject(answer.search_query, field)
        if not re.search(r"\w", which):
            return _refused(answer, chosen, began)
        passages = retrieve(self.library, self.embedder, which, RETRIEVAL.passages, only)
        signals = refuse.measure(which, passages, [], self.library.counts()[1], self.library.spread)
        found = about.answer(field, passages)
        if not found or signals.passage_cover < refuse.ABOUT_COVER:
            return _refused(answer, chosen, began)
        text, evidence = found
        answer = replace(answer, passages=tuple(passages))
        return _finished(answer, cite(f"{text} [1]", [evidence]), chosen, began)


def _finished(
    answer: Answer,
    cited: tuple[tuple[Statement, ...], tuple[Citation, ...]],
    chosen: Language,
    began: float,
) -> Answer:
    statements, citations = cited
    if not statements:
        return _refused(answer, chosen, began)
    return replace(
        answer,
        text=render(statements),
        answered=True,
        statements=statements,
        citations=citations,
        seconds=replace(answer.seconds, total=time.monotonic() - began),
        draft="",
        done=True,
    )


def _refused(answer: Answer, chosen: Language, began: float) -> Answer:
    return replace(
        answer,
        text=prompts.REFUSAL[chosen],
        answered=False,
        seconds=replace(answer.seconds, total=time.monotonic() - began),
        draft="",
        done=True,
    )


def usable(question: str) -> str:
    """The question composed and on one line.

    Raises:
        InputError: it is empty or too long.
    """
    text = re.sub(r"\s+", " ", nfc(question)).strip()
    if not re.search(r"\w", text):
        raise InputError("the question is empty; ask in words")
    if len(text) > _QUESTION_CHARACTERS:
        raise InputError(
            f"the question has {len(text)} characters, {_QUESTION_CHARACTERS} are the limit; "
            "ask for one thing at a time"
        )
    return text
