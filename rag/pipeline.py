"""One question, end to end: `ask` yields growing, immutable snapshots of one `Answer`."""

import contextlib
import re
import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from index.embed import Embedder, RememberingEmbedder
from index.errors import InputError
from index.library import EVERYTHING, Library
from index.text import nfc
from index.types import Filter
from rag import about, prompts, refuse
from rag.cite import Said, cite, copied, enough, render, sound, statement
from rag.compare import Comparison, comparison
from rag.config import CHOOSING, RETRIEVAL
from rag.copying import Reading
from rag.evidence import choose, rank_sentences, shown, to_read
from rag.expect import asks_number, parts
from rag.follow import rewrite
from rag.glossary import vietnamese
from rag.language import Language, language
from rag.llm import LanguageModel
from rag.retrieve import retrieve
from rag.scope import admits, of_named_articles, scope, titled, when
from rag.several import alternatives, differ, labelled, says
from rag.types import Answer, Evidence, Message, Passage, Read, Timing

_QUESTION_CHARACTERS = 2000


class Assistant:
    """Answers questions from one library with one pair of models; threads may share it. `threshold`
    is the likelihood below which a question is refused."""

    def __init__(
        self,
        library: Library,
        embedder: Embedder,
        model: LanguageModel,
        threshold: float = refuse.THRESHOLD,
    ) -> None:
        self.library = library
        self.embedder = embedder
        self._sentences = RememberingEmbedder(embedder)
        self.model = model
        self.threshold = threshold

    def warm(self) -> None:
        """Loads both models, the constant part of the prompt, and what the library searches in memory."""
        self.embedder.query("khởi động")
        self.model.warm(prompts.constant("vi"))
        self.library.warm()

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
        question = usable(question)
        turn = _Turn(language(question), only, stop or threading.Event(), time.monotonic())
        query = rewrite(question, history)
        asked = query
        if turn.language == "en":
            query = vietnamese(query) or query
        compared = comparison(query)
        field = about.asked_field(query)
        passages = self._passages(query, only, len(compared.subjects) if compared else 1)
        searched = query
        rest, named = titled(query, [passage.article for passage in passages])
        if named and not compared and not field:
            asked = query = rest
            turn = replace(turn, only=replace(only, article_ids=named))
            passages = self._passages(query, turn.only)
        found = time.monotonic() - turn.began
        answer = Answer(
            question,
            searched,
            passages=tuple(passages),
            seconds=Timing(retrieve=found, first_evidence=found),
            model=self.model.name,
        )
        yield answer
        if field:
            yield self._about(answer, field, turn)
        elif compared and compared.subjects:
            yield self._compared(answer, compared, turn)
        else:
            yield (yield from self._answered(answer, query, asked, turn, each=bool(compared)))

    def _passages(self, query: str, only: Filter, subjects: int = 1) -> list[Passage]:
        """The best passages; more of them where every article that tells it is wanted."""
        limit = RETRIEVAL.passages if subjects else RETRIEVAL.candidates // 2
        return retrieve(self.library, self.embedder, query, limit, only)

    def _answered(
        self, answer: Answer, query: str, asked: str, turn: "_Turn", each: bool = False
    ) -> Generator[Answer, None, Answer]:
        """The checked answer to one question, or the refusal; yields drafts. `each`: of every
        article that tells it."""
        passages = answer.passages
        ranked = self.ranked(query, passages)
        evidence = choose(ranked)
        terms = refuse.wanted(query, self.library.counts()[1], self.library.spread)
        likely = refuse.probability(refuse.measure(query, passages, evidence, terms))
        answer = replace(
            answer, likelihood=likely, threshold=self.threshold, chosen=tuple(evidence)
        )
        if not evidence or likely < self.threshold:
            return self._refused(answer, turn)
        others = alternatives(query, ranked, every=each)
        if differ(others) or (each and others):
            answer = replace(answer, form="table" if each else "several")
            lead = "" if each else prompts.SEVERAL[turn.language]
            return _finished(answer, [labelled(other) for other in others], turn, lead)
        answer, readings = yield from self._readings(answer, query, asked, evidence, turn)
        said = statement(query, readings)
        if turn.stop.is_set() or not said:
            return self._refused(answer, turn)
        text, item = said
        own = next((o for o in others if o.evidence.article.id == item.article.id), None)
        if own and asks_number(query) and parts(query) == 1 and not says(text, own):
            # Another figure of the article than the one right at the verb or noun.
            text, item = own.text, own.evidence
        same = [o.evidence for o in others if o.evidence.article.id != item.article.id]
        also = [other for other in same if sound(query, text, other)]
        return _finished(answer, [("", text, [item, *also])], turn)

    def _readings(
        self, answer: Answer, query: str, asked: str, evidence: Sequence[Evidence], turn: "_Turn"
    ) -> Generator[Answer, None, tuple[Answer, list[tuple[Evidence, Reading]]]]:
        """What the model would copy from each of the best sentences, until one that is clearly better
        than the next has given an answer; yields drafts."""
        readings: list[tuple[Evidence, Reading]] = []
        for item in to_read(query, evidence):
            far = item.score < evidence[0].score - CHOOSING.read_margin
            if far and statement(query, readings, whole=False):
                break
            reading = Reading(0.0, ())
            answer = replace(answer, draft="")
            messages = prompts.answer(asked, [item], turn.language)
            with contextlib.closing(self._read(query, messages, item, turn)) as reads:
                while True:
                    try:
                        piece = next(reads)
                    except StopIteration as end:
                        reading = end.value
                        break
                    first = answer.seconds.first_token or time.monotonic() - turn.began
                    seconds = replace(answer.seconds, first_token=first)
                    answer = replace(answer, seconds=seconds, draft=answer.draft + piece)
                    yield answer
            readings.append((item, reading))
            copies = tuple((copied(shown(item), c), c.likelihood) for c in reading.copies)
            read = Read(messages[-1].content, copies)
            answer = replace(answer, read=(*answer.read, read))
        return answer, readings

    def _read(
        self, query: str, messages: Sequence[Message], item: Evidence, turn: "_Turn"
    ) -> Generator[str, None, Reading]:
        """What the model would copy from one sentence. One at a time: from four together it copied
        from the wrong one more often."""
        refusal = prompts.REFUSAL[turn.language]
        return self.model.copy(
            messages, [shown(item)], refusal, lambda copy: enough(query, item, copy), turn.stop
        )

    def ranked(self, query: str, passages: Sequence[Passage]) -> list[Evidence]:
        """The sentences about what the question names, best first."""
        asked = scope(query)
        ranked = rank_sentences(query, passages, self._sentences)
        admitted = [e for e in ranked if admits(asked, e.article, e.start, e.end)]
        told = [e for e in admitted if asked.years & when(e.article, e.start, e.end)]
        return of_named_articles(query, told or admitted)

    def _compared(self, answer: Answer, compared: Comparison, turn: "_Turn") -> Answer:
        """A row for each subject that the collection tells of; the lead names the others."""
        rows: list[Said] = []
        passages = list(answer.passages)
        missing = []
        for subject in compared.subjects:
            query = compared.of(subject)
            found = self._passages(query, turn.only)
            row = Answer(query, query, passages=tuple(found))
            row = _last(self._answered(row, query, query, turn))
            if not row.answered:
                missing.append(subject)
                continue
            passages += [
                p for p in row.passages if p.chunk_id not in {q.chunk_id for q in passages}
            ]
            for said in row.statements:
                cited = [c for c in row.citations if c.number in said.citations]
                sources = [Evidence(c.article, c.start, c.end, 0.0) for c in cited]
                rows.append((said.label or subject, said.text, sources))
        if turn.stop.is_set() or not rows:
            return self._refused(answer, turn)
        lead = prompts.MISSING[turn.language].format(what="; ".join(missing)) if missing else ""
        answer = replace(answer, form="table", passages=tuple(passages))
        return _finished(answer, rows, turn, lead)

    def _about(self, answer: Answer, field: str, turn: "_Turn") -> Answer:
        """The answer to a question about an article itself, or a refusal."""
        which = about.subject(answer.search_query, field)
        if not re.search(r"\w", which):
            return self._refused(answer, turn)
        passages = self._passages(which, turn.only)
        terms = refuse.wanted(which, self.library.counts()[1], self.library.spread)
        signals = refuse.measure(which, passages, [], terms)
        found = about.answer(field, passages)
        if not found or signals.passage_cover < refuse.ABOUT_COVER:
            return self._refused(answer, turn)
        text, evidence = found
        answer = replace(answer, passages=tuple(passages))
        return _finished(answer, [("", text, [evidence])], turn)

    def _refused(self, answer: Answer, turn: "_Turn") -> Answer:
        return replace(
            answer,
            text=prompts.refused(self.library.extent(turn.only), turn.language),
            answered=False,
            seconds=replace(answer.seconds, total=time.monotonic() - turn.began),
            draft="",
            done=True,
        )


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one question is asked with."""

    language: Language
    only: Filter
    stop: threading.Event
    began: float


def _last(growing: Generator[Answer, None, Answer]) -> Answer:
    """What a generator returns, drafts let go."""
    while True:
        try:
            next(growing)
        except StopIteration as end:
            answer: Answer = end.value
            return answer


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
