"""Questions made from an article's title and sentences, in its words.

Vietnamese asks with the question word in the place of what is asked for, so a clause with "bao nhiêu" in the
place of its figure is a question, and one without its day is one with "ngày nào" behind it. What is made must
be understood by someone who reads nothing else: few forms, each only where the clause is whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

import regex as re

from index.language.figures import days, figures, readable
from index.language.sentences import sentences
from index.language.text import fold
from index.language.words import FUNCTION_WORDS
from index.types import Article
from rag.question.alone import own_names
from rag.question.mentioned import called, located, named, people

#: How many words a question needs beside what is asked for to be understood, and can have to be read.
_LEAST, _MOST = 3, 20
#: What qualifies a figure is asked for with it.
_QUALIFIER = re.compile(
    r"(?:(?:hơn|trên|gần|dưới|khoảng|chừng|xấp xỉ|ít nhất|tối thiểu|tối đa|đến|tới|thêm)\s+)*$",
    re.IGNORECASE,
)
# A span of time, or a name with a number before it: nothing that one would ask for.
_OTHER = re.compile(
    r"^(?:\p{Lu}|(?:giờ|phút|giây|ngày|tuần|tháng|quý|năm|lần thứ|độ|trường hợp|trong số|/)(?!\p{L}))"
)
_BROKEN = re.compile(r"[(\[“\"”)\]…?!/]|\.\.")
# Words that mean something said elsewhere, or when it was written: alone they say nothing.
_ELSEWHERE = re.compile(
    r"(?<!\p{L})(?:này|đó|ấy|kia|nọ|họ|nó|mình|chúng|tôi|ta|đây|trên đây|nói trên|khác|cũng|còn|lại|như vậy|thế"
    r"|hôm qua|hôm nay|vừa qua|mới đây|trước đó|trước đây|sau đó|lúc|nay|mai"
    r"|mỗi|từng|không"
    r"|chưa|chẳng|nếu|khi|bởi|thì|mà|nhưng|tuy|song|người đàn ông|người phụ nữ|nạn nhân"
    r"|đối tượng"
    r"|hai bên|số còn lại|trong khi|dự kiến|có thể|nhiều|nhóm|cho rằng|chỉ)(?!\p{L})",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"(?<!\p{L})(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]háu|[Ee]m|[Bb]é)(?!\p{L}| \p{Lu})"
)
# What stands before a whole clause and can go.
_AHEAD = re.compile(
    r"^(?:(?:tuy nhiên|ngoài ra|bên cạnh đó|cụ thể|trong đó|đặc biệt|đồng thời|qua đó|kết quả|được biết"
    r"|nhân dịp này"
    r"|tại hội nghị|tại đại hội|tại buổi lễ|phát biểu tại buổi lễ|theo báo cáo|theo thống kê|theo kế hoạch)"
    r",\s+|(?:theo|phát biểu) [^,]{3,60}, )",
    re.IGNORECASE,
)
# Where it happened, at the head of a title.
_AT = re.compile(r"(?P<place>\p{Lu}\p{L}*(?: \p{Lu}\p{L}*){1,3}): (?P<rest>.+)")
#: What a clause can begin with that does not name it; all others begin with a name.
_SUBJECTS = (
    r"(?:tổng|tổng số|số|toàn|cả|các|đại hội|hội nghị|hội thảo|hội chợ|lễ hội|cuộc thi|kỳ thi|giải"
    r"|chương trình|dự án"
    r"|công trình|cây cầu|cầu|tuyến đường|nhà máy|trường|bệnh viện|công ty|doanh nghiệp|đảng bộ|đảng ủy"
    r"|chi bộ|ban|hội"
    r"|đoàn|tỉnh|huyện|xã|thành phố|thị xã|quận|phường|mưa lũ|bão|lũ|vụ|tai nạn|vụ tai nạn|vụ cháy|vụ nổ|trận"
    r"|lực lượng|cơ quan|công an|cảnh sát|bộ đội|chính quyền|ngân hàng|sở|bộ|cục|thiệt hại|kinh phí|diện tích"
    r"|quân đội|gia đình|triển lãm|kế hoạch|sân bay|khu|chợ|hồ|đập|trạm|đợt|hãng|tập đoàn|quỹ|bộ phim|cuốn sách"
    r"|sản lượng|doanh thu|lợi nhuận|giá|mức|chiều|máy bay|tàu|đội|quốc hội|chính phủ|kim ngạch)(?!\p{L})"
)
_OPENS = re.compile(
    rf"^(?:(?i:{_SUBJECTS})|(?:(?i:ông|bà|anh|chị) )?\p{{Lu}}[\p{{L}}\d.]*(?:\s+\p{{Lu}}[\p{{L}}\d.]*)+)"
)
# When or where, before a clause that is whole without it.
_WHERE_OR_WHEN = re.compile(
    r"^(?:Năm (?:19|20)\d\d|(?:Tại|Ở|Ngày|Sáng|Chiều|Tối|Tháng) [^,]{2,40}), "
)
# "ông Lê Văn Tám, Chủ tịch UBND xã, …"
_APPOSED = re.compile(
    r"^((?:ông|bà|đồng chí) \p{Lu}\p{L}*(?: \p{Lu}\p{L}*)+)(?:, (?![^,]*(?:cho biết|cho hay"
    r"|nói))[^,\d]{5,80},| \([^)]*\),?)(?= )",
    re.IGNORECASE,
)
#: With one of these just before it, a figure is what the clause tells.
_TELLS = (
    r"có|gồm|dài|rộng|cao|sâu|nặng|cách|kết nạp|trao|tặng|bầu|tiếp nhận|nhận|thu hút|thu|làm|khiến|phạt"
    r"|trị giá|đạt|bắt"
    r"|bắt giữ|thu giữ|phát hiện|tuyển|tuyển sinh|trồng|xây|xây dựng|hỗ trợ|cấp|huy động|phục vụ"
    r"|biểu dương|kiểm tra"
    r"|tổ chức|mất|chiếm|đầu tư|chi|nộp|bán|mua|sản xuất|xuất khẩu|nhập khẩu|ghi nhận|tăng|giảm|lên|là"
    r"|ước tính|ước"
    r"|gây thiệt hại|chở|đón|điều động|cử|giải cứu|cứu|sơ tán|di dời|chôn|tiêu hủy|vận động|quyên góp"
    r"|ủng hộ|lập"
    r"|bồi thường|đóng góp|thưởng|nợ|lỗ|lãi|vay|lắp|lắp đặt|mở|đặt|đặt mua|chế tạo|góp|trả|thuê|giải quyết"
    r"|khám|đào"
    r"|vượt|tốn|chứa|trưng bày|khai thác|sử dụng|quản lý|tịch thu|truy thu|phân bổ|bố trí|cung cấp"
    r"|tuyển dụng|đào tạo"
    r"|giải ngân|hiến|gây|xử lý|khởi tố|triệu tập|thành lập|công nhận|sở hữu|cho|giá|được|hết"
    r"|tiêu thụ"
)
_VERB = re.compile(rf"(?:đã|được|bị|sẽ|{_TELLS})(?!\p{{L}})")
_BEFORE = re.compile(rf"(?<!\p{{L}})(?:{_TELLS})(?:\s+được)?\s*$", re.IGNORECASE)
# What a question ends before: a purpose, a circumstance, a second statement.
_ENDS = re.compile(
    r"\s*(?:[,;:–]|\s-\s|(?<!\p{L})(?:nhằm|để|trong khi|trong đó|trong|với|và|do|vì|khi|sau khi|theo|tăng|giảm"
    r"|chiếm|so với|nhưng|gồm|thông qua|tính đến|đến nay)(?!\p{L}))"
)
_COUNTS = re.compile(r"\s*(?:\d|hàng|hơn|khoảng|gần|một|hai|ba|nhiều|trên|có)(?!\p{L})")
_LISTED = re.compile(r"\p{Lu}|[^\s\d]+(?: [^\s\d]+){0,3}(?:,| và )|[^\s\d]+(?: [^\s\d]+)?$")
# When it was written is not when it is read.
_NOW = re.compile(r"(?:^|(?<=\s))(?:[Hh]iện(?: nay| tại)?,?|cũng|vừa)\s")
# What a sentence without a subject begins with.
_NO_NOUN = re.compile(
    r"(?:theo|có|cùng|thống nhất|tặng|qua|sau|với|từ|nếu|dù|mặc dù|ngoài|bên|nhiều|hai|ba|bốn|những|riêng"
    r"|dưới|như|nhờ"
    r"|bằng|khoảng|gần|hơn|được|bị|đồng thời|đặc biệt|đến|tính|bởi|nhưng|tuy|song|còn|vậy|rồi|cứ|hãy|chỉ"
    r"|đã|đang|sẽ|phát"
    r"|bán|mua|bắt|thu|tạm|làm|khiến|gây|bổ sung|quyết định|yêu cầu|đề nghị|giải|đưa|đi|lên|xuống|ra|vào"
    r"|thêm|tiếp"
    r"|ngày|năm|tháng|sáng|trưa|chiều|tối|đêm|lúc|cuối|đầu|giữa|lần|trước|trong|tại|ở|trên|về|cụ thể|tăng"
    r"|giảm|hàng)"
    r"(?!\p{L})",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"(?<!\p{L})(?:chết|thương|thiệt mạng|mất tích|bị|được|tham gia|tham dự)(?!\p{L})"
)
_SAID = re.compile(
    r"(?<!\p{L})(?:cho biết|cho hay|nói|khẳng định|xác nhận|thông tin|cho rằng)(?!\p{L})"
)
# What happens in a place and has no other name.
_IN_PLACE = re.compile(
    r"^(?:mưa lũ|mưa bão|bão|lũ|lụt|thiên tai|động đất|dịch|toàn tỉnh|tổng thiệt hại|thiệt hại|công an"
    r"|lực lượng)"
    r"(?!\p{L})",
    re.IGNORECASE,
)
_ROLE = (
    r"(?:Phó )?(?:Chủ tịch|Bí thư|Giám đốc|Tổng Giám đốc|Tổng giám đốc|Hiệu trưởng|Viện trưởng|Cục trưởng"
    r"|Trưởng ban|Trưởng phòng|Chánh Văn phòng|Chánh Thanh tra|Bộ trưởng|Thứ trưởng|Trưởng Công an|Thư ký"
    r"|Vụ trưởng"
    r"|Tổng Thư ký|Đại sứ|Thủ tướng|Tổng thống|Chi cục trưởng)"
)
_PERSON = re.compile(
    rf"(?<!\p{{L}})(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|TS|PGS\.TS"
    rf"|GS)\.? (?P<name>\p{{Lu}}\p{{L}}*(?: \p{{Lu}}\p{{L}}*){{1,4}})"
    rf"\s*(?:,|-|–|\()\s*(?P<role>(?i:{_ROLE})(?: [^,.;:()–-]+?)?)"
    r"(?=,|\.|;|\)| [-–](?! ?\p{Lu})| (?:cho biết|cho hay|nói|khẳng định|phát biểu|nhấn mạnh|thông tin|đã"
    r"|chủ trì|đến dự|tham dự)(?!\p{L}))"
)
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Đoàn|Lương|Trương|Đào|Tạ|Mai"
    "|Tô|Vương|Tống|Quách|Thái|Châu|Lưu|Phùng|Triệu|Chu|Nông|Cao"
)
#: "Giám đốc Sở Y tế Hà Nội Nguyễn Khắc Hiền": the surname parts them.
FULL_NAME = rf"(?:{_SURNAMES})(?: \p{{Lu}}\p{{L}}*){{2,3}}(?!\p{{L}}| \p{{Lu}})"
_NAMED_AFTER = re.compile(
    rf"(?<!\p{{L}})(?P<role>(?i:{_ROLE}) [^,.;:()“”–]{{4,60}}?) (?P<name>{FULL_NAME})"
)
# What is no office: it is cut off, holds a verb, or a second person.
_NO_OFFICE = re.compile(
    rf"(?:TP|Thừa Thiên)$|{FULL_NAME}|(?<!\p{{L}})(?:và(?! \p{{Lu}})|do|thăm|thừa nhận|cùng|gặp|tiếp|đến"
    r"|phụ trách|được|quán|nhận định|chia sẻ|cho rằng|ông|bà|đồng chí|trong|tại)(?!\p{L})"
)
_AGE = re.compile(
    r"(?<!\p{Lu}\p{L}* )(?P<name>\p{Lu}\p{L}*(?: \p{Lu}\p{L}*){1,4})(?:,| \()\s*(?P<age>\d{1,3} tuổi)(?!\p{L})"
)
_ON = re.compile(
    r"^(?:(?:Sáng|Trưa|Chiều|Tối|Đêm|Vào"
    r"|Rạng sáng)\s+)?(?:ngày\s+)?(?P<day>\d{1,2}\s*[-/]\s*\d{1,2}(?:\s*[-/]\s*\d{4})?)\s*,"
    r"\s+(?:tại [^,]{3,60},\s+)?(?P<clause>[^,;:]+)",
    re.IGNORECASE,
)
_HAPPENS = re.compile(
    r"(?<!\p{L})(?:tổ chức|khánh thành|khởi công|khai mạc|khai trương|bế mạc|công bố|ký|ban hành|bắt"
    r"|bắt giữ|khởi tố"
    r"|trao|thông qua|phê duyệt|ra mắt|tuyên án|tuyên phạt|xét xử|kết nạp|bổ nhiệm|bầu|diễn ra|xảy ra"
    r"|thông xe|phát động"
    r"|tiếp nhận|đón nhận|làm việc|thăm|kiểm tra|phá|triệt phá|kỷ luật)(?!\p{L})"
)


@dataclass(frozen=True, slots=True)
class Made:
    """A question, the words that answer it, and the sentence of the article that has them,
    `body[start:end]`."""

    text: str
    answer: str
    article: Article
    start: int
    end: int


def questions(article: Article) -> list[Made]:
    """The questions that an article's sentences make: one of each form, a figure's first, then the
    second of each."""
    lead = " ".join(article.body[a:b] for a, b in sentences(article.body)[:3])
    place = article.details.place
    names = [article.title, lead, *([f"tỉnh {place}"] if place else [])]
    forms: list[dict[str, Made]] = [{} for _ in _FORMS]
    for text, answer in _headline(article.title, lead):
        at = _told(article, answer)
        if at:
            forms[0].setdefault(answer, Made(text, answer, article, *at))
    for start, end in sentences(article.body):
        sentence = " ".join(readable(article.body[start:end]).split())
        for form, made in zip(_FORMS, forms, strict=True):
            for text, answer in form(sentence, names):
                made.setdefault(answer, Made(text, answer, article, start, end))
    *more, ages = (list(made.values()) for made in forms)
    turns = zip_longest(*more, ages[:1])
    return [made for turn in turns for made in turn if made]


def _headline(title: str, lead: str) -> Iterator[tuple[str, str]]:
    """ "Tây Lâm có bao nhiêu thí sinh dự thi vào lớp 10?" of "Tây Lâm: 9.870 thí sinh dự thi vào lớp 10"."""
    title = " ".join(readable(title).split())
    found = _AT.match(title)
    if not found:
        yield from _how_many(title, [title, lead])
        return
    place, rest = found["place"], found["rest"]
    yield from _how_many(f"{place} có {rest}" if rest[0].isdigit() else rest, [title, lead, place])


def _told(article: Article, figure: str) -> tuple[int, int] | None:
    """The first sentence of the body that has a figure of the title."""
    keys = {one.key for one in figures(figure)}
    told = (
        at
        for at in sentences(article.body)
        if keys & {f.key for f in figures(article.body[slice(*at)])}
    )
    return next(told, None)


def _how_many(sentence: str, names: list[str]) -> Iterator[tuple[str, str]]:
    """ "Toàn tỉnh kết nạp bao nhiêu hội viên?" of a clause with one figure of something that is counted."""
    clause = _APPOSED.sub(r"\1", _AHEAD.sub("", sentence.rstrip(". ")))
    clause = _NOW.sub(" ", clause).strip()
    clause = clause[:1].upper() + clause[1:]
    said = [figure for figure in figures(clause) if figure.quantity]
    if not said or said[0].percent:
        return
    figure = said[0]
    before = _QUALIFIER.sub("", clause[: figure.start]).strip()
    rest = clause[figure.end :].strip()
    cut = _ENDS.search(rest)
    if (cut and cut.start() == 0) or _SAID.search(clause[: figure.start]):
        return
    ahead = _WHERE_OR_WHEN.match(before)
    subject = before[ahead.end() :] if ahead else before
    # "14 người chết và hàng chục người bị thương": cut there, but not in "cán bộ, chiến sĩ", "dạy và học".
    if cut and cut.group().strip() in (",", "và") and not _COUNTS.match(rest[cut.end() :]):
        after = rest[cut.end() :].strip()
        if cut.group().strip() == "và" or _LISTED.match(after):
            return
    if cut and (
        cut.group().strip() == "-"
        or cut.group().strip() == "và"
        and not _DONE.search(rest[: cut.start()])
    ):
        return
    rest = rest[: cut.start()].strip() if cut else rest
    unit = {"m": "mét"}.get(rest.split()[0], rest.split()[0]) if rest else ""
    rest = " ".join([unit, *rest.split()[1:]])
    if (
        not rest
        or _OTHER.search(rest)
        or any(figure.quantity for figure in figures(rest))
        or _NO_NOUN.match(subject)
        or not (_OPENS.search(subject) or _named_subject(subject))
        or not _BEFORE.search(before)
        or re.search(r"(?<!\p{L})(?:các|những|ở|tại|của|vào|cho|là|được|bị)$", rest)
        or re.search(r"[,:;]", subject)
    ):
        return
    asked = f"{before[: ahead.end()] if ahead else ''}{_called(subject, names)} bao nhiêu {figure.scale} {rest}"
    if not own_names(asked) and _IN_PLACE.match(subject) and names[2:]:
        asked += f" ở {names[2].removeprefix('tỉnh ')}"
    if text := _whole(asked):
        yield text, figure.written


def _named_subject(subject: str) -> bool:
    """Whether it begins with a noun that what follows names ("Gia đình ông Đoan")."""
    first = fold(subject.split()[0]) if subject else ""
    return bool(own_names(subject)) and first not in FUNCTION_WORDS


def _who(sentence: str, names: list[str]) -> Iterator[tuple[str, str]]:
    """ "Ai là Giám đốc Công ty Cấp nước Hải Khê?" of a person with an office."""
    for found in (*_PERSON.finditer(sentence), *_NAMED_AFTER.finditer(sentence)):
        role = found["role"].strip()
        of = re.sub(rf"^(?i:{_ROLE})(?: Thường trực| chuyên trách)?\s*", "", role)
        local = re.match(
            r"(?i:sở|UBND|HĐND|công an|ủy ban|uỷ ban|ban|hội|đảng|tỉnh|thành|huyện)", of
        )
        whole = named(of) and (located(of) or not local) and not _NO_OFFICE.search(of)
        if whole and (text := _whole(f"Ai là {role[0].lower()}{role[1:]}")):
            yield text, found["name"]


def _when(sentence: str, names: list[str]) -> Iterator[tuple[str, str]]:
    """ "Tỉnh ủy Đông Xuân tổ chức hội nghị tổng kết ngày nào?" of what stands behind a day."""
    found = _ON.match(sentence)
    if not found or not days(found["day"]):
        return
    clause = found["clause"].strip(" .")
    if (
        _HAPPENS.search(clause)
        and _OPENS.search(clause)
        and own_names(clause)
        and not any(figure.quantity for figure in figures(clause))
        and (text := _whole(f"{_called(clause, names)} ngày nào"))
    ):
        yield text, found["day"]


def _how_old(sentence: str, names: list[str]) -> Iterator[tuple[str, str]]:
    """ "Nguyễn Văn An bao nhiêu tuổi?" of a name with an age behind it."""
    for found in _AGE.finditer(sentence):
        if found["name"] in people(found["name"]) and len(found["name"].split()) > 2:
            yield f"{found['name']} bao nhiêu tuổi?", found["age"]


def _called(clause: str, names: list[str]) -> str:
    """The clause with its first noun called by its name, where it says no more than "Cầu" or "Đại hội"."""
    first = clause.split()
    for length in (3, 2, 1):
        noun, after = " ".join(first[:length]), " ".join(first[length:])
        if fold(noun) not in ("tổng", "toàn", "cả", "các", "số") and _VERB.match(after):
            name = called(noun, names)
            if name:
                return f"{name[0].upper()}{name[1:]} {after}"
    return clause


def _whole(asked: str) -> str | None:
    """The question, where someone who reads nothing else understands it."""
    text = " ".join(asked.split())
    content = [word for word in text.split() if fold(word) not in FUNCTION_WORDS]
    if (
        _BROKEN.search(text)
        or _ELSEWHERE.search(text)
        or _TITLED.search(text)
        or len(content) < _LEAST
        or not own_names(text)
        or len(text.split()) > _MOST
    ):
        return None
    return f"{text[0].upper()}{text[1:]}?"


_FORMS = (_how_many, _who, _when, _how_old)
