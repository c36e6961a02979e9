"""Whether evidence is as it was made: each hash, each quote in its article, and every byte of the file. Needs
no library, no model, and nothing of the machine that made it."""

from dataclasses import dataclass
from pathlib import Path

from index.config import LIMITS
from index.errors import InputError
from index.sealed import opened
from ui.evidence.manifest import (
    MANIFEST,
    PAGE,
    SCHEMA,
    SEAL,
    Cited,
    Evidence,
    from_bytes,
    program,
    seal,
    sha256,
)
from ui.evidence.page import page

#: A page has every quote at each statement that cites it, less what cannot be seen: at least a tenth.
_STRIPPED = 10
#: What a manifest of somebody else's can lead to.
_MALFORMED = (ValueError, TypeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Held:
    """A quote, by its answer's and its own number, and whether it stands in its article."""

    answer: int
    cited: Cited
    holds: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: the file's own hash, who made it and when, its quotes, and what is not as it was made, a
    line each."""

    sha256: str
    program: str
    created: str
    members: int
    quotes: tuple[Held, ...]
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether all holds."""
        return not self.problems and all(one.holds for one in self.quotes)


def verify_file(path: Path) -> Verdict:
    """The verdict on a file.

    Raises:
        InputError: it cannot be read, is too large, or is no evidence.
    """
    try:
        size = path.stat().st_size
        if size > LIMITS.unpacked_bytes:
            raise InputError(
                "{file} has {size:.0f} MB, {limit:.0f} are the limit of evidence",
                file=path,
                size=size / 1e6,
                limit=LIMITS.unpacked_bytes / 1e6,
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError("{file} cannot be read: {why}", file=path, why=error.strerror) from None
    return verified(data, path.name)


def verified(data: bytes, name: str) -> Verdict:
    """The verdict on a file's bytes.

    Raises:
        InputError: it is no evidence: nothing in it says what it should hold.
    """
    members, differs = opened(data)
    try:
        if len(members[MANIFEST]) > LIMITS.file_bytes:
            raise ValueError
        told = from_bytes(members[MANIFEST])
        if len({one.text for one in told.articles}) < len(told.articles):
            raise ValueError
    except (KeyError, *_MALFORMED):
        raise InputError(
            "{name} is no evidence of Hỏi Báo, or its manifest is damaged; ask for another copy",
            name=name,
        ) from None
    if told.schema != SCHEMA:
        raise InputError(
            "{name} is evidence of another version ({program}); verify it with that one",
            name=name,
            program=told.program,
        )
    problems = list(_hashes(told, members))
    texts = dict(_texts(told, members, problems))
    quotes = tuple(
        Held(number, cited, _stands(cited, texts))
        for number, answer in enumerate(told.answers, 1)
        for cited in answer.citations
    )
    problems += _numbers(told)
    if told.program == program() and not problems and not _shows(told, texts, members[PAGE]):
        problems.append(f"{PAGE} does not show what {MANIFEST} says")
    if differs is not None:
        problems.append(f"the file is not as it was made, from byte {differs} on")
    return Verdict(sha256(data), told.program, told.created, len(members), quotes, tuple(problems))


def _hashes(told: Evidence, members: dict[str, bytes]) -> list[str]:
    """What is missing, changed or too much among the members."""
    wrong = []
    if members.get(SEAL) != seal(members[MANIFEST]):
        wrong.append(f"{MANIFEST} is not what {SEAL} says")
    for name, digest in told.members.items():
        if name not in members:
            wrong.append(f"{name} is missing")
        elif sha256(members[name]) != digest:
            wrong.append(f"{name} was changed: its SHA-256 is another")
    known = {MANIFEST, SEAL, *told.members}
    wrong += [f"{name} does not belong to it" for name in members if name not in known]
    if PAGE not in told.members:
        wrong.append(f"{PAGE} is missing")
    return wrong


def _texts(told: Evidence, members: dict[str, bytes], problems: list[str]) -> dict[str, str]:
    """The articles' texts by id; into `problems` goes what is wrong with them."""
    texts = {}
    for article in told.articles:
        data = members.get(article.text, b"")
        try:
            texts[article.id] = data.decode("utf-8")
        except ValueError:
            problems.append(f"{article.text} is no UTF-8")
            continue
        if told.members.get(article.text) != article.sha256:
            problems.append(f"{article.text} is not the text of {article.id} that was quoted")
        member = article.original.member
        if member and told.members.get(member) != article.original.sha256:
            problems.append(f"{member} is not the file that {article.id} was read from")
    return texts


def _stands(cited: Cited, texts: dict[str, str]) -> bool:
    text = texts.get(cited.article)
    if text is None or cited.stands != "here" or not 0 <= cited.start < cited.end <= len(text):
        return False
    return (
        cited.end - cited.start == len(cited.quote) and text[cited.start : cited.end] == cited.quote
    )


def _numbers(told: Evidence) -> list[str]:
    """Citations in statements that lead to no quote."""
    return [
        f"answer {number} cites [{cited}], which is not there"
        for number, answer in enumerate(told.answers, 1)
        for known in ({one.number for one in answer.citations},)
        for line in answer.statements
        for cited in line.citations
        if cited not in known
    ]


def _shows(told: Evidence, texts: dict[str, str], data: bytes) -> bool:
    # What is never so much is not made: a small manifest can quote the same words a million times.
    quoted = 0
    for answer in told.answers:
        length = {one.number: len(one.quote) for one in answer.citations}
        quoted += sum(length.get(n, 0) for line in answer.statements for n in line.citations)
    if quoted > _STRIPPED * len(data):
        return False
    try:
        return page(told, texts).encode() == data
    except _MALFORMED:
        return False
