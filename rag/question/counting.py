"""Questions for the articles of the collection themselves: how many there are about something, or which.

"Bao nhiêu bài thi", "bao nhiêu bài báo khoa học của ông A" and "hội thi nhận bao nhiêu bài viết về …" ask for a
figure that an article tells: a question is one of these only where all of it is understood.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import regex as re

from index.language.names import names
from index.language.places import places, province
from index.language.text import fold, has_marks, nfc, strip_marks
from index.language.words import OPENERS, language
from rag.question.alone import points_back
from rag.question.exchange import instead
from rag.question.period import Period, period
from rag.types import Message


@dataclass(frozen=True, slots=True)
class Counting:
    """What the articles must hold, as typed ("" for nothing: all are counted), and what they must not
    (`without`); the days, both included, places, outlet and author that restrict them; `limits` says these in
    the question's words."""

    about: str = ""
    without: str = ""
    since: date | None = None
    until: date | None = None
    places: frozenset[str] = field(default=frozenset())
    outlet: str = ""
    author: str = ""
    limits: tuple[str, ...] = ()

    @property
    def dated(self) -> bool:
        """Whether only the articles of a period are asked for."""
        return bool(self.since or self.until)


_ARTICLE = r"(?:bài (?:báo|viết)|bản tin|mẩu tin|tin bài|bài tin|tin tức|bài|tin)"
_ENGLISH = r"(?:news )?(?:articles?|stories|reports|news items)"
_HERE = (
    r"(?:(?:có|nằm|trong|ở|tại|của|toàn bộ|cả) )*(?:kho|thư viện|bộ sưu tập|cơ sở dữ liệu)"
    r"(?: (?:báo|bài|bài báo|tư liệu|dữ liệu|này|của tôi|của bạn|của mình|hiện|hiện nay|hiện tại))*|ở đây"
    r"|in (?:the|this|your|my|our) (?:library|collection|archive|database)"
)
# What asks for articles; "about" where that stands before.
_ASKED = (
    rf"(?:bao nhiêu|mấy) {_ARTICLE}(?: nào)?",
    rf"{_ARTICLE} nào",
    r"(?:liệt kê|kể|tìm|nêu|cho xem|cho tôi xem|đưa ra|thống kê|danh sách|lọc|đếm|tổng hợp)"
    r"(?: (?:ra|tên|cho|tôi|mình|giúp|danh sách|tất cả|toàn bộ|hết|các|những|mọi|số|số lượng))*"
    rf" {_ARTICLE}(?: nào)?",
    rf"(?:tất cả|toàn bộ|mọi|tổng số|số lượng|số)(?: các| những)? {_ARTICLE}",
    rf"(?:how many(?: of the)?|which|what|are there any) {_ENGLISH}(?: (?:are there|do (?:you|we) have|are))*",
    rf"(?:list|show|find|count|give|number of)(?: (?:me|all|every|of|the|number|any))* {_ENGLISH}",
    r"^(?P<about>.+?) (?:(?:đã|từng|có|được) )*(?:nhắc(?: đến| tới)?|đề cập(?: đến| tới)?|nói đến|xuất hiện)"
    rf" (?:trong|ở|tại) (?:tất cả |tổng cộng )?(?:bao nhiêu|mấy|những|các) {_ARTICLE}(?: nào)?",
    rf"^in (?:how many|which) {_ENGLISH} (?:is|are|was|were|does|do|did) (?P<about>.+?)"
    r" (?:mentioned|discussed|covered|appear|occur)",
)
# What may stand before that.
_BEFORE = (
    r"^[\s,:]*(?:(?:xin|vui lòng|làm ơn|hãy|cho|tôi|mình|em|anh|chị|bạn|ad|muốn|cần|hỏi|biết|xem|là|rằng|thế"
    r"|vậy|còn|và|dạ|thì|ơi|ạ|hiện|hiện nay|hiện tại|đang|đã|có|lưu|lưu trữ|chứa|gồm|bao gồm|tất cả|tổng cộng"
    rf"|cả thảy|toàn bộ|(?:trong|ở) (?:tất cả )?(?:các|những|số|mọi) bài(?: báo| viết)?(?: này)?"
    r"|khoảng|những|các|please|tell me|and|in total"
    rf"|{_HERE})(?!\p{{L}})[\s,:]*)+"
)
_OUTLET = r"(?:(?:tờ|trang) )?báo (?!cáo|chí|động|hiệu|giấy|in(?!\p{L})|mạng|điện tử|nước|quốc)"
_OUTLET_HAS = (
    rf"^[\s,]*(?P<limit>{_OUTLET}(?P<outlet>.+?))"
    r" (?:(?:hiện|đã|đang|từng|có|đăng|viết|đưa|tất cả|tổng cộng) ?)+$"
)
_STRONG = (
    r"nói (?:về|đến|tới|chuyện)|nhắc(?: đến| tới| về| lại)?|đề cập(?: đến| tới| về)?|bàn (?:về|đến)"
    r"|đưa tin(?: về)?|kể về|liên quan(?: đến| tới)?|phản ánh(?: về)?|tường thuật(?: về)?|chứa"
    r"|có(?: (?:từ|chữ|cụm từ|từ khóa|tên)|(?=\s*[“\"«]))"
    r"|mentions?|mentioning|talk(?:s|ing)? about|discuss(?:es|ing)?|cover(?:s|ing)?|contain(?:s|ing)?"
    r"|refer(?:s|ring)? to|regarding|concerning|deal(?:s|ing)? with|with the words?|with the phrase"
)
_TELLS = rf"(?:{_STRONG}|viết về|về|written about|about|on)"
_VERB = (
    r"^\s*(?:(?:mà|đã|từng|có|cũng|được|that|which|are|is|were|have|has) )*?"
    rf"(?:(?P<strong>{_STRONG})|{_TELLS})(?!\p{{L}})"
    r"(?:\s+(?:từ|chữ|cụm từ|từ khóa|thuật ngữ|cái tên|tên|địa danh|nhân vật|chủ đề|đề tài|vấn đề|chuyện"
    r"|chức(?: vụ| danh|(?! (?:năng|nghiệp|sắc|trách|phận|việc)))|khái niệm"
    r"|sự việc|the (?:word|phrase|term|name|topic))(?!\p{L}))?"
)
_BY = (
    r"(?P<limit>(?:(?:của|do|by) (?:tác giả|nhà báo|phóng viên|pv)|(?:ký|đứng|đề) tên) (?P<author>[^,?]+?))"
    r"(?: viết)?"
)
_IN = rf"(?P<limit>(?:của|trên|do|ở|từ) {_OUTLET}(?P<outlet>[^,?]+?))(?: đăng)?"
_AT = r"(?P<limit>(?:ở|tại|trên địa bàn|in|at) (?P<place>[^,?]+?))"
_PUBLISHED = r"(?:(?:được|đã) )*(?:đăng tải|đăng|xuất bản|published)"
_ENDING = (
    r"(?:(?:hay |phải )?(?:không|ko|hông)|nhỉ|vậy|thế|ạ|nhé|nha|(?:là|có) (?:bao nhiêu|mấy)|khác"
    r"|(?:và |đó |cụ thể )?(?:là |gồm )?(?:những|các) bài(?: báo| viết)? nào"
    r"|(?:và )?(?:kể tên|liệt kê)(?: ra)?)"
)
# What restricts the articles stands before the verb or at the end.
_FIRST = tuple(
    rf"^[\s,]*(?:{one})(?=[\s?.!,]*$|\s+(?:mà|có|{_TELLS}|{_PUBLISHED}|trong|năm|từ)(?!\p{{L}}))"
    for one in (_PUBLISHED, _ENDING, _HERE, _BY, _IN, _AT)
)
_LAST = tuple(
    rf"(?:^|\s)(?:{one})[\s,.?!]*$" for one in (_PUBLISHED, _ENDING, _HERE, _BY, _IN, _AT)
)
_WITHOUT = (
    r"\s(?:(?:nhưng|mà|but|and) )?(?:không|chưa|not|without|do not|that do not)(?: (?:hề|có|từ|chữ))*"
    rf" (?:(?:{_STRONG}) )?(?P<without>.+)$"
)
# What is still asked asks for a figure, or for many: "Các bài nói về lũ cho biết bao nhiêu người chết?"
_STILL = (
    r"(?<!\p{L})(?:bao nhiêu|mấy|gì|nào|ai|(?:vì|tại|ra) sao|ở đâu|khi nào|bao giờ|bao lâu|thế nào|phải không"
    r"|(?:theo|mỗi|từng|qua các) (?:năm|tháng|ngày|tỉnh|báo)|how|who|when|where|why)(?!\p{L})"
)
# What was written for a contest, or is told of by an article.
_WORKS = (
    r"(?<!\p{L})(?:dự thi|tham dự|tham gia (?:hội|cuộc) thi|(?:đã|được|đoạt|đạt|trao|nhận)(?: \p{L}+)? giải"
    r"|(?:đã |được )+(?:gửi|sưu tầm|trình bày|giới thiệu|tuyển chọn|chọn|chấm|in|khen thưởng|biểu dương))"
    r"(?!\p{L})"
)


