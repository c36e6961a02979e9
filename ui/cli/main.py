"""The command line: `hoibao`. A verb's module, and the heavy libraries behind it, load when it is asked for."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from index.errors import HoiBaoError
from ui.cli.parser import PART_DONE, parser
from ui.console import ready, tell_error


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command line; returns the exit status: 0 done, 1 done in part, 2 unusable."""
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")  # chromadb
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    ready()
    options = parser().parse_args(arguments)
    module, function = options.verb
    try:
        status: int = getattr(import_module(f"ui.cli.{module}"), function)(options)
        return status
    except HoiBaoError as error:
        tell_error(str(error))
        return error.exit_status
    except KeyboardInterrupt:
        tell_error("stopped; what was confirmed is kept")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PART_DONE
