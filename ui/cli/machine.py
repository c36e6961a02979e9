"""Verbs on the machine: models, doctor; what it is fastest with."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from typing import NoReturn

from tqdm import tqdm

from index import config
from index.errors import Damaged, HoiBaoError, ModelError
from index.models import fetch, registry, tuning
from index.models.proof import prove
from index.people import OWNER
from index.repair import alone, repair
from index.types import CheckReport
from index.weigh import weigh
from rag.decide import fitted_writer, unfitted
from rag.llm import address
from rag.llm.failures import Away
from rag.llm.local import load_once
from rag.llm.served import ServedModel
from rag.llm.tune import tuned
from rag.reader.card import intact, shipped
from ui import documents
from ui.changes import changing
from ui.cli.opened import open_embedder, open_library, served_line
from ui.cli.output import print_json
from ui.cli.parser import PART_DONE
from ui.console import tell
from ui.history import History


def models(options: argparse.Namespace) -> int:
    """Lists the models, gets one, or chooses one."""
    if options.action == "pull":
        return _pull(options.name)
    if options.action == "use":
        used = registry.use(options.name, _prove)
        tell(f"{used.kind}: {used.identity}", sys.stderr if options.json else sys.stdout)
    rows = registry.rows()
    if options.json:
        print_json([documents.model_row(row) for row in rows])
    elif options.action == "list":
        for row in rows:
            state = "active" if row.active else "installed" if row.installed else "-"
            size = f"{row.bytes / 1e6:6.0f} MB" if row.bytes else "         "
            tell(f"{row.name:32} {row.kind:10} {state:10} {size}  {row.licence:11} {row.source}")
    return 0


def _pull(name: str | None) -> int:
    wanted = [registry.entry(name)] if name else [m for m in registry.catalogue() if m.default]
    for known in wanted:
        with tqdm(total=known.bytes, unit="B", unit_scale=True, desc=known.name) as bar:

            def progress(done: int, total: int, bar: "tqdm[NoReturn]" = bar) -> None:
                bar.total = total
                bar.update(done - bar.n)

            fetched = fetch.pull(known, progress)
        tell(f"{known.name}: {'installed' if fetched else 'already installed'}", sys.stderr)
    _tune()
    return 0


def _prove(gguf: Path) -> None:
    prove(gguf, load_once, anew=True)


def _tune() -> None:
    """Measures what this machine is fastest with, once for the models in use; nothing while one of them is
    not there."""
    try:
        embedding, language = registry.active("embedding"), registry.active("language")
    except ModelError:
        return
    if not tuning.kept(embedding.identity, language.identity).models:
        tell("measuring what this machine is fastest with …", sys.stderr)
        tuning.keep(tuned(embedding, language))
        tell("\n".join(how_tuned()), sys.stderr)


def how_tuned() -> list[str]:
    """How the models run on this machine, and a line for each setting that is not used."""
    now = tuning.measured() or tuning.Tuning()
    how = "measured" if now.models else "safe settings, not measured here; run: hoibao models pull"
    repacked = "repacked" if now.repack else "as they are"
    return [
        f"embedding in {now.embedding}; language model with {now.threads} threads, weights {repacked}, "
        f"{now.drafted} tokens drafted ({how})",
        *now.refused,
    ]


def doctor(options: argparse.Namespace) -> int:
    """Compares the library, its vector index, the conversations and the model files; mends. Whatever one look
    at them meets, the others go on."""
    problems: list[str] = []
    repaired: list[str] = []
    for look in (_models, _shipped, _library, _history):
        try:
            for problem, mended in look(options.library or config.library_dir(), options.repair):
                problems.append(problem)
                repaired += [mended] if mended else []
        except HoiBaoError as error:
            problems += [str(error)] if str(error) not in problems else []
        except Exception as error:  # told, so that the other looks go on
            said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            problems.append(f"{look.__name__.strip('_')}: cannot be looked at ({said})")
    how: list[str] = []
    try:
        how = how_tuned()
        served, away = _served()
        how += served
        problems += away
    except HoiBaoError as error:
        problems.append(str(error))
    ok = len(problems) <= len(repaired)
    parts = weigh(options.library or config.library_dir())
    if options.json:
        weighs = {part.name: part.bytes for part in parts}
        print_json(
            {"ok": ok, "problems": problems, "repaired": repaired, "tuning": how, "bytes": weighs}
        )
    else:
        tell("\n".join([*problems, *repaired]) or "ok")
        tell("\n".join(how))
        tell(" · ".join(f"{part.name} {part.bytes / 1e6:.1f} MB" for part in parts))
    return 0 if ok else PART_DONE


#: A problem, and how it was mended, "" where it was not.
_Found = Iterator[tuple[str, str]]


def _models(folder: Path, mend: bool) -> _Found:
    for row in registry.rows():
        if row.active and not row.installed and not (row.kind == "language" and address.named()):
            yield f"the {row.kind} model {row.name} is not installed; run: hoibao models pull", ""
        elif row.installed and os.sep not in row.name:
            for problem in registry.broken(row.name):
                yield problem, ""


def _served() -> tuple[list[str], list[str]]:
    """What is used of the served language model, where one is named; what is wrong with it."""
    server = address.named()
    if not server:
        return [], []
    served, wrong = ServedModel(server, fitted_writer()), [server.exposed] if server.exposed else []
    try:
        return [served_line(server, served.abilities())], wrong
    except Away as away:
        return [], [*wrong, str(away)]


def _shipped(folder: Path, mend: bool) -> _Found:
    intact(shipped())
    unfitted()
    yield from ()


def _kept(folder: Path, name: str) -> bool:
    return bool(config.store_address()) or (folder / name).exists()


def _library(folder: Path, mend: bool) -> _Found:
    if not _kept(folder, "library.db") and not folder.is_file():
        return
    embedding = open_embedder().identity
    try:
        found = _looked_at(folder, mend)
        inside = [one for one in found.problems if one.startswith("library.db: ")]
    except Damaged as error:
        found, inside = CheckReport((str(error),)), [str(error)]
    if inside and mend:
        with alone(folder):
            mended = repair(folder, embedding)
        yield "; ".join(inside), mended
        found = _looked_at(folder, mend, mended)
    yield from zip_longest(found.problems, found.repaired, fillvalue="")


def _looked_at(folder: Path, mend: bool, mended: str = "") -> CheckReport:
    """What is wrong with a library; what was mended is a line of its audit, behind it, since what is damaged
    cannot be written."""
    library, _ = open_library(folder)
    with closing(library):
        found = library.check(mend)
        if done := "; ".join(filter(None, (mended, *found.repaired))):
            with changing(library, OWNER, "repair", done):
                pass
        return found


def _history(folder: Path, mend: bool) -> _Found:
    if not _kept(folder, "history.db"):
        return
    try:
        with closing(History(folder)) as history:
            inside = history.problems()
    except Damaged as error:
        inside = [str(error)]
    if inside and mend:
        with alone(folder):
            yield "; ".join(inside), History.repair(folder)
    else:
        yield from ((one, "") for one in inside)