_AI = re.compile(r"(?<!\p{L})AI(?!\p{L})")  # in capitals no "who"


class _Form:
    """A pattern, and the same for what was typed without diacritics."""

    def __init__(self, pattern: str) -> None:
        self._marked, self._bare = re.compile(pattern), re.compile(strip_marks(pattern))

    def find(self, text: str, marked: bool) -> "re.Match[str] | None":
        """Its first place in a text, which has been folded then."""
        return (self._marked if marked else self._bare).search(fold(text))


_asked = [_Form(rf"(?<!\p{{L}})(?:{one})(?!\p{{L}})") for one in _ASKED]
_before, _outlet_has, _verb, _at_first = map(
    _Form, (_BEFORE, _OUTLET_HAS, _VERB, rf"^[\s,]*{_AT}[\s,]*(?=có(?!\p{{L}}))")
)
_first, _last = [_Form(one) for one in _FIRST], [_Form(one) for one in _LAST]
_without, _still, _works = map(_Form, (_WITHOUT, _STILL, _WORKS))
_explicit = _Form(
    rf"(?:bao nhiêu|mấy|số|số lượng|các) (?:bài báo|bài viết|tin bài)|articles|(?:{_HERE})(?!\p{{L}})"
)


def counting_on(question: str, history: Sequence[Message]) -> str | None:
    """A question that goes on from one that counted ("Còn hạn hán thì sao?", "Còn trong năm 2020?"), or counts
    articles on what it points back at, completed; None where it does not.

    >>> counting_on("Còn hạn hán?", [Message("user", "Có bao nhiêu bài nói về lũ quét?")])
    'Có bao nhiêu bài nói về hạn hán?'
    """
    last = next((m.content for m in reversed(history) if m.role == "user"), "")
    earlier, again = counting(last), counting(question)
    asked = (
        "How many articles mention {}?" if language(last) == "en" else "Có bao nhiêu bài nói về {}?"
    )
    if again:
        topic = earlier.about if earlier else next(iter(names(last)), "")
        return asked.format(topic) if topic and points_back(f"về {again.about}") else question
    what = instead(question)
    if not earlier or not what:
        return None
    at = "in" if language(last) == "en" else "trong"
    what = re.sub(r"^(?:trong|in)\s+", "", what, flags=re.IGNORECASE)
    if period(fold(what), "first"):
        what = f"{earlier.about} {at} {what}"
    elif places(what):
        what = f"{earlier.about} {'in' if at == 'in' else 'ở'} {what}"
    return asked.format(what)


