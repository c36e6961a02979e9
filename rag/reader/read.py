"""Reading: a question and passages in; for each passage its rank, "not here", spans and support."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.alone import FIRST, Alone
from index.embed import SentenceEmbedder
from index.language.sentences import sentences
from index.models.tuning import kept
from rag.reader import END, RELEVANT, START, SUPPORT
from rag.reader.card import identity
from rag.types import Excerpt, Reading, Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from rag.reader.model import Network

#: Tokens of question, header and passage together that are read at once; a chunk and its question have 280.
#: A longer passage is read in several parts, each of which begins some tokens before the last one ends.
_TOKENS = 320
_OVERLAP = 64
_QUESTION = 96  # tokens of a question at most, and of a header
_HEADER = 1000  # characters of a header at most
_PASSAGE = 20_000  # characters of a passage at most; a chunk has 900, unless no sentence in it ends
_SPAN = 40  # tokens of a span at most
_BATCH = 2048  # tokens
#: Lengths are filled up to a multiple of so many: what computes is made anew for each other shape, which takes
#: as long as an eighth of the reading, and is kept.
_STEP = 32
_BOS, _EOS, _PAD = 0, 2, 1

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Part:
    """A run of a passage's tokens that is read at once, behind `before` tokens of question and header."""

    passage: int
    low: int
    high: int
    before: int
    tokens: list[int]


class Reader:
    """The trained reader; loaded at its first use, safe to share between threads.

    `numbers`: what it computes with, "float32" or "bfloat16"; what was measured to be faster for the
    embedding model, which is of the same shape, where none is given. `embedder`: where it is the model that
    the reader stands on, it is loaded, too, and both have what a
    tokenizer knows together.
    """

    def __init__(
        self, folder: Path, numbers: str | None = None, embedder: SentenceEmbedder | None = None
    ) -> None:
        self._folder = folder
        self._numbers = numbers
        self._embedder = embedder
        self._lock = threading.Lock()
        self._alone = Alone("reader")
        self._network: Network | None = None
        self._tokenizer: Tokenizer | None = None

    @property
    def identity(self) -> str:
        """Its name and the beginning of its weights' SHA-256; what is fitted on it says so."""
        return identity(self._folder)

    @classmethod
    def of(cls, network: "Network", words: "Tokenizer") -> "Reader":
        """A reader of a network that is there already."""
        made = cls(Path())
        made._network, made._tokenizer = network.eval(), words
        return made

    def load(self) -> "tuple[Network, Tokenizer]":
        """The network and its tokenizer.

        Raises:
            ModelError: the weights or the embedding model are missing or damaged.
        """
        import torch

        from index.models.rows import WORDS, Rows
        from rag.reader import weights
        from rag.reader.model import base_folder, tokenizer

        with self._lock:
            if self._network is None or self._tokenizer is None:
                base = base_folder()
                numbers = getattr(torch, self._numbers or kept().embedding)
                network = weights.load(self._folder).eval()
                network.words = Rows(base / "model.safetensors", WORDS, numbers)
                self._network = network.to(numbers)
                known = self._embedder.known(base) if self._embedder else None
                self._tokenizer = tokenizer(base, known)
            return self._network, self._tokenizer

    def read(self, question: str, excerpts: Sequence[Excerpt], spans: int = 5) -> list[Reading]:
        """A reading of each passage, in their order, with up to `spans` spans each."""
        network, words = self.load()
        excerpts = [Excerpt(e.text[:_PASSAGE], e.header[:_HEADER]) for e in excerpts]
        with FIRST.now():
            encodings = [words.encode(e.text, add_special_tokens=False) for e in excerpts]
            parts = _parts(question, excerpts, [e.ids for e in encodings], words)
            logits = self._alone.run(_logits, network, parts)
        found = []
        for number, (excerpt, encoding) in enumerate(zip(excerpts, encodings, strict=True)):
            own = [i for i, part in enumerate(parts) if part.passage == number]
            found.append(
                _reading(
                    excerpt,
                    encoding.offsets,
                    [parts[i] for i in own],
                    [logits[i] for i in own],
                    spans,
                )
            )
        return found


