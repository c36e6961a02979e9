"""serve: the page, or tools for other programs."""

import argparse
from contextlib import closing

from index import config
from index.errors import InputError
from index.private import keep_temporary
from rag.assistant import Assistant
from ui import logs
from ui.cli.opened import open_assistant


def serve(options: argparse.Namespace) -> int:
    """Serves until it is stopped."""
    if options.log_questions and options.log != "json":
        raise InputError("--log-questions says what --log json writes; give both")
    if options.log == "json":
        logs.begin(options.log_questions)
    if options.mcp == "stdio":
        from ui.api import serve_stdio

        assistant = _opened(options)
        with closing(assistant.library):
            serve_stdio(assistant)
        return 0
    from ui.serving import Entrance

    at = Entrance(
        options.host, options.port, not options.no_token, options.upload_mb, options.name,
        tuple(options.proxy), options.root_path,
    )  # fmt: skip
    at.check(options.library or config.library_dir())
    if options.mcp:
        from ui.api import serve_http

        assistant = _opened(options)
        with closing(assistant.library):
            serve_http(assistant, at)
        return 0
    keep_temporary(options.library or config.library_dir())  # before Gradio asks where
    from ui.page.app import serve

    serve(
        lambda: _opened(options),
        at,
        browser=not options.no_browser,
        watched=options.watch,
    )
    return 0


def _opened(options: argparse.Namespace) -> Assistant:
    """The assistant, with those who watch over it."""
    assistant = open_assistant(options.library)
    if options.log == "json":
        assistant.observers.append(logs.Logged(options.log_questions))
    if options.metrics:
        from ui.metrics import Metrics

        metrics = Metrics(assistant)
        metrics.serve(options.metrics)
        assistant.observers.append(metrics)
    return assistant
