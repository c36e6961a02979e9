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
    teller = slots.Teller(
        report.values, rng, in_english, plainly=True, dash=rng.choice("//-"), used=used
    )
    for _ in range(8):
        used.clear()
        place, time = _wheres(report, in_english, need, rng)
        parts = [tell(part, teller, rng)[0] for part in (place, time)]
        where_used = frozenset(used)
        # A question that says the year or the place itself needs it no second time.
        used.clear()
        teller.where = "\ue000"
        text, _ = tell(wording, teller, rng)
        if "\ue000" not in text:
            return Asked(_tidy(text), frozenset(used), in_english)
        if "Y" in used or "date" in used:
            parts[1] = ""
        if not ((used | where_used) and used & set(slots.PLACES) and parts[0]):
            break
        parts[0] = ""
        break
    named = used | {name for name in where_used if _still(name, parts)}
    where = " ".join(part for part in parts if part)
    front = bool(where) and not in_english and rng.random() < 0.18
    if text.startswith(("cho biết", "tên", "kể tên", "liệt kê", "ý kiến", "lời", "người", "ngày")):
        front = False
    if front and where.split()[0] in ("ở", "tại", "trên", "hồi", "năm", "ngày", "hôm"):
        text = f"{where}, {text.replace(chr(0xE000), '')}"
    else:
        text = text.replace("\ue000", where)
    return Asked(_tidy(text), frozenset(named), in_english)


def _still(name: str, parts: list[str]) -> bool:
    return bool(parts[1] if name in ("Y", "date") else parts[0])


def _tidy(text: str) -> str:
    words = " ".join(text.split())
    for sign in ",.;:?":
        words = words.replace(f" {sign}", sign)
    return words.strip(" ,")
