"""Which full stops end a sentence: behind abbreviations, initials and in numbers most do not.

Every test looks at a few characters before and behind the stop only, so that a text is read in time that
grows with its length alone.
"""

import regex as re  # \p{Lu}: `re` has no class for a capital letter

#: How far a test looks back from a stop, in characters.
_BACK = 24
_ADDRESS = 80

# Titles, places, "number", as they are written before a full stop, in small letters; initials are no rows.
_ABBREVIATIONS = frozenset(
    """tp tx tt kp ths tskh ts pgs gs bs bsnt bsck bscki bsckii bsck1 bsck2 cki ckii ck1 ck2 cn ks kts ds ls
    nsnd nsưt ngnd ngưt ncs ns đd ttg gđ pgđ tgđ nxb cty tr tel fax đt sđt đtdđ vd tw sn ql tl hl vol pp
    mr mrs ms dr prof st ste jr sr lt sgt fig""".split()
)
# Those that are words, too: with a capital only, or before a number only.
_CAPITAL = re.compile(r"(?:Co|Inc|Ltd|Ave|Mc|Gen|Col|Gov|Capt|Cdr)")
_BEFORE_NUMBER = re.compile(
    r"(?:No|Nos|no|số|Số|Km|km|Art|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)"
)
_INITIAL = re.compile(r"(?:[A-ZĐ]|Ch|Gh|Kh|Ngh?|Nh|Ph|Th|Tr)")
_OTHER = re.compile(r"đ/?c|t\.[px]|c/ty|h/s|k/s", re.IGNORECASE)
_ET_CETERA = re.compile(r"[vV]\.?v")
_QUOTES = ("“", '"', "«", "‘", "(", "[")
_INITIALS_BEHIND = re.compile(r"[A-ZĐ]\.")
_LETTER = re.compile(r"[A-ZĐ]|[IVXLC]+|\d+[A-ZĐ]")
# What begins a sentence and no name: an abbreviation before it ends the one before ("anh T. Sau đó", "ở TP.
# Theo ông"). Counted in 6,000 articles of the news: at most one in twenty stands within a sentence.
_OPENER = re.compile(
    r"(?:Theo|Trong|Các|Sau|Một|Trước|Khi|Đây|Những|Ngoài|Tại|Hiện|Nhiều|Ông|Nhưng|Tôi|Nếu|Việc|Với|Đến"
    r"|Cũng|Vì|Chúng|Bên cạnh|Họ|Cụ thể|Để|Còn|Dù|Ngay|Đó|Trên|Và|Cùng|Qua|Ở|Lúc|Mỗi|Mặc dù|Riêng|Vào|Bởi|Bị|Nó"
    r"|Cuối|Khoảng|Hôm|Ngày|Đêm|Rạng|Mọi|Nhờ|Nạn nhân|Công an|Cơ quan|Cảnh sát|Lực lượng|Gia đình|Đối tượng|Vụ"
    r"|Từ|Hơn|Gần|UBND|(?:Tuy|Bà|Anh|Chị|Em|Cháu|Sáng|Trưa|Chiều|Tối)(?=,?\s+[\p{Ll}\d])"
    r"|The|In|On|At|He|She|It|They|This|That|But|And|When|After|There|His|Her)(?!\p{L})"
)
# What counts or classes: the number or letter behind it ends what it stands in ("khóa XII.", "loại A.").
_CLASS = re.compile(
    r"(?<!\p{L})(?:khóa|khoá|lần|thứ|kỳ|nhiệm kỳ|quý|loại|hạng|cấp|bậc|tập|phần|chương|nhóm|khối"
    r"|bảng|lớp|giải|vitamin|cúm|gan|máu|phương án|khu|tòa|toà|block|tổ|hệ|đội|vòng|tuổi|tháng|năm|tầng"
    r"|phòng|trận|đợt|top|seri|serie|số|quận|phường|ngày|vitamin|kế hoạch|virus|plan|hepatitis)\s+$",
    re.IGNORECASE,
)
_DATE_BEFORE = re.compile(
    r"(?:(?<!\p{L})(?:ngày|hôm|mùng|mồng|sáng|trưa|chiều|tối|đêm|từ|đến|và)|[(–-])\s*\d{1,2}$",
    re.IGNORECASE,
)
_DATE_BEHIND = re.compile(
    r"\s+(?:0?[1-9]|1[0-2])(?![\d./]|\s+(?:người|em|hộ|xe|đội|chiếc|đại biểu|nạn|đối))"
)
_FULL_DATE_BEHIND = re.compile(r"\s+(?:(?:0?[1-9]|1[0-2])\s*\.\s*)?(?:19|20)\d\d(?!\d)")
_DAY_AND_MONTH = re.compile(r"(?<!\d)\d{1,2}\.\s*\d{1,2}$|(?<!\d)\d{1,2}$")
_GROUP_BEHIND = re.compile(r"\s+\d{3}(?![\d,/])(?:\.\s?\d{3}(?!\d))*")
_DECIMALS_BEHIND = re.compile(
    r"\s+\d{1,2}\s*(?:%|(?:phần trăm|nghìn|ngàn|triệu|tỷ|tỉ|ha|km|m|m2|m²|m3|kg|tấn|tạ|mét|độ|điểm|USD|đồng)"
    r"(?!\p{L}))"
)
_HOUR = re.compile(r"(?<!\p{L})\d{1,2}\s?[hg]$")
_MINUTES_BEHIND = re.compile(r"\s+[0-5]\d(?!\d)")
_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?:\.\d{3})*$")
# What stands before its text at the head of a sentence: "1.", "2.1.", "II.", "a.", "Điều 5.", "Bước 2.".
_LABEL = re.compile(
    r"[“\"'(\[–—•*-]{0,3}\s{0,3}(?:(?:Điều|Chương|Mục|Phần|Bài|Khoản|Bước|Câu|Hình|Bảng|Section|Step)\s+)?"
    r"(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,6}|\p{L})"
)
_DOMAIN = re.compile(r"(?:www\.|https?:|ftp:|@)|/\S*\.", re.IGNORECASE)
_EDGE = re.compile(r"[\s(“”\"‘’«»\[,;:]")
_JOINED = re.compile(r"[/&–-]")
_ENDING = re.compile(r"(?:Net|Vn|Com|Org|Info|Edu|Gov|News|Pro|Js|Tv|Html?|Pdf|Jpg)(?![\p{L}])")


