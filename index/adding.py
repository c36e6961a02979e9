"""What one `add` does with files: decides for each article whether it is unchanged, moved, changed, new,
a duplicate or unreadable, and gathers what is to be written. Only `index.library` uses this."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from index import reading
from index.chunk import chunks
from index.errors import InputError, NoText
from index.metadata import parse
from index.reading.files import file_hash, read_bytes
from index.store.protocol import Change, Store
from index.types import AddedArticle, AddReport, Article, FailedFile

Spans = tuple[tuple[int, int], ...]
#: An article to be embedded: with its file, its content hash and its chunks' spans.
Pending = tuple[Article, str, str, Spans]
_EMPTY_ARTICLE = "no article in it, only page furniture; check the file"


@dataclass
class Adding:
    """The state of one `add`. `change` gathers what needs no embedding, `pending` what does."""

    store: Store
    fields: Mapping[str, str]
    report: AddReport = AddReport()
    change: Change = Change()
    pending: list[Pending] = field(default_factory=list)
    articles: list[AddedArticle] = field(default_factory=list)
    failed: list[FailedFile] = field(default_factory=list)
    #: Of the file at hand.
    digest: str = ""
    #: By content hash: the ids that this run gave and that are not written yet.
    fresh: dict[str, str] = field(default_factory=dict)

    @property
    def pending_chunks(self) -> int:
        """How many chunks wait to be embedded."""
        return sum(len(spans) for _, _, _, spans in self.pending)

    def known_unchanged(self, path: Path) -> bool:
        """Whether a file is in the library as it is, under this name or one that is gone; if so it is
        counted, and a moved one taken over.

        Raises:
            InputError: it cannot be read.
        """
        name, digest = str(path), file_hash(path)
        self.digest = digest
        if self.store.file_hash(name) != digest:
            twins = self.store.files(digest)
            moved = next((old for old in twins if not Path(old).exists()), None)
            if moved is None or self.store.known(file=name):
                return False
            self.change = replace(self.change, moved=(*self.change.moved, (moved, name)))
            articles = self.store.known(file=moved)
            self._count(renamed=len(articles))
        else:
            articles = self.store.known(file=name)
        for known in articles:
            self._done(known.id, known.title, name, "unchanged")
        return True

    def documents(self, path: Path) -> "list[reading.Document | reading.Bad]":
        """What a file holds.

        Raises:
            InputError: it cannot be read.
        """
        return list(reading.read(path.name, read_bytes(path), self.fields))

    def fail(self, source: str, reason: str) -> None:
        """Counts a file or a part of one as failed."""
        self.failed.append(FailedFile(" ".join(source.split()), reason))

    def take(self, path: Path, document: reading.Document) -> str | None:
        """Decides what an article of a file is; returns its id, None where it is a duplicate or there is
        nothing in it."""
        name = str(path)
        source = f"{name}#{document.part}" if document.part else name
        try:
            details, body = parse(document.text, document.details)
            spans = tuple(chunks(body))
            if not spans:
                raise NoText(_EMPTY_ARTICLE)
        except InputError as error:
            self.fail(source, str(error))
            return None
        article = Article("", source, details, body)
        content_hash = _content_hash(article)
        known = next(iter(self.store.known(source=source)), None)
        twin = next(iter(self.store.known(content=content_hash)), None)
        if twin and twin.file == name:  # as it was, perhaps in another row
            if twin.source != source:
                self.change = replace(
                    self.change, sources=(*self.change.sources, (twin.id, source))
                )
            self._done(twin.id, details.title, source, "unchanged")
            return twin.id
        if twin and not Path(twin.file).exists():  # moved into or out of another file
            self.change = replace(self.change, remove=(*self.change.remove, twin.id))
            twin = None
        held = twin.id if twin else self.fresh.get(content_hash)
        if held:
            self._done(held, details.title, source, "duplicate")
            return None
        same = known and (not document.part or _is_same(known.title, details.title))
        article_id = known.id if known and same else self._fresh_id(content_hash, source)
        self.fresh[content_hash] = article_id
        self.pending.append((replace(article, id=article_id), name, content_hash, spans))
        self._done(article_id, details.title, source, "updated" if known and same else "added")
        return article_id

    def finish(self, path: Path, kept: set[str], whole: bool) -> None:
        """Ends a file: articles that it held and holds no more are forgotten, and, where all of it could
        be read, its hash is kept, so that it need not be read again."""
        gone = [known.id for known in self.store.known(file=str(path)) if known.id not in kept]
        if whole and gone:
            self.change = replace(self.change, remove=(*self.change.remove, *gone))
            self._count(removed=len(gone))
        if whole and kept:
            self.change = replace(self.change, files=(*self.change.files, (str(path), self.digest)))

    def written(self, embedded: int) -> None:
        """Counts what was gathered as done."""
        self.pending.clear()
        self.fresh.clear()
        self.change = Change()
        self._count(embedded_chunks=embedded)

    def _done(self, article_id: str, title: str | None, path: str, outcome: str) -> None:
        self.articles.append(AddedArticle(article_id, title, path, outcome))
        counted = "duplicates" if outcome == "duplicate" else outcome
        self._count(**{counted: 1})

    def _count(self, **more: int) -> None:
        sums = {name: getattr(self.report, name) + count for name, count in more.items()}
        self.report = replace(self.report, **sums)

    def _fresh_id(self, content_hash: str, source: str) -> str:
        """The same on every machine for the same text; kept when the file changes later."""
        candidate = content_hash[:12]
        if self.store.has(candidate) or candidate in self.fresh.values():
            return hashlib.sha256(f"{content_hash} {source}".encode()).hexdigest()[:12]
        return candidate


def _content_hash(article: Article) -> str:
    """What makes an article another one: its words, and who published them when (a reprint in
    another paper is an article of its own)."""
    details = article.details
    said = (details.title, details.outlet, details.author, details.published, details.url)
    return hashlib.sha256("\n".join(map(str, (*said, article.body))).encode()).hexdigest()


def _is_same(one: str | None, other: str | None) -> bool:
    return one is not None and one == other
