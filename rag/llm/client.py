"""One server that speaks OpenAI's interface: a reply, a stream of pieces. The only module that imports openai,
which is loaded with the first request.

Requests run in an event loop of their own, in a thread that all clients share: there one can be broken off at
any time, while the server still reads the prompt, too. A connection that closes ends the server's work on it.
"""

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from rag.config import Serving
from rag.llm.address import Server
from rag.llm.failures import Away, Broken, failure

if TYPE_CHECKING:
    from openai import AsyncOpenAI, AsyncStream

T = TypeVar("T")
#: A request's body, as the interface has it.
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server replied: its text, and the likeliest first tokens, each with the logarithm of its
    probability; none where it does not say."""

    text: str
    first: Mapping[str, float]


class Client:
    """Requests to a server; threads may share it."""

    def __init__(self, server: Server, limits: Serving) -> None:
        self._server = server
        self._limits = limits
        self._opened: AsyncOpenAI | None = None

    def models(self) -> list[str]:
        """The names of the models that it has.

        Raises:
            Away: it does not say.
        """
        return self._wait(self._models(), threading.Event()) or []

    def reply(self, body: Body, stop: threading.Event) -> Reply | None:
        """The whole reply; None where `stop` was set.

        Raises:
            Away: there is none.
            TooLong: the prompt is longer than its context.
        """
        return self._wait(self._reply(body), stop)

    def stream(self, body: Body, stop: threading.Event) -> Iterator[str]:
        """The reply as it grows; closing the iterator or setting `stop` ends it at the server, too.

        Raises:
            Away: there is none, or it broke off.
            TooLong: the prompt is longer than its context.
        """
        pieces: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        running = _run(self._stream(body, pieces.put))
        running.add_done_callback(lambda _: pieces.put(None))
        try:
            while not stop.is_set():
                try:
                    piece = pieces.get(timeout=self._limits.beat)
                except queue.Empty:
                    continue
                if piece is None:
                    running.result()
                    return
                yield piece
        finally:
            running.cancel()

    def _wait(self, doing: Coroutine[Any, Any, T], stop: threading.Event) -> T | None:
        running = _run(doing)
        try:
            while not stop.is_set():
                try:
                    return running.result(timeout=self._limits.beat)
                except TimeoutError:
                    if running.done():
                        raise
            return None
        finally:
            running.cancel()

    async def _models(self) -> list[str]:
        async def ask() -> list[str]:
            found = await self._client().models.list()
            return [str(one.id) for one in found.data]

        return await self._patiently(ask)

    async def _reply(self, body: Body) -> Reply:
        async def ask() -> Reply:
            found = await self._client().chat.completions.create(**body)
            choice = found.choices[0]
            return Reply(str(choice.message.content or ""), _first(choice))

        return await self._patiently(ask)

    async def _stream(self, body: Body, tell: Callable[[str], None]) -> None:
        begun = False
        try:
            stream = await self._patiently(
                lambda: self._client().chat.completions.create(**body, stream=True)
            )
            async for piece in self._pieces(stream):
                begun = True
                tell(piece)
        except Broken:
            if not begun:  # some servers say only without streaming what was wrong
                await self._reply({**body, "max_tokens": 1})
            raise

    async def _pieces(self, stream: "AsyncStream[Any]") -> AsyncIterator[str]:
        """The words of a stream, none waited for longer than allowed."""
        ended = False
        try:
            async with stream, asyncio.timeout(self._limits.first) as limit:
                async for chunk in stream:
                    limit.reschedule(asyncio.get_running_loop().time() + self._limits.between)
                    for choice in chunk.choices or ():
                        ended = ended or choice.finish_reason is not None
                        if choice.delta and choice.delta.content:
                            yield str(choice.delta.content)
        except Exception as error:
            raise failure(error, self._server, begun=True) from error
        if not ended:
            raise Broken(self._server)

    async def _patiently(self, ask: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What is asked for, again after a pause where the server is busy or not there."""
        pause = self._limits.pause
        for attempt in range(1, self._limits.attempts + 1):
            try:
                async with asyncio.timeout(self._limits.first):
                    return await ask()
            except Exception as error:
                failed = failure(error, self._server)
                wait = max(pause, getattr(failed, "wait", None) or 0.0)
                again = isinstance(failed, Away) and failed.passes
                if not again or attempt == self._limits.attempts or wait > self._limits.patience:
                    raise failed from error
            await asyncio.sleep(wait)
            pause *= 2
        raise AssertionError  # the last attempt returns or raises

    def _client(self) -> "AsyncOpenAI":
        if self._opened is None:
            import httpx2
            from openai import AsyncOpenAI, Omit

            # Nothing but what the owner named: no proxy, key or organisation of the environment, and no
            # redirection.
            waits = httpx2.Timeout(None, connect=self._limits.connect)
            http = httpx2.AsyncClient(trust_env=False, follow_redirects=False, timeout=waits)
            without: Any = {"OpenAI-Organization": Omit(), "OpenAI-Project": Omit()}
            self._opened = AsyncOpenAI(
                base_url=self._server.url, api_key=self._server.key or "none", max_retries=0,
                timeout=waits, default_headers=without, http_client=http,
            )  # fmt: skip
        return self._opened


def _first(choice: Any) -> dict[str, float]:
    content: Sequence[Any] = (choice.logprobs and choice.logprobs.content) or ()
    found: dict[str, float] = {}
    for one in (content[0].top_logprobs or ()) if content else ():
        found.setdefault(str(one.token), float(one.logprob))
    return found


def _run(doing: Coroutine[Any, Any, T]) -> "Future[T]":
    return asyncio.run_coroutine_threadsafe(doing, _loop())


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="served model", daemon=True).start()
    return loop
