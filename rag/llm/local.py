"""The local language model: replies, and answers by copying.

One context is not thread-safe, so everything runs under one lock. What a prompt begins with and was read
before is not read again, so it begins with what never changes.
"""

import codecs
import hashlib
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index import config
from index.errors import ModelError
from index.models.proof import prove
from index.models.tuning import Tuning, kept, machine, soonest
from rag.config import GENERATION
from rag.llm.copying import Copied, Copier, Copy, Place, first_of
from rag.types import Message

if TYPE_CHECKING:
    from rag.llm.runtime import Runtime, Slot


#: What a trial reads, and how many tokens it writes.
_TRIAL = (
    "Chép lại nguyên văn: Sáng 14/9, Hội Nông dân tỉnh bế mạc đại hội với 215 đại biểu chính thức."
)
_WRITTEN = 16
#: Tokens that open a reply, at most.
_OPENING = 8
#: Which of the runtime's slots holds what: what it writes waits for the others.
_WRITES, _COPIES, _VERDICTS = range(_SLOTS := 3)


class TooLong(ModelError):
    """A prompt that the model has no room for, though each part of it is bounded (`rag.config.WRITING`): in
    some scripts every letter is several tokens."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How a model ran with its settings: the seconds of a short answer; the logits behind a fixed prompt and
    the tokens written there, to compare with other settings'; how much longer a step of four tokens takes than
    one of one."""

    seconds: float
    logits: NDArray[np.float32]
    tokens: tuple[int, ...]
    four: float


class LanguageModel(Protocol):
    """Anything that continues a conversation within a grammar."""

    @property
    def name(self) -> str:
        """What the model calls itself."""

    @property
    def aside(self) -> bool:
        """Whether it copies and tells verdicts while it writes."""

    def write(self, messages: Sequence[Message], stop: threading.Event) -> Iterator[str]:
        """The reply in the model's own words, by whole characters; ends when `stop` is set."""

    def copy(
        self,
        messages: Sequence[Message],
        sources: Sequence[str],
        refusal: str,
        enough: Callable[[Copy], bool],
        stop: threading.Event,
    ) -> Generator[str, None, Copied]:
        """What the model would answer if it may only copy from the sources, and how likely it
        would write the refusal instead; yields its first choice as it grows. Other beginnings are
        tried until one is `enough`. Ends early, with what there is, when `stop` is set."""

    def verdict(
        self, messages: Sequence[Message], replies: Sequence[str], adapter: Path, base: str
    ) -> list[float] | None:
        """How likely a reply begins as each of `replies` does (logarithms), with an adapter for the model
        `base`; None where this is another."""

    def warm(self, messages: Sequence[Message], copies: bool = False) -> None:
        """Loads the model and reads what every prompt begins with that it writes to, or `copies` for."""


