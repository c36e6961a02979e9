"""Texts to unit vectors on a server that speaks OpenAI's interface (`/v1/embeddings`).

Its vectors must be those of the library: before it is used, and each time it comes back, it embeds a text whose
vector is known. Where it gives another one it is refused.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import httpx2
import numpy as np

from index.adding import document
from index.config import EMBEDDING, SERVER
from index.embed import Embedder, SentenceEmbedder, Vectors
from index.errors import Away, Line, ModelError
from index.models import registry
from index.servers import address, exposed, secret
from index.store.protocol import Store

VARIABLE, _MODEL, _KEY = (
    "HOIBAO_EMBEDDINGS",
    "HOIBAO_EMBEDDINGS_MODEL",
    "HOIBAO_EMBEDDINGS_KEY_FILE",
)
_ADD = "adding waits for it: start it and add again, what was confirmed is kept"
_LINES = {
    "away": "the embeddings server {url} does not answer ({why}); questions are answered by words alone, {add}",
    "key": "the embeddings server {url} refuses the key; write the right one into the file that {key} names",
    "model": "the embeddings server {url} refuses the model {model}, or a text ({why}); name one of its models "
    "with {variable}",
    "answer": "the embeddings server {url} gives no vectors ({why}); is it one with /v1/embeddings?",
    "other": "the embeddings server {url} gives other vectors than {identity}, with which the library was made "
    "(cosine {cosine}, it must be {least}); have it serve that model, or unset HOIBAO_EMBEDDINGS",
}
_log = logging.getLogger("hoibao")


@dataclass(frozen=True, slots=True)
class Known:
    """A passage's text and its vector, by which a model is recognised."""

    text: str
    vector: Vectors


