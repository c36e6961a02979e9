"""Verbs that look things up: search, ask, check. With "-" they do it with each line of standard input: what
goes wrong with one is told in its place, and the others go on."""

import argparse
import time
from collections.abc import Callable
from contextlib import closing

from index.embed import Embedder
from index.errors import HoiBaoError, InputError
from index.library import Library
from rag.check.checker import problems
from rag.check.lookup import check_draft
from rag.retrieve import retrieve
from rag.turn import usable
from ui import documents
from ui.answers import Record, document, record
from ui.cli.drafts import check_word, is_word_file
from ui.cli.inputs import history_file, lines, query, statement
from ui.cli.opened import filters, open_assistant, open_library
from ui.cli.output import print_json
from ui.cli.parser import PART_DONE, UNUSABLE
from ui.console import tell, tell_error
from ui.documents import Json
from ui.terminal import answer_lines, checked_lines, passage_lines

#: How much of a line that failed is said again, in characters.
_SAID = 200


def search(options: argparse.Namespace) -> int:
    """Prints passages, best first."""
    library, embedder = open_library(options.library)
    batch = options.query == "-"

    def one(line: str) -> None:
        asked = query(line)[0] if batch else line
        began = time.monotonic()
        passages = retrieve(library, embedder, usable(asked), options.k, only)
        if options.json or batch:
            print_json(documents.search(asked, passages, time.monotonic() - began))
            return
        for passage in passages:
            tell("\n".join(passage_lines(passage)))
        if not passages:
            tell("không tìm thấy / nothing found")

    with closing(library):
        only = filters(options, library)
        return each(options.query, one, documents.not_searched)


def ask(options: argparse.Namespace) -> int:
    """Prints the answer to a question, or to each line of standard input."""
    history = history_file(options.history) if options.history else []
    assistant = open_assistant(options.library)
    batch = options.question == "-"

    def one(line: str) -> None:
        question, earlier = query(line) if batch else (line, [])
        *_, final = assistant.ask(question, earlier or history, only)
        if options.json or batch:
            print_json(document(record(final)))
        else:
            tell("\n".join(answer_lines(final)))

    with closing(assistant.library):
        if options.article:
            assistant.library.article(options.article)  # says so where there is none of this id
        only = filters(options, assistant.library)
        return each(options.question, one, _not_answered)


def check(options: argparse.Namespace) -> int:
    """Prints which article says so, sentence by sentence; a Word file is given back with comments, too."""
    if is_word_file(options.text):
        return check_word(options)
    if options.out:
        raise InputError("--out is for a Word file: hoibao check DRAFT.docx --out FILE.docx")
    opened: tuple[Library, Embedder] | None = None
    batch = options.text == "-"

    def one(line: str) -> None:
        nonlocal opened
        text, quote = statement(line) if batch else (line, None)
        if quote is not None:  # against its quote alone: no library, no model
            print_json(documents.checked_quote(text, problems(text, [quote])))
            return
        opened = opened or open_library(options.library)
        for found in check_draft(*opened, text):
            if options.json or batch:
                print_json(documents.checked(found))
            else:
                tell("\n".join(checked_lines(found)))

    try:
        return each(options.text, one, documents.not_checked)
    finally:
        if opened:
            opened[0].close()


def each(argument: str, one: Callable[[str], None], failed: Callable[[str, str], Json]) -> int:
    """Does `one` with the argument, or with each line of standard input, where whatever goes wrong is that
    line's failure: a JSON document in its place, and a line on standard error. Returns the exit status."""
    if argument != "-":
        one(argument)
        return 0
    count = wrong = 0
    for count, line in enumerate(lines(argument), 1):
        try:
            one(line)
        except BrokenPipeError:
            raise
        except Exception as error:
            wrong += 1
            known = isinstance(error, HoiBaoError)
            said = str(error) if known else f"it failed ({type(error).__name__}: {error})"
            print_json(failed(_question(line), said))
            tell_error(f"text {count} of standard input: {said}")
    return 0 if not wrong else UNUSABLE if wrong == count else PART_DONE


def _question(line: str) -> str:
    """What a line asked, as far as it can be told."""
    try:
        return query(line)[0][:_SAID]
    except HoiBaoError:
        return line[:_SAID]


def _not_answered(question: str, why: str) -> Json:
    """A question of a batch that failed, as an answer's document, with why."""
    return {**document(Record(question, question, why, "failed", version=1)), "error": why}
