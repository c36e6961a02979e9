"""The local language model. The only module that imports llama_cpp.

One context is not thread-safe, so everything runs under one lock. llama.cpp keeps the KV state of the
longest common prefix, so a prompt begins with what never changes.
"""

import codecs
import contextlib
import ctypes
import hashlib
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index import config
from index.errors import ModelError
from index.models.proof import prove
from index.models.registry import sha256
from index.models.tuning import Tuning, kept, machine, soonest
from rag.config import GENERATION
from rag.llm.copying import Copied, Copier, Copy, Place
from rag.types import Message

if TYPE_CHECKING:
    from llama_cpp import Llama


#: States kept on disk, some 30 MB each: of two models in two languages.
_STATES = 4
#: What a trial reads, and how many tokens it writes.
_TRIAL = (
    "Chép lại nguyên văn: Sáng 14/9, Hội Nông dân tỉnh bế mạc đại hội với 215 đại biểu chính thức."
)
_WRITTEN = 16


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

    def warm(self, messages: Sequence[Message]) -> None:
        """Loads the model and reads what every prompt begins with."""


class LlamaModel:
    """A GGUF file through llama.cpp; loaded at its first use, with the settings that were measured to be the
    fastest here."""

    def __init__(self, path: Path, name: str, tuning: Tuning | None = None) -> None:
        self._path = path
        self._name = name
        self._tuning = tuning or kept(name)
        # Not re-entrant: a reply may be begun in one thread and closed in another (Gradio does).
        self._lock = threading.Lock()
        self._llama: Llama | None = None
        self._template: Any = None
        self._vocabulary: dict[bytes, int] = {}
        self._controls: list[str] = []

    @property
    def name(self) -> str:
        """What the model calls itself."""
        return self._name

    def write(self, messages: Sequence[Message], stop: threading.Event) -> Iterator[str]:
        """The reply in the model's own words, greedily, by whole characters; closing the iterator
        or setting `stop` stops the model after the token at hand.

        Raises:
            ModelError: the model cannot be loaded, or the prompt is longer than its context.
        """
        with self._lock:
            llama = self._load()
            # A Vietnamese letter may lie in two tokens.
            decoder = codecs.getincrementaldecoder("utf-8")(errors="ignore")
            self._begin(llama, messages[:-1])
            logits = self._read(llama, self._tokenized(llama, messages))
            for _ in range(GENERATION.tokens):
                token = int(logits.argmax())
                if token == llama.token_eos() or stop.is_set():
                    break
                text = decoder.decode(llama.detokenize([token]))
                if text:
                    yield text
                (logits,) = self._next(llama, [token])

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
            ModelError: the model cannot be loaded, or the prompt is longer than its context.
        """
        with self._lock:
            llama = self._load()
            copier = Copier(sources, self._vocabulary)
            self._begin(llama, messages[:-1])
            prompt = self._tokenized(llama, messages)
            first = _log_softmax(self._read(llama, prompt))
            refused = llama.tokenize(refusal.encode(), add_bos=False)[0]
            steps = copier.beginnings()
            preferred = sorted(steps, key=lambda token: -first[token])[: GENERATION.copies]
            copies: list[Copy] = []
            for token in preferred:
                if stop.is_set():
                    break
                llama.n_tokens = len(prompt)  # what was written behind the prompt is forgotten
                growing = self._continue(llama, copier, token, first[token], steps[token])
                longest = GENERATION.tokens if not copies else GENERATION.other_tokens
                copied = yield from _first(growing, longest, stop, silent=bool(copies))
                if copied:
                    copies.append(copied)
                    if enough(copied):
                        break
            return Copied(float(first[refused]), tuple(copies))

    def _continue(
        self, llama: "Llama", copier: Copier, token: int, likelihood: float, places: set[Place]
    ) -> Iterator[tuple[str, Copy | None]]:
        """Copies on from a first token, the likeliest step each time; yields the words so far, and
        the copy at every place where it could end, the last one being where the model ends it.

        What follows in the source is a good guess at what the model will write: where a step of several
        tokens costs little more than one of one, some of it are read in the same step, and count where the
        model agrees (speculative decoding with the evidence as the draft)."""
        text = llama.detokenize([token])
        total, count = float(likelihood), 1
        drafted: list[int] = []
        behind: list[NDArray[np.float32]] = []  # the token at hand, and each drafted one
        while True:
            if not behind:
                drafted = copier.draft(places, self._tuning.drafted)
                behind = self._next(llama, [token, *drafted])
            logits = _log_softmax(behind.pop(0))
            ends = copier.ends(places)
            steps = copier.steps(places)
            end = float(logits[llama.token_eos()])
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
            text += llama.detokenize([best])
            total, count = total + float(logits[best]), count + 1
            token, places = best, steps[best]
            if drafted[:1] == [best]:
                drafted.pop(0)
            else:  # what was read ahead is forgotten
                llama.n_tokens -= len(drafted)
                behind.clear()

    def warm(self, messages: Sequence[Message]) -> None:
        """Loads the model and reads what every prompt begins with; what was read once is kept on disk,
        beside the model, and only loaded from then on."""
        with self._lock:
            self._begin(self._load(), messages)

    def _begin(self, llama: "Llama", messages: Sequence[Message]) -> None:
        """What a process reads first, and every prompt begins with, from disk where it is there: reading it
        takes most of the time of a single `hoibao ask`."""
        if llama.n_tokens or not messages:
            return
        tokens = self._tokenized(llama, messages)
        state = self._state_file(tokens)
        if not _load_state(llama, state, tokens):
            self._read(llama, tokens)
            _save_state(llama, state, tokens)

    def _state_file(self, tokens: Sequence[int]) -> Path:
        """Named after all that the state depends on: the file of the model, how it is run, the tokens."""
        import llama_cpp

        file = self._path.stat()
        run = (machine(), self._tuning.threads, self._tuning.repack)
        what = (llama_cpp.__version__, file.st_size, file.st_mtime_ns, run, tuple(tokens))
        digest = hashlib.sha256(repr(what).encode()).hexdigest()[:16]
        return config.models_dir() / "states" / f"{digest}.kv"

    def trial(self) -> "Trial":
        """What it writes with its settings, and how fast. For `index.models.trial`: it may crash."""
        with self._lock:
            llama = self._open()
            prompt = self._tokenized(llama, [Message("user", _TRIAL)])
            logits = first = self._read(llama, prompt)
            written: list[int] = []
            while len(written) < _WRITTEN:
                written.append(int(logits.argmax()))
                (logits,) = self._next(llama, written[-1:])

            def answer() -> None:  # 120 tokens read and 8 written, as most questions need
                llama.n_tokens = 0
                llama.eval(prompt[:1] * 120)
                for token in written[:8]:
                    llama.eval([token])

            def step(count: int) -> None:
                llama.n_tokens = 128
                self._next(llama, range(100, 100 + count))

            seconds = soonest(2, answer)
            one, four = (soonest(3, lambda count=n: step(count)) for n in (1, 4))  # type: ignore[misc]
            return Trial(seconds, first, tuple(written), four / one)

    def _read(self, llama: "Llama", tokens: list[int]) -> NDArray[np.float32]:
        """The logits behind a prompt; what it shares with the last one is not read again."""
        known = llama.input_ids[: llama.n_tokens]
        shared = 0
        for mine, other in zip(tokens[:-1], known):
            if mine != other:
                break
            shared += 1
        llama.n_tokens = shared  # eval drops the KV state behind it
        llama.eval(tokens[shared:])
        return self._logits(llama)

    def _next(self, llama: "Llama", tokens: Sequence[int]) -> list[NDArray[np.float32]]:
        """The logits behind each of a few tokens, read in one step. `Llama.eval` hands out the last ones
        only."""
        import llama_cpp

        past, count = llama.n_tokens, len(tokens)
        llama._ctx.kv_cache_seq_rm(-1, past, -1)  # what was read ahead, and not written
        batch = llama_cpp.llama_batch_init(count, 0, 1)
        try:
            batch.n_tokens = count
            for i, token in enumerate(tokens):
                batch.token[i], batch.pos[i], batch.logits[i] = token, past + i, True
                batch.n_seq_id[i], batch.seq_id[i][0] = 1, 0
            if llama_cpp.llama_decode(llama._ctx.ctx, batch):
                raise ModelError(f"{self._name} has no room for more; ask for one thing at a time")
        finally:
            llama_cpp.llama_batch_free(batch)
        llama.input_ids[past : past + count] = tokens
        llama.n_tokens = past + count
        return [self._logits(llama, i) for i in range(count)]

    def _logits(self, llama: "Llama", which: int = -1) -> NDArray[np.float32]:
        from llama_cpp import llama_get_logits_ith

        pointer = llama_get_logits_ith(llama._ctx.ctx, which)
        return np.ctypeslib.as_array(pointer, shape=(llama.n_vocab(),)).copy()

    def _tokenized(self, llama: "Llama", messages: Sequence[Message]) -> list[int]:
        turns = [{"role": m.role, "content": self._plain(m.content)} for m in messages]
        prompt = self._template(messages=turns).prompt
        tokens: list[int] = llama.tokenize(prompt.encode(), add_bos=False, special=True)
        room = llama.n_ctx() - GENERATION.tokens
        if len(tokens) > room:
            raise ModelError(
                f"the prompt has {len(tokens)} tokens, {self._name} has room for {room}"
            )
        return tokens

    def _plain(self, content: str) -> str:
        """The text without the model's control tokens ("<|im_end|>"): in an article or a question
        they are text, and end no turn."""
        for control in self._controls:
            if control in content:
                content = content.replace(control, f"{control[0]} {control[1:]}")
        return content

    def _load(self) -> "Llama":
        if self._llama is None:
            prove(self._path, load_once)
        return self._open()

    def _open(self) -> "Llama":
        if self._llama is None:
            import llama_cpp
            from llama_cpp.llama_chat_format import Jinja2ChatFormatter

            try:
                with contextlib.nullcontext() if self._tuning.repack else _without_repacking():
                    llama = llama_cpp.Llama(
                        str(self._path),
                        n_ctx=GENERATION.context,
                        n_threads=self._tuning.threads,
                        n_threads_batch=self._tuning.threads,
                        flash_attn=True,
                        verbose=False,
                    )
            except (ValueError, OSError):  # llama.cpp has told its own log why, and nobody else
                raise ModelError(
                    f"{self._path} is no language model that llama.cpp can load (broken, cut short, or of an "
                    "unknown kind); choose another: hoibao models use NAME|PATH, or: hoibao models pull"
                ) from None
            template = llama.metadata.get("tokenizer.chat_template")
            if not template:
                raise ModelError(f"{self._path.name} has no chat template; use an instruct model")
            self._template = Jinja2ChatFormatter(
                template,
                eos_token=llama.detokenize([llama.token_eos()], special=True).decode(),
                bos_token="",
            )
            for token in reversed(range(llama.n_vocab())):
                text = llama.detokenize([token])
                if text:
                    self._vocabulary[text] = token
                elif control := llama.detokenize([token], special=True).decode(errors="ignore"):
                    self._controls.append(control)
            self._llama = llama
        return self._llama


def load_once(path: Path) -> None:
    """Loads a model file and reads a token, with safe settings. For `index.models.proof`: it may crash.

    Raises:
        ModelError: the file is no model that can be used.
    """
    model = LlamaModel(path, path.name, Tuning())
    model._read(model._open(), [1])


def trial(path: Path, name: str, tuning: Tuning) -> Trial:
    """`LlamaModel.trial` of a model file with these settings."""
    return LlamaModel(path, name, tuning).trial()


def _load_state(llama: "Llama", file: Path, tokens: Sequence[int]) -> bool:
    """The KV state of these tokens from disk; False where it is not there, or is not what was saved: llama.cpp
    trusts the sizes in it, so a damaged file could end the process."""
    from llama_cpp import llama_state_seq_load_file, llama_token

    try:
        if sha256(file) != _digest(file).read_text("ascii"):
            return False
    except (OSError, ValueError):
        return False
    room = (llama_token * llama.n_ctx())()
    count = ctypes.c_size_t(0)
    loaded = llama_state_seq_load_file(
        llama._ctx.ctx, str(file).encode(), 0, room, llama.n_ctx(), ctypes.byref(count)
    )
    if not loaded or list(room[: count.value]) != list(tokens):
        llama.reset()
        return False
    llama.input_ids[: len(tokens)] = tokens
    llama.n_tokens = len(tokens)
    return True


def _save_state(llama: "Llama", file: Path, tokens: Sequence[int]) -> None:
    """Keeps it, in the place of whatever other states there are of models that changed."""
    from llama_cpp import llama_state_seq_save_file, llama_token

    with contextlib.suppress(OSError):  # a full or read-only disk: it is read again next time
        file.parent.mkdir(exist_ok=True)
        part = file.with_suffix(".part")
        room = (llama_token * len(tokens))(*tokens)
        if llama_state_seq_save_file(llama._ctx.ctx, str(part).encode(), 0, room, len(tokens)):
            _digest(file).write_text(sha256(part), "ascii")
            part.replace(file)
        others = sorted(file.parent.glob("*.kv"), key=lambda other: other.stat().st_mtime)
        for other in others[:-_STATES]:
            other.unlink()
            _digest(other).unlink(missing_ok=True)


def _digest(file: Path) -> Path:
    return file.with_suffix(".sha256")


def _first(
    growing: Iterator[tuple[str, Copy | None]], longest: int, stop: threading.Event, silent: bool
) -> Generator[str, None, Copy | None]:
    """Yields what is new of each text (nothing where `silent`) and returns the last copy within
    `longest` tokens."""
    copied, said = None, ""
    for count, (text, copy) in enumerate(growing, 1):
        copied = copy or copied
        if not silent and text != said:
            yield text[len(said) :]
            said = text
        if count >= longest or stop.is_set():
            break
    return copied


def _log_softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    shifted = logits - logits.max()
    result: NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum())
    return result


@contextlib.contextmanager
def _without_repacking() -> Iterator[None]:
    """Weight repacking (`use_extra_bufts` of llama.cpp's model parameters) makes prompts slower to
    read, which is the wait here: 63 against 91 tokens a second (DESIGN.md). `Llama` does not pass
    it on, so its default is changed while a model is loaded."""
    from llama_cpp import llama_cpp

    original = llama_cpp.llama_model_default_params

    def changed() -> Any:
        parameters = original()
        parameters.use_extra_bufts = False
        return parameters

    llama_cpp.llama_model_default_params = changed
    try:
        yield
    finally:
        llama_cpp.llama_model_default_params = original