class ServedEmbedder:
    """A model on the server at `url` ("http://host:port/v1"); threads may share it. `identity` is what a new
    library records, `reference` makes vectors to compare with where a library has none yet."""

    def __init__(self, url: str, model: str, identity: str, reference: Embedder | None) -> None:
        self._url, self._model, self._identity = url, model, identity
        self._reference = reference
        self._known: Callable[[], Known | None] = lambda: None
        self._kept: Known | None = None
        #: Until when it need not be proved again, and until when it is not asked again.
        self._proved = self._again = 0.0
        self._line: Line | None = None
        self._lock = threading.Lock()
        self._client = httpx2.Client(trust_env=False)

    @property
    def identity(self) -> str:
        """Model and revision, as the library records them."""
        return self._identity

    @property
    def line(self) -> Line | None:
        """Why questions go on without it at the moment; None where they do not."""
        return self._line

    def expect(self, identity: str, known: Callable[[], Known | None]) -> None:
        """Has it give the vectors of the model of this identity, of which `known` tells one.

        Raises:
            Away: it gives others. One that does not answer is asked again later.
        """
        self._identity, self._known = identity, known
        if known():
            try:
                self._asked([], *EMBEDDING.patience)
            except Away as away:
                if away.line.template == _LINES["other"]:
                    raise

    def documents(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, shape (n, dimensions). A server that is away is waited for a little.

        Raises:
            Away: it does not answer, or must not be used.
        """
        found = []
        for first in range(0, len(texts), EMBEDDING.sent):
            some = [EMBEDDING.passage + text for text in texts[first : first + EMBEDDING.sent]]
            self._proved = 0.0  # each time: what is kept must be right
            found.append(self._asked(some, *EMBEDDING.adding))
        return np.concatenate(found)

    def query(self, text: str) -> Vectors:
        """The unit vector of a question, shape (dimensions,). One that was away a moment ago is not waited for.

        Raises:
            Away: it does not answer, or must not be used.
        """
        seconds, again = EMBEDDING.patience
        if self._line:
            if time.monotonic() < self._again:
                raise Away(self._line)
            again = 0
        vector: Vectors = self._asked([EMBEDDING.query + text], seconds, again)[0]
        return vector

    def _asked(self, texts: Sequence[str], seconds: float, again: int) -> Vectors:
        """The texts' vectors; with them, where that was long ago, it shows again that it has the right
        model."""
        known = self._sample() if time.monotonic() > self._proved else None
        try:
            if known is None:
                found = self._embedded(texts, seconds, again)
            else:
                first = EMBEDDING.passage + known.text
                vectors = self._embedded([first, *texts], seconds, again)
                self._compare(vectors[0], known.vector)
                found = vectors[1:]
        except Away as away:
            self._tell(away.line)
            raise
        self._tell(None)
        return found

    def _sample(self) -> Known | None:
        if self._kept is None:
            self._kept = self._known()
        if self._kept is None and self._reference:
            vector = self._reference.documents([EMBEDDING.probe])[0]
            self._kept = Known(EMBEDDING.probe, vector)
        return self._kept

    def _compare(self, found: Vectors, right: Vectors) -> None:
        cosine = float(found @ right) if found.shape == right.shape else 0.0
        if cosine < EMBEDDING.same:
            values = {"cosine": f"{cosine:.3f}", "least": EMBEDDING.same}
            raise self._away("other", identity=self._identity, **values)
        self._proved = time.monotonic() + EMBEDDING.proved

    def _embedded(self, texts: Sequence[str], seconds: float, again: int) -> Vectors:
        asked = {"model": self._model, "input": list(texts), "encoding_format": "float"}
        said = self._sent(asked, seconds, again)
        try:
            rows = sorted(said.json()["data"], key=lambda one: int(one["index"]))
            found: Vectors = np.array([one["embedding"] for one in rows], np.float32)
            lengths = np.linalg.norm(found, axis=1, keepdims=True)
            if len(found) != len(texts) or not np.isfinite(found).all() or not lengths.all():
                raise ValueError(f"{len(found)} vectors for {len(texts)} texts")
        except (KeyError, TypeError, ValueError) as error:
            raise self._away("answer", why=f"{type(error).__name__} {error}"[:80]) from None
        unit: Vectors = found / lengths
        return unit

    def _sent(self, asked: Mapping[str, object], seconds: float, again: int) -> httpx2.Response:
        """The server's answer. One that is busy or away is asked again, each time after twice as long."""
        wait = httpx2.Timeout(seconds, connect=SERVER.connect)
        url, key = f"{self._url}/embeddings", secret(_KEY)
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        for tried in range(again + 1):
            if tried:
                time.sleep(SERVER.pause * 2 ** (tried - 1))
            try:
                said = self._client.post(url, json=asked, headers=headers, timeout=wait)
            except httpx2.HTTPError as error:
                why = type(error).__name__
                continue
            if said.is_success:
                return said
            if said.status_code in (401, 403):
                raise self._away("key", key=_KEY)
            why = f"status {said.status_code}"
            if said.status_code < 500 and said.status_code not in (408, 429):
                raise self._away("model", model=self._model, why=why, variable=_MODEL)
        raise self._away("away", why=why, add=_ADD)

    def _away(self, which: str, **values: object) -> Away:
        return Away(Line.of(_LINES[which], **{"url": self._url, **values}))

    def _tell(self, line: Line | None) -> None:
        """Keeps why it is away and says it once; and once that it is back."""
        with self._lock:
            before, self._line = self._line, line
            if line:
                self._again, self._proved = time.monotonic() + SERVER.retry, 0.0
        if line and (not before or before.template != line.template):
            _log.warning("hoibao: %s", line)
        elif before and not line:
            _log.warning("hoibao: the embeddings server %s is back", self._url)


def served() -> ServedEmbedder | None:
    """The embedder that the environment names, None where it names none. It is taken to be the model that is
    in use here, unless another one is named or none is installed.

    Raises:
        InputError: an address or a key's file cannot be used.
    """
    found = address(VARIABLE)
    if found is None:
        return None
    if line := exposed(found, _KEY):
        _log.warning("hoibao: %s", line)
    secret(_KEY)
    url, named = found.geturl().rstrip("/"), os.environ.get(_MODEL, "").strip()
    try:
        model = registry.active("embedding")
    except ModelError:
        model = None
    if model and named.rpartition("/")[2] in ("", model.name):
        reference = SentenceEmbedder(model.path, model.identity)
        return ServedEmbedder(url, named or model.name, model.identity, reference)
    named = named or EMBEDDING.model
    return ServedEmbedder(url, named, f"{named}@served", None)


def agreed(embedder: Embedder, store: Store, mine: dict[str, str]) -> dict[str, str]:
    """How a library is made by this program: with its own embedding model where a server has that one. The
    store is closed where it has not.

    Raises:
        Away: the server gives other vectors than the library's.
    """
    if not isinstance(embedder, ServedEmbedder):
        return mine
    theirs = store.meta().get("embedding", embedder.identity)
    try:
        embedder.expect(theirs, partial(known, store))
    except Away:
        store.close()
        raise
    return {**mine, "embedding": theirs}


def known(store: Store) -> Known | None:
    """A text that was embedded for a library, of usual length, with its vector; None where it has none."""
    chunks = store.chunks(sorted(store.chunk_ids())[: EMBEDDING.tried]).values()
    usual = [chunk for chunk in chunks if len(chunk.text) <= EMBEDDING.usual] or list(chunks)
    for chunk in sorted(usual, key=lambda chunk: -len(chunk.text)):
        if article := store.article(chunk.article_id):
            text = document(article.details.title, chunk.text)
            return Known(text, store.vectors([chunk.id])[0])
    return None
