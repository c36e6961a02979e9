"""What a served library does, counted for Prometheus, on a port of its own that only this machine reaches. The
only module that imports prometheus_client."""

import logging
from contextlib import suppress

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.process_collector import ProcessCollector

from index.errors import HoiBaoError
from rag.assistant import Assistant
from rag.observer import Stage
from rag.types import Answer

_SECONDS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 3, 5, 10, 20, 30, 60, 120)


class Metrics:
    """Counts the questions of an assistant; of words it knows nothing."""

    def __init__(self, assistant: Assistant) -> None:
        self.registry = kept = CollectorRegistry()
        ProcessCollector(registry=kept)
        self._questions = Counter(
            "hoibao_questions", "Questions that ended", ["outcome", "kind"], registry=kept
        )
        self._stages = Histogram(
            "hoibao_stage_seconds", "Seconds of one piece of work: retrieve, read, decide, write",
            ["stage"], buckets=_SECONDS, registry=kept,
        )  # fmt: skip
        self._until = Histogram(
            "hoibao_answer_seconds", "Seconds from the question to its evidence, short answer, end",
            ["until"], buckets=_SECONDS, registry=kept,
        )  # fmt: skip
        self._waited = Histogram(
            "hoibao_queue_wait_seconds", "Seconds that questions waited for the writer's turn",
            buckets=_SECONDS, registry=kept,
        )  # fmt: skip
        self._errors = Counter(
            "hoibao_errors", "Questions that failed, and errors that were logged", registry=kept
        )
        waiting = Gauge("hoibao_queue_length", "Questions that wait for the writer", registry=kept)
        waiting.set_function(lambda: sum(map(len, {assistant.reads, assistant.writes})))
        for number, name in enumerate(("articles", "chunks")):
            held = Gauge(f"hoibao_{name}", f"How many {name} the library holds", registry=kept)
            held.set_function(lambda number=number: assistant.library.counts()[number])  # type: ignore[misc]
        logging.getLogger("hoibao").addHandler(_Counting(self._errors))

    def spent(self, stage: Stage, seconds: float) -> None:
        """One piece of work."""
        self._stages.labels(stage).observe(seconds)

    def ended(self, answer: Answer) -> None:
        """A question was answered, refused or stopped."""
        self._questions.labels(answer.outcome, answer.kind).inc()
        took = answer.seconds
        for until, seconds in (
            ("evidence", took.first_evidence),
            ("short", took.short),
            ("end", took.total),
        ):
            if seconds is not None:
                self._until.labels(until).observe(seconds)
        self._waited.observe(took.waited or 0.0)

    def failed(self, error: Exception) -> None:
        """A question failed; one that failed by a bug is logged, too, and counted there."""
        self._questions.labels("failed", "").inc()
        if isinstance(error, HoiBaoError):
            self._errors.inc()

    def serve(self, port: int) -> None:
        """Serves them at http://127.0.0.1:PORT/metrics, in a thread of its own.

        Raises:
            HoiBaoError: the port is taken.
        """
        try:
            start_http_server(port, "127.0.0.1", self.registry)
        except OSError:
            raise HoiBaoError(
                f"port {port} on 127.0.0.1 is taken; choose another: hoibao serve --metrics N"
            ) from None


class _Counting(logging.Handler):
    """Counts what is logged as an error."""

    def __init__(self, errors: Counter) -> None:
        super().__init__(logging.ERROR)
        self._errors = errors

    def emit(self, record: logging.LogRecord) -> None:
        """One more."""
        with suppress(Exception):
            self._errors.inc()
