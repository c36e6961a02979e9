"""One `add`: what each file holds is compared with what is known, what is new is embedded, and both are
committed some articles at a time. Only `index.library` uses this."""

import hashlib
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from index import config
from index.embed import Embedder
from index.errors import InputError, Later
from index.giving_way import GivingWay
from index.pruning import is_gone
from index.reading import Bad, kind
from index.reading.child import Counted, Paged, Parsed
from index.reading.files import Found, shown
from index.reading.process import Parsers, Stopped
from index.store.details import corrected
from index.store.protocol import Change, NewArticle, Store
from index.types import (
    AddedArticle,
    AddReport,
    Article,
    AtPage,
    Details,
    FailedFile,
    Progress,
)


def document(title: str | None, text: str) -> str:
    """What is embedded for a chunk: its article's title before it, as context."""
    return f"{title}\n{text}" if title else text


def embedded(
    embedder: Embedder,
    titles: Mapping[str, str | None],
    found: Sequence[NewArticle],
    way: GivingWay | None = None,
    stop: threading.Event | None = None,
) -> list[NewArticle]:
    """The articles with their vectors. The title (by article) is embedded with every chunk, as the user
    corrected it. Between two batches it gives way, where there is a way to give."""
    way, stop = way or GivingWay(), stop or threading.Event()
    texts = []
    for new in found:
        title = titles[new.article.id]
        texts += [document(title, new.article.body[start:end]) for start, end in new.spans]
    # Texts of like length go together.
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    batches, first = [np.empty((0, 0), np.float32)] if not texts else [], 0
    while first < len(order):
        way.wait(stop)
        some = order[first : first + way.texts]
        batches.append(embedder.documents([texts[i] for i in some]))
        first += len(some)
    vectors = np.concatenate(batches)
    vectors[order] = vectors.copy()
    ends = np.cumsum([len(new.spans) for new in found])
    parts = np.split(vectors, ends[:-1]) if found else []
    return [replace(new, vectors=part) for new, part in zip(found, parts, strict=True)]


