"""The verb `check` on a draft in Word."""

import argparse
import sys
from contextlib import closing
from pathlib import Path

from index.config import LIMITS
from index.errors import InputError
from rag.check.lookup import check_draft
from ui import documents
from ui.cli.opened import open_library
from ui.cli.output import print_json, question_progress
from ui.console import tell
from ui.terminal import checked_lines
from ui.word_draft import WordDraft

#: A longer text is no path, whatever it ends with.
_PATH = 1_000


def is_word_file(text: str) -> bool:
    """Whether what is to be checked is the path of a Word file."""
    if not text.lower().endswith(".docx") or len(text) > _PATH or "\n" in text:
        return False
    return Path(text).is_file() or " " not in text


def check_word(options: argparse.Namespace) -> int:
    """Prints each sentence with what was found on it, and writes the file with comments."""
    path = Path(options.text)
    out = options.out or path.with_name(f"{path.stem}.checked.docx")
    if out.exists():
        raise InputError("{file} is there already; name another: --out FILE.docx", file=out)
    try:
        if path.stat().st_size > LIMITS.file_bytes:
            raise InputError("{file} is too large; check it in parts", file=path)
        draft = WordDraft(path.read_bytes())
    except OSError as error:
        raise InputError("{file} cannot be read: {why}", file=path, why=error.strerror) from None
    library, embedder = open_library(options.library)
    progress = question_progress()
    with closing(library):
        for done, sentence in enumerate(draft.sentences, 1):
            found = list(check_draft(library, embedder, sentence.text))
            draft.comment(sentence, found, None)
            progress(done, len(draft.sentences))
            for one in found:
                if options.json:
                    print_json(documents.checked(one))
                else:
                    tell("\n".join(checked_lines(one)))
    out.write_bytes(draft.written())
    tell(f"{len(draft.sentences)} sentences commented in {out}", sys.stderr)
    return 0
