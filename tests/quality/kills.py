"""The Chroma server, PostgreSQL and the language model's server, each killed in the middle of questions, and
started again.

    python tests/quality/kills.py LIBRARY [--questions 60] [--written 8] [--away 10] [--only chroma ...]

Works on a copy of LIBRARY, with the real embedding model and reader. The questions, of the sets beside this
script, are first asked one after the other with every server there: that is what is right. Then `--people` at
once ask them again; when a third of them are answered the server is killed without warning (SIGKILL, for
PostgreSQL an immediate stop), and after `--away` seconds started again. Who is told that nothing can be
answered now asks the same again after a second.

Chroma and PostgreSQL: answers in the articles' own words (no writer). The model: `--written` questions whose
answers are written, by llama-cpp-python's own server with the GGUF in use, or, with `--model fake`, by the
tests' stand-in for a server. An answer that says that nobody wrote it must have outcome, short answer and
articles of what is answered where nobody ever writes, or of what was written before (it may have been read by
the writer, and not written); all others must be word for word what was written before. Of which other
passages it was chosen may differ, and is counted: Chroma makes its graph anew, and the neighbours of made-up
vectors are anybody's.

Prints a table; ends with 1 where an answer was wrong or lost, nobody was told, an article was embedded again,
or it took more than ten seconds to recover.
"""

import argparse
import os
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.embed import SentenceEmbedder  # noqa: E402
from index.errors import HoiBaoError  # noqa: E402
from index.library import Library  # noqa: E402
from index.models import registry  # noqa: E402
from index.models.tuning import kept  # noqa: E402
from index.moving import move  # noqa: E402
from rag.assistant import Assistant  # noqa: E402
from rag.decide import fitted_writer  # noqa: E402
from rag.llm.address import Server  # noqa: E402
from rag.llm.served import ServedModel  # noqa: E402
from rag.types import Answer  # noqa: E402
from tests.index.vectors.server import ChromaServer  # noqa: E402
from tests.postgres import running  # noqa: E402
from tests.quality.asked import questions  # noqa: E402
from tests.quality.unwritten import Counted, Said, assistant, said  # noqa: E402
from tests.rag.llm.fake import Fake  # noqa: E402
from ui.cli.keeping import PARTS  # noqa: E402
from ui.serving import listen  # noqa: E402

#: Seconds within which all is as before, and after which an answer counts as lost.
RECOVERED, LOST = 10.0, 600.0


@dataclass(frozen=True, slots=True)
class Part:
    """A server: how it is killed and started (which waits until it answers), and whether an answer says that
    it was made without it."""

    name: str
    kill: Callable[[], None]
    start: Callable[[], None]
    without: Callable[[Answer], bool]


@dataclass(slots=True)
class Run:
    """What came of one kill."""

    asked: int
    #: Answers by question, with whether each says that it was made without the server.
    answers: dict[int, tuple[Said, bool]] = field(default_factory=dict)
    #: How often somebody was told that nothing can be answered now, and other errors.
    refused: int = 0
    errors: list[str] = field(default_factory=list)
    killed_at: int = 0
    recovered: float | None = None


def main() -> int:
    """Runs it."""
    options = parsed()
    for name in ("HOIBAO_STORE", "HOIBAO_VECTORS", "HOIBAO_LLM"):
        os.environ.pop(name, None)
    model = registry.active("embedding")
    embedder = Counted(SentenceEmbedder(model.path, model.identity))
    known = {"chroma": chroma, "postgresql": postgres, "model": language}
    bad = False
    print("| killed | after | answered | told | wrong | lost | recovered (s) | embedded again |")
    print("|---|---|---|---|---|---|---|---|")
    for name in options.only or known:
        with TemporaryDirectory() as place:
            folder = Path(place) / "library"
            shutil.copytree(
                options.library, folder, ignore=shutil.ignore_patterns("chroma*", "*.db.*")
            )
            with known[name](folder, Path(place), embedder, options) as (part, answering, right):
                embedded = embedder.passages
                run = killed(part, answering, list(right), options)
                bad |= told(part, run, right, embedder.passages - embedded)
    return int(bad)