@dataclass
class Adding:
    """The state of one `add`. `change` gathers what needs no embedding, `new` what does; `commit` writes."""

    store: Store
    embedder: Embedder
    commit: Callable[[Change], object]
    fields: Mapping[str, str]
    way: GivingWay = field(default_factory=GivingWay)
    stop: threading.Event = field(default_factory=threading.Event)
    report: AddReport = AddReport()
    change: Change = Change()
    new: list[NewArticle] = field(default_factory=list)
    articles: list[AddedArticle] = field(default_factory=list)
    failed: list[FailedFile] = field(default_factory=list)
    #: By content hash: the ids that this run gave and that are not written yet.
    fresh: dict[str, str] = field(default_factory=dict)

    def run(self, files: Sequence[Found], tell: Progress) -> AddReport:
        """Takes over files, one after the other; returns what was done, all of it committed. Setting `stop`
        ends it after the article at hand."""
        stop = self.stop
        done, total = 0, len(files)
        waiting = [(found, False) for found in reversed(files)]
        scans: list[tuple[Found, bool]] = []
        with Parsers(stop, self.fields) as parsers:
            while not stop.is_set() and (waiting or scans):
                if not waiting:
                    # Scans take seconds a page: what came before them can be searched meanwhile.
                    self._write()
                    waiting, scans = scans[::-1], []
                (path, refusal), scan = waiting.pop()
                tell(done, total, str(path), None)
                self.way.wait(stop)
                kept: set[str] = set()
                whole, read, counted, began = True, 0, 1, time.monotonic()
                try:
                    if refusal:
                        raise InputError(refusal)
                    digest = parsers.digest(path, scan or kind(path.name) in (".zip", ".gz"))
                    if self._known(path, digest):
                        done += 1
                        continue
                    for told in parsers.articles():
                        if isinstance(told, Counted):
                            total += max(0, told.articles - counted)
                            counted = max(counted, told.articles)
                            continue
                        if isinstance(told, Paged):
                            tell(done, total, str(path), _at(told, time.monotonic() - began))
                            continue
                        if stop.is_set():
                            raise Stopped
                        article_id = self._take(path, told)
                        if article_id:
                            kept.add(article_id)
                        whole = whole and article_id is not None
                        gathered = (*self.new, *self.change.articles)
                        if sum(len(new.spans) for new in gathered) >= config.STORE.batch_chunks:
                            self._write()
                        read += 1
                        tell(done + read, total, str(path), None)
                    if whole:
                        self._finish(path, digest, kept)
                except Stopped:
                    break
                except Later:
                    scans.append((Found(path), True))
                    continue
                except InputError as error:
                    self._fail(str(path), error.line)
                done += max(read, 1)
        self._write()
        tell(total, total, "", None)
        return replace(
            self.report,
            stopped=stop.is_set(),
            failed=tuple(self.failed),
            articles=tuple(self.articles),
        )

    def _known(self, path: Path, digest: str) -> bool:
        """Whether a file is in the library as it is, under this name or one that is gone; if so it is
        counted, and a moved one taken over."""
        name = str(path)
        if self.store.file_hash(name) != digest:
            twins = self.store.files(digest)
            moved = next((old for old in twins if is_gone(Path(old))), None)
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

    def _take(self, path: Path, told: Parsed | Bad) -> str | None:
        """Decides what an article of a file is; returns its id, None where it is a duplicate, or cannot be
        read."""
        name = str(path)
        source = f"{name}#{told.part}" if told.part else name
        if isinstance(told, Bad):
            self._fail(source, told.reason)
            return None
        details, body = told.details, told.body
        content_hash = hash_of(details, body)
        known = next(iter(self.store.known(source=source)), None)
        twin = next(iter(self.store.known(content=content_hash)), None)
        if twin and twin.file == name:  # as it was, perhaps in another row
            if twin.source != source:
                sources = (*self.change.sources, (twin.id, source))
                self.change = replace(self.change, sources=sources)
            self._done(twin.id, details.title, source, "unchanged")
            return twin.id
        if twin and is_gone(Path(twin.file)):  # moved into or out of another file
            self.change = replace(self.change, remove=(*self.change.remove, twin.id))
            twin = None
        held = twin.id if twin else self.fresh.get(content_hash)
        if held:
            self._done(held, details.title, source, "duplicate")
            return None
        if thrown := self.store.trashed(content=content_hash):
            # Whoever adds it again wants it back; it has its vectors, and what was corrected.
            back = replace(thrown, article=replace(thrown.article, source=source), file=name)
            self.fresh[content_hash] = back.article.id
            self.change = replace(self.change, articles=(*self.change.articles, back))
            self._done(back.article.id, details.title, source, "added")
            return back.article.id
        same = known and (not told.part or _is_same(known.title, details.title))
        article_id = known.id if known and same else self._fresh_id(content_hash, source)
        self.fresh[content_hash] = article_id
        article = Article(article_id, source, details, body, pages=told.pages, doubts=told.doubts)
        self.new.append(
            NewArticle(
                *(article, name, content_hash, told.spans), bands=told.bands, left_out=told.left_out
            )
        )
        self._done(article_id, details.title, source, "updated" if known and same else "added")
        return article_id

    def _finish(self, path: Path, digest: str, kept: set[str]) -> None:
        """Ends a file that could be read whole: articles that it held and holds no more are forgotten, and its
        hash is kept, so that it need not be read again."""
        gone = [known.id for known in self.store.known(file=str(path)) if known.id not in kept]
        if gone:
            self.change = replace(self.change, remove=(*self.change.remove, *gone))
            self._count(removed=len(gone))
        if kept:
            self.change = replace(self.change, files=(*self.change.files, (str(path), digest)))

    def _write(self) -> None:
        """Embeds what is new and commits all that is gathered."""
        if not self.new and not self.change:
            return
        titles = {
            new.article.id: corrected(
                new.article.details, self.store.corrections(new.article.id)
            ).title
            for new in self.new
        }
        new = embedded(self.embedder, titles, self.new, self.way, self.stop)
        self.commit(replace(self.change, articles=(*new, *self.change.articles)))
        self._count(embedded_chunks=sum(len(one.spans) for one in new))
        self.new.clear()
        self.fresh.clear()
        self.change = Change()

    def _fail(self, source: str, reason: str) -> None:
        self.failed.append(FailedFile(shown(source), reason))

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


def hash_of(details: Details, body: str) -> str:
    """What makes an article another one: its words, and who published them when (a reprint in
    another paper is an article of its own)."""
    said = (details.title, details.outlet, details.author, details.published, details.url)
    return hashlib.sha256("\n".join(map(str, (*said, body))).encode()).hexdigest()


def _at(told: Paged, passed: float) -> AtPage:
    read = told.page - 1
    return AtPage(told.page, told.pages, passed / read * (told.pages - read) if read else None)


def _is_same(one: str | None, other: str | None) -> bool:
    return one is not None and one == other
