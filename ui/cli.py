"""The command line: `hoibao`. Heavy libraries load only in the verbs that need them."""

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from index import config
from index.errors import HoiBaoError, InputError, ModelError
from index.types import Filter

if TYPE_CHECKING:
    from index.embed import Embedder
    from index.library import Library
    from rag.assistant import Assistant
    from rag.types import Message

PART_DONE, UNUSABLE = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command line; returns the exit status: 0 done, 1 done in part, 2 unusable."""
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")  # chromadb
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    parsed = _parser().parse_args(arguments)
    verb: Callable[[argparse.Namespace], int] = getattr(parsed, "verb_function", _serve)
    try:
        return verb(parsed)
    except HoiBaoError as error:
        print(f"hoibao: {error}", file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt:
        print("hoibao: stopped; what was confirmed is kept", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PART_DONE


# -- verbs -----------------------------------------------------------------------------------


def _serve(options: argparse.Namespace) -> int:
    host, port = getattr(options, "host", "127.0.0.1"), getattr(options, "port", 7860)
    transport = getattr(options, "mcp", None)
    if transport:
        from ui.api import serve_mcp

        serve_mcp(_assistant(options), transport, host, port)
        return 0
    with _without_stubs():
        from ui.page.app import serve

    serve(
        lambda: _assistant(options),
        host=host,
        port=port,
        browser=not getattr(options, "no_browser", False),
        watched=getattr(options, "watch", []),
    )
    return 0


@contextlib.contextmanager
def _without_stubs() -> Iterator[None]:
    """Gradio parses its own sources at every import, to write type stubs for editors: a quarter of the time
    until the page is there. It leaves out classes whose file it cannot name."""
    import inspect

    original = inspect.getfile

    def getfile(thing: Any) -> str:
        if sys._getframe(1).f_globals.get("__name__") == "gradio.component_meta":
            raise OSError("no stubs")
        return original(thing)

    inspect.getfile = getfile  # type: ignore[assignment]
    try:
        yield
    finally:
        inspect.getfile = original


def _add(options: argparse.Namespace) -> int:
    from ui import answers

    library, _ = _library(options)
    report = library.add(options.paths, options.prune, _add_progress(), fields=options.fields)
    library.close()
    if options.json:
        _print_json(answers.add_report(report))
    else:
        for failure in report.failed:
            print(f"{failure.path}: {failure.reason}", file=sys.stderr)
        print(
            f"{report.added} added ({report.near_copies} near-copies), {report.updated} updated, "
            f"{report.unchanged} unchanged ({report.renamed} renamed), {report.removed} removed, "
            f"{report.duplicates} duplicates, {len(report.failed)} failed in {report.seconds:.1f} s"
        )
    if report.failed:
        return PART_DONE if report.articles else UNUSABLE
    return 0


def _list(options: argparse.Namespace) -> int:
    from ui import answers

    library, _ = _library(options)
    rows = library.articles()
    if options.json:
        _print_json([answers.article_row(row) for row in rows])
    else:
        for row in rows:
            day = row.details.published.isoformat() if row.details.published else "          "
            print(f"{row.id}  {day}  {row.details.title or row.opening}")
        print(f"{len(rows)} articles", file=sys.stderr)
    return 0


def _show(options: argparse.Namespace) -> int:
    from ui import answers

    library, _ = _library(options)
    found = library.article(options.id)
    if options.json:
        (row,) = library.articles(Filter(article_ids=(found.id,)))
        _print_json(answers.article(found, row))
    else:
        details = found.details
        for name in ("title", "outlet", "author", "published", "time", "place", "url"):
            mark = " (inferred)" if name in details.inferred else ""
            print(f"{name}: {getattr(details, name) or '-'}{mark}")
        print(f"source: {found.source}\n\n{found.body}")
    return 0


def _correct(options: argparse.Namespace) -> int:
    from ui import answers

    library, _ = _library(options)
    values: dict[str, str | None] = dict(options.values)
    if not values and not options.undo:
        raise InputError("nothing to correct; write FIELD=VALUE, as in: place='Bắc Kạn'")
    if options.undo:
        library.undo_corrections(options.id, options.undo)
    if values:
        library.correct(options.id, values)
    found, corrections = library.article(options.id), library.corrections(options.id)
    library.close()
    if options.json:
        _print_json(answers.corrected(found, corrections))
    else:
        for name in ("title", "outlet", "author", "published", "time", "place", "url"):
            mark = " (corrected)" if name in corrections else ""
            print(f"{name}: {getattr(found.details, name) or '-'}{mark}")
    return 0


def _remove(options: argparse.Namespace) -> int:
    library, _ = _library(options)
    count = library.remove(options.ids)
    library.close()
    if options.json:
        _print_json({"removed": count})
    else:
        print(f"{count} removed")
    return 0


def _search(options: argparse.Namespace) -> int:
    import time

    from rag.assistant import usable
    from rag.retrieve import retrieve
    from ui import answers

    library, embedder = _library(options)
    only = _filter(options)
    for query, _ in _queries(options.query):
        began = time.monotonic()
        text = usable(query)
        passages = retrieve(library, embedder, text, options.k, only)
        seconds = time.monotonic() - began
        if options.json or options.query == "-":
            _print_json(answers.search(query, passages, seconds))
            continue
        for passage in passages:
            print(f"{passage.rank}. {passage.article.title}  [{passage.article.id}]")
            print(f"   {' '.join(passage.text.split())[:300]}\n")
        if not passages:
            print("không tìm thấy / nothing found")
    library.close()
    return 0


def _ask(options: argparse.Namespace) -> int:
    from ui import answers
    from ui.page.render import answer_lines

    history = _history_file(options.history) if options.history else []
    assistant = _assistant(options)
    only = _filter(options)
    for question, earlier in _queries(options.question):
        *_, final = assistant.ask(question, earlier or history, only)
        if options.json or options.question == "-":
            _print_json(answers.answer(final))
        else:
            print("\n".join(answer_lines(final)))
    assistant.library.close()
    return 0


def _check(options: argparse.Namespace) -> int:
    from ui import answers
    from ui.page.render import checked_lines

    library: Library | None = None
    try:
        for text, quote in _statements(options.text):
            if quote is not None:  # against its quote alone: no library, no model
                from rag.check.checker import problems

                _print_json(answers.checked_quote(text, problems(text, [quote])))
                continue
            from rag.check.lookup import check_draft

            if library is None:
                library, embedder = _library(options)
            for found in check_draft(library, embedder, text):
                if options.json or options.text == "-":
                    _print_json(answers.checked(found))
                else:
                    print("\n".join(checked_lines(found)))
    finally:
        if library:
            library.close()
    return 0


def _eval(options: argparse.Namespace) -> int:
    import tempfile

    with tempfile.TemporaryDirectory(prefix="hoibao-eval-") as temporary:
        work = options.work or Path(temporary)
        return _evaluated(options, work)


def _evaluated(options: argparse.Namespace, work: Path) -> int:
    import random

    from rag.assistant import Assistant
    from rag.evaluation import metrics, questions
    from ui import report

    asked_for = questions.read(options.file, work / "paragraphs")
    own = [*options.articles, *([work / "paragraphs"] if (work / "paragraphs").is_dir() else [])]
    if options.distractors:
        folder = work / "distractors"
        own.append(questions.write_distractors(options.distractors, options.count, folder))
    if own:
        options.library = work / "library"
    assistant = _assistant(options)
    assistant = Assistant(
        assistant.library, assistant.embedder, assistant.reader, assistant.writer, threshold=0.0
    )
    if own:
        added = assistant.library.add(own, progress=_add_progress())
        if added.failed and not added.articles:
            raise InputError(f"{added.failed[0].path}: {added.failed[0].reason}")
    if options.limit:
        chance = random.Random(options.seed)
        asked_for = chance.sample(asked_for, min(options.limit, len(asked_for)))
    asked = list(
        metrics.ask_all(
            assistant, asked_for, options.without, options.baseline, _question_progress()
        )
    )
    figures = metrics.summary(asked)
    named = {name for question in asked_for for name in question.articles}
    rows = assistant.library.articles()
    figures |= metrics.checker(
        assistant.library, [row.id for row in rows if Path(row.source).name in named]
    )
    assistant.library.close()
    points = metrics.curve(asked)
    if options.html:
        title = f"hoibao eval {options.file.name}: {len(asked)} questions, {len(rows)} articles"
        options.html.write_text(report.page(title, figures, points, asked), "utf-8")
    if options.json:
        records_ = [metrics.record(one) for one in asked]
        _print_json(
            {"articles": len(rows), "figures": figures, "curve": points, "questions": records_}
        )
    else:
        print(f"{len(asked)} questions, {len(rows)} articles")
        print("\n".join(report.table_lines(figures)))
    return 0


def _models(options: argparse.Namespace) -> int:
    from index.models import registry
    from ui import answers

    if options.action == "pull":
        return _pull(options.name)
    if options.action == "use":
        used = registry.use(options.name, _prove)
        print(f"{used.kind}: {used.identity}", file=sys.stderr if options.json else sys.stdout)
    rows = registry.rows()
    if options.json:
        _print_json([answers.model_row(row) for row in rows])
    elif options.action == "list":
        for row in rows:
            state = "active" if row.active else "installed" if row.installed else "-"
            size = f"{row.bytes / 1e6:6.0f} MB" if row.bytes else "         "
            print(f"{row.name:32} {row.kind:10} {state:10} {size}  {row.licence:11} {row.source}")
    return 0


def _pull(name: str | None) -> int:
    from tqdm import tqdm

    from index.models import fetch, registry

    wanted = [registry.entry(name)] if name else [m for m in registry.catalogue() if m.default]
    for known in wanted:
        with tqdm(total=known.bytes, unit="B", unit_scale=True, desc=known.name) as bar:

            def progress(done: int, total: int, bar: "tqdm[NoReturn]" = bar) -> None:
                bar.total = total
                bar.update(done - bar.n)

            fetched = fetch.pull(known, progress)
        print(f"{known.name}: {'installed' if fetched else 'already installed'}", file=sys.stderr)
    _tune()
    return 0


def _prove(gguf: Path) -> None:
    from index.models.proof import prove
    from rag.llm.local import load_once

    prove(gguf, load_once, anew=True)


def _tune() -> None:
    """Measures what this machine is fastest with, once for the models in use; nothing while one of them is
    not there."""
    from index.models import registry, tuning

    try:
        embedding, language = registry.active("embedding"), registry.active("language")
    except ModelError:
        return
    if not tuning.kept(embedding.identity, language.identity).models:
        print("measuring what this machine is fastest with …", file=sys.stderr, flush=True)
        from rag.llm.tune import tuned

        tuning.keep(tuned(embedding, language))
        print("\n".join(_tuned()), file=sys.stderr)


def _tuned() -> list[str]:
    """How the models run on this machine, and a line for each setting that is not used."""
    from index.models import tuning

    now = tuning.measured() or tuning.Tuning()
    how = "measured" if now.models else "safe settings, not measured here; run: hoibao models pull"
    repacked = "repacked" if now.repack else "as they are"
    return [
        f"embedding in {now.embedding}; language model with {now.threads} threads, weights {repacked}, "
        f"{now.drafted} tokens drafted ({how})",
        *now.refused,
    ]


def _doctor(options: argparse.Namespace) -> int:
    from index.models import registry
    from rag.reader.card import intact, shipped

    problems: list[str] = []
    repaired: list[str] = []
    for row in registry.rows():
        if row.active and not row.installed:
            problems.append(
                f"the {row.kind} model {row.name} is not installed; run: hoibao models pull"
            )
        elif row.installed and os.sep not in row.name:
            problems += registry.broken(row.name)
    try:
        intact(shipped())
    except HoiBaoError as error:
        problems.append(str(error))
    if not problems:
        library, _ = _library(options)
        report = library.check(options.repair)
        library.close()
        problems += report.problems
        repaired += report.repaired
    ok = len(problems) <= len(repaired)
    if options.json:
        _print_json({"ok": ok, "problems": problems, "repaired": repaired, "tuning": _tuned()})
    else:
        print("\n".join([*problems, *repaired]) or "ok")
        print("\n".join(_tuned()))
    return 0 if ok else PART_DONE


# -- what verbs share --------------------------------------------------------------------------


def _library(options: argparse.Namespace) -> "tuple[Library, Embedder]":
    from index.embed import SentenceEmbedder
    from index.library import Library
    from index.models import registry

    model = registry.active("embedding")
    embedder = SentenceEmbedder(model.path, model.identity)
    return Library(options.library or config.library_dir(), embedder), embedder


def _assistant(options: argparse.Namespace) -> "Assistant":
    from index.models import registry
    from rag.assistant import Assistant
    from rag.decide import unfitted
    from rag.llm.local import LlamaModel
    from rag.reader.card import shipped
    from rag.reader.read import Reader

    library, embedder = _library(options)
    model = registry.active("language")
    reader = Reader(shipped())
    if other := unfitted(embedder.identity, reader.identity, model.identity):
        print(f"hoibao: {other}", file=sys.stderr)
    return Assistant(library, embedder, reader, LlamaModel(model.path, model.identity))


def _filter(options: argparse.Namespace) -> Filter:
    return Filter(options.since, options.until, options.outlet, options.place)


def _queries(argument: str) -> "Iterator[tuple[str, list[Message]]]":
    """The one query, or those on standard input: a line of text or a JSON object each."""
    if argument != "-":
        yield argument, []
        return
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        if not line.lstrip().startswith("{"):
            yield line.strip(), []
            continue
        try:
            item = json.loads(line)
            yield str(item["question"]), _messages(item.get("history") or [])
        except (json.JSONDecodeError, KeyError, TypeError, AttributeError):
            raise InputError(
                f'line {number} of standard input is no {{"question", "history"}} object'
            ) from None


def _statements(argument: str) -> Iterator[tuple[str, str | None]]:
    """A text to check; on standard input a line of it each, or {"statement", "quote"} objects."""
    if argument != "-":
        yield argument, None
        return
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        if not line.lstrip().startswith("{"):
            yield line.strip(), None
            continue
        try:
            item = json.loads(line)
            statement, quote = item["statement"], item["quote"]
        except (json.JSONDecodeError, KeyError, TypeError):
            statement = quote = None
        if not isinstance(statement, str) or not isinstance(quote, str):
            raise InputError(
                f'line {number} of standard input is no {{"statement", "quote"}} object of two texts'
            )
        yield statement, quote


def _messages(raw: Any) -> "list[Message]":
    """A history: {"role","content"} objects; a bare string counts as a question of the user's."""
    from rag.types import Message

    messages = []
    for item in raw:
        if isinstance(item, str):
            messages.append(Message("user", item))
        else:
            role = "assistant" if item["role"] == "assistant" else "user"
            messages.append(Message(role, str(item["content"])))  # type: ignore[arg-type]
    return messages