class LlamaModel:
    """A GGUF file through llama.cpp; loaded at its first use, with the settings that were measured to be the
    fastest here. Threads may share it: one writes, which waits from token to token for one that copies or wants
    a verdict."""

    aside = True

    def __init__(self, path: Path, name: str, tuning: Tuning | None = None) -> None:
        self._path = path
        self._name = name
        self._tuning = tuning or kept(name)
        # Not re-entrant: a reply may be begun in one thread and closed in another (Gradio does).
        self._writing = threading.Lock()
        self._copying = threading.Lock()
        self._opening = threading.Lock()
        self._runtime: Runtime | None = None

    @property
    def name(self) -> str:
        """What the model calls itself."""
        return self._name

    def write(self, messages: Sequence[Message], stop: threading.Event) -> Iterator[str]:
        """The reply in the model's own words, greedily, by whole characters; closing the iterator
        or setting `stop` stops the model after the token at hand.

        Raises:
            ModelError: the model cannot be loaded.
            TooLong: the prompt is longer than its context.
        """
        with self._writing:
            model = self._load()
            slot = model.slots[_WRITES]
            # A Vietnamese letter may lie in two tokens.
            decoder = codecs.getincrementaldecoder("utf-8")(errors="ignore")
            self._begin(slot, messages[:-1])
            logits = slot.read(self.tokenized(messages))
            for _ in range(GENERATION.tokens):
                token = int(logits.argmax())
                if token == model.end or stop.is_set():
                    break
                text = decoder.decode(model.text([token]))
                if text:
                    yield text
                (logits,) = slot.step([token])

    def copy(
        self,
        messages: Sequence[Message],
        sources: Sequence[str],
        refusal: str,
        enough: Callable[[Copy], bool],
        stop: threading.Event,
    ) -> Generator[str, None, Copied]:
        """What the model would answer if it may only copy from the sources, begun with each of
        the first tokens that it prefers until one is `enough` and then continued greedily, and how
        likely it would write the refusal instead; yields its first choice as it grows.

        Raises:
            ModelError: the model cannot be loaded.
            TooLong: the prompt is longer than its context.
        """
        with self._first() as model:
            slot = model.slots[_COPIES]
            copier = Copier(sources, model.vocabulary)
            self._begin(slot, messages[:-1])
            prompt = self.tokenized(messages)
            first = _log_softmax(slot.read(prompt))
            refused = model.tokenized(refusal)[0]
            steps = copier.beginnings()
            preferred = sorted(steps, key=lambda token: -first[token])[: GENERATION.copies]
            copies: list[Copy] = []
            for token in preferred:
                if stop.is_set():
                    break
                slot.forget(len(prompt))  # what was written behind it
                growing = self.continued(slot, copier, token, first[token], steps[token])
                longest = GENERATION.tokens if not copies else GENERATION.other_tokens
                copied = yield from first_of(growing, longest, stop, silent=bool(copies))
                if copied:
                    copies.append(copied)
                    if enough(copied):
                        break
            return Copied(float(first[refused]), tuple(copies))

    def continued(
        self, slot: "Slot", copier: Copier, token: int, likelihood: float, places: set[Place]
    ) -> Iterator[tuple[str, Copy | None]]:
        """Copies on from a first token, the likeliest step each time; yields the words so far, and
        the copy at every place where it could end, the last one being where the model ends it.

        What follows in the source is a good guess at what the model will write: where a step of several
        tokens costs little more than one of one, some of it are read in the same step, and count where the
        model agrees (speculative decoding with the evidence as the draft)."""
        model = slot.runtime
        text = model.text([token])
        total, count = float(likelihood), 1
        drafted: list[int] = []
        behind: list[NDArray[np.float32]] = []  # the token at hand, and each drafted one
        while True:
            if not behind:
                drafted = copier.draft(places, self._tuning.drafted)
                behind = slot.step([token, *drafted])
            logits = _log_softmax(behind.pop(0))
            ends = copier.ends(places)
            steps = copier.steps(places)
            end = float(logits[model.end])
            best = max(steps, key=lambda t: logits[t], default=None)
            over = best is None or (bool(ends) and end >= logits[best])
            copied = None
            if ends:
                place = min(ends)  # the first of the sources: the best evidence
                start, stop = copier.span(place, len(text))
                copied = Copy(place[0], start, stop, (total + end) / (count + 1))
            yield text.decode(errors="ignore"), copied
            if over or best is None:
                return
            text += model.text([best])
            total, count = total + float(logits[best]), count + 1
            token, places = best, steps[best]
            if drafted[:1] == [best]:
                drafted.pop(0)
            else:  # what was read ahead is forgotten
                slot.forget(len(slot.tokens) - len(drafted))
                behind.clear()

    def warm(self, messages: Sequence[Message], copies: bool = False) -> None:
        """Loads the model and reads what every prompt begins with that it writes to, or that it `copies` for;
        what was read once is kept on disk, beside the model, and only loaded from then on."""
        with self._copying if copies else self._writing:
            self._begin(self._load().slots[_COPIES if copies else _WRITES], messages)

    @contextmanager
    def _first(self) -> Iterator["Runtime"]:
        """The model, for what does not wait for who writes."""
        with self._copying:
            model = self._load()
            with model.before.now():
                yield model

    def _begin(self, slot: "Slot", messages: Sequence[Message]) -> None:
        """What the prompts of one kind begin with, from disk where the slot does not hold it and it is there:
        reading it takes longer than the rest of the prompt."""
        if not messages:
            return
        tokens = self.tokenized(messages)
        # The last few open the reply: in a prompt that goes on, another turn stands there.
        rest = len(tokens) - _OPENING
        if slot.held >= rest and slot.tokens[:rest] == tokens[:rest]:
            return
        state = self._state_file(tokens)
        if not slot.load(state, tokens):
            slot.read(tokens)
            slot.save(state)

    def _state_file(self, tokens: Sequence[int]) -> Path:
        """Named after all that the state depends on: the file of the model, how it is run, the tokens."""
        from rag.llm.runtime import VERSION

        file = self._path.stat()
        run = (machine(), self._tuning.threads, self._tuning.repack)
        what = (VERSION, file.st_size, file.st_mtime_ns, run, tuple(tokens))
        digest = hashlib.sha256(repr(what).encode()).hexdigest()[:16]
        return config.models_dir() / "states" / f"{digest}.kv"

    def likeliest(self, messages: Sequence[Message], count: int) -> list[tuple[str, float]]:
        """The likeliest first tokens of a reply, each with the logarithm of its probability."""
        with self._first() as model:
            first = _log_softmax(model.slots[_COPIES].read(self.tokenized(messages)))
            return [
                (model.text([t]).decode(errors="ignore"), float(first[t]))
                for t in (-first).argsort()[:count]
            ]

    def verdict(
        self, messages: Sequence[Message], replies: Sequence[str], adapter: Path, base: str
    ) -> list[float] | None:
        """How likely a reply begins as each of `replies` does (logarithms), with an adapter for the model
        `base`; None where this is another."""
        if self._name != base:
            return None
        with self._first() as model:
            slot = model.slots[_VERDICTS]
            slot.adapt(adapter)
            first = _log_softmax(slot.read(self.tokenized(messages)))
            return [float(first[model.tokenized(one)[0]]) for one in replies]

    def trial(self) -> Trial:
        """What it writes with its settings, and how fast. For `index.models.trial`: it may crash."""
        with self._writing:
            model = self.open().slots[_WRITES]
            prompt = self.tokenized([Message("user", _TRIAL)])
            logits = first = model.read(prompt)
            written: list[int] = []
            while len(written) < _WRITTEN:
                written.append(int(logits.argmax()))
                (logits,) = model.step(written[-1:])

            def answer() -> None:  # 120 tokens read and 8 written, as most questions need
                model.forget(0)
                model.read(prompt[:1] * 120)
                for token in written[:8]:
                    model.step([token])

            def step(count: int) -> None:
                model.forget(128)
                model.step(range(100, 100 + count))

            seconds = soonest(2, answer)
            one, four = (soonest(3, lambda count=n: step(count)) for n in (1, 4))  # type: ignore[misc]
            return Trial(seconds, first, tuple(written), four / one)

    def tokenized(self, messages: Sequence[Message]) -> list[int]:
        """The prompt that these turns are, as tokens; the model is loaded.

        Raises:
            ModelError: it cannot be.
            TooLong: the prompt is longer than its context.
        """
        model = self.open()
        turns = [{"role": m.role, "content": _plain(m.content, model.controls)} for m in messages]
        tokens = model.tokenized(model.template(messages=turns).prompt)
        room = model.size - GENERATION.tokens
        if len(tokens) > room:
            raise TooLong(
                "the prompt has {count} tokens, {name} has room for {room}",
                count=len(tokens),
                name=self._name,
                room=room,
            )
        return tokens

    def _load(self) -> "Runtime":
        if self._runtime is None:
            prove(self._path, load_once)
        return self.open()

    def open(self) -> "Runtime":
        """The model in llama.cpp, without a trial before.

        Raises:
            ModelError: the file is no model that can be used.
        """
        with self._opening:
            if self._runtime is None:
                from rag.llm.runtime import Runtime

                self._runtime = Runtime(self._path, GENERATION.context, self._tuning, _SLOTS)
            return self._runtime


def load_once(path: Path) -> None:
    """Loads a model file and reads a token, with safe settings. For `index.models.proof`: it may crash.

    Raises:
        ModelError: the file is no model that can be used.
    """
    model = LlamaModel(path, path.name, Tuning())  # its slots do not keep it
    model.open().slots[_WRITES].read([1])


def trial(path: Path, name: str, tuning: Tuning) -> Trial:
    """`LlamaModel.trial` of a model file with these settings."""
    return LlamaModel(path, name, tuning).trial()


def _plain(content: str, controls: Sequence[str]) -> str:
    """The text without the model's control tokens ("<|im_end|>"): in an article or a question they are text,
    and end no turn."""
    for control in controls:
        if control in content:
            content = content.replace(control, f"{control[0]} {control[1:]}")
    return content


def _log_softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    shifted = logits - logits.max()
    result: NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum())
    return result
