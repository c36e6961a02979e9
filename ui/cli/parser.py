"""The verbs and their options. A verb is named by the module that does it and its function there, which is
loaded only when it is asked for."""

import argparse
from pathlib import Path
from typing import Any, NoReturn

from index.language.text import one_line
from ui.cli.actions import add_dossiers, add_people
from ui.cli.inputs import address, assigned, below, count, day, fields, places, positive
from ui.config import DOOR

#: Kinds of names, as in `index.naming.found`, which loads more than the parser needs.
KINDS = ("person", "organisation", "place")
#: Exit statuses.
PART_DONE, UNUSABLE = 1, 2


class Parser(argparse.ArgumentParser):
    """One that tells a mistake in one line."""

    def error(self, message: str) -> NoReturn:
        """One line and exit status 2, as for all unusable input."""
        self.exit(UNUSABLE, f"hoibao: {one_line(message)}; see: {self.prog} --help\n")


def parser() -> argparse.ArgumentParser:
    """The parser of a whole command line; `verb`, of what it gives, is a module of `ui.cli` and a function
    there."""
    made = Parser(
        prog="hoibao",
        description="Ask your own collection of news articles; every answer quotes its source.",
        epilog="Without a verb: serve. Every verb takes --json where it prints a result.",
    )
    made.add_argument(
        "--library", type=Path, metavar="DIR", help="the library's folder (else $HOIBAO_LIBRARY)"
    )
    made.set_defaults(
        verb=("serve", "serve"), host="127.0.0.1", port=7860, mcp=None, no_browser=False, watch=[],
        no_token=False, upload_mb=DOOR.upload_mb, name="", proxy=[], root_path="",
        metrics=None, log="text", log_questions=False,
    )  # fmt: skip
    verbs = made.add_subparsers(title="verbs", metavar="VERB", parser_class=Parser)

    def verb(name: str, module: str, function: str, help: str) -> Any:
        made = verbs.add_parser(name, help=help, description=help)
        made.set_defaults(verb=(module, function))
        if name != "serve":
            made.add_argument("--json", action="store_true", help="one JSON document on stdout")
        return made

    def dossier(made: Any) -> None:
        made.add_argument("--dossier", metavar="NAME", help="of this dossier only")

    def filters(made: Any) -> None:
        made.add_argument("--from", dest="since", type=day, metavar="D", help="published from D on")
        made.add_argument("--to", dest="until", type=day, metavar="D", help="published until D")
        made.add_argument("--outlet", type=one_line, metavar="O", help="of this outlet only")
        made.add_argument(
            "--place", type=places, default=(), metavar="P",
            help="about this province only, with those merged into it in 2025",
        )  # fmt: skip
        dossier(made)

    serve = verb("serve", "serve", "serve", "open the chat in a browser")
    serve.add_argument("--host", default="127.0.0.1", metavar="H")
    serve.add_argument("--port", type=int, default=7860, metavar="P")
    serve.add_argument("--no-browser", action="store_true", help="open no browser window")
    serve.add_argument(
        "--no-token", action="store_true",
        help="let in every user and program of this machine, without the token in the printed address",
    )  # fmt: skip
    serve.add_argument(
        "--name", type=one_line, default="", metavar="NAME",
        help="the name that browsers have it under, as bao.example.vn",
    )  # fmt: skip
    serve.add_argument(
        "--proxy", type=address, action="append", default=[], metavar="ADDRESS",
        help="what this address says of whom it passes on is believed; may be given more than once",
    )  # fmt: skip
    serve.add_argument(
        "--root-path", type=below, default="", metavar="PATH", help="under this path of the name, as /bao"
    )  # fmt: skip
    serve.add_argument(
        "--upload-mb", type=positive, default=DOOR.upload_mb, metavar="N",
        help=f"megabytes that may be uploaded at once ({DOOR.upload_mb})",
    )  # fmt: skip
    serve.add_argument(
        "--watch", type=Path, action="append", default=[], metavar="DIR",
        help="take over what is put into this folder; may be given more than once",
    )  # fmt: skip
    serve.add_argument(
        "--metrics", type=count, metavar="PORT",
        help="count questions, seconds, the queue and errors for Prometheus, at http://127.0.0.1:PORT/metrics",
    )  # fmt: skip
    serve.add_argument(
        "--log", choices=("text", "json"), default="text",
        help="json: a line of JSON on standard error for each question's end and each error, without words of "
        "questions, answers and articles",
    )  # fmt: skip
    serve.add_argument(
        "--log-questions", action="store_true",
        help="with --log json: also what was asked and answered",
    )  # fmt: skip
    serve.add_argument(
        "--mcp", nargs="?", const="stdio", choices=("stdio", "http"),
        help="offer search, find, ask and read_article to other programs instead of a page: on standard input "
        "and output (stdio, for a program that starts hoibao itself), or at http://H:P/mcp",
    )  # fmt: skip
    add = verb("add", "articles", "add", "index files and folders, incrementally")
    add.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    add.add_argument(
        "--prune", action="store_true",
        help="put articles into the trash whose files are gone from the folders; a folder that is gone or "
        "empty drops nothing",
    )  # fmt: skip
    add.add_argument(
        "--yes", action="store_true", help="also where that is more than half of the library"
    )
    add.add_argument(
        "--fields", type=fields, default={}, metavar="OURS=THEIRS,...",
        help="which field of .jsonl and .csv rows is what, as in: title=headline,body=content",
    )  # fmt: skip
    dossier(verb("list", "articles", "list_articles", "the articles"))
    show = verb("show", "articles", "show", "one article, whole")
    show.add_argument("id", type=one_line, metavar="ID")
    show.add_argument(
        "--left-out", action="store_true", help="what of its file was not taken for its text"
    )
    correct = verb("correct", "articles", "correct", "put a field of an article right, for good")
    correct.add_argument("id", type=one_line, metavar="ID")
    correct.add_argument(
        "values", nargs="*", type=assigned, metavar="FIELD=VALUE",
        help="title, outlet, author, published, time, place or url; nothing behind = : not known",
    )  # fmt: skip
    correct.add_argument("--undo", nargs="+", metavar="FIELD", default=[], help="as it was read")
    remove = verb("remove", "articles", "remove", "put articles into the trash")
    remove.add_argument("ids", nargs="+", metavar="ID")
    remove.add_argument(
        "--erase", action="store_true", help="not into the trash: gone from every file, for good"
    )
    trash = verb(
        "trash",
        "articles",
        "trash",
        "what was removed or deleted, kept for 30 days; put back; erase",
    )
    do = trash.add_mutually_exclusive_group()
    do.add_argument(
        "--restore", nargs="+", metavar="ID", default=[], help="put these back, as they were"
    )
    do.add_argument("--empty", action="store_true", help="erase all of it, from every file")
    notices = verb(
        "notices", "story", "notices", "correction notices, and the articles that they correct"
    )
    for option, what in (("--confirm", "it corrects it"), ("--refuse", "it does not")):
        notices.add_argument(
            option, nargs=2, type=one_line, metavar=("NOTICE", "ARTICLE"), help=f"keep that {what}"
        )
    reprints = verb(
        "reprints", "story", "reprints", "what each paper changed in an article's story"
    )
    reprints.add_argument("id", type=one_line, metavar="ID")
    search = verb("search", "asking", "search", "passages, best first; - reads one query a line")
    search.add_argument("query", metavar="QUERY")
    search.add_argument("-k", type=positive, default=8, metavar="N", help="how many")
    filters(search)
    find = verb(
        "find",
        "finding",
        "find",
        "every whole article that a query matches, exactly; - reads lines",
    )
    find.add_argument(
        "query", metavar="QUERY",
        help='words, "a phrase", AND OR NOT, NEAR(a b, 5), (…), title: outlet: author: place: '
        "date:2019..2021, từ*; marks that are typed are honoured, a word without any matches all",
    )  # fmt: skip
    find.add_argument("-k", type=positive, default=20, metavar="N", help="how many articles (20)")
    find.add_argument(
        "--by",
        choices=("date", "relevance"),
        default="date",
        help="the newest first (date), or the best",
    )
    find.add_argument(
        "--csv", type=Path, metavar="FILE", help="write all of it, a row for each place found"
    )
    dossier(find)
    names = verb(
        "names",
        "names",
        "names",
        "people, organisations and places: counts, first and last day; one's articles; merge, part",
    )
    names.add_argument(
        "what", nargs="*", type=one_line, metavar="NAME",
        help="an id or a name: its articles; merge A B: B goes by A, also in articles to come; part A: undo "
        "that; confirm A: show it though one article has it only; nothing: those that two or more have",
    )  # fmt: skip
    names.add_argument("--kind", choices=KINDS, help="these only")
    names.add_argument("--find", type=one_line, default="", metavar="TEXT", help="with this in it")
    offices = verb(
        "offices", "names", "offices", "who held which office when, by the articles' own words"
    )
    offices.add_argument(
        "--office", type=one_line, default="", metavar="TEXT", help="in the office or organisation"
    )
    offices.add_argument(
        "--person", type=one_line, default="", metavar="NAME", help="of this person"
    )
    offices.add_argument(
        "--csv", type=Path, metavar="FILE", help="write a table, each row with quotes"
    )
    ask = verb("ask", "asking", "ask", "an answer with citations; - reads one question a line")
    ask.add_argument("question", metavar="QUESTION")
    ask.add_argument("--article", type=one_line, metavar="ID", help="of this article only")
    ask.add_argument("--history", type=Path, metavar="FILE", help="a JSON list of earlier turns")
    filters(ask)
    add_dossiers(
        verb("dossier", "dossiers", "dossier", "named sets of articles, asked and searched alone")
    )
    note = verb("note", "noting", "note", "write a note on an article, or on words of it")
    note.add_argument("id", type=one_line, metavar="ID")
    note.add_argument("text", nargs="?", default="", metavar="TEXT")
    note.add_argument("--quote", default="", metavar="WORDS", help="on these words of the article")
    note.add_argument(
        "--tag", action="append", default=[], metavar="T", help="with this tag; may be given more than once"
    )  # fmt: skip
    note.add_argument("--star", action="store_true", help="with a star")
    notes = verb("notes", "noting", "notes", "the notes, and where their words were changed since")
    notes.add_argument("--tag", metavar="T", help="with this tag")
    notes.add_argument("--starred", action="store_true", help="with a star")
    notes.add_argument("--article", type=one_line, metavar="ID", help="on this article")
    dossier(notes)
    notes.add_argument(
        "--to", type=Path, metavar="FILE", help="write them to FILE.md, .docx or .csv"
    )
    notes.add_argument(
        "--remove", type=count, nargs="+", default=[], metavar="N", help="delete the notes of these numbers"
    )  # fmt: skip
    check = verb(
        "check", "asking", "check", "which article says so, sentence by sentence; - reads lines"
    )
    check.add_argument(
        "text", metavar="TEXT|DRAFT.docx", help="a Word file is given back with comments"
    )
    check.add_argument(
        "--out", type=Path, metavar="FILE", help="the commented one (DRAFT.checked.docx)"
    )
    measure = verb(
        "eval", "measuring", "evaluate", "measure retrieval, answers, citations and refusals"
    )
    measure.add_argument("file", type=Path, metavar="FILE", help="JSON Lines, or SQuAD format")
    measure.add_argument(
        "--articles", type=Path, nargs="+", default=[], metavar="PATH",
        help="measure on a library of these, not on one's own",
    )  # fmt: skip
    measure.add_argument(
        "--distractors", type=Path, metavar="PATH",
        help='mix in a folder of articles, or a .jsonl(.gz) of {"title","body"}',
    )  # fmt: skip
    measure.add_argument(
        "--count", type=count, default=500, metavar="N", help="distractors of a .jsonl (500)"
    )
    measure.add_argument("--limit", type=count, metavar="N", help="ask N of the questions")
    measure.add_argument("--seed", type=int, default=1, metavar="S", help="which N (1)")
    measure.add_argument(
        "--without", action="store_true", help="ask each also with its articles taken out"
    )
    measure.add_argument(
        "--baseline", action="store_true", help="beside it: five passages and a plain prompt"
    )
    measure.add_argument("--html", type=Path, metavar="FILE", help="write a page with a plot")
    measure.add_argument("--work", type=Path, metavar="DIR", help="keep what is indexed here")
    wrong = verb("wrong", "marked", "wrong", "the answers that were marked wrong on the page")
    wrong.add_argument(
        "--export", type=Path, metavar="FILE", help="write them as a question file for hoibao eval"
    )
    wrong.add_argument("--remove", type=count, nargs="+", metavar="ID", help="forget these")
    models = verb("models", "machine", "models", "what is installed; get one; choose one")
    models.set_defaults(action="list", name=None)
    actions = models.add_subparsers(metavar="pull [NAME] | use NAME|PATH", parser_class=Parser)
    pull = actions.add_parser("pull", help="fetch a model (both default ones without a name)")
    pull.add_argument("name", nargs="?", metavar="NAME")
    pull.set_defaults(action="pull")
    use = actions.add_parser("use", help="choose a model by name, or a file or folder of one's own")
    use.add_argument("name", metavar="NAME|PATH")
    use.set_defaults(action="use")
    doctor = verb(
        "doctor", "machine", "doctor", "compare library.db, Chroma and the model files; mend"
    )
    standing = verb(
        "standing",
        "standing",
        "standing",
        "questions that are asked again whenever articles were added",
    )
    standing.add_argument(
        "what", nargs="*", type=one_line, metavar="DO",
        help="list (or nothing): the questions with what is new; add QUESTION; remove ID; run: ask again now; "
        "seen: what is new was read",
    )  # fmt: skip
    standing.add_argument(
        "--find", nargs="?", const="", metavar="QUERY",
        help="add: a query of exact search, not a question",
    )  # fmt: skip
    backup = verb(
        "backup", "keeping", "backup", "the library as one file, also while the chat is open"
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="a new file (.zip)")
    restore = verb(
        "restore", "keeping", "restore", "put a backup into a library's folder, a new or empty one"
    )
    restore.add_argument("file", type=Path, metavar="FILE")
    move = verb(
        "move", "keeping", "move",
        "copy the library to a PostgreSQL server, or from there to a folder; nothing is embedded again",
    )  # fmt: skip
    move.add_argument("to", metavar="TO", help="postgresql://USER@HOST:PORT/NAME, or a folder")
    export = verb(
        "export", "evidence", "export", "evidence to hand over: answers, quotes, articles in a zip"
    )
    export.add_argument(
        "conversation", nargs="?", type=one_line, metavar="CONVERSATION",
        help="its id; without one, the conversations and their answers are listed",
    )  # fmt: skip
    export.add_argument(
        "answer", nargs="?", type=positive, metavar="ANSWER", help="this one only, by its number"
    )
    export.add_argument("--evidence", type=Path, metavar="FILE", help="a new file (.zip)")
    export.add_argument(
        "--originals", action="store_true", help="with the articles' own files, where unchanged"
    )
    add_people(verb)
    verify = verb(
        "verify", "evidence", "verify", "whether evidence is as it was made; needs no library"
    )
    verify.add_argument("file", type=Path, metavar="FILE")
    doctor.add_argument("--repair", action="store_true", help="mend what can be mended")
    return made
