"""The verb `standing`: questions that are asked again whenever articles were added."""

import argparse
from contextlib import closing

from index import config
from index.errors import InputError
from index.language.text import one_line
from ui import documents
from ui.cli.opened import open_assistant
from ui.cli.output import print_json
from ui.console import tell
from ui.history import History
from ui.standing import Standing, StandingQuestions
from ui.text import both, say


def standing(options: argparse.Namespace) -> int:
    """Lists, keeps, drops or asks them again."""
    with closing(History(options.library or config.library_dir())) as history:
        kept = history.standing
        match options.what:
            case [] | ["list"]:
                pass
            case ["add", *words] if words or options.find:
                said = " ".join(filter(None, (*words, options.find)))
                kept.add(said, exact=options.find is not None)
            case ["remove", number]:
                kept.remove(_number(number))
            case ["seen", number]:
                kept.seen(_number(number))
            case ["run"]:
                _run(kept, options)
            case _:
                raise InputError(
                    "write: standing list, standing add QUESTION, standing remove ID, standing seen ID, "
                    "or standing run"
                )
        found = kept.list()
    if options.json:
        print_json([documents.standing(one) for one in found])
    else:
        for one in found:
            _tell(one)
    return 0


def _run(kept: StandingQuestions, options: argparse.Namespace) -> None:
    assistant = open_assistant(options.library)
    with closing(assistant.library):
        kept.run(assistant.library, lambda: assistant)


def _tell(one: Standing) -> None:
    sort = f" ({both('standing_search')})" if one.exact else ""
    tell(f"{one.id}  {one_line(one.question)}{sort}")
    if one.asked is None:
        tell(f"    {both('standing_waiting')}")
    for new in one.news:
        told = new.told
        key = "standing_value" if new.kind == "value" else "standing_article"
        line = say(key, "vi", value=told.value, before=new.before)
        tell(f"    [{told.article} {told.start}:{told.end}] {one_line(line)}")


def _number(text: str) -> int:
    if not text.isdecimal():
        raise InputError("{value!r} is no number; hoibao standing shows them", value=text)
    return int(text)
