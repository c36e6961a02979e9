"""Makes evidence of the turns of a conversation."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from index.config import LIMITS
from index.errors import InputError
from index.library import Library
from index.sealed import packed
from rag.reader.card import identity, shipped
from ui.answers import Record
from ui.evidence.manifest import (
    PAGE,
    SCHEMA,
    Answered,
    Cited,
    Evidence,
    Held,
    Original,
    Stated,
    encoded,
    program,
    sealed,
    sha256,
)
from ui.evidence.page import page
from ui.history import Turn
from ui.page.desk import fate
from ui.problems import both


def made(
    turns: Sequence[Turn],
    name: str,
    library: Library | None,
    originals: bool = False,
    now: datetime | None = None,
) -> bytes:
    """The evidence for the turns whose answers ended; `originals`: with the articles' own files, those that are
    still as they were read.

    Raises:
        InputError: it would be larger than what is opened again.
    """
    files: dict[str, bytes] = {}
    texts: dict[str, str] = {}
    articles: dict[str, Held] = {}
    answers = []
    for turn in turns:
        if turn.record is None:
            continue
        kept, lost = fate(library, turn.record) if library else (turn.record, {})
        answers.append(_answered(turn, kept, lost, library is not None))
        for cited in answers[-1].citations:
            if library and cited.stands == "here" and cited.article not in articles:
                held, text = _held(library, cited.article, files if originals else None)
                articles[held.id], texts[held.id] = held, text
    models = {"reader": identity(shipped())} | ({"embedding": library.embedding} if library else {})
    at = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    told = Evidence(
        SCHEMA, program(), at, name, models, tuple(answers), tuple(articles.values()), {}
    )  # fmt: skip
    members = {PAGE: encoded(page(told, texts))}
    members |= {one.text: encoded(texts[one.id]) for one in told.articles} | files
    whole = packed(sealed(told, members))
    if len(whole) > LIMITS.unpacked_bytes:
        raise InputError(
            "the evidence has {size:.0f} MB, {limit:.0f} are the limit; make it without --originals, or of "
            "one answer",
            size=len(whole) / 1e6,
            limit=LIMITS.unpacked_bytes / 1e6,
        )
    return whole


def _answered(turn: Turn, kept: Record, lost: Mapping[int, str], known: bool) -> Answered:
    def stands(number: int) -> Literal["here", "changed", "gone"]:
        if not known or lost.get(number) == "article_gone":
            return "gone"
        return "changed" if number in lost else "here"

    numbers = {one.number for one in kept.citations}
    return Answered(
        turn.question,
        datetime.fromtimestamp(turn.asked, UTC).isoformat(timespec="seconds"),
        kept.search_query,
        kept.outcome,
        kept.answer,
        kept.lead,
        kept.model,
        kept.filters,
        tuple(
            Stated(
                line.text,
                tuple(n for n in line.citations if n in numbers),
                line.verified,
                tuple(map(both, line.problems)),
            )
            for line in kept.statements
        ),
        tuple(
            Cited(
                one.number, one.article_id, one.title, one.start, one.end, one.quote, one.outlet,
                one.published, one.page, stands(one.number),
            )
            for one in kept.citations
        ),
    )  # fmt: skip


def _held(library: Library, article_id: str, files: dict[str, bytes] | None) -> tuple[Held, str]:
    """An article and its text; its own file goes into `files`, where that is wanted."""
    article = library.article(article_id)
    path, digest = library.origin(article_id)
    data = _read(path)
    if digest is None and data is not None:
        digest = sha256(data)
    member = None
    if files is not None and data is not None and sha256(data) == digest:
        ending = path.suffix if path.suffix[1:].isalnum() and path.suffix.isascii() else ""
        member = f"originals/{digest[:16]}{ending[:9]}"
        files[member] = data
    part = article.source.removeprefix(str(path)).removeprefix("#")
    details = article.details
    held = Held(
        article.id,
        article.title,
        details.outlet,
        details.author,
        details.published,
        details.time,
        details.place,
        details.url,
        f"articles/{article.id}.txt",
        sha256(encoded(article.body)),
        Original(path.name, part, digest, member),
    )
    return held, article.body


def _read(path: Path) -> bytes | None:
    """A file, where it is there and not larger than what is read of an article's."""
    try:
        if not path.is_file() or path.stat().st_size > LIMITS.container_bytes:
            return None
        return path.read_bytes()
    except OSError:
        return None