def parsed() -> argparse.Namespace:
    """The options."""
    made = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    made.add_argument("library", type=Path)
    made.add_argument("--questions", type=int, default=60)
    made.add_argument("--written", type=int, default=8)
    made.add_argument("--people", type=int, default=3)
    made.add_argument("--away", type=float, default=10.0)
    made.add_argument("--model", choices=("real", "fake"), default="real")
    made.add_argument("--only", nargs="+", choices=("chroma", "postgresql", "model"), default=[])
    return made.parse_args()


#: What is right for each question: with the server and, where that may differ, without it.
Right = dict[str, tuple[Said, Said]]
Opened = Iterator[tuple[Part, Assistant, Right]]


def asked(answering: Assistant, some: Sequence[str]) -> list[Said]:
    """What is answered, one question after the other."""
    answering.warm()
    return [said(last) for one in some for *_, last in [answering.ask(one)]]


def same(answering: Assistant, some: Sequence[str]) -> Right:
    """What is right with and without."""
    return {q: (one, one) for q, one in zip(some, asked(answering, some), strict=True)}


@contextmanager
def chroma(folder: Path, place: Path, embedder: Counted, options: argparse.Namespace) -> Opened:
    """The vectors on a server."""
    server = ChromaServer(place / "chroma")
    server.start()
    os.environ["HOIBAO_VECTORS"] = server.url
    try:
        with closing(Library(folder, embedder)) as library:
            answering = assistant(library, embedder.model)
            right = same(answering, questions(None)[: options.questions])
            part = Part(
                "Chroma server", server.kill, server.start, lambda one: bool(one.unsearched)
            )
            yield part, answering, right
            if problems := library.check().problems:
                print(f"Chroma: {'; '.join(problems)}", file=sys.stderr)
    finally:
        server.kill()
        del os.environ["HOIBAO_VECTORS"]


@contextmanager
def postgres(folder: Path, place: Path, embedder: Counted, options: argparse.Namespace) -> Opened:
    """The store on a server."""
    with running() as server:
        address = server.database()
        move(folder, address, PARTS)
        os.environ["HOIBAO_STORE"] = address
        try:
            with closing(Library(place / "served", embedder)) as library:
                answering = assistant(library, embedder.model)
                right = same(answering, questions(None)[: options.questions])
                part = Part("PostgreSQL", server.kill, server.start, lambda one: False)
                yield part, answering, right
        finally:
            del os.environ["HOIBAO_STORE"]


@contextmanager
def language(folder: Path, place: Path, embedder: Counted, options: argparse.Namespace) -> Opened:
    """The language model on a server; of the questions those that are written."""
    server = Fake() if options.model == "fake" else Llama(place / "log")
    server.start()
    some, right = questions(None)[: 4 * options.written], Right()
    try:
        with closing(Library(folder, embedder)) as library:
            plain = assistant(library, embedder.model)
            writer = ServedModel(Server(server.url, key="a-key"), fitted_writer())
            answering = assistant(library, embedder.model, writer)
            answering.warm()
            for question in some:
                *_, last = answering.ask(question)
                if last.seconds.first_token is not None:
                    right[question] = (said(last), *asked(plain, [question]))
                if len(right) == options.written:
                    break
            part = Part("model server", server.stop, server.start, lambda one: bool(one.unwritten))
            yield part, answering, right
    finally:
        server.stop()


