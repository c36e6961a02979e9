"""The log as JSON, a line for each thing that happened, for `hoibao serve --log json`. No question, no answer
and no article's words are in it unless the owner asks for them."""

import json
import logging
import re
import sys
import traceback
from dataclasses import asdict
from datetime import UTC, datetime

from rag.observer import Stage
from rag.types import Answer

_log = logging.getLogger("hoibao")
_SECRET = re.compile(r"(token=|Bearer )[\w-]{8,}")
#: Calls of a traceback that are kept, the last.
_CALLS = 8


class Lines(logging.Formatter):
    """A record as one line of JSON. Of what other libraries say, and of errors' own words, only what cannot
    hold words of a question or an article, but with `words`: all."""

    def __init__(self, words: bool) -> None:
        super().__init__()
        self._words = words

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        ours = record.name == _log.name or self._words
        said = record.getMessage() if ours else str(record.msg)
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": _SECRET.sub(r"\1…", " ".join(said.split())),
            **getattr(record, "told", {}),
        }
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            told["error"] = type(error).__name__
            calls = traceback.extract_tb(error.__traceback__)[-_CALLS:]
            told["at"] = [f"{call.filename}:{call.lineno} {call.name}" for call in calls]
            if self._words:
                told["said"] = str(error)
        return json.dumps(told, ensure_ascii=False)


def begin(words: bool = False) -> None:
    """From now on everything that is logged is such a line on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines(words))
    logging.getLogger().handlers[:] = [handler]
    _log.setLevel(logging.INFO)


class Logged:
    """Logs the end of each question; with `words` also what was asked and answered."""

    def __init__(self, words: bool = False) -> None:
        self._words = words

    def spent(self, stage: Stage, seconds: float) -> None:
        """Nothing: the metrics have it."""

    def ended(self, answer: Answer) -> None:
        """A line on a question that was answered, refused or stopped."""
        seconds = asdict(answer.seconds).items()
        told = {
            "event": "question",
            "outcome": answer.outcome,
            "kind": answer.kind,
            "passages": len(answer.passages),
            "citations": len(answer.citations),
            "verified": all(one.verified for one in answer.statements),
            "seconds": {name: round(s, 3) for name, s in seconds if s is not None},
        }
        if self._words:
            told |= {"question": answer.question, "answer": answer.text}
        _log.info("question", extra={"told": told})

    def failed(self, error: Exception) -> None:
        """A line on one that failed."""
        told = {"event": "question", "outcome": "failed", "error": type(error).__name__}
        _log.warning("question", extra={"told": told})
