"""The local language model. The only module that imports llama_cpp.

One context is not thread-safe, so everything runs under one lock. llama.cpp keeps the KV state of the
longest common prefix, so a prompt begins with what never changes.
"""

import codecs
import contextlib
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from index.errors import ModelError
from rag.config import GENERATION
from rag.types import Message

if TYPE_CHECKING:
    from llama_cpp import Llama


class LanguageModel(Protocol):
    """Anything that continues a conversation within a grammar."""

    @property
    def name(self) -> str:
        """What the model calls itself."""

    def write(
        self, messages: Sequence[Message], grammar: str, stop: threading.Event
    ) -> Iterator[str]:
        """The reply, by whole characters, held to a GBNF grammar; ends when `stop` is set."""

    def warm(self, messages: Sequence[Message]) -> None:
        """Loads the model and reads what every prompt begins with."""


class LlamaModel:
    """A GGUF file through llama.cpp; loaded at its first use."""

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self._name = name
        # Not re-entrant: a reply may be begun in one thread and closed in another (Gradio does).
        self._lock = threading.Lock()
        self._llama: Llama | None = None
        self._template: Any = None

    @property
    def name(self) -> str:
        """What the model calls itself."""
        return self._name

    def write(
        self, messages: Sequence[Message], grammar: str, stop: threading.Event
    ) -> Iterator[str]:
        """The reply, greedily, by whole characters; closing the iterator or setting `stop` stops
        the model after the token at hand.

        Raises:
            ModelError: the model cannot be loaded, or the prompt is longer than its context.
        """
        from llama_cpp import LlamaGrammar

        with self._lock:
            llama = self._load()
            tokens = self._tokens(llama, messages)
            # A Vietnamese letter may lie in two tokens.
            decoder = codecs.getincrementaldecoder("utf-8")(errors="ignore")
            form = LlamaGrammar.from_string(grammar, verbose=False)
            steps = llama.generate(tokens, temp=0.0, grammar=form)
            with contextlib.closing(steps):
                for count, token in enumerate(steps, 1):
                    if token == llama.token_eos() or stop.is_set():
                        break
                    text = decoder.decode(llama.detokenize([token]))
                    if text:
                        yield text
                    if count >= GENERATION.tokens:
                        break

    def warm(self, messages: Sequence[Message]) -> None:
        """Loads the model and reads what every prompt begins with."""
        with self._lock:
            llama = self._load()
            llama.reset()
            llama.eval(self._tokens(llama, messages))

    def _tokens(self, llama: "Llama", messages: Sequence[Message]) -> list[int]:
        turns = [{"role": m.role, "content": m.content} for m in messages]
        prompt = self._template(messages=turns).prompt
        tokens: list[int] = llama.tokenize(prompt.encode(), add_bos=False, special=True)
        room = llama.n_ctx() - GENERATION.tokens
        if len(tokens) > room:
            raise ModelError(
                f"the prompt has {len(tokens)} tokens, {self._name} has room for {room}"
            )
        return tokens

    def _load(self) -> "Llama":
        if self._llama is None:
            import llama_cpp
            from llama_cpp.llama_chat_format import Jinja2ChatFormatter

            try:
                with _without_repacking():
                    llama = llama_cpp.Llama(
                        str(self._path),
                        n_ctx=GENERATION.context,
                        n_threads=GENERATION.threads,
                        n_threads_batch=GENERATION.threads,
                        flash_attn=True,
                        verbose=False,
                    )
            except (ValueError, OSError) as error:
                raise ModelError(
                    f"the language model {self._path} cannot be loaded ({error}); "
                    "run: hoibao models pull, or: hoibao models use PATH"
                ) from None
            template = llama.metadata.get("tokenizer.chat_template")
            if not template:
                raise ModelError(f"{self._path.name} has no chat template; use an instruct model")
            self._template = Jinja2ChatFormatter(
                template,
                eos_token=llama.detokenize([llama.token_eos()], special=True).decode(),
                bos_token="",
            )
            self._llama = llama
        return self._llama


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