class Llama:
    """llama-cpp-python's own server with the GGUF in use."""

    def __init__(self, log: Path) -> None:
        with listen("127.0.0.1", 0) as free:
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}/v1"
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        model = registry.active("language")
        threads = str(kept(model.identity).threads)
        given = {
            "model": model.path, "model_alias": "qwen", "host": "127.0.0.1", "port": self._port,
            "api_key": "a-key", "n_ctx": 4096, "n_threads": threads, "n_threads_batch": threads,
            "flash_attn": "true", "verbose": "false",
        }  # fmt: skip
        serve = ROOT / "tests" / "rag" / "llm" / "serve.py"
        command = [sys.executable, "-u", str(serve)]
        command += [part for name, value in given.items() for part in (f"--{name}", str(value))]
        with self._log.open("ab") as out:
            self._process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        while True:
            with suppress(OSError):
                urllib.request.urlopen(f"{self.url[:-3]}/docs", timeout=5).close()
                return
            assert self._process.poll() is None, self._log.read_text()
            time.sleep(0.1)

    def stop(self) -> None:
        """Kills it."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None


def killed(
    part: Part, answering: Assistant, some: Sequence[str], options: argparse.Namespace
) -> Run:
    """Asks, kills, starts again, and asks on until all is answered and nobody is told any more."""
    run, lock, left = Run(len(some)), threading.Lock(), list(enumerate(some))[::-1]

    def person() -> None:
        while True:
            with lock:
                if not left:
                    return
                number, question = left.pop()
            end = time.monotonic() + LOST
            while time.monotonic() < end:
                try:
                    *_, last = answering.ask(question, who=threading.current_thread().name)
                    with lock:
                        run.answers[number] = said(last), part.without(last)
                    break
                except HoiBaoError:
                    with lock:
                        run.refused += 1
                    time.sleep(1)
                except Exception as error:
                    with lock:
                        run.errors.append(f"{type(error).__name__}: {error}"[:200])
                    break

    people = [threading.Thread(target=person) for _ in range(options.people)]
    for one in people:
        one.start()
    while 3 * len(run.answers) < run.asked:
        time.sleep(0.02)
    part.kill()
    run.killed_at = len(run.answers)
    time.sleep(options.away)
    part.start()
    back = time.monotonic()
    while run.recovered is None and time.monotonic() < back + LOST:
        began = time.monotonic()
        try:
            *_, last = answering.ask(some[0])
        except HoiBaoError:
            time.sleep(0.2)
            continue
        if part.without(last):
            time.sleep(0.2)
        else:  # it was there when this question began, or soon after
            run.recovered = began - back
    for one in people:
        one.join()
    return run


def told(part: Part, run: Run, right: Right, embedded: int) -> bool:
    """Prints a row; whether anything is as it must not be."""
    without = sum(one for _, one in run.answers.values())
    wrong, others = [], 0
    for number, question in enumerate(right):
        if number in run.answers:
            answer, alone = run.answers[number]
            with_it, without_it = right[question]
            others += answer.passages != with_it.passages
            answer, with_it, without_it = (
                replace(one, passages=()) for one in (answer, with_it, without_it)
            )
            read_only = alone and with_it != without_it
            if answer != with_it and not (
                read_only and _brief(answer) in map(_brief, right[question])
            ):
                wrong.append((question, without_it if alone else with_it, answer))
    lost = run.asked - len(run.answers)
    late = run.recovered is None or run.recovered > RECOVERED
    seconds = "never" if run.recovered is None else f"{max(0.0, run.recovered):.1f}"
    said_so = f"{without} in their answers" if without else f"{run.refused} times"
    print(
        f"| {part.name} | {run.killed_at} of {run.asked} | {len(run.answers)} | {said_so} | {len(wrong)} "
        f"| {lost} | {seconds} | {embedded} |",
        flush=True,
    )
    if others:
        print(f"{others} with other passages behind them", file=sys.stderr)
    for question, expected, answer in wrong:
        print(f"WRONG {question}\n  {expected}\n  {answer}", file=sys.stderr)
    for error in run.errors:
        print(f"ERROR {error}", file=sys.stderr)
    return bool(wrong or lost or late or embedded or not without + run.refused)


def _brief(one: Said) -> tuple[str, str | None, tuple[str, ...]]:
    return one.outcome, one.short, tuple(dict.fromkeys(article for article, _, _ in one.cited))


if __name__ == "__main__":
    sys.exit(main())