def counting(question: str) -> Counting | None:
    """What a question for the articles themselves asks; None where it is another one.

    >>> counting("Có bao nhiêu bài nói về xâm nhập mặn ở Bến Tre?").about
    'xâm nhập mặn'
    >>> counting("Hội thi nhận được bao nhiêu bài viết về xâm nhập mặn?")
    """
    text = " ".join(nfc(question).split())
    if len(fold(text)) != len(text):
        text = fold(text)
    return next(filter(None, (_Reader(text).read(form) for form in _asked)), None)


class _Reader:
    """Reads a question from its outer parts to its inner ones: what is left must be understood, too."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marked = has_marks(text)
        self.found = Counting()

    def read(self, form: _Form) -> Counting | None:
        asked = form.find(self.text, self.marked)
        if not asked:
            return None
        about = asked.groupdict().get("about")
        if about is not None:
            left = self._last(self._first(self.text[asked.end() :]))
            return None if left.strip(" ?.!,") else self._about(self._named(asked), True)
        if not self._opens(self.text[: asked.start()]):
            return None
        rest = self._first(self.text[asked.end() :])
        verb = _verb.find(rest, self.marked)
        if verb:
            return self._about(self._last(rest[verb.end() :]), bool(verb["strong"]))
        if self._last(rest).strip(" ?.!,:"):
            return None
        every = _explicit.find(self.text, self.marked) and not asked.group().endswith(
            (" nào", " nao")
        )
        return self.found if self.found.limits or every else None

    def _opens(self, before: str) -> bool:
        """Whether nothing before the articles makes them another's: "Hội thi nhận bao nhiêu bài"."""
        while before.strip(" ,:"):
            days = period(fold(before), "first")
            if days:
                before = self._during(days, before)[1]
            elif match := _before.find(before, self.marked):
                before = before[match.end() :]
            elif match := _outlet_has.find(before, self.marked) or _at_first.find(
                before, self.marked
            ):
                if not self._limited(match, before):
                    return False
                before = before[match.end() :]
            else:
                return False
        return True

    def _first(self, rest: str) -> str:
        """What is left of the words behind "bao nhiêu bài" when their restrictions are taken off."""
        while True:
            days = period(fold(rest), "first")
            if days:
                rest = self._during(days, rest)[1]
                continue
            for form in _first:
                match = form.find(rest, self.marked)
                if match and self._limited(match, rest):
                    rest = rest[match.end() :]
                    break
            else:
                return rest

    def _last(self, rest: str) -> str:
        """The same, of what stands at the end."""
        while True:
            days = period(fold(rest), "last")
            if days:
                rest = self._during(days, rest)[0]
                continue
            for form in _last:
                match = form.find(rest, self.marked)
                if match and self._limited(match, rest, stands_alone=False):
                    rest = rest[: match.start()]
                    break
            else:
                return rest

    def _during(self, days: Period, text: str) -> tuple[str, str]:
        """Takes a period over; returns what stands before and behind it."""
        said = text[days.start : days.end].strip(" ,.?!()")
        since = max(filter(None, (self.found.since, days.since)), default=None)
        until = min(filter(None, (self.found.until, days.until)), default=None)
        self.found = replace(
            self.found, since=since, until=until, limits=(*self.found.limits, said)
        )
        return text[: days.start], text[days.end :]

    def _limited(self, match: "re.Match[str]", text: str, stands_alone: bool = True) -> bool:
        """Takes an outlet, author or place over; False where it is none. What `stands_alone` need not be a
        place that is known as one."""
        said = {name: text[slice(*match.span(name))] for name in match.re.groupindex}
        outlet, author, place = (said.get(name, "") for name in ("outlet", "author", "place"))
        if not (outlet or author or place):
            return True
        named = outlet or author
        if named and named[0].islower() and not self.text.islower():
            return False
        known = province(place)
        told = places(said["limit"]) or ({known} if known else set()) if place else set()
        if place and not told and stands_alone and place[0].isupper():
            told = {place}
        if place and not told:
            return False
        self.found = replace(
            self.found,
            outlet=outlet or self.found.outlet,
            author=author or self.found.author,
            places=self.found.places | told,
            limits=(*self.found.limits, said["limit"].strip(" ,")),
        )
        return True

    def _named(self, asked: "re.Match[str]") -> str:
        """What stands at the beginning of the question; a word that is no name is written small."""
        about = self.text[slice(*asked.span("about"))]
        first = about.split()[0]
        return about[0].lower() + about[1:] if fold(first) in OPENERS else about

    def _about(self, about: str, strong: bool) -> Counting | None:
        about = about.strip(" ,.?!:;(")
        without = _without.find(about, self.marked)
        if without:
            lacking = about[without.start("without") :]
            about, self.found = about[: without.start()], replace(self.found, without=lacking)
        if (
            not re.search(r"\w", about)
            or _still.find(_AI.sub("_", about), self.marked)
            or (not strong and _works.find(about, self.marked))
            or (not self.marked and about.startswith("ve "))  # "bài vẽ về …"
        ):
            return None
        return replace(self.found, about=about)
