"""llama.cpp, through llama-cpp-python's C interface: a model with one context, in which several prompts lie
beside each other, each in a slot. The only module that imports llama_cpp, which `rag.llm.local` loads when a
model is opened.

`Llama` of that package is not used: it can't be told to leave the weights as they are (repacked ones read
prompts 1.6 times slower here), and hands out the logits of one token only.
"""

import contextlib
import ctypes
import logging
import threading
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import llama_cpp as c
import numpy as np
from llama_cpp.llama_chat_format import Jinja2ChatFormatter
from numpy.typing import NDArray

from index.alone import FIRST, Alone, First
from index.errors import ModelError
from index.models.registry import sha256
from index.models.tuning import Tuning
from rag.config import GENERATION

VERSION: str = c.__version__
#: Tokens of a prompt that are read at once: 512 are no faster here, want 35 MB more, and nobody's search can go
#: before them for twice as long.
_BATCH = 256
#: States kept on disk, some 30 MB each: of two models in two languages.
_STATES = 4
_PIECE = 256  # bytes of a token at most

Logits = NDArray[np.float32]


class Runtime:
    """An open model with so many slots, the first of which makes way for the others. `vocabulary`: by its
    bytes, each token that is text; `controls`: the others ("<|im_end|>"); `context`: llama.cpp's.

    Raises:
        ModelError: the file is no model that can be used.
    """

    def __init__(self, path: Path, context: int, tuning: Tuning, slots: int = 1) -> None:
        logging.getLogger("llama-cpp-python").setLevel(logging.CRITICAL + 1)
        c.llama_backend_init()
        model_settings = c.llama_model_default_params()
        model_settings.n_gpu_layers = 0
        model_settings.load_mode = c.LLAMA_LOAD_MODE_MMAP
        model_settings.use_extra_bufts = tuning.repack
        settings = c.llama_context_default_params()
        settings.n_ctx = context
        settings.n_seq_max = slots
        settings.kv_unified = True  # whoever needs room has it, else each slot a fixed part
        settings.n_batch = settings.n_ubatch = _BATCH
        settings.n_threads = settings.n_threads_batch = tuning.threads
        settings.flash_attn_type = c.LLAMA_FLASH_ATTN_TYPE_ENABLED
        model = c.llama_model_load_from_file(str(path).encode(), model_settings)
        made = c.llama_init_from_model(model, settings) if model else None
        if not model or not made:
            if model:
                c.llama_model_free(model)
            # llama.cpp has told its own log why, and nobody else.
            raise ModelError(
                f"{path} is no language model that llama.cpp can load (broken, cut short, or of an "
                "unknown kind); choose another: hoibao models use NAME|PATH, or: hoibao models pull"
            )
        self.context: Any = made
        self._model: Any = model
        self._adapters: dict[Path, Any] = {}  # they go with the model
        self._adapter: Path | None = None
        self._thread = Alone("writer")
        self._vocab: Any = c.llama_model_get_vocab(model)
        # Not at the program's end: another thread may be in it.
        weakref.finalize(self, _free, made, model).atexit = False
        self.size = context
        self.alone = threading.Lock()  # a context is not thread-safe
        #: What is read in the others while what is read in the first one waits.
        self.before = First()
        self.slots = [Slot(self, number) for number in range(slots)]
        self.end: int = c.llama_vocab_eos(self._vocab)
        template = c.llama_model_chat_template(model, None)
        if not template:
            raise ModelError(f"{path.name} has no chat template; use an instruct model")
        self.template = Jinja2ChatFormatter(
            template.decode(), eos_token=self.text([self.end], True).decode(), bos_token=""
        )
        self._words = c.llama_vocab_n_tokens(self._vocab)
        self.vocabulary: dict[bytes, int] = {}
        self.controls: list[str] = []
        for token in reversed(range(self._words)):
            if text := self.text([token]):
                self.vocabulary[text] = token
            elif control := self.text([token], True).decode(errors="ignore"):
                self.controls.append(control)

    def tokenized(self, text: str) -> list[int]:
        """The tokens of a text; control tokens in it count as such."""
        data = text.encode()
        room = (c.llama_token * (len(data) + 8))()
        count = c.llama_tokenize(self._vocab, data, len(data), room, len(room), False, True)
        return list(room[:count])

    def text(self, tokens: Sequence[int], control: bool = False) -> bytes:
        """What tokens spell; nothing for control tokens, or with `control` their names."""
        room = ctypes.create_string_buffer(_PIECE)
        found = b""
        for token in tokens:
            length = c.llama_token_to_piece(self._vocab, token, room, _PIECE, 0, control)
            found += room.raw[: max(0, length)]
        return found

    def behind(self, slot: "Slot", last: int) -> list[Logits]:
        """The logits behind each of the last tokens of a slot, when all that the context does not have of it is
        read.

        Raises:
            ModelError: there is no room for them, or the slot's adapter is none for this model.
        """
        while True:
            FIRST.wait(GENERATION.patience)
            if slot is self.slots[0]:
                self.before.wait(GENERATION.patience)
            with self.alone:
                left = len(slot.tokens) - slot.held
                count = left if left <= _BATCH else min(_BATCH, left - last)
                self._adapt(slot.adapter)
                while not self._decoded(slot, count, last):
                    if not self.make_room(slot):
                        raise ModelError(
                            "the model has no room for more; ask for one thing at a time"
                        )
                if count == left:
                    return [self._logits(n - last) for n in range(last)]

    def make_room(self, slot: "Slot") -> bool:
        """Takes another slot out of the context, which reads again what it needs, the first one last; whether
        there was one."""
        others = [other for other in self.slots if other is not slot and other.held]
        for other in others[-1:]:
            self.drop(other, 0)
        return bool(others)

    def drop(self, slot: "Slot", length: int) -> None:
        """Takes what stands behind the first `length` tokens of a slot out of the context."""
        c.llama_memory_seq_rm(c.llama_get_memory(self.context), slot.number, length, -1)
        slot.held = min(slot.held, length)

    def _decoded(self, slot: "Slot", count: int, last: int) -> bool:
        """Whether there was room for the next tokens of a slot; the logits behind its last ones can be had."""
        self.drop(slot, slot.held)
        tokens = slot.tokens[slot.held :][:count]
        batch = c.llama_batch_init(count, 0, 1)
        try:
            batch.n_tokens = count
            for i, token in enumerate(tokens):
                at = slot.held + i
                batch.token[i], batch.pos[i] = token, at
                batch.logits[i] = at >= len(slot.tokens) - last
                batch.n_seq_id[i], batch.seq_id[i][0] = 1, slot.number
            if self._thread.run(c.llama_decode, self.context, batch):
                return False
        finally:
            c.llama_batch_free(batch)
        slot.held += count
        return True

    def _adapt(self, file: Path | None) -> None:
        """From now on with the adapter in a file, or with none."""
        if file == self._adapter:
            return
        if file and file not in self._adapters:
            made = c.llama_adapter_lora_init(self._model, str(file).encode())
            if not made:
                raise ModelError(f"{file} is damaged, or for another model; install Hỏi Báo again")
            self._adapters[file] = made
        one = (c.llama_adapter_lora_p_ctypes * 1)(self._adapters[file]) if file else None
        c.llama_set_adapters_lora(self.context, one, int(bool(file)), (ctypes.c_float * 1)(1.0))
        self._adapter = file

    def _logits(self, which: int) -> Logits:
        pointer = c.llama_get_logits_ith(self.context, which)
        return np.ctypeslib.as_array(pointer, shape=(self._words,)).copy()


