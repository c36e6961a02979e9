"""Names and offices: what `hoibao names` and `hoibao offices` would show of fifty news articles that were
labelled by reading before the first run, when they lie among others; how much of it is right, and what share is
found.

    python tests/quality/names.py [OTHERS]   OTHERS articles beside them (2000)
"""

import gzip
import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.language.text import fold, strip_marks  # noqa: E402
from index.naming.found import KINDS, Found, found, key_of  # noqa: E402
from index.naming.offices import Holding, holdings  # noqa: E402
from tests.quality.corpus import DATA  # noqa: E402

LABELS = ROOT / "tests" / "quality" / "names.jsonl"
#: The bar: of what is shown, this share is right.
BAR = 0.95
_UNITS = (
    "huyện ",
    "quận ",
    "xã ",
    "phường ",
    "thị xã ",
    "thị trấn ",
    "thành phố ",
    "tp ",
    "đảo ",
    "tỉnh ",
)


def same(kind: str, name: str, label: str) -> bool:
    """Whether a name that was found is the one that was labelled; of a place also without its unit."""
    a, b = key_of(name).replace("-", " "), key_of(label).replace("-", " ")
    if kind == "place":
        a, b = (next((x.removeprefix(u) for u in _UNITS if x.startswith(u)), x) for x in (a, b))
    return a == b


def main() -> None:
    """Prints precision and the share found, by kind."""
    others = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    labels = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    with gzip.open(DATA / "vietnews-20k.jsonl.gz", "rt", encoding="utf-8") as lines:
        bodies = [json.loads(line)["body"] for line in lines]
    read = {one["index"]: found(bodies[one["index"]]) for one in labels}
    often: dict[tuple[str, str], set[int]] = defaultdict(set)
    for index in (*range(others), *read):
        for name in read.get(index) or found(bodies[index]):
            often[name.kind, name.key].add(index)
    score: dict[str, list[int]] = {kind: [0, 0, 0, 0, 0] for kind in (*KINDS, "offices")}
    for one in labels:
        body = bodies[one["index"]]
        assert hashlib.sha256(body.encode()).hexdigest() == one["sha256"], "another corpus"
        names = read[one["index"]]
        for kind in KINDS:
            _names(one, body, [n for n in names if n.kind == kind], kind, often, score[kind])
        _offices(one, body, holdings(body, names), often, score["offices"])
    for kind, (right, shown, met, of, once) in score.items():
        print(
            f"{kind}: {right} of {shown} shown are right ({_share(right, shown)}), {met} of {of} found",
            end="",
        )
        print(
            f" ({_share(met, of)}); {once} right ones also where one article has them"
            if once
            else ""
        )
    right, shown = (sum(one[i] for one in score.values()) for i in (0, 1))
    verdict = "holds" if right >= BAR * shown else "fails"
    print(f"all: {right} of {shown} ({_share(right, shown)}); the bar of {BAR:.0%} {verdict}")


def _names(
    one: dict[str, Any],
    body: str,
    names: list[Found],
    kind: str,
    often: dict[tuple[str, str], set[int]],
    score: list[int],
) -> None:
    written = {n.key: body[n.start : n.end] for n in reversed(names)}
    shown = {key: name for key, name in written.items() if len(often[kind, key]) > 1}
    met, score[4] = set(), score[4] + sum(_hit(one[kind], kind, name) for name in written.values())
    for name in shown.values():
        hits = [
            i
            for i, spellings in enumerate(one[kind])
            if any(same(kind, name, s) for s in spellings)
        ]
        met.update(hits)
        if not hits:
            print(f"  {one['index']} {kind}: {name!r}", file=sys.stderr)
        score[0] += bool(hits)
    score[1] += len(shown)
    score[2] += len(met)
    score[3] += len(one[kind])


def _hit(labels: list[list[str]], kind: str, name: str) -> bool:
    return any(same(kind, name, spelling) for spellings in labels for spelling in spellings)


def _offices(
    one: dict[str, Any],
    body: str,
    held: list[Holding],
    often: dict[tuple[str, str], set[int]],
    score: list[int],
) -> None:
    met = set()
    for holding in held:
        if len(often["person", holding.person]) < 2:
            continue
        said = _said(holding.office, holding.organisation, holding.person)
        hits = [i for i, label in enumerate(one["offices"]) if _said(*label) == said]
        met.update(hits)
        if not hits:
            print(
                f"  {one['index']} office: {body[holding.start : holding.end]!r}", file=sys.stderr
            )
        score[0] += bool(hits)
        score[1] += 1
    score[2] += len(met)
    score[3] += len(one["offices"])


def _said(office: str, organisation: str, person: str) -> tuple[str, str]:
    """ "Thủ tướng" of "Chính phủ" is "Thủ tướng Chính phủ"."""
    return _loose(f"{office} {organisation}".strip()), _loose(person)


def _loose(text: str) -> str:
    return strip_marks(fold(key_of(text))).replace("-", " ")


def _share(part: int, of: int) -> str:
    return f"{part / of:.3f}" if of else "–"


if __name__ == "__main__":
    main()
