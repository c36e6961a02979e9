"""wrong: the answers that were marked wrong on the page, to be measured with `hoibao eval`."""

import argparse
import json
from contextlib import closing
from datetime import datetime
from pathlib import Path

from index import config
from index.errors import InputError
from ui import documents
from ui.cli.output import print_json
from ui.console import tell
from ui.history import History
from ui.kept import Wrong, as_questions


def wrong(options: argparse.Namespace) -> int:
    """Lists them, forgets some, or writes them into a question file."""
    folder = options.library or config.library_dir()
    if not config.store_address() and not (folder / "history.db").exists():
        marked: list[Wrong] = []
    else:
        with closing(History(folder)) as history:
            if options.remove:
                history.kept.unmark(options.remove)
            marked = history.kept.wrong()
    if options.export:
        _write(options.export, marked)
    if options.json:
        print_json([documents.wrong(one) for one in marked])
    elif options.export:
        tell(f"{len(marked)} questions; measure them with: hoibao eval {options.export}")
    else:
        tell("\n".join(_line(one) for one in marked) or "no answer is marked wrong")
    return 0


def _write(path: Path, marked: list[Wrong]) -> None:
    lines = [json.dumps(one, ensure_ascii=False) for one in as_questions(marked)]
    try:
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}") from None


def _line(one: Wrong) -> str:
    right = "in no article" if one.absent else one.value or one.article or "?"
    return f"{one.id:4} {datetime.fromtimestamp(one.marked):%Y-%m-%d}  {one.question}  [{right}]"
