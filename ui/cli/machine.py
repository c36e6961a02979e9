"""Verbs on the machine: models, doctor; what it is fastest with."""

import argparse
import os
import sys
from pathlib import Path
from typing import NoReturn

from tqdm import tqdm

from index.errors import HoiBaoError, ModelError
from index.models import fetch, registry, tuning
from index.models.proof import prove
from rag.llm.local import load_once
from rag.llm.tune import tuned
from rag.reader.card import intact, shipped
from ui import documents
from ui.cli.opened import open_library
from ui.cli.output import print_json
from ui.cli.parser import PART_DONE
from ui.console import tell


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
    """Compares the library, its vector index and the model files; mends."""
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
        library, _ = open_library(options.library)
        report = library.check(options.repair)
        library.close()
        problems += report.problems
        repaired += report.repaired
    ok = len(problems) <= len(repaired)
    if options.json:
        print_json({"ok": ok, "problems": problems, "repaired": repaired, "tuning": how_tuned()})
    else:
        tell("\n".join([*problems, *repaired]) or "ok")
        tell("\n".join(how_tuned()))
    return 0 if ok else PART_DONE
