"""Questions that compare places, years or articles, or follow a quantity over time: what is asked of each of
them, and what is wanted of the answers together."""

from dataclasses import dataclass
from typing import Literal

import regex as re

from index.language.places import places
from index.language.text import placed
from index.language.words import Language, language
from rag.question.sides import named_first, sides
from rag.question.sought import (
    ASKS,
    MEASURE,
    STATED,
    SUPERLATIVE,
    UP_DOWN,
    Sought,
    plain,
    wish,
    word,
)
from rag.types import Kind

#: What tells the rows apart.
Axis = Literal["year", "place", "other"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`template` is a question with "{}" where a subject goes; `subjects` as they are put there, none where
    all are wanted that the articles tell of. Of those, `sort` says what they are ("huyện"), `count` how many
    ("cả bốn huyện"), `since` from which year on."""

    template: str
    subjects: tuple[str, ...]
    axis: Axis = "other"
    sought: Sought = "values"
    sort: str = ""
    count: int | None = None
    since: int = 0

    @property
    def kind(self) -> Kind:
        """ "trend" where a quantity is followed over time, else "compare"."""
        over = self.axis == "year" and (not self.subjects or self.sought == "change")
        return "trend" if over or self.sought == "stated" else "compare"

    @property
    def alone(self) -> bool:
        """Whether nothing but a table answers it: no article's one figure is the sum of several."""
        return (
            self.sought == "sum" or (bool(self.subjects) and self.sought == "values") or self.both
        )

    @property
    def both(self) -> bool:
        """Whether it is asked which of two is more: what is said of one of them is no answer."""
        return len(self.subjects) == 2 and self.sought in SUPERLATIVE

    def of(self, subject: str = "") -> str:
        """The question asked of one subject, or of no one in particular.

        >>> Comparison("Tỷ lệ {} là bao nhiêu", ("năm 2021",)).of("năm 2021")
        'Tỷ lệ năm 2021 là bao nhiêu?'
        """
        asked = re.sub(r"\(\s*\)", "", self.template.replace("{}", subject))
        return f"{' '.join(asked.split())}?"


def comparison(question: str) -> Comparison | None:
    """What a question compares or follows, or None where it does neither."""
    text = " ".join(placed(question).split()).rstrip(" .?!")
    opens = _COMPARES.match(text)
    text = named_first(text[opens.end() :] if opens else text)
    asked = _Asked(text, bool(opens), wish(text), language(question))
    placed_ = _over_places(asked)
    named = placed_ if placed_ and placed_.subjects else None
    return _over_years(asked) or named or _over_sides(asked) or placed_ or _over_others(asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    text: str
    compares: bool
    sought: Sought | None
    spoken: Language


_COMPARES = re.compile(r"^\s*(?:hãy |xin )?(?:so sánh|đối chiếu|compare)\s+", re.IGNORECASE)


# --- over years
_Y = r"(?:19|20)\d\d"
_RANGE = word(
    rf"(?:trong )?(?:(?:từ|giai đoạn|thời kỳ|from|between|in)\s+)?(?:cuối |đầu )?(?:năm\s+)?(?P<first>{_Y})"
    rf"\s*(?:đến|tới|[-–—]|to|and|until)\s*(?:cuối |đầu |hết )?(?:năm\s+)?(?P<last>{_Y})"
)
_SINCE = word(
    rf"(?:kể )?(?:từ|since|from)\s+(?:năm\s+)?(?P<first>{_Y})(?:\s+(?:đến nay|tới nay|trở lại đây|on))?"
)
_SEVERAL = word(
    rf"(?:(?:trong|của|of|in)\s+)?(?:(?:cả|hai|ba|bốn|các|những|both)\s+)*(?:năm\s+)?{_Y}"
    rf"(?:\s*(?:,|và|với|so với|hay|and|with|to)\s*(?:(?:cuối|đầu)\s+)?(?:năm\s+)?{_Y})+"
)
_YEAR = word(
    rf"(?:(?:so )?với |compared (?:to|with) |vào |trong )?(?:cuối |đầu )?(?:năm\s+|in\s+)?({_Y})"
)
_WHICH_YEAR = word(
    r"(?:là )?(?:(?:vào|trong|ở) )?năm nào(?: có)?|(?:in )?(?:which|what) year(?: had| was)?"
)
_ALL_YEARS = word(
    r"(?:qua|theo|trong|của|ở)?\s*(?:từng|mỗi|các|những|nhiều|mấy)(?: \d+)? năm"
    r"(?: (?:qua|gần đây|nay|vừa qua))?(?! \p{L}*\d)|theo (?:thời gian|năm)|qua thời gian"
    r"|over (?:the )?(?:years|time)|(?:each|every|by|per) year|year by year|(?:in|over) recent years"
)


def _over_years(asked: _Asked) -> Comparison | None:
    text, sought = asked.text, asked.sought
    period, several = _RANGE.search(text), _SEVERAL.search(text)
    told = [int(year) for year in re.findall(rf"(?<!\d){_Y}(?!\d)", text)]
    wanted = asked.compares or sought not in (None, *SUPERLATIVE, "latest")
    subjects: list[int] = []
    since = 0
    if period and (wanted or sought in SUPERLATIVE):
        first, last = int(period["first"]), int(period["last"])
        both = asked.compares or sought in ("difference", "ratio")
        subjects = [first, last] if both else list(range(first, last + 1))
        text = _slot(text, period)
    elif several and (wanted or sought is None and ASKS.search(text)):
        subjects = list(dict.fromkeys(int(year) for year in re.findall(_Y, several.group())))
        text = _slot(text, several)
    elif wanted and len(set(told)) == 2:
        subjects = list(dict.fromkeys(told))
        first_, *others = list(_YEAR.finditer(text))
        for other in reversed(others):
            text = f"{text[: other.start()]} {text[other.end() :]}"
        text = _slot(text, first_)
    elif (which := _WHICH_YEAR.search(text)) and sought in SUPERLATIVE:
        text = _slot(text, which)
    elif (every := _ALL_YEARS.search(text)) and (
        sought or asked.compares or ASKS.search(text) or MEASURE.search(text)
    ):
        text = _slot(text, every)
    elif (from_ := _SINCE.search(text)) and sought == "change":
        since = int(from_["first"])
        text = _slot(text, from_)
    elif not told and sought in ("change", "latest") and MEASURE.search(text):
        if STATED.search(text):
            return None
        text = f"{text} {{}}"
    else:
        return None
    if subjects and (len(subjects) < 2 or len(subjects) > _MOST):
        return None
    named = tuple((f"năm {y}" if asked.spoken == "vi" else f"in {y}") for y in sorted(subjects))
    return Comparison(
        plain(text, asked.sought, asked.spoken), named, "year", sought or "values", since=since
    )


#: Years of a period that are asked for one by one.
_MOST = 15


def _slot(text: str, found: "re.Match[str]") -> str:
    return f"{text[: found.start()]} {{}} {text[found.end() :]}"


# --- over places
_SORTS = "tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|địa phương|nơi"
_ENGLISH_SORTS = {
    "province": "tỉnh", "city": "thành phố", "district": "huyện", "commune": "xã", "place": "nơi",
}  # fmt: skip
_ANY_SORT = f"{_SORTS}|{'|'.join(_ENGLISH_SORTS)}"
_NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8}
_NAME = r"\p{Lu}\p{L}*(?:[ -]+\p{Lu}\p{L}*)*"
_ONE = rf"(?:(?i:{_SORTS})\s+)?{_NAME}"
_LISTED = re.compile(
    rf"(?:(?i:cả|giữa|hai|ba|bốn|năm|các)\s+)*(?P<sort>(?i:{_SORTS}))?\s*(?<!\p{{L}})(?P<names>{_ONE}"
    rf"(?:\s*(?:,|(?<=\s)(?i:và|với|hay|hoặc|so với|and|or|with)(?=\s))\s*{_ONE})+)(?!\p{{L}})"
)
_PARTS = re.compile(r"\s*(?:,|\s(?:và|với|hay|hoặc|so với|and|or|with)\s)\s*", re.IGNORECASE)
_WHICH_PLACE = word(rf"(?:ở )?(?P<sort>{_SORTS}) nào|which (?P<sort>{'|'.join(_ENGLISH_SORTS)})")
_EACH_PLACE = word(
    rf"(?:ở |tại |của |trong )?(?:mỗi|từng|theo từng|các) (?P<sort>{_SORTS})|(?:each|every) "
    rf"(?P<sort>{'|'.join(_ENGLISH_SORTS)})"
)
_COUNTED = word(
    rf"(?:của |ở |tại )?(?:cả|toàn bộ|all) (?P<count>{'|'.join(_NUMBERS)}|\d+) (?P<sort>{_SORTS})"
)


def _over_places(asked: _Asked) -> Comparison | None:
    text, sought = asked.text, asked.sought
    which = _WHICH_PLACE.search(text)
    listed = next((m for m in _LISTED.finditer(text) if _places(m, asked.compares)), None)
    if listed:
        either = which or re.search(r"\s(?:hay|or)\s", listed["names"])
        if (
            asked.compares
            or sought in ("sum", "difference", "ratio")
            or (either and sought in SUPERLATIVE)
        ):
            subjects = _places(listed, asked.compares)
            text = _WHICH_PLACE.sub(" ", _slot(text, listed))
            return Comparison(
                plain(text, asked.sought, asked.spoken), subjects, "place", sought or "values"
            )
    if counted := _COUNTED.search(text):
        if sought != "sum":
            return None
        number = _NUMBERS.get(counted["count"].lower()) or int(counted["count"])
        template = plain(_slot(text, counted), asked.sought, asked.spoken)
        return Comparison(template, (), "place", sought, _sort(counted), number)
    one = which if sought in SUPERLATIVE else _EACH_PLACE.search(text)
    if one and (sought in SUPERLATIVE or ASKS.search(text)):
        kept = sought if sought in (*SUPERLATIVE, "sum") else None
        return Comparison(
            plain(_slot(text, one), asked.sought, asked.spoken),
            (),
            "place",
            kept or "values",
            _sort(one),
        )
    return None


def _sort(found: "re.Match[str]") -> str:
    sort = found["sort"].lower()
    return _ENGLISH_SORTS.get(sort, sort)


def _places(listed: "re.Match[str]", any_name: bool) -> tuple[str, ...]:
    """The places of a list, each with the sort of the one before it where it has none; () where one is no
    place (`any_name`: no name): one syllable begins something else ("Hà Nội và Công ty")."""
    sort = f"{listed['sort']} " if listed["sort"] else ""
    found = []
    for part in _PARTS.split(listed["names"]):
        head = re.match(rf"(?:{_SORTS})\s+", part, re.IGNORECASE)
        sort = head.group() if head else sort
        name = part[head.end() :] if head else part
        if len(name.split()) < 2 and not places(name):
            return ()
        if not (any_name or sort or places(name)):
            return ()
        found.append(f"{sort}{name}")
    return tuple(dict.fromkeys(found)) if len(set(found)) > 1 else ()


# --- over two sides
def _over_sides(asked: _Asked) -> Comparison | None:
    found = sides(asked.text)
    return Comparison(found[0], found[1], sought=found[2]) if found else None


# --- over other things
# "… nêu trong bài về A và bài B", "… giữa A và B", "… của A với B"
_OF = re.compile(
    r"^(?P<measure>.+?)\s+(?:(?:được |đã )?(?:nêu|nói|đăng|ghi)\s+)?"
    r"(?:trong|giữa|của|ở|tại|between|of|in|for)\s+"
    r"(?P<subjects>.+?)$",
    re.IGNORECASE,
)
# "A và B về …"
_ABOUT = re.compile(
    r"^(?P<subjects>.+?\s(?:và|với|and|with)\s.+?)\s+về\s+(?P<measure>.+?)$", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:,|;|\s(?:và|với|so với|and|with|versus|vs\.?)\s)\s*", re.IGNORECASE)
_WHICH = re.compile(
    r"^(?P<subjects>.+?),?\s+(?:đơn vị|bên|bài) nào\s+(?P<measure>.+?)\s*(?:nhiều|ít|cao|thấp|lớn|nhỏ)\s+hơn$",
    re.IGNORECASE,
)
_EACH = word(
    r"(?:mỗi|từng|theo từng|ở các|tại các|của các|các)\s+(?:bài báo|bài|đơn vị)|(?:each|every)\s+article"
)
_NUMBER_OF = re.compile(r"^(?:số lượng|tổng số|số|the number of|number of)\s+", re.IGNORECASE)


def _over_others(asked: _Asked) -> Comparison | None:
    text = asked.text
    if asked.compares:
        return _parted(_ABOUT.match(text)) or _parted(_OF.match(text))
    which = _WHICH.match(text)
    if which and _AND.search(which["subjects"]):
        return _parted(which)
    if _EACH.search(text) and word(r"bao nhiêu|mấy|how many|how much|là ai|ai là").search(text):
        return Comparison(" ".join(_EACH.sub(" ", text).split()), ())
    if asked.sought == "change" and STATED.search(text) and word(UP_DOWN).search(text):
        stated = word(rf"(?:có )?(?:đã )?(?:{UP_DOWN})").sub("tăng giảm bao nhiêu", text)
        return Comparison(" ".join(stated.split()), (), sought="stated")
    return None


def _parted(found: "re.Match[str] | None") -> Comparison | None:
    if not found:
        return None
    subjects = tuple(filter(None, (part.strip() for part in _AND.split(found["subjects"]))))
    measure = _NUMBER_OF.sub("bao nhiêu ", found["measure"].strip())
    return Comparison(f"{measure} ({{}})", subjects) if len(subjects) > 1 else None
