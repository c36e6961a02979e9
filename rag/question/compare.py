"""Questions that compare: what is asked for, and of which articles, places or years."""

from dataclasses import dataclass

import regex as re

from index.language.figures import years
from index.language.places import places
from index.language.text import fold

_COMPARES = re.compile(r"^\s*(?:hãy |xin )?(?:so sánh|đối chiếu|compare)\s+", re.IGNORECASE)
# "… nêu trong bài về A và bài B", "… giữa A và B", "… của A với B"
_OF = re.compile(
    r"^(?P<measure>.+?)\s+(?:(?:được |đã )?(?:nêu|nói|đăng|ghi)\s+)?"
    r"(?:trong|giữa|của|ở|tại|between|of|in|for)\s+"
    r"(?P<subjects>.+?)[\s?.]*$",
    re.IGNORECASE,
)
# "A và B về …"
_ABOUT = re.compile(
    r"^(?P<subjects>.+?\s(?:và|với|and|with)\s.+?)\s+về\s+(?P<measure>.+?)[\s?.]*$", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:,|;|\s(?:và|với|so với|and|with|versus|vs\.?)\s)\s*", re.IGNORECASE)
_WHICH = re.compile(
    r"^(?P<subjects>.+?),?\s+(?:nơi|tỉnh|đơn vị|huyện|bên|năm|bài)\s+nào\s+(?P<measure>.+?)\s*"
    r"(?:nhiều|ít|cao|thấp|lớn|nhỏ)\s+hơn[\s?.]*$",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"(?<!\p{L})(?:mỗi|từng|theo từng|ở các|tại các|của các|các)\s+(?:tỉnh|thành phố|địa phương|huyện|nơi|năm"
    r"|bài báo|bài|đơn vị)(?!\p{L})|(?<!\p{L})(?:each|every)\s+(?:province|place|article|year)(?!\p{L})",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(r"^(?:số lượng|tổng số|số|the number of|number of)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, as a question of its own, and the subjects, as written; without subjects:
    every place or article that tells it."""

    question: str
    subjects: tuple[str, ...]

    def of(self, subject: str) -> str:
        """The question asked of one subject; a subject that is only a place or year takes the
        place of the one in the first subject ("tỉnh Đông Xuân và Tây Lâm")."""
        whole = subject
        first = self.subjects[0]
        for known in (places, lambda text: {str(year) for year in years(text)}):
            mine, other = known(subject), known(first)
            if subject != first and len(mine) == len(other) == 1 and len(subject.split()) <= 4:
                whole = re.sub(re.escape(next(iter(other))), next(iter(mine)), first)
        return f"{self.question} ({whole})?"


def comparison(question: str) -> Comparison | None:
    """What a question compares, or None where it does not."""
    asked = question.strip()
    found = _COMPARES.match(asked)
    if found:
        rest = asked[found.end() :]
        return _parted(_ABOUT.match(rest)) or _parted(_OF.match(rest))
    which = _WHICH.match(asked)
    if which and _AND.search(which["subjects"]):
        return _parted(which)
    if _EACH.search(asked) and re.search(
        r"bao nhiêu|mấy|how many|how much|là ai|ai là", fold(asked)
    ):
        return Comparison(" ".join(_EACH.sub(" ", asked).split()).rstrip(" ?"), ())
    return None


def _parted(found: "re.Match[str] | None") -> Comparison | None:
    if not found:
        return None
    subjects = tuple(filter(None, (part.strip() for part in _AND.split(found["subjects"]))))
    measure = found["measure"].strip()
    number = _NUMBER_OF.sub("bao nhiêu ", measure)
    return Comparison(number, subjects) if len(subjects) > 1 else None