def _parts(
    question: str, excerpts: Sequence[Excerpt], texts: Sequence[list[int]], words: "Tokenizer"
) -> list[_Part]:
    asked = words.encode(question, add_special_tokens=False).ids[:_QUESTION]
    parts = []
    for number, (excerpt, tokens) in enumerate(zip(excerpts, texts, strict=True)):
        header = words.encode(excerpt.header, add_special_tokens=False).ids[:_QUESTION]
        before = [_BOS, *asked, _EOS, _EOS, *([*header, _EOS] if header else [])]
        room = _TOKENS - len(before) - 1
        low = 0
        while True:
            high = min(low + room, len(tokens))
            row = [*before, *tokens[low:high], _EOS]
            parts.append(_Part(number, low, high, len(before), row))
            if high == len(tokens):
                break
            low = high - _OVERLAP
    return parts


def _logits(network: "Network", parts: Sequence[_Part]) -> list[Floats]:
    """Of each part its logits, shape (its tokens, 4). Parts of like length go together."""
    import torch

    found: dict[int, Floats] = {}
    order = sorted(range(len(parts)), key=lambda i: -len(parts[i].tokens))
    device = network.head.weight.device
    while order:
        longest = _STEP * -(-len(parts[order[0]].tokens) // _STEP)
        batch = order[: max(1, _BATCH // longest)]
        order = order[len(batch) :]
        tokens = torch.full((len(batch), longest), _PAD)
        for row, i in enumerate(batch):
            tokens[row, : len(parts[i].tokens)] = torch.tensor(parts[i].tokens)
        lengths = torch.tensor([len(parts[i].tokens) for i in batch])
        with torch.inference_mode():
            logits = network(tokens.to(device), lengths.to(device)).cpu().numpy()
        for row, i in enumerate(batch):
            found[i] = logits[row, : len(parts[i].tokens)]
    return [found[i] for i in range(len(parts))]


def _reading(
    excerpt: Excerpt,
    offsets: Sequence[tuple[int, int]],
    parts: Sequence[_Part],
    logits: Sequence[Floats],
    most: int,
) -> Reading:
    spans: list[Span] = []
    support = np.full(len(offsets), -np.inf, np.float32)
    for part, own in zip(parts, logits, strict=True):
        inner = own[part.before : part.before + part.high - part.low]
        missing = float(own[0, START] + own[0, END])
        for first, last, score in _best(inner, 4 * most):
            start, end = _stripped(
                excerpt.text, offsets[part.low + first][0], offsets[part.low + last][1]
            )
            if start < end:
                spans.append(Span(start, end, score - missing))
        np.maximum(support[part.low : part.high], inner[:, SUPPORT], support[part.low : part.high])
    where = tuple(sentences(excerpt.text))
    return Reading(
        max(float(own[0, RELEVANT]) for own in logits),
        min(float(own[0, START] + own[0, END]) for own in logits),
        _apart(spans, most),
        where,
        tuple(_mean(support, offsets, start, end) for start, end in where),
    )


def _best(inner: Floats, most: int) -> list[tuple[int, int, float]]:
    """The best pairs of a first and a last token, with start plus end logit, best first."""
    tokens = len(inner)
    if not tokens:
        return []
    scores = inner[:, None, START] + inner[None, :, END]
    allowed = np.triu(np.ones((tokens, tokens), bool)) & ~np.triu(
        np.ones((tokens, tokens), bool), _SPAN
    )
    scores = np.where(allowed, scores, -np.inf).ravel()
    best = np.argsort(-scores, kind="stable")[:most]
    return [
        (int(i) // tokens, int(i) % tokens, float(scores[i]))
        for i in best
        if np.isfinite(scores[i])
    ]


def _apart(spans: Sequence[Span], most: int) -> tuple[Span, ...]:
    """The best spans of which no two overlap, best first."""
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda s: (-s.score, s.start, s.end)):
        if len(chosen) < most and all(span.end <= c.start or span.start >= c.end for c in chosen):
            chosen.append(span)
    return tuple(chosen)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _mean(support: Floats, offsets: Sequence[tuple[int, int]], start: int, end: int) -> float:
    inside = [n for n, (a, b) in enumerate(offsets) if b > start and a < end]
    return float(support[inside].mean()) if inside else float("-inf")
