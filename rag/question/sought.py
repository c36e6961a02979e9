"""What a question that compares wants of the values together, and the plain question that is left of it."""

from typing import Literal

import regex as re

from index.language.words import Language

#: What is made of the values: shown side by side, followed from the first to the last, subtracted, divided,
#: added; the highest, lowest or latest of them; or what an article itself says, that it went up or down.
Sought = Literal[
    "values", "change", "difference", "ratio", "sum", "highest", "lowest", "latest", "stated"
]


def word(pattern: str) -> "re.Pattern[str]":
    """The pattern between words, in any case."""
    return re.compile(rf"(?<!\p{{L}})(?:{pattern})(?!\p{{L}})", re.IGNORECASE)


# --- what is sought; the first that is found counts. What is put in its place leaves a plain question.
_HIGH = "nhiều|cao|lớn|đông|dài"
_LOW = "ít|thấp|nhỏ|kém|ngắn"
_HOW = r"(?:\s+(?:như thế nào|thế nào|ra sao|bao nhiêu|gì|không))?"
UP_DOWN = r"tăng hay (?:là )?giảm|giảm hay (?:là )?tăng|tăng,? giảm|giảm,? tăng"
_FORMS: tuple[tuple[Sought, str, str], ...] = (
    ("ratio", r"(?:gấp|bằng) (?:mấy|bao nhiêu) lần|how many times", " bao nhiêu "),
    ("change", rf"(?:có )?(?:đã )?(?:{UP_DOWN}){_HOW}", " "),
    ("change", rf"(?:đã |có )?(?:thay đổi|biến động|biến đổi|diễn biến|xu hướng){_HOW}", " "),
    (
        "change",
        r"how (?:has|have|did|does|do)|changed?|evolved?|develop(?:ed)?|(?:rise or fall|increase or decrease"
        r"|up or down)|(?:trend|changes?) (?:of|in)",
        " ",
    ),
    (
        "difference",
        rf"chênh (?:lệch )?(?:nhau )?(?:là )?(?:bao nhiêu|mấy)?|chênh lệch|hơn kém (?:nhau )?(?:là )?"
        rf"(?:bao nhiêu|mấy)?|(?:đã )?(?:tăng|giảm|hơn|kém|(?:{_HIGH}|{_LOW}) hơn)(?: thêm| lên| đi| xuống)?"
        r" (?:là )?(?:bao nhiêu|mấy)(?: phần trăm)?",
        " là bao nhiêu ",
    ),
    (
        "difference",
        rf"(?:tăng|giảm)(?= so với .{{1,40}} bao nhiêu)|(?:{_HIGH}|{_LOW}) hơn(?= .{{1,40}} bao nhiêu)",
        " ",
    ),
    ("difference", r"(?:what (?:is|was) the )?difference (?:between|in)|by how much", " "),
    ("sum", r"tổng cộng(?: là| có)?|cộng lại|in total|altogether|combined", " "),
    ("sum", r"tổng(?! (?:cục|công ty|bí thư|kết|giám đốc|thống|hợp|liên đoàn|tham mưu))", " "),
    ("sum", r"(?:the )?(?:total|sum)(?: of)?", " "),
    ("latest", r"mới nhất|gần đây nhất|hiện nay|hiện tại|hiện giờ", " "),
    ("latest", r"(?:the )?(?:latest|newest|most recent|current)|at present|currently", " "),
    ("highest", rf"(?:{_HIGH})((?: \p{{L}}+){{1,5}}?) (?:nhất|hơn)", r" bao nhiêu\1 "),
    ("lowest", rf"(?:{_LOW})((?: \p{{L}}+){{1,5}}?) (?:nhất|hơn)", r" bao nhiêu\1 "),
    ("highest", rf"(?:{_HIGH}) (?:nhất|hơn)", " bao nhiêu "),
    ("lowest", rf"(?:{_LOW}) (?:nhất|hơn)", " bao nhiêu "),
    ("highest", r"(?:the )?(?:most|more)(?= \p{L}+(?: \p{L}+)? in)", " how many "),
    ("highest", r"(?:the )?(?:highest|most|largest|greatest|biggest|more|higher|larger)", " "),
    ("lowest", r"(?:the )?(?:lowest|fewest|least|smallest|less|lower|fewer)", " "),
)
_SOUGHT = [(one, word(pattern), instead) for one, pattern, instead in _FORMS]
SUPERLATIVE = ("highest", "lowest")
# What can be followed over time, where no time is named.
MEASURE = word(
    r"số|tỷ lệ|tỉ lệ|giá|mức|sản lượng|diện tích|thu nhập|doanh thu|lượng|kim ngạch|dân số|lương|bao nhiêu|mấy"
    r"|(?:number|rate|share|price|output|population|revenue|income|area) of|how many|how much|percentage"
)
STATED = word(r"so với (?:cùng kỳ|cùng thời|năm|tháng|quý|kỳ|trước)|year on year|than a year")


def wish(text: str) -> Sought | None:
    """What is sought of the values; None where nothing says."""
    return next((one for one, pattern, _ in _SOUGHT if pattern.search(text)), None)


def plain(text: str, sought: Sought | None, spoken: Language) -> str:
    """A question with "{}" made of what is left when what is sought is taken out."""
    for one, pattern, instead in _SOUGHT:
        if one == sought:
            text = pattern.sub(instead, text)
    text = _EMPTY.sub(" ", text)
    text = re.sub(r"(?:\s*,)+\s*(?=,|$)|^[\s,]+", " ", " ".join(text.split())).strip()
    text = re.sub(r"(?:là )?bao nhiêu (?=là bao nhiêu)", "", text)
    if spoken == "en":
        if text.startswith("{} ") and not _HOW_MANY.search(text):
            text = f"{text.removeprefix('{} ')} {{}}"
        return text if _HOW_MANY.match(text) else f"What was {text}"
    return text if ASKS.search(text) else f"{text} là bao nhiêu"


_HOW_MANY = word("how many|how much|what")
ASKS = word("bao nhiêu|mấy|ai|gì|nào|khi nào|ở đâu")
_EMPTY = word(
    r"của cả|trong các|in the|(?:which|what) (?:one )?(?:had|has|was|is)|^(?:was|is|were|did|has|have)"
)