def ends(body: str, begin: int, stop: int, behind: int) -> bool:
    """Whether the full stop at `body[stop]` ends the sentence that began at `begin`. The stop has a space
    behind it, `behind` is where the next word begins, with a capital or a figure."""
    if _LABEL.fullmatch(body, begin, stop):
        return False
    token = _token(body, begin, stop)
    last = token.rpartition(".")[2]
    before = stop - len(token)
    if token[-1:].isdigit():
        listed = body[before - 1 : before] in _QUOTES and len(token) < 3  # “1. Người nào …
        return not listed and _ends_number(body, begin, stop)
    if _HOUR.search(body, max(begin, stop - _BACK), stop) and _MINUTES_BEHIND.match(body, stop + 1):
        return False
    figure = body[behind].isdigit()
    if _BEFORE_NUMBER.fullmatch(last) and figure:
        return False
    if _ET_CETERA.fullmatch(token):
        return True
    if _LETTER.fullmatch(token) and _CLASS.search(body, max(begin, before - _BACK), before):
        return not figure and not _INITIALS_BEHIND.match(body, behind)
    return not is_abbreviation(token) or bool(not figure and _OPENER.match(body, behind))


def ends_joined(body: str, begin: int, stop: int, behind: int) -> bool:
    """The same of a full stop without a space behind it: "…của tỉnh.Ngày 5/3" ends, "TP.Huế" does not.
    `behind` is where the next word begins, with a capital."""
    token = _token(body, begin, stop)
    if _LABEL.fullmatch(body, begin, stop) or (_no_word(token) and not _OPENER.match(body, behind)):
        return False
    joined = is_abbreviation(token) or _ENDING.match(body, behind)
    return not joined and not in_address(body, begin, stop)


def in_address(body: str, begin: int, stop: int) -> bool:
    """Whether what stands before a stop without a space is a web or mail address, or a path."""
    window = body[max(begin, stop - _ADDRESS) : stop]
    return bool(_DOMAIN.search(window[window.rfind(" ") + 1 :]))


def is_abbreviation(token: str) -> bool:
    """Whether a word stands for a longer one or for a name: "TP", "PGS.TS", "N.T", "Tr".

    >>> [is_abbreviation(word) for word in ("GS.TS", "Th.S", "Tp", "H", "tỉnh", "GD-ĐT")]
    [True, True, True, True, False, False]
    """
    if _OTHER.fullmatch(token):
        return True
    return all(_short(part.rpartition(".")[2]) for part in _JOINED.split(token))


def _short(word: str) -> bool:
    return bool(
        word.lower() in _ABBREVIATIONS or _INITIAL.fullmatch(word) or _CAPITAL.fullmatch(word)
    )


def _no_word(token: str) -> bool:
    """Not what a sentence ends with as a rule: a syllable, a figure, a bracket."""
    letters = token.rpartition(".")[2]
    return letters[-1:].isalpha() and (len(letters) < 2 or not letters[1:].islower())


def _token(body: str, begin: int, stop: int) -> str:
    """What stands before a stop, back to a space, bracket or quotation mark; of a long one its end."""
    low = max(begin, stop - _BACK)
    return _EDGE.split(body[low:stop])[-1]


def _ends_number(body: str, begin: int, stop: int) -> bool:
    """Of a stop behind a figure: not in "ngày 7. 5", "3. 400 ha", "98. 4%", "14. 1. 2016"."""
    low = max(begin, stop - _BACK)
    if _DATE_BEFORE.search(body, low, stop) and _DATE_BEHIND.match(body, stop + 1):
        return False
    if _DAY_AND_MONTH.search(body, low, stop) and _FULL_DATE_BEHIND.match(body, stop + 1):
        return False
    number = _NUMBER.search(body, low, stop)
    if not number or (number.start() and body[number.start() - 1] in ".,/-"):
        return True
    if _CLASS.search(body, low, number.start()):
        return True
    return not (_GROUP_BEHIND.match(body, stop + 1) or _DECIMALS_BEHIND.match(body, stop + 1))
