"""One's own draft, looked up sentence by sentence: which article says so, what is wrong, what nothing
supports. No language model: retrieval finds candidates, the checker decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.embed import Embedder
from index.errors import InputError
from index.language.sentences import sentences
from index.language.text import nfc, visible, words
from index.library import EVERYTHING, Library
from rag.check.checker import cover, problems
from rag.check.noticed import warned
from rag.check.problem import Problem
from rag.check.scanned import scanned
from rag.cite import context
from rag.config import CHECKING, RETRIEVAL
from rag.quote import quoted
from rag.retrieve import retrieve
from rag.types import Citation, Passage, Source

#: What is reported where no article says anything like it.
UNSUPPORTED = Problem("unsupported")


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence of a draft: verified, with the words that say so; or with what is wrong and the
    nearest words; or unsupported (`problems` says so) without any."""

    statement: str
    problems: tuple[Problem, ...]
    citations: tuple[Citation, ...]
    #: The notices that correct the article that is cited.
    corrections: tuple[Citation, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether a quote says all of it."""
        return bool(self.citations) and not self.problems


def check_draft(library: Library, embedder: Embedder, text: str) -> Iterator[Checked]:
    """Each sentence of a text, looked up in the library; citations are numbered through.

    Raises:
        InputError: the text has no sentence, or is too long.
    """
    text = visible(nfc(text))
    spans = sentences(text)
    if not any(character.isalnum() for character in text):
        raise InputError("the text to check is empty; paste a paragraph")
    if len(text) > CHECKING.characters:
        raise InputError(
            "the text has {count} characters, {limit} are the limit; check it in parts",
            count=len(text),
            limit=CHECKING.characters,
        )
    number = 0
    for start, end in spans:
        found = _looked_up(library, embedder, " ".join(text[start:end].split()), number)
        found = _warned(library, found, number + len(found.citations) + 1)
        number += len(found.citations) + len(found.corrections)
        yield found


def _looked_up(library: Library, embedder: Embedder, statement: str, number: int) -> Checked:
    passages = retrieve(library, embedder, statement, RETRIEVAL.passages, EVERYTHING)
    tried = [(item, _found(statement, item)) for item in _nearest(statement, passages)]
    said = [(item, share) for item, (wrong, share) in tried if not wrong]
    if said:
        best = max(said, key=lambda pair: pair[1])[0]
        return Checked(statement, (), (_cited(best, number + 1),))
    near = [(item, wrong, share) for item, (wrong, share) in tried if share >= CHECKING.near]
    if near:
        item, wrong, _ = max(near, key=lambda found: found[2] - 0.1 * len(found[1]))
        return Checked(statement, wrong, (_cited(item, number + 1),))
    return Checked(statement, (UNSUPPORTED,), ())


def _warned(library: Library, found: Checked, number: int) -> Checked:
    """The same, with the notices that correct its article: what is wrong by them, and what right."""
    noticed = warned(library, found.statement, found.citations, number)
    wrong = () if noticed.right else found.problems
    return replace(found, problems=(*wrong, *noticed.problems), corrections=noticed.notices)


def _nearest(statement: str, passages: Sequence[Passage]) -> list[Source]:
    """The passages' sentences that have most of the statement's words, as they can stand alone."""
    asked = set(words(statement))
    found = dict.fromkeys(
        Source(p.article, p.start + start, p.start + end)
        for p in passages
        for start, end in sentences(p.text)
    )
    ranked = sorted(found, key=lambda item: -len(asked.intersection(words(item.text))))
    return list(dict.fromkeys(map(quoted, ranked[: CHECKING.candidates])))


def _found(statement: str, item: Source) -> tuple[tuple[Problem, ...], float]:
    """What a sentence does not say of the statement, and the share of the statement's words in it. Too
    few words in common are a problem of their own: the library has many sentences."""
    around = context(item.article)
    share = cover(statement, item.text, around)
    wrong = problems(statement, [item.text], around) + scanned(statement, [item], around)
    if not wrong and share < CHECKING.said:
        wrong = (UNSUPPORTED,)
    return wrong, share


def _cited(item: Source, number: int) -> Citation:
    return Citation(number, item.article, item.start, item.end)
