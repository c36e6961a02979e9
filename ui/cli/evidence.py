"""Verbs on evidence: export makes it of a conversation, verify says whether it is as it was made."""

import argparse
from contextlib import closing
from datetime import datetime
from typing import Any

from index.errors import InputError
from index.language.text import one_line
from ui.cli.opened import open_library
from ui.cli.output import print_json
from ui.cli.parser import PART_DONE
from ui.console import tell, tell_error
from ui.evidence.making import made
from ui.evidence.manifest import sha256
from ui.evidence.verifying import Verdict, verify_file
from ui.history import History, Turn
from ui.text import say

#: Conversations that are listed, the latest first.
_LISTED = 100


def export(options: argparse.Namespace) -> int:
    """Writes evidence of a conversation, or of one of its answers; lists the conversations where none is
    named."""
    library, _ = open_library(options.library)
    with closing(library), closing(History(library.folder)) as history:
        if options.conversation is None:
            return _list(history, options.json)
        if options.evidence is None:
            raise InputError("name the file to write: --evidence FILE.zip")
        if options.evidence.exists():
            raise InputError("{file} is there already; choose another name", file=options.evidence)
        name = history.conversation(options.conversation).name
        turns = [turn for turn in history.turns(options.conversation) if _ended(turn)]
        if options.answer is not None:
            turns = turns[options.answer - 1 : options.answer]
        if not turns:
            raise InputError("no such answer in this conversation; hoibao export lists them")
        data = made(turns, name, library, options.originals)
    options.evidence.write_bytes(data)
    verdict = verify_file(options.evidence)
    lost = [one for one in verdict.quotes if not one.holds]
    if options.json:
        print_json(
            {
                "file": str(options.evidence),
                "answers": len(turns),
                "quotes": len(verdict.quotes),
                "lost": len(lost),
                "bytes": len(data),
                "sha256": verdict.sha256,
            }
        )
    else:
        tell(f"{len(turns)} answers, {len(verdict.quotes)} quotes in {options.evidence}")
        tell(f"SHA-256 {sha256(data)}")
    for one in lost:
        tell_error(
            f"answer {one.answer} [{one.cited.number}]: {say(f'evidence_{one.cited.stands}', 'en')}"
        )
    return PART_DONE if lost else 0


def verify(options: argparse.Namespace) -> int:
    """Says whether each quote stands in its article and whether anything was changed."""
    verdict = verify_file(options.file)
    if options.json:
        print_json(_document(verdict))
    else:
        for line in _lines(verdict):
            tell(line)
    return 0 if verdict.ok else PART_DONE


def _lines(verdict: Verdict) -> list[str]:
    found = []
    for one in verdict.quotes:
        cited = one.cited
        key = "evidence_holds" if one.holds else "evidence_misses"
        about = one_line(" · ".join(filter(None, (cited.title, cited.outlet))))
        found.append(
            f"{'✓' if one.holds else '✗'} {one.answer}.[{cited.number}] {about} [{cited.start}:{cited.end}] "
            f"“{one_line(cited.quote)}”: {say(key, 'vi')} / {say(key, 'en')}"
        )
        if cited.stands != "here":
            found.append(f"    {say(f'evidence_{cited.stands}', 'vi')}")
    found += [f"✗ {one_line(problem)}" for problem in verdict.problems]
    found.append(f"{one_line(verdict.program)}, {one_line(verdict.created)}")
    found.append(f"SHA-256 {verdict.sha256}")
    key = "evidence_ok" if verdict.ok else "evidence_not_ok"
    counts = {"quotes": len(verdict.quotes), "members": verdict.members}
    for told in (key, "evidence_compare"):
        found += [say(told, "vi", **counts), say(told, "en", **counts)]
    return found


def _document(verdict: Verdict) -> dict[str, Any]:
    return {
        "ok": verdict.ok,
        "sha256": verdict.sha256,
        "program": verdict.program,
        "created": verdict.created,
        "members": verdict.members,
        "quotes": [
            {
                "answer": one.answer,
                "number": one.cited.number,
                "article_id": one.cited.article,
                "title": one.cited.title,
                "start": one.cited.start,
                "end": one.cited.end,
                "quote": one.cited.quote,
                "stands": one.holds,
            }
            for one in verdict.quotes
        ],
        "problems": list(verdict.problems),
    }


def _list(history: History, json: bool) -> int:
    rows = history.conversations(limit=_LISTED)
    if json:
        print_json([{"id": one.id, "name": one.name, "turns": one.turns} for one in rows])
    for one in () if json else rows:
        tell(f"{one.id}  {datetime.fromtimestamp(one.updated):%Y-%m-%d}  {one_line(one.name)}")
        ended = [turn for turn in history.turns(one.id) if _ended(turn)]
        for number, turn in enumerate(ended, 1):
            tell(f"    {number}. {one_line(turn.question)}")
    return 0


def _ended(turn: Turn) -> bool:
    return turn.record is not None and turn.record.outcome != "talk"
