"""Files that are made for somebody to take along: each lies where only that person may fetch it
(`ui.page.theirs`), and goes when the program ends or some time has passed."""

import tempfile
from pathlib import Path

from gradio.utils import get_upload_folder

from ui.page.who import here

#: What the name of a folder of such a file begins with; behind it a person's id.
_MARK = "hoibao"


def saved(name: str, data: bytes) -> str:
    """Writes a file for the person of the event under way; returns its path."""
    folder = Path(get_upload_folder())
    folder.mkdir(parents=True, exist_ok=True)
    path = Path(tempfile.mkdtemp(prefix=_begins(here().id), dir=folder)) / name
    path.write_bytes(data)
    return str(path)


def is_for(folder: str, person: str) -> bool:
    """Whether a folder, by its name, holds a file that was made for a person."""
    return folder.startswith(_begins(person))


def _begins(person: str) -> str:
    return f"{_MARK}-{person or 'owner'}-"
