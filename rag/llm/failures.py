"""What goes wrong with a served language model, each as one line:

ModelError
├── TooLong            the prompt is longer than its context (`rag.llm.local`)
└── Away               it cannot be asked now; answers are made without it
    ├── Unasked        the question was stopped before it was asked
    ├── Lacks          it refuses a request as such: it may lack what was asked for
    └── Broken         a stream ended before it was over
"""

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from time import time
from typing import Any

from index.errors import HoiBaoError, ModelError
from index.language.text import one_line
from rag.llm.address import Server
from rag.llm.local import TooLong

# How servers say that a prompt is too long: OpenAI's code, llama.cpp, vLLM, llama-cpp-python, Ollama.
_TOO_LONG = re.compile(
    r"context_length_exceeded|exceed_context_size|maximum context length"
    r"|exceeds? (?:the )?(?:available )?context|context window|input length exceeds|prompt is too long",
    re.IGNORECASE,
)
_SAID = 200


class Away(ModelError):
    """A server that cannot be asked now. `passes`: it may be there in a moment; `wait`: the seconds that it
    asks to wait; `hung`: it was waited for in vain."""

    def __init__(
        self,
        template: str,
        passes: bool = False,
        wait: float = 0.0,
        hung: bool = False,
        **values: object,
    ) -> None:
        super().__init__(template, **values)
        self.passes = passes
        self.wait = wait
        self.hung = hung


class Unasked(Away):
    """A server that was not asked, since the question was stopped."""

    def __init__(self, server: Server) -> None:
        super().__init__("the language model server {where} was not asked", where=server.where)


class Lacks(Away):
    """A server that refuses a request as such."""


class Broken(Away):
    """A stream that ended before it was over."""

    def __init__(self, server: Server) -> None:
        super().__init__(
            "the language model server {where} broke off in the middle of a reply",
            where=server.where,
        )


def failure(error: Exception, server: Server, begun: bool = False) -> HoiBaoError:
    """What is told of an error of a request; `begun`: of one whose reply had begun."""
    if isinstance(error, HoiBaoError):
        return error
    where = server.where
    status = int(getattr(error, "status_code", 0))
    if status >= 300:
        return _refused(error, status, server)
    name = type(error).__name__
    if isinstance(error, TimeoutError) or name == "APITimeoutError":
        return Away(
            "the language model server {where} does not answer in time; look whether it is overloaded",
            hung=True,
            where=where,
        )
    if name == "APIConnectionError":
        if begun:
            return Broken(server)
        return Away(
            "the language model server {where} cannot be reached; start it, or mend HOIBAO_LLM",
            passes=True,
            where=where,
        )
    if name == "APIError":  # an error within a stream
        return _refused(error, 500, server)
    return Away(
        "the language model server {where} answers what is no chat completion; HOIBAO_LLM ends in /v1 for most "
        "servers",
        where=where,
    )


def _refused(error: Exception, status: int, server: Server) -> HoiBaoError:
    where, said = server.where, _said(error, server)
    if _TOO_LONG.search(f"{getattr(error, 'code', '')} {said}"):
        return TooLong("the prompt is longer than the context of the model on {where}", where=where)
    if status in (401, 403):
        return Away(
            "the language model server {where} refuses the key ({status}); mend HOIBAO_LLM_KEY_FILE",
            where=where,
            status=status,
        )
    if status == 404:
        return Away(
            "the language model server {where} has no such model, or no chat, under this address (404); mend "
            "HOIBAO_LLM_MODEL ({model}) or HOIBAO_LLM",
            where=where,
            model=server.model or "none named",
        )
    if status in (429, 503):
        return Away(
            "the language model server {where} is busy ({status})",
            passes=True,
            wait=_wait(getattr(getattr(error, "response", None), "headers", {})),
            where=where,
            status=status,
        )
    made = Lacks if status in (400, 422, 500, 501) else Away
    return made(
        "the language model server {where} fails ({status}): {said}",
        where=where,
        status=status,
        said=said,
    )


def _said(error: Exception, server: Server) -> str:
    """The server's own words, without the key, which some say again."""
    body: Any = getattr(error, "body", None)
    if isinstance(body, Mapping):
        body = body.get("message", body)
    said = one_line(str(body or error))
    if server.key:
        said = said.replace(server.key, "…")
    return said[:_SAID]


def _wait(headers: Mapping[str, str]) -> float:
    """The seconds of `Retry-After`, which may be a date; 0 where it is neither."""
    told = headers.get("retry-after", "")
    try:
        return max(0.0, float(told))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time())
    except (TypeError, ValueError):
        return 0.0
