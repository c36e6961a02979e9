"""Verbs that look things up: search, ask, check."""

import argparse
import time
from contextlib import closing

from index.library import Library
from rag.check.checker import problems
from rag.check.lookup import check_draft
from rag.retrieve import retrieve
from rag.turn import usable
from ui import documents
from ui.answers import document, record
from ui.cli.inputs import history_file, queries, statements
from ui.cli.opened import filters, open_assistant, open_library
from ui.cli.output import print_json
from ui.terminal import answer_lines, checked_lines


def search(options: argparse.Namespace) -> int:
    """Prints passages, best first."""
    library, embedder = open_library(options.library)
    with closing(library):
        for query, _ in queries(options.query):
            began = time.monotonic()
            passages = retrieve(library, embedder, usable(query), options.k, filters(options))
            seconds = time.monotonic() - began
            if options.json or options.query == "-":
                print_json(documents.search(query, passages, seconds))
                continue
            for passage in passages:
                print(f"{passage.rank}. {passage.article.title}  [{passage.article.id}]")
                print(f"   {' '.join(passage.text.split())[:300]}\n")
            if not passages:
                print("không tìm thấy / nothing found")
    return 0


def ask(options: argparse.Namespace) -> int:
    """Prints the answer to a question, or to each line of standard input."""
    history = history_file(options.history) if options.history else []
    assistant = open_assistant(options.library)
    with closing(assistant.library):
        if options.article:
            assistant.library.article(options.article)  # says so where there is none of this id
        for question, earlier in queries(options.question):
            *_, final = assistant.ask(question, earlier or history, filters(options))
            if options.json or options.question == "-":
                print_json(document(record(final)))
            else:
                print("\n".join(answer_lines(final)))
    return 0


def check(options: argparse.Namespace) -> int:
    """Prints which article says so, sentence by sentence."""
    library: Library | None = None
    try:
        for text, quote in statements(options.text):
            if quote is not None:  # against its quote alone: no library, no model
                print_json(documents.checked_quote(text, problems(text, [quote])))
                continue
            if library is None:
                library, embedder = open_library(options.library)
            for found in check_draft(library, embedder, text):
                if options.json or options.text == "-":
                    print_json(documents.checked(found))
                else:
                    print("\n".join(checked_lines(found)))
    finally:
        if library:
            library.close()
    return 0
