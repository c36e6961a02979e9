"""eval: retrieval, answers, citations and refusals on a question file."""

import argparse
import random
import tempfile
from pathlib import Path

from index import config
from index.errors import InputError
from index.private import keep_temporary
from rag.evaluation import metrics, questions
from ui import report
from ui.cli.opened import open_assistant
from ui.cli.output import add_progress, print_json, question_progress
from ui.console import tell


def evaluate(options: argparse.Namespace) -> int:
    """Asks the questions of a file, of the user's library or of one made for it, and prints the figures."""
    keep_temporary(options.library or config.library_dir())
    with tempfile.TemporaryDirectory(prefix="hoibao-eval-") as temporary:
        work = options.work or Path(temporary)
        return _evaluated(options, work)


def _evaluated(options: argparse.Namespace, work: Path) -> int:
    asked_for = questions.read(options.file, work / "paragraphs")
    own = [*options.articles, *([work / "paragraphs"] if (work / "paragraphs").is_dir() else [])]
    if options.distractors:
        folder = work / "distractors"
        own.append(questions.write_distractors(options.distractors, options.count, folder))
    assistant = open_assistant(work / "library" if own else options.library, threshold=0.0)
    if own:
        added = assistant.library.add(own, progress=add_progress())
        if added.failed and not added.articles:
            raise InputError(f"{added.failed[0].path}: {added.failed[0].reason}")
    if options.limit:
        chance = random.Random(options.seed)
        asked_for = chance.sample(asked_for, min(options.limit, len(asked_for)))
    asked = list(
        metrics.ask_all(
            assistant, asked_for, options.without, options.baseline, question_progress()
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
        print_json(
            {"articles": len(rows), "figures": figures, "curve": points, "questions": records_}
        )
    else:
        tell(f"{len(asked)} questions, {len(rows)} articles")
        tell("\n".join(report.table_lines(figures)))
    return 0
