"""A question about a report: worded, told which report is meant, and slipped as people type."""

from dataclasses import dataclass
from random import Random

from rag.reader.made import slots
from rag.reader.made.grammar import Text, parse, tell
from rag.reader.made.report import Report
from rag.reader.made.template import Fact

_PLACES = {
    "comm": (
        "<ở|tại> {Comm}", "<ở|tại|> {comm}", "<ở|tại> {Comm}, {Dist}", "<ở|tại> {Comm} ({dist})",
        "<ở|tại> {Dist}", "<ở|tại|> {dist}", "<ở|tại> {Dist}, {tinh}", "ở {dist} ({prov})",
    ),
    "dist": (
        "<ở|tại> {Dist}", "<ở|tại|> {dist}", "<ở|tại> {Dist}, {tinh}", "ở {dist} ({prov})",
        "<ở|tại|> {Dist} của {tinh}", "ở {dist}, {prov}", "trên địa bàn {Dist}",
    ),
    "prov": (
        "<ở|tại> {tinh}", "<ở|tại|> {prov}", "<ở|tại> {tinh}", "trên địa bàn {tinh}",
        "<ở|tại|> {prov}",
    ),
}  # fmt: skip
_TIMES = (
    "năm {Y}", "năm {Y}", "hồi năm {Y}", "<hồi|> tháng {date.m}/{Y}", "tháng {date.m} năm {Y}",
    "<hôm|ngày> {date.full}",
)  # fmt: skip
_PLACES_EN = {
    "comm": ("in {Comm}", "in {Comm}, {Dist}", "in {Dist}", "in {dist}", "in {dist}, {prov}"),
    "dist": ("in {Dist}", "in {dist}", "in {Dist}, {tinh}", "in {dist}, {prov}"),
    "prov": ("in {tinh}", "in {prov}"),
}
_TIMES_EN = ("in {Y}", "in {Y}", "on {date.full}")
_NONE: Text = ("",)
# Where a question names its report; a private character while the rest is told.
_GAP = "\ue000"
_ADVERBS = ("ở ", "tại ", "trên ", "hồi ", "năm ", "ngày ", "hôm ")
_LEADING = ("cho biết", "tên", "kể tên", "liệt kê", "ý kiến", "lời", "người", "ngày")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question before typing slips, and the slots that it names."""

    text: str
    named: frozenset[str]
    english: bool


def _wheres(report: Report, english: bool, need: str, rng: Random) -> tuple[Text, Text]:
    """A phrase for the place and one for the time, either of which may be empty."""
    template = report.template
    places = (_PLACES_EN if english else _PLACES)[template.scope]
    own = template.wheres_en if english else template.wheres
    chance = rng.random()
    place = parse(rng.choice(places), {})
    if template.scope != "prov" and rng.random() < 0.15:
        place = parse("in {prov}" if english else "ở <tỉnh |>{prov}", {})
    if own and rng.random() < 0.6:
        place = rng.choice(own)
    time = parse(rng.choice(_TIMES_EN if english else _TIMES), {})
    if need == "place":
        return place, time if chance < 0.25 else _NONE
    if need == "year":
        return place if chance < 0.5 else _NONE, time
    if need == "neither":
        return _NONE, _NONE
    if chance < 0.2:
        return _NONE, _NONE
    if chance < 0.7:
        return place, _NONE
    return (_NONE, time) if chance < 0.85 else (place, time)


def asked(report: Report, fact: Fact, rng: Random, need: str = "", english: float = 0.16) -> Asked:
    """A question for `fact`; `need` is place, year, neither or "" (as it comes)."""
    in_english = bool(fact.english) and (rng.random() < english or not fact.vietnamese)
    wording = rng.choice(fact.english if in_english else fact.vietnamese)
    used: set[str] = set()
    dash = rng.choice("//-")
    teller = slots.Teller(
        report.values, rng, in_english, plainly=True, where=_GAP, dash=dash, used=used
    )
    text, _ = tell(wording, teller, rng)
    named = set(used)
    place, time = _wheres(report, in_english, need, rng)
    # A question that says the place or the year itself needs it no second time.
    said = []
    for words, told in ((place, named & set(slots.PLACES)), (time, named & {"Y", "date"})):
        used.clear()
        phrase = "" if told else tell(words, teller, rng)[0]
        said.append((phrase, frozenset(used) if phrase else frozenset()))
    if _GAP not in text:
        # No gap to name the report in: what must be named goes before the question.
        said = [pair for pair, kind in zip(said, ("place", "year"), strict=True) if kind == need]
    where = " ".join(phrase for phrase, _ in said if phrase)
    named.update(*(names for _, names in said))
    leading = text.startswith(_LEADING)
    if _GAP not in text:
        text = f"{_GAP}, {text}" if where and not in_english else f"{text} {_GAP}"
    elif where.startswith(_ADVERBS) and not in_english and not leading and rng.random() < 0.18:
        text = f"{_GAP}, {text.replace(_GAP, '')}"
    return Asked(_tidy(text.replace(_GAP, where)), frozenset(named), in_english)


def _tidy(text: str) -> str:
    words = " ".join(text.split())
    for sign in ",.;:?":
        words = words.replace(f" {sign}", sign)
    return words.strip(" ,")
