"""serve: the page, or tools for other programs."""

import argparse
from contextlib import closing

from index import config
from index.private import keep_temporary
from ui.cli.opened import open_assistant


def serve(options: argparse.Namespace) -> int:
    """Serves until it is stopped."""
    if options.mcp == "stdio":
        from ui.api import serve_stdio

        assistant = open_assistant(options.library)
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

        assistant = open_assistant(options.library)
        with closing(assistant.library):
            serve_http(assistant, at)
        return 0
    keep_temporary(options.library or config.library_dir())  # before Gradio asks where
    from ui.page.app import serve

    serve(
        lambda: open_assistant(options.library),
        at,
        browser=not options.no_browser,
        watched=options.watch,
    )
    return 0