class Slot:
    """A prompt of its own in a model's context, which stays there when another slot's is read. `tokens` is what
    was read, `held` how many of these the context has: where another slot needed the room, none, and they are
    read again; `adapter`: the file of the one it is read with."""

    def __init__(self, runtime: Runtime, number: int) -> None:
        self.runtime: Runtime = weakref.proxy(runtime)  # it holds its slots itself
        self.number = number
        self.tokens: list[int] = []
        self.held = 0
        self.adapter: Path | None = None

    def adapt(self, file: Path | None) -> None:
        """From now on it is read with the adapter in a file, or with none; what was read with another is
        forgotten."""
        if file != self.adapter:
            self.forget(0)
            self.adapter = file

    def read(self, tokens: Sequence[int]) -> Logits:
        """The logits behind a prompt; what it begins with and was read before is not read again."""
        shared = 0
        for mine, other in zip(tokens[:-1], self.tokens):
            if mine != other:
                break
            shared += 1
        self.forget(shared)
        self.tokens += tokens[shared:]
        return self.runtime.behind(self, 1)[0]

    def step(self, tokens: Sequence[int]) -> list[Logits]:
        """The logits behind each of a few tokens, read in one step."""
        self.tokens += tokens
        return self.runtime.behind(self, len(tokens))

    def forget(self, length: int) -> None:
        """Drops what was read behind the first `length` tokens."""
        with self.runtime.alone:
            del self.tokens[length:]
            self.held = min(self.held, length)

    def save(self, file: Path) -> None:
        """Keeps the KV state of what was read, in the place of whatever other states there are of models that
        changed; nothing happens on a full or read-only disk."""
        with contextlib.suppress(OSError):
            file.parent.mkdir(exist_ok=True)
            part = file.with_suffix(".part")
            room = (c.llama_token * len(self.tokens))(*self.tokens)
            with self.runtime.alone:
                saved = self.held == len(room) and c.llama_state_seq_save_file(
                    self.runtime.context, str(part).encode(), self.number, room, len(room)
                )
            if saved:
                _digest(file).write_text(sha256(part), "ascii")
                part.replace(file)
            others = sorted(file.parent.glob("*.kv"), key=lambda other: other.stat().st_mtime)
            for other in others[:-_STATES]:
                other.unlink()
                _digest(other).unlink(missing_ok=True)

    def load(self, file: Path, tokens: Sequence[int]) -> bool:
        """Takes up the KV state of these tokens; False where it is not there, or is not what was saved:
        llama.cpp trusts the sizes in it, so a damaged file could end the process."""
        try:
            if sha256(file) != _digest(file).read_text("ascii"):
                return False
        except (OSError, ValueError):
            return False
        room = (c.llama_token * self.runtime.size)()
        count = ctypes.c_size_t(0)
        given = (self.runtime.context, str(file).encode(), self.number, room, len(room))
        with self.runtime.alone:
            self.runtime.drop(self, 0)
            loaded = c.llama_state_seq_load_file(*given, ctypes.byref(count))
            while not loaded and self.runtime.make_room(self):
                loaded = c.llama_state_seq_load_file(*given, ctypes.byref(count))
            whole = bool(loaded) and list(room[: count.value]) == list(tokens)
            self.tokens, self.held = (list(tokens), len(tokens)) if whole else ([], 0)
            self.runtime.drop(self, self.held)
        return whole


def _free(context: object, model: object) -> None:
    c.llama_free(context)
    c.llama_model_free(model)


def _digest(file: Path) -> Path:
    return file.with_suffix(".sha256")
