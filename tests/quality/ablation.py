"""Each rule with and without: `python tests/quality/ablation.py PART WORK [--most N]`.

The questions of a part of tests/quality/sets.py (N of each set, drawn with a fixed seed) are asked without the
writer, and with one rule after the other left out. What the reader and the embedding model said once is kept:
a rule costs the time of what it changes.

Rules are chosen by the table of the `fit` part; that of `report` is drawn once, to be shown.
"""

import argparse
import random
import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

import rag.question.kinds  # noqa: E402
from index.embed import SentenceEmbedder  # noqa: E402
from index.library import Library  # noqa: E402
from index.models import registry  # noqa: E402
from index.types import Filter  # noqa: E402
from rag import assistant as way  # noqa: E402
from rag import compose, decide, differ, question, retrieve, scope  # noqa: E402
from rag.evaluation import questions as files  # noqa: E402
from rag.evaluation.metrics import ask_all, summary  # noqa: E402
from tests.quality import sets  # noqa: E402
from tests.quality.fit_decision import hide  # noqa: E402
from tests.quality.unwritten import assistant as without_writer  # noqa: E402

#: By rule: where it is, and what stands in its place.
RULES: dict[str, tuple[object, str, Callable[..., object]]] = {
    "the asked place": (scope, "_in_place", lambda *_: True),
    "the asked year": (scope, "_in_time", lambda *_: True),
    "the asked event (lần thứ 8)": (question, "events", lambda *_: set()),
    "the other region's words": (retrieve, "in_words_of", lambda asked, _: asked),
    "diacritics of the passages' words": (retrieve, "restored", lambda asked, _: asked),
    "chat shorthand": (question, "written_out", lambda asked: asked),
    "an amount has a number, a time tells one": (decide, "can_be", lambda *_: True),
    "what is counted has its noun": (decide, "can_count", lambda *_: True),
    "names and figures that are missing": (decide, "missing", lambda *_: 0.0),
    "a title in the question": (way, "titled", lambda asked, _: (asked, ())),
    "each article's answer": (differ, "differ", lambda *_: False),
    "two things asked at once": (way, "parts", lambda _: ()),
    "a question about the article itself": (question, "asked_field", lambda *_: None),
    "comparisons, trends, extremes": (question, "comparison", lambda *_: None),
    "the kind by a model of all words": (question, "kind", rag.question.kinds.told),
    "the items of a list in lines": (compose, "_items", lambda source: [source]),
    "the rest of what somebody said": (compose, "spoken", lambda source: source),
    "the sentences that go on": (compose, "gone_on", lambda *_: []),
}


class Remembered:
    """A model in whose answers to `name` nothing changes: asked the same, it is not asked again."""

    def __init__(self, model: Any, name: str) -> None:
        self._model = model
        setattr(self, name, cache(getattr(model, name)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


class Reading(Remembered):
    """The reader, remembered."""

    def __init__(self, model: Any) -> None:
        super().__init__(model, "read")
        kept = cache(lambda asked, texts, *more: model.read(asked, list(texts), *more))
        self.read = lambda asked, texts, *more: kept(asked, tuple(texts), *more)


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
    assistant = without_writer(library, embedder)
    assistant.reader = Reading(assistant.reader)  # type: ignore[assignment]
    assistant.embedder = Remembered(embedder, "query")  # type: ignore[assignment]

    def among(item: files.Question) -> Filter:
        return Filter(without=sets.other_groups(item, ids))

    print("left out".ljust(36), *(f"{name}: right, wrong, of another article" for name in asked))
    for rule in ("nothing", *RULES):
        with ExitStack() as stack:
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