def _history_file(path: Path) -> "list[Message]":
    try:
        return _messages(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise InputError(f'{path} is no JSON list of {{"role","content"}} objects') from None


def _add_progress() -> Callable[[int, int, str], None] | None:
    """A progress line on a terminal, with time left; nothing where stderr is a file."""
    if not sys.stderr.isatty():
        return None
    from tqdm import tqdm

    bar = tqdm(unit="file")

    def progress(done: int, total: int, name: str) -> None:
        bar.total = total
        bar.set_postfix_str(Path(name).name[-40:], refresh=False)
        bar.update(done - bar.n)
        if done == total:
            bar.close()

    return progress


def _question_progress() -> Callable[[int, int], None]:
    """A progress line on standard error."""
    from tqdm import tqdm

    bar = tqdm(unit="question", disable=not sys.stderr.isatty())

    def progress(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)
        if done == total:
            bar.close()

    return progress


def _print_json(document: object) -> None:
    print(json.dumps(document, ensure_ascii=False), flush=True)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write YYYY-MM-DD") from None


def _places(text: str) -> tuple[str, ...]:
    from index.language.places import admitted, province

    found = province(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no province; write its name: Bắc Kạn")
    return admitted(found)


def _assigned(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is no FIELD=VALUE")
    return name.strip(), value.strip()


def _fields(text: str) -> dict[str, str]:
    found = dict(_assigned(part) for part in text.split(","))
    ours = {"title", "body", "summary", "outlet", "author", "published", "place", "url"}
    for name in found.keys() - ours:
        raise argparse.ArgumentTypeError(
            f"{name!r} is no field; these are: {', '.join(sorted(ours))}"
        )
    return found


def _positive(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 1000")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 up")
    return int(text)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line and exit status 2, as for all unusable input."""
        self.exit(UNUSABLE, f"hoibao: {message}; see: {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="hoibao",
        description="Ask your own collection of news articles; every answer quotes its source.",
        epilog="Without a verb: serve. Every verb takes --json where it prints a result.",
    )
    parser.add_argument(
        "--library", type=Path, metavar="DIR", help="the library's folder (else $HOIBAO_LIBRARY)"
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", parser_class=_Parser)

    def verb(name: str, function: Callable[[argparse.Namespace], int], help: str) -> Any:
        made = verbs.add_parser(name, help=help, description=help)
        made.set_defaults(verb_function=function)
        if name != "serve":
            made.add_argument("--json", action="store_true", help="one JSON document on stdout")
        return made

    def filters(made: Any) -> None:
        made.add_argument(
            "--from", dest="since", type=_day, metavar="D", help="published from D on"
        )
        made.add_argument("--to", dest="until", type=_day, metavar="D", help="published until D")
        made.add_argument("--outlet", metavar="O", help="of this outlet only")
        made.add_argument(
            "--place", type=_places, default=(), metavar="P",
            help="about this province only, with those merged into it in 2025",
        )  # fmt: skip

    serve = verb("serve", _serve, "open the chat in a browser")
    serve.add_argument("--host", default="127.0.0.1", metavar="H")
    serve.add_argument("--port", type=int, default=7860, metavar="P")
    serve.add_argument("--no-browser", action="store_true", help="open no browser window")
    serve.add_argument(
        "--watch", type=Path, action="append", default=[], metavar="DIR",
        help="take over what is put into this folder; may be given more than once",
    )  # fmt: skip
    serve.add_argument(
        "--mcp", nargs="?", const="stdio", choices=("stdio", "http"),
        help="offer search, ask and read_article to other programs instead of a page: on standard input and "
        "output (stdio, for a program that starts hoibao itself), or at http://H:P/mcp",
    )  # fmt: skip
    add = verb("add", _add, "index files and folders, incrementally")
    add.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    add.add_argument(
        "--prune", action="store_true", help="drop articles whose files are gone from the folders"
    )
    add.add_argument(
        "--fields", type=_fields, default={}, metavar="OURS=THEIRS,...",
        help="which field of .jsonl and .csv rows is what, as in: title=headline,body=content",
    )  # fmt: skip
    verb("list", _list, "the articles")
    show = verb("show", _show, "one article, whole")
    show.add_argument("id", metavar="ID")
    correct = verb("correct", _correct, "put a field of an article right, for good")
    correct.add_argument("id", metavar="ID")
    correct.add_argument(
        "values", nargs="*", type=_assigned, metavar="FIELD=VALUE",
        help="title, outlet, author, published, time, place or url; nothing behind = : not known",
    )  # fmt: skip
    correct.add_argument("--undo", nargs="+", metavar="FIELD", default=[], help="as it was read")
    remove = verb("remove", _remove, "forget articles, everywhere")
    remove.add_argument("ids", nargs="+", metavar="ID")
    search = verb("search", _search, "passages, best first; - reads one query a line")
    search.add_argument("query", metavar="QUERY")
    search.add_argument("-k", type=_positive, default=8, metavar="N", help="how many")
    filters(search)
    ask = verb("ask", _ask, "an answer with citations; - reads one question a line")
    ask.add_argument("question", metavar="QUESTION")
    ask.add_argument("--history", type=Path, metavar="FILE", help="a JSON list of earlier turns")
    filters(ask)
    check = verb("check", _check, "which article says so, sentence by sentence; - reads lines")
    check.add_argument("text", metavar="TEXT")
    measure = verb("eval", _eval, "measure retrieval, answers, citations and refusals")
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
        "--count", type=_count, default=500, metavar="N", help="distractors of a .jsonl (500)"
    )
    measure.add_argument("--limit", type=_count, metavar="N", help="ask N of the questions")
    measure.add_argument("--seed", type=int, default=1, metavar="S", help="which N (1)")
    measure.add_argument(
        "--without", action="store_true", help="ask each also with its articles taken out"
    )
    measure.add_argument(
        "--baseline", action="store_true", help="beside it: five passages and a plain prompt"
    )
    measure.add_argument("--html", type=Path, metavar="FILE", help="write a page with a plot")
    measure.add_argument("--work", type=Path, metavar="DIR", help="keep what is indexed here")
    models = verb("models", _models, "what is installed; get one; choose one")
    models.set_defaults(action="list", name=None)
    actions = models.add_subparsers(metavar="pull [NAME] | use NAME|PATH", parser_class=_Parser)
    pull = actions.add_parser("pull", help="fetch a model (both default ones without a name)")
    pull.add_argument("name", nargs="?", metavar="NAME")
    pull.set_defaults(action="pull")
    use = actions.add_parser("use", help="choose a model by name, or a file or folder of one's own")
    use.add_argument("name", metavar="NAME|PATH")
    use.set_defaults(action="use")
    doctor = verb("doctor", _doctor, "compare library.db, Chroma and the model files; mend")
    doctor.add_argument("--repair", action="store_true", help="mend what can be mended")
    return parser


if __name__ == "__main__":
    sys.exit(main())
