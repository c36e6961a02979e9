"""One question, end to end: `ask` yields growing, immutable snapshots of one `Answer`."""

import re
import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from index.embed import Embedder
from index.errors import InputError
from index.library import EVERYTHING, Library
from index.text import nfc
from index.types import Filter
from rag import about, decide, prompts, suggest
from rag.cite import Said, cite, render
from rag.config import RETRIEVAL
from rag.llm import LanguageModel
from rag.question import SHORT, Question, parse
from rag.reader.read import Reader
from rag.retrieve import retrieve
from rag.scope import titled
from rag.types import Answer, Candidate, Message, Opinion, Passage, Timing
from rag.writer import chosen, opinion, told, whole

_QUESTION_CHARACTERS = 2000


class Assistant:
    """Answers questions from one library with its models; threads may share it. `threshold` is the
    probability below which nothing is said."""

    def __init__(
        self,
        library: Library,
        embedder: Embedder,
        reader: Reader,
        writer: LanguageModel,
        threshold: float | None = None,
    ) -> None:
        self.library = library
        self.embedder = embedder
        self.reader = reader
        self.writer = writer
        self.threshold = decide.threshold() if threshold is None else threshold

    def warm(self) -> None:
        """Loads the models, the constant part of the prompt, and what the library searches in memory."""
        self.embedder.query("khởi động")
        self.reader.load()
        self.writer.warm(prompts.constant("vi"))
        self.library.warm()

    def search(
        self, query: str, limit: int = RETRIEVAL.passages, only: Filter = EVERYTHING
    ) -> list[Passage]:
        """Passages for a query, best first; no reader and no writer is needed.

        Raises:
            InputError: the query is empty or too long.
        """
        return self._retrieve(usable(query), only, limit)

    def _retrieve(self, query: str, only: Filter, limit: int = RETRIEVAL.passages) -> list[Passage]:
        return retrieve(self.library, self.embedder, query, limit, only)

    def read(
        self, question: Question, passages: Sequence[Passage], best: float | None = None
    ) -> list[Candidate]:
        """What may answer in these passages, the likeliest first; `best` as in `decide.candidates`."""
        readings = self.reader.read(question.query, [decide.excerpt(p) for p in passages])
        return decide.candidates(question, passages, readings, best)

    def suggestions(self, answer: Answer) -> list[str]:
        """Questions that could be asked next, each of which the articles at hand answer."""
        return suggest.suggestions(answer, self.reader)

    def ask(
        self,
        question: str,
        history: Sequence[Message] = (),
        only: Filter = EVERYTHING,
        stop: threading.Event | None = None,
    ) -> Generator[Answer, None, None]:
        """Snapshots of the answer: first with the passages, then with the short answer and the growing
        draft, last the checked one (`done`). Setting `stop`, or closing the iterator, stops the writer.

        Raises:
            InputError: the question is empty or too long.
            ModelError: a model is missing or cannot be loaded.
        """
        asked = parse(usable(question), history)
        turn = _Turn(asked, only, stop or threading.Event(), time.monotonic())
        compared = asked.comparison
        passages = self._retrieve(asked.query, only)
        rest, named = titled(asked.query, [passage.article for passage in passages])
        if named and not compared and not asked.field:
            turn = replace(turn, question=parse(rest), only=replace(only, article_ids=named))
            passages = self._retrieve(rest, turn.only)
        passed = time.monotonic() - turn.began
        answer = Answer(
            asked.text,
            asked.query,
            asked.kind,
            passages=tuple(passages),
            seconds=Timing(retrieve=passed, first_evidence=passed),
            model=self.writer.name,
        )
        yield answer
        if asked.field:
            found = about.answer(asked, passages)
            said = [("", found[0], [found[1]])] if found else []
            yield _finished(answer, said, turn) if said else self._refused(answer, turn)
        elif compared and compared.subjects:
            yield self._compared(answer, turn)
        elif compared:
            yield self._each(answer, turn)
        else:
            yield (yield from self._answered(answer, turn))

    def _answered(self, answer: Answer, turn: "_Turn") -> Generator[Answer, None, Answer]:
        """The checked answer to one question, or the refusal; yields the short answer and drafts."""
        answer, found, sure = self._decided(answer, turn)
        if decide.differ(turn.question, sure):
            answer, found = self._read_on(answer, found, turn)
            sure = decide.each(turn.question, found, self.threshold)
            lead = prompts.SEVERAL[turn.question.language]
            return _finished(replace(answer, form="several"), _labelled(sure), turn, lead)
        if not found or found[0].probability < min(decide.least(), self.threshold):
            return self._refused(answer, turn)
        best = found[0]
        text = _text(best)
        if sure:
            took = replace(answer.seconds, short=time.monotonic() - turn.began)
            short = text if turn.question.kind in SHORT else None
            answer = replace(answer, short=short, draft=text, seconds=took)
            yield answer
        answer, said = self._read_again(answer, found, turn)
        best = decide.reconsidered(best, said)
        answer = replace(
            answer, probability=best.probability, candidates=(best, *answer.candidates[1:])
        )
        if turn.stop.is_set() or best.probability < self.threshold:
            return self._refused(answer, turn)
        answer = replace(answer, short=text if turn.question.kind in SHORT else None)
        same = [c.source for c in sure[1:] if decide.same(turn.question, best, c)]
        text = _capital(told(best, said))
        return _finished(answer, [("", text, [best.source, *same])], turn)

    def _read_again(
        self, answer: Answer, found: Sequence[Candidate], turn: "_Turn"
    ) -> tuple[Answer, Opinion]:
        """What the writer makes of the best candidates' sentences."""
        writing = opinion(self.writer, turn.question, chosen(found), turn.stop)
        seconds = answer.seconds
        while True:
            try:
                next(writing)
            except StopIteration as end:
                said: Opinion = end.value
                return replace(answer, opinions=(said,), seconds=seconds), said
            if seconds.first_token is None:
                seconds = replace(seconds, first_token=time.monotonic() - turn.began)

    def _decided(
        self, answer: Answer, turn: "_Turn"
    ) -> tuple[Answer, list[Candidate], list[Candidate]]:
        """All candidates, and of each article that answers surely enough its best one."""
        found = self.read(turn.question, answer.passages)
        sure = found[0].probability if found else 0.0
        answer = replace(
            answer, probability=sure, threshold=self.threshold, candidates=tuple(found[:_KEPT])
        )
        return answer, found, decide.each(turn.question, found, self.threshold)

    def _read_on(
        self, answer: Answer, found: Sequence[Candidate], turn: "_Turn"
    ) -> tuple[Answer, list[Candidate]]:
        """More passages, and what may answer in them, too: where articles differ, all are wanted."""
        known = {passage.chunk_id for passage in answer.passages}
        more = [
            p
            for p in self._retrieve(turn.question.query, turn.only, RETRIEVAL.all)
            if p.chunk_id not in known
        ]
        passages = (*answer.passages, *more)
        others = self.read(turn.question, more, answer.passages[0].score)
        every = sorted([*found, *others], key=lambda one: -one.probability)
        return replace(answer, passages=passages), every

    def _each(self, answer: Answer, turn: "_Turn") -> Answer:
        """A row for each article that tells it."""
        answer, found, _ = self._decided(answer, turn)
        answer, found = self._read_on(answer, found, turn)
        sure = decide.each(turn.question, found, self.threshold, every=True)
        if turn.stop.is_set() or not sure:
            return self._refused(answer, turn)
        return _finished(replace(answer, form="table"), _labelled(sure), turn)

    def _compared(self, answer: Answer, turn: "_Turn") -> Answer:
        """A row for each subject that the collection tells of; the lead names the others."""
        rows: list[Said] = []
        passages = {passage.chunk_id: passage for passage in answer.passages}
        missing = []
        compared = turn.question.comparison
        assert compared is not None
        for subject in compared.subjects:
            question = parse(compared.of(subject))
            found = self._retrieve(question.query, turn.only)
            sure = decide.each(question, self.read(question, found), self.threshold)
            if not sure:
                missing.append(subject)
                continue
            passages |= {p.chunk_id: p for p in found if p.chunk_id not in passages}
            kept = sure if decide.differ(question, sure) else sure[:1]
            rows += _labelled(kept)
        if turn.stop.is_set() or not rows:
            return self._refused(answer, turn)
        lead = ""
        if missing:
            lead = prompts.MISSING[turn.question.language].format(what="; ".join(missing))
        answer = replace(answer, form="table", passages=tuple(passages.values()))
        return _finished(answer, rows, turn, lead)

    def _refused(self, answer: Answer, turn: "_Turn") -> Answer:
        return replace(
            answer,
            short=None,
            text=prompts.refused(self.library.extent(turn.only), turn.question.language),
            answered=False,
            seconds=replace(answer.seconds, total=time.monotonic() - turn.began),
            draft="",
            done=True,
        )


#: Candidates that an answer keeps, to say why it is what it is.
_KEPT = 8


@dataclass(frozen=True, slots=True)
class _Turn:
    """What is asked, of which articles, since when."""

    question: Question
    only: Filter
    stop: threading.Event
    began: float


def _text(candidate: Candidate) -> str:
    body = candidate.article.body
    return whole(body, candidate.start, candidate.end)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _labelled(found: Sequence[Candidate]) -> list[Said]:
    """What articles answer, each with what tells it from the others, and the sentence to cite."""
    names = decide.labels(found)
    return [(name, _text(one), [one.source]) for name, one in zip(names, found, strict=True)]


def _finished(answer: Answer, said: Sequence[Said], turn: _Turn, lead: str = "") -> Answer:
    statements, citations = cite(said)
    return replace(
        answer,
        text=render(statements, lead),
        answered=True,
        statements=statements,
        citations=citations,
        seconds=replace(answer.seconds, total=time.monotonic() - turn.began),
        draft="",
        done=True,
        lead=lead,
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
