"""Served parts against embedded ones, in one run: the same questions to two servers in turns, and the ratio
of the times to the evidence and to the short answer.

python tests/quality/served.py LIBRARY [--count 200] [--questions FILE]
python tests/quality/served.py --at EMBEDDED SERVED [--count 200] [--questions FILE] [--token-file FILE]

With LIBRARY all is started here: `hoibao serve` over it, and over a copy of it on a PostgreSQL and a Chroma
server of its own. EMBEDDED and SERVED are the addresses of two `hoibao serve` over the same articles, started
with HOIBAO_TOKEN set to the token in `--token-file` (without: the one of tests/quality/asked.py). Which of the
two is asked first changes with each question. Prints one JSON document.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.embed import SentenceEmbedder  # noqa: E402
from index.library import Library  # noqa: E402
from index.models import registry  # noqa: E402
from index.moving import move  # noqa: E402
from tests.index.vectors.server import ChromaServer  # noqa: E402
from tests.postgres import running  # noqa: E402
from tests.quality.asked import TOKEN, Asker, Took, questions, served, share  # noqa: E402
from ui.cli.keeping import PARTS  # noqa: E402

_SIDES = ("embedded", "served")


@contextmanager
def both(library: Path) -> Iterator[Sequence[str]]:
    """The addresses of a server over a library, and of one over a copy whose parts are on servers."""
    with ExitStack() as stack:
        place = Path(stack.enter_context(TemporaryDirectory()))
        store = stack.enter_context(running()).database()
        os.environ.pop("HOIBAO_STORE", None)
        print(f"{move(library, store, PARTS).articles} articles moved", file=sys.stderr, flush=True)
        chroma = ChromaServer(place / "chroma")
        chroma.start()
        stack.callback(chroma.kill)
        parts = {"HOIBAO_STORE": store, "HOIBAO_VECTORS": chroma.url}
        caught_up(place / "library", parts)
        yield (
            stack.enter_context(served(library))[0],
            stack.enter_context(served(place / "library", **parts))[0],
        )


def caught_up(folder: Path, parts: Mapping[str, str]) -> None:
    """Lets the Chroma server take over all vectors: it does so once, whatever is asked then."""
    model = registry.active("embedding")
    with (
        patch.dict(os.environ, parts),
        closing(Library(folder, SentenceEmbedder(model.path, model.identity))) as library,
    ):
        print(f"Chroma: {library.check(repair=True).repaired}", file=sys.stderr, flush=True)


def main() -> None:
    """Runs it."""
    made = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    made.add_argument("library", type=Path, nargs="?")
    made.add_argument("--at", nargs=2, metavar=("EMBEDDED", "SERVED"))
    made.add_argument("--count", type=int, default=200)
    made.add_argument("--questions", type=Path)
    made.add_argument("--token-file", type=Path)
    options = made.parse_args()
    if options.at:
        measured(options, options.at)
        return
    if not options.library:
        made.error("name a library, or two addresses with --at")
    with both(options.library) as addresses:
        measured(options, addresses)


def measured(options: argparse.Namespace, addresses: Sequence[str]) -> None:
    """Asks both."""
    token = options.token_file.read_text().strip() if options.token_file else TOKEN
    askers = {name: Asker(at, token) for name, at in zip(_SIDES, addresses, strict=True)}
    took: dict[str, list[Took]] = {name: [] for name in askers}
    all_ = questions(options.questions)
    for name in askers:
        askers[name].ask(all_[-1], True)  # warm
    for number in range(options.count):
        names = list(askers) if number % 2 else list(reversed(askers))
        for name in names:
            took[name].append(askers[name].ask(all_[number % len(all_)], False))
        if number % 20 == 19:
            print(f"{number + 1} of {options.count}", file=sys.stderr)
    found = {
        f"{what}_{name}": {
            side: share([getattr(t, what) for t in took[side]], part) for side in took
        }
        for what in ("evidence", "short")
        for name, part in (("p50", 0.5), ("p95", 0.95))
    }
    print(json.dumps({
        "count": options.count,
        "errors": {side: [t.error for t in took[side] if t.error] for side in took},
        **{
            name: {**of, "ratio": round((of["served"] or 0) / (of["embedded"] or 1), 3)}
            for name, of in found.items()
        },
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
