"""The command line: `hoibao`. A verb's module, and the heavy libraries behind it, load when it is asked for."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from index.errors import HoiBaoError
from index.private import only_owner
from ui.cli.parser import PART_DONE, UNUSABLE, parser
from ui.console import ready, tell_error


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command line; returns the exit status: 0 done, 1 done in part, 2 unusable."""
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")  # chromadb
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    ready()
    options = parser().parse_args(arguments)
    only_owner()
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
    except OSError as error:  # a full disk, a folder that is closed or gone
        where = f": {error.filename}" if error.filename else ""
        tell_error(f"{error.strerror or error}{where}; check the disk and the permissions")
        return UNUSABLE
    except Exception as error:
        if os.environ.get("HOIBAO_TRACEBACK"):
            raise
        said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        tell_error(
            f"this went wrong and should not have ({said}); hoibao doctor looks for damage, "
            "HOIBAO_TRACEBACK=1 shows where"
        )
        return UNUSABLE
