"""Each rule with and without: `python tests/quality/ablation.py PART WORK [--most N]`.

The questions of a part of tests/quality/sets.py (N of each set, drawn with a fixed seed) are asked without the
writer, and with one rule after the other left out.

Rules are chosen by the table of the `fit` part; that of `report` is drawn once, to be shown.
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.embed import SentenceEmbedder  # noqa: E402
from index.library import Library  # noqa: E402
from index.models import registry  # noqa: E402
from index.types import Filter  # noqa: E402
from rag import assistant as way  # noqa: E402
from rag import compose, decide, differ, question, retrieve, scope  # noqa: E402
from rag.evaluation import questions as files  # noqa: E402
from rag.evaluation.metrics import ask_all, summary  # noqa: E402
from rag.reader.card import shipped  # noqa: E402
from rag.reader.read import Reader  # noqa: E402
from rag.types import Answer, Opinion  # noqa: E402
from tests.quality import sets  # noqa: E402
from tests.quality.fit_decision import hide  # noqa: E402

#: By rule: where it is, and what stands in its place.
RULES: dict[str, tuple[object, str, Callable[..., object]]] = {
    "the asked place": (scope, "_in_place", lambda *_: True),
    "the asked year": (scope, "_in_time", lambda *_: True),
    "the asked event (lần thứ 8)": (question, "events", lambda *_: set()),
    "told of the asked year first": (decide, "years_of", lambda *_: set()),
    "the asked place's own paragraph": (decide, "_of_the_place", lambda _, found: list(found)),
    "the rest of that paragraph": (retrieve, "continued", lambda _library, _, passages: passages),
    "the other region's words": (retrieve, "in_words_of", lambda asked, _: asked),
    "diacritics of the passages' words": (retrieve, "restored", lambda asked, _: asked),
    "chat shorthand": (question, "written_out", lambda asked: asked),
    "an amount has a number, a time tells one": (decide, "can_be", lambda *_: True),
    "names and figures that are missing": (decide, "_missing", lambda *_: 0.0),
    "a title in the question": (way, "titled", lambda asked, _: (asked, ())),
    "each article's answer": (differ, "differ", lambda *_: False),
}


class Silent:
    """In the writer's place."""

    name = "none"


def unasked(self: object, answer: Answer, found: object, turn: object) -> tuple[Answer, Opinion]:
    """In the place of the writer's opinion."""
    return answer, Opinion("", (), -12.0)


def unwritten(*_: object) -> Iterator[str]:
    """In the place of the writer's sentence: the article's own is the answer."""
    yield from ()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=("fit", "report"))
    parser.add_argument("work", type=Path)
    parser.add_argument("--most", type=int, default=10**6, help="questions of each set")
    options = parser.parse_args()
    model = registry.active("embedding")
    embedder = SentenceEmbedder(model.path, model.identity)
    library = Library(options.work / "library", embedder)
    hide(options.work / "news")
    asked = {}
    for name in sets.NAMES:
        articles, file = sets.write(name, options.part, options.work / name)
        library.add([articles])
        every = files.read(file, options.work)
        asked[name] = random.Random(1).sample(every, min(options.most, len(every)))
    library.add([options.work / "news"])
    ids = {Path(row.source).name: row.id for row in library.articles()}
    assistant = way.Assistant(library, embedder, Reader(shipped()), Silent())  # type: ignore[arg-type]

    def among(item: files.Question) -> Filter:
        return Filter(without=sets.other_groups(item, ids))

    print("left out".ljust(36), *(f"{name}: right, wrong, of another article" for name in asked))
    for rule in ("nothing", *RULES):
        with ExitStack() as stack:
            stack.enter_context(patch.object(way.Assistant, "_read_again", unasked))
            stack.enter_context(patch.object(compose, "written", unwritten))
            stack.enter_context(
                patch.object(decide, "reconsidered", lambda _, found, *_opinion: found)
            )
            if rule in RULES:
                stack.enter_context(patch.object(*RULES[rule]))
            cells = []
            for questions in asked.values():
                told = summary(list(ask_all(assistant, questions, only=among)))["answers"]
                keys = ("right", "wrong, stated as fact", "of another article")
                cells.append(" ".join(f"{told[key]:4}" for key in keys))
        print(rule.ljust(36), *cells, sep="  ", flush=True)
    library.close()


if __name__ == "__main__":
    main()
