"""What fills a report's slots: drawn once for each report, said in many forms."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from rag.reader.made import names, numbers

DISTRICT_EN = {"huyện": "district", "thị xã": "town", "thành phố": "city", "quận": "district"}
COMMUNE_EN = {"xã": "commune", "phường": "ward", "thị trấn": "township"}
PLACES = ("prov", "tinh", "dist", "Dist", "comm", "Comm")


@dataclass(frozen=True, slots=True)
class Decimal:
    """A figure with so many digits after the comma."""

    value: float
    digits: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A word and its English."""

    vietnamese: str
    english: str


Value = int | Decimal | Pair | names.Person | names.Place | datetime.date
Values = Mapping[str, Value]


def draw(
    recipes: Mapping[str, str], rng: Random, kept: Values | None = None, far_from: str = ""
) -> dict[str, Value]:
    """Values for all slots; those in `kept` stay, a new place is not in `far_from`."""
    values: dict[str, Value] = dict(kept or {})
    if "place" not in values:
        values["place"] = names.place(rng, other_than=far_from)
    if "date" not in values:
        first = datetime.date(2009, 1, 5)
        values["date"] = first + datetime.timedelta(days=rng.randrange(365 * 15))
    for name, recipe in recipes.items():
        if name not in values:
            values[name] = _drawn(recipe, rng, values)
    return values


def _drawn(recipe: str, rng: Random, values: Values) -> Value:
    sort, _, rest = recipe.partition(" ")
    rest = rest.strip()
    if sort == "int":
        low, high, *step = (int(word) for word in rest.split())
        return rng.randrange(low, high + 1, step[0] if step else 1)
    if sort == "dec":
        low_, high_, digits = rest.split()
        return Decimal(round(rng.uniform(float(low_), float(high_)), int(digits)), int(digits))
    if sort.startswith("expr"):
        digits_ = int(sort[4:])
        figures = {name: _number(value) for name, value in values.items()}
        figures["year"] = values["date"].year  # type: ignore[union-attr]
        figure = numbers.reckon(rest, figures)
        return round(figure) if not digits_ else Decimal(round(figure, digits_), digits_)
    if sort == "person":
        return names.person(rng, rest)
    if sort == "coin":
        word = names.coin(rng)
        return Pair(word, word)
    if sort == "company":
        return Pair(*names.company(rng))
    if sort == "date":
        low, high = (int(word) for word in rest.split())
        event = values["date"]
        assert isinstance(event, datetime.date)
        return event + datetime.timedelta(days=rng.randint(low, high))
    if sort == "year":
        low, high = (int(word) for word in rest.split())
        event = values["date"]
        assert isinstance(event, datetime.date)
        return event.year + rng.randint(low, high)
    if sort == "some":
        count, _, listed = rest.partition(" ")
        chosen = rng.sample(_pairs(listed), int(count))
        first, last = chosen[:-1], chosen[-1]
        return Pair(
            ", ".join(pair.vietnamese for pair in first) + f" và {last.vietnamese}",
            ", ".join(pair.english for pair in first) + f" and {last.english}",
        )
    if sort == "pick":
        return rng.choice(_pairs(rest))
    raise ValueError(f"no such slot: {recipe}")


def _pairs(listed: str) -> list[Pair]:
    pairs = []
    for item in listed.split("|"):
        vietnamese, _, english = item.strip().partition("=")
        pairs.append(Pair(vietnamese.strip(), english.strip() or vietnamese.strip()))
    return pairs


def _number(value: Value) -> object:
    return value.value if isinstance(value, Decimal) else value


@dataclass(slots=True)
class Teller:
    """Says slots in words. `used` gathers the names of those that were said."""

    values: Values
    rng: Random
    english: bool = False
    plainly: bool = False
    where: str = ""
    dash: str = "/"
    used: set[str] | None = None

    def __call__(self, slot: str) -> str:
        """The words for `name`, `name.form`, `~name` (hedged), `Y-1` (a year)."""
        if slot == "@":
            return self.where
        hedge = slot.startswith("~")
        name, _, form = slot.removeprefix("~").partition(".")
        if self.used is not None:
            self.used.add("Y" if name[0] == "Y" and name[1:2] in ("", "+", "-") else name)
        if name in PLACES:
            return self._place(name)
        if name[0] == "Y" and name[1:2] in ("", "+", "-"):
            date = self.values["date"]
            assert isinstance(date, datetime.date)
            return str(date.year + int(name[1:] or 0))
        value = self.values[name]
        match value:
            case names.Person():
                return self._person(value, form)
            case datetime.date():
                return self._date(value, form)
            case Pair():
                text = value.english if self.english else value.vietnamese
                return text[:1].upper() + text[1:] if form == "U" else text
            case int() if form == "y":
                return str(value)
            case int() if form == "r":
                return numbers.roman(value)
            case int() if form == "w" and value <= 10:
                return numbers.WORDS[value]
            case int():
                return self._figure(value, 0, hedge, form)
            case Decimal():
                return self._figure(value.value, value.digits, hedge, form)
        raise ValueError(f"cannot say {slot}")

    def _figure(self, value: int | float, digits: int, hedge: bool, form: str) -> str:
        if self.plainly or form == "d":
            return numbers.plain(value, digits)
        if hedge:
            return numbers.hedged(value, digits, self.rng)
        return numbers.told(value, digits, self.rng)

    def _place(self, name: str) -> str:
        place = self.values["place"]
        assert isinstance(place, names.Place)
        if self.english:
            return {
                "prov": place.province,
                "tinh": f"{place.province} province",
                "dist": place.district,
                "Dist": f"{place.district} {DISTRICT_EN[place.district_sort]}",
                "comm": place.commune,
                "Comm": f"{place.commune} {COMMUNE_EN[place.commune_sort]}",
            }[name]
        return {
            "prov": place.province,
            "tinh": f"tỉnh {place.province}",
            "dist": place.district,
            "Dist": f"{place.district_sort} {place.district}",
            "comm": place.commune,
            "Comm": f"{place.commune_sort} {place.commune}",
        }[name]

    def _person(self, value: names.Person, form: str) -> str:
        forms = {
            "ong": ("ông", "bà"),
            "Ong": ("Ông", "Bà"),
            "anh": ("anh", "chị"),
            "Anh": ("Anh", "Chị"),
            "em": ("em", "em"),
            "nam": ("nam", "nữ"),
            "he": ("he", "she"),
        }
        if form in forms:
            return forms[form][value.woman]
        return value.name.split()[-1] if form == "short" else value.name

    def _date(self, value: datetime.date, form: str) -> str:
        day, month, year = value.day, value.month, value.year
        if form == "y":
            return str(year)
        if form == "m":
            return f"{month}"
        if form == "my":
            return f"{month}{self.dash}{year}"
        if self.english:
            return (
                value.strftime("%-d %B %Y") if self.rng.random() < 0.7 else f"{day}/{month}/{year}"
            )
        short = f"{day}{self.dash}{month}"
        if form == "short":
            return short
        if form == "full" or self.rng.random() < 0.4:
            return f"{short}{self.dash}{year}"
        return short


def said(values: Values, slot: str) -> str:
    """A slot's plain words, to compare two reports by; "" for figures."""
    if slot == "@":
        return ""
    if slot in PLACES or slot == "Y":
        return Teller(values, Random(0), plainly=True)(slot)
    match values[slot]:
        case names.Person(name=name):
            return name
        case datetime.date() as date:
            return date.isoformat()
        case Pair(vietnamese=words):
            return words
    return ""
