"""A language model on a server that speaks OpenAI's interface (llama.cpp's, vLLM, LM Studio, Ollama, …).

What the local writer does with the model's own numbers is asked for where the server has it, which is found
out once: a grammar, within which it can only copy, and the log probabilities of the first token. Where it has
no grammar its reply is aligned to the sources; where it has no log probabilities, it is only known whether it
refused.
"""

import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import regex as re

from index.errors import HoiBaoError
from index.language.text import words
from rag.config import GENERATION, SERVING, Serving
from rag.llm.address import Server
from rag.llm.aligned import aligned
from rag.llm.breaker import Breaker
from rag.llm.client import Client, Reply
from rag.llm.copying import Copied, Copy
from rag.llm.failures import Away, Lacks, Unasked
from rag.llm.grammar import grammar
from rag.llm.local import TooLong
from rag.types import Message

#: What is asked to find out what a server has: that it continues like the model that answers were fitted with.
TRIAL = (
    Message("system", "Bạn là trợ lý."),
    Message("user", "Kể tên một loài hoa, một con vật hay một thành phố mà bạn thích."),
)
_FORCED = "486 m"
# What models take for the beginning or end of a turn, wherever it stands: <|im_end|>, </s>, [INST], <bos>.
_CONTROL = re.compile(r"<(?=[|｜/\p{L}_])|\[(?=/?[A-Z_]+\])")


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a server has. `model`: the name of what it runs; `extras`: it takes more than OpenAI's interface
    has; `grammar`: it keeps to one; `likelihoods`: it tells log probabilities; `fitted`: these are those of the
    model that answers were fitted with."""

    model: str
    extras: bool
    grammar: bool
    likelihoods: bool
    fitted: bool

    @property
    def lacks(self) -> tuple[str, ...]:
        """A line for each thing that is left out."""
        found = []
        if not self.grammar:
            found.append(
                "no grammar: what it writes is aligned to the articles, and left out where it is not theirs"
            )
        if not self.likelihoods:
            found.append(
                "no log probabilities: whether it refuses is known, not how likely it would"
            )
        return tuple(found)


class ServedModel:
    """The model on a server; threads may share it. `fitted` are the likeliest first tokens of the model that
    answers were fitted with, behind the trial; `found` is told what the server has, when that is known and
    when it changes."""

    def __init__(
        self,
        server: Server,
        fitted: Mapping[str, float],
        found: Callable[[Abilities], None] = lambda abilities: None,
        limits: Serving = SERVING,
    ) -> None:
        self._server = server
        self._fitted = fitted
        self._found = found
        self._limits = limits
        self._client = Client(server, limits)
        self._breaker = Breaker(limits.failures, limits.rest)
        self._last: Away | None = None
        self._abilities: Abilities | None = None
        self._stale = True
        self._looking = threading.Lock()

    @property
    def aside(self) -> bool:
        """No: a server may answer one request at a time, and break off what it writes for another."""
        return False

    @property
    def name(self) -> str:
        """The model's name, and that it is served; not where, since answers are handed over with it."""
        model = self._abilities.model if self._abilities else self._server.model
        return f"{model}@served" if model else "served"

    def abilities(self, stop: threading.Event | None = None) -> Abilities:
        """What the server has; it is asked the first time, and again after it was away: it may be another then.

        Raises:
            Away: it does not say, or `stop` was set.
        """
        stop = stop or threading.Event()
        while not self._looking.acquire(timeout=self._limits.beat):
            if stop.is_set() or self._breaker.open:  # another question tries, and may have to wait
                raise self._last or Unasked(self._server)
        try:
            if self._abilities is None or self._stale:
                with self._asking():
                    looked = self._look(stop)
                self._stale = False
                if looked != self._abilities:
                    self._abilities = looked
                    self._found(looked)
            return self._abilities
        finally:
            self._looking.release()

    def write(self, messages: Sequence[Message], stop: threading.Event) -> Iterator[str]:
        """The reply in the model's own words; closing the iterator or setting `stop` stops the server.

        Raises:
            Away: the server cannot be asked, or breaks off.
            TooLong: the prompt is longer than its context.
        """
        has = self.abilities(stop)
        with self._asking():
            yield from self._client.stream(self._body(has, messages), stop)

    def copy(
        self,
        messages: Sequence[Message],
        sources: Sequence[str],
        refusal: str,
        enough: Callable[[Copy], bool],
        stop: threading.Event,
    ) -> Generator[str, None, Copied]:
        """What the model would answer if it may only copy from the sources, and how likely it would write the
        refusal instead; yields it as it grows. Other beginnings are not tried: `enough` is not asked.

        Raises:
            Away: the server cannot be asked, or breaks off.
            TooLong: the prompt is longer than its context.
        """
        has = self.abilities(stop)
        body = self._body(has, messages)
        likelihood = None
        with self._asking():
            if has.likelihoods:
                told = self._client.reply({**body, **self._likeliest()}, stop)
                likelihood = _refusal(told.first, refusal) if told else None
            rules = grammar(sources, "" if has.likelihoods else refusal) if has.grammar else ""
            try:
                extra = {**body["extra_body"], **(_within(rules) if rules else {})}
                line = yield from self._line({**body, "extra_body": extra}, stop)
            except Lacks:  # this grammar is too much for it
                if not rules:
                    raise
                line = yield from self._line(body, stop)
        if words(line)[: len(words(refusal))] == words(refusal):
            return Copied(0.0 if likelihood is None else likelihood, ())
        copied = aligned(line, sources)
        return Copied(likelihood, (copied,) if copied else ())

    def verdict(
        self, messages: Sequence[Message], replies: Sequence[str], adapter: Path, base: str
    ) -> None:
        """Nothing: a server has no adapter of ours."""

    def _line(self, body: dict[str, Any], stop: threading.Event) -> Generator[str, None, str]:
        """The first line of a reply; yields it as it grows."""
        text = ""
        for piece in self._client.stream(body, stop):
            text += piece
            yield piece
            if "\n" in text.strip():
                break
        return text.strip().split("\n")[0]

    def warm(self, messages: Sequence[Message], copies: bool = False) -> None:
        """Lets the server read what every prompt begins with, and keep it; nothing where it is away, which the
        next question tells."""
        try:
            # Behind it a question stands: some models take no prompt that ends with an answer.
            body = self._body(self.abilities(), [*messages, Message("user", "?")])
            with self._asking():
                self._client.reply({**body, "max_tokens": 1}, threading.Event())
        except (Away, TooLong):
            pass

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """A request, or several: not made where the last ones failed, a moment ago."""
        if not self._breaker.closed():
            raise self._last or Unasked(self._server)
        try:
            yield
        except Unasked:
            self._breaker.left()
            raise
        except Away as error:
            self._last, self._stale = error, True
            self._breaker.failed(error.hung)
            raise
        except HoiBaoError:  # it answers, if only that this is too long
            self._breaker.worked()
            raise
        except BaseException:
            self._breaker.left()
            raise
        self._breaker.worked()

    def _look(self, stop: threading.Event) -> Abilities:
        model = self._server.model
        if not model:
            names = self._client.models()
            if len(names) != 1:
                raise Away(
                    "the language model server {where} has {count} models; name one: HOIBAO_LLM_MODEL={names}",
                    where=self._server.where,
                    count=len(names),
                    names=" or ".join(names[:5]),
                )
            model = names[0]
        bare = Abilities(model, False, False, False, False)
        body = self._body(bare, TRIAL)
        told = self._tried({**body, **self._likeliest()}, stop)
        first = told.first if told else {}
        extras = replace(bare, extras=True)
        body = {**self._body(extras, TRIAL), "max_tokens": 8}
        body["extra_body"] |= _within(f'root ::= "{_FORCED}"')
        forced = self._tried(body, stop)
        if not told and not forced:  # what it refuses is not what it lacks, then
            self._client.reply({**self._body(bare, TRIAL), "max_tokens": 1}, stop)
        if stop.is_set():
            raise Unasked(self._server)
        kept = forced is not None and forced.text.strip() == _FORCED
        return Abilities(model, forced is not None, kept, bool(first), self._is_fitted(first))

    def _tried(self, body: dict[str, Any], stop: threading.Event) -> Reply | None:
        """The reply; None where the server refuses to make one of this sort, or `stop` was set."""
        try:
            return self._client.reply(body, stop)
        except Lacks:
            return None

    def _is_fitted(self, first: Mapping[str, float]) -> bool:
        """Whether these are the likeliest first tokens of the model that answers were fitted with."""
        likeliest = sorted(self._fitted, key=lambda token: -self._fitted[token])
        likeliest = likeliest[: self._limits.compared]
        if not likeliest or not first.keys() >= set(likeliest):
            return False
        apart = sum(abs(first[token] - self._fitted[token]) for token in likeliest)
        return apart / len(likeliest) <= self._limits.same

    def _likeliest(self) -> dict[str, Any]:
        return {"max_tokens": 1, "logprobs": True, "top_logprobs": self._limits.likeliest}

    def _body(self, has: Abilities, messages: Sequence[Message]) -> dict[str, Any]:
        return {
            "model": has.model,
            "messages": [
                {"role": one.role, "content": _CONTROL.sub(r"\g<0> ", one.content)}
                for one in messages
            ],
            "temperature": 0.0,
            "max_tokens": GENERATION.tokens,
            "extra_body": {"repeat_penalty": 1.0} if has.extras else {},
        }


def _within(rules: str) -> dict[str, Any]:
    """A grammar as llama.cpp's servers and vLLM take it; others leave it out of account."""
    return {"grammar": rules, "structured_outputs": {"grammar": rules}}


def _refusal(first: Mapping[str, float], refusal: str) -> float | None:
    """The logarithm of the probability to begin a refusal: that of the token that it begins with, where it is
    among those that are told; else that of the least likely one of these, which is more."""
    if not first:
        return None
    begins = [
        value for token, value in first.items() if token.strip() and refusal.startswith(token)
    ]
    return max(begins, default=min(first.values()))
