"""serve: the page, or tools for other programs."""

import argparse
from contextlib import closing

from index import config
from index.private import keep_temporary
from ui.cli.opened import open_assistant


def serve(options: argparse.Namespace) -> int:
    """Serves until it is stopped."""
    if options.mcp:
        from ui.api import serve_mcp

        assistant = open_assistant(options.library)
        with closing(assistant.library):
            serve_mcp(assistant, options.mcp, options.host, options.port)
        return 0
    keep_temporary(options.library or config.library_dir())  # before Gradio asks where
    from ui.page.app import serve

    serve(
        lambda: open_assistant(options.library),
        host=options.host,
        port=options.port,
        browser=not options.no_browser,
        watched=options.watch,
    )
    return 0
