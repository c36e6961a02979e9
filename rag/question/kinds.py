"""What a question asks for, told by the words that ask, and by a small model that weighs all of its words.

In Vietnamese these stand anywhere in a question ("Cầu dài bao nhiêu mét?"), and the first kind of the table
that has one counts. In English the first of them asks, and what comes behind only tells of it ("Who coached the
team when …?").
"""

import regex as re

from index.language.text import fold, has_marks, nfc, strip_marks
from index.language.words import language
from rag.question.learned.model import probabilities
from rag.types import Kind

_SAYS = (
    "nói|phát biểu|khẳng định|cho biết|nhấn mạnh|đánh giá|nhận xét|chia sẻ|yêu cầu|đề nghị|kiến nghị|góp ý"
    "|khuyên|khuyến cáo|kêu gọi|cảnh báo|giải thích|lý giải|chỉ đạo|lưu ý|hứa|cam kết|bày tỏ|trả lời|tuyên bố"
    "|thừa nhận|đề xuất|phản hồi|dặn|nhắc|bình luận|cho rằng|bảo"
)
# "Mấy trăm đồng hồ đó là thật hay giả?" asks for no number.
_SOME = r"mấy(?! (?:trăm|chục|nghìn|ngàn|hôm|bữa)(?!\p{L}))"
# A list and "who" can look alike: what is told apart first comes first.
_VIETNAMESE: tuple[tuple[Kind, str], ...] = (
    ("compare", r"so sánh|đối chiếu"),
    (
        "summary",
        r"tóm (?:tắt|lược|lại|gọn)|vắn tắt|sơ lược|ngắn gọn|(?:nội dung|ý|điểm|các ý) chính|đại ý"
        r"|nội dung (?:của )?(?:bài|tin|bản tin) (?:này|đó|ấy|trên|báo|viết)"
        r"|(?:bài|tin|bản tin) (?:này|đó|ấy|trên) (?:nói|viết|kể|đưa tin|bàn)(?: về)?(?: cái)? (?:gì|chuyện gì)"
        r"|bài (?!phát biểu|hát|thơ|diễn văn|thi|ca|vè).{0,160}(?:nói|viết|kể|đưa tin)(?: về)?(?: những)?"
        r" (?:gì|điều gì|chuyện gì)",
    ),
    (
        "reason",
        r"(?:vì|tại|bởi|cớ) sao|(?:vì|bởi) (?:lẽ|cớ) gì|vì (?:lý|lí) do gì|(?:do|vì|nhờ) đâu"
        r"|(?:nguyên nhân|lý do|lí do) (?:.{1,40} )?(?:gì|nào)|(?<=^)(?:nguyên nhân|lý do|lí do)"
        r"|(?:mắc|cớ|vì|do) (?:chi|gì|mớ gì)(?: mà)?|cớ làm sao|răng (?:lại|mà|không)"
        r"|nguyên (?:do|cớ) (?:.{1,40} )?(?:gì|nào)|(?<=^|[,;:] ?)sao"
        r"|sao (?:lại|phải|còn|không|chưa|vẫn|cứ|mà)",
    ),
    (
        "said",
        rf"(?:{_SAYS}) (?:điều )?(?:gì|như thế nào|thế nào|ra sao|những gì)"
        rf"|(?:{_SAYS}) (?:[\p{{L}}\d]+,? ){{0,12}}(?:điều|việc|làm) gì",
    ),
    (
        "list",
        r"(?:những|gồm) (?:ai|gì|(?:\p{L}+,? ){1,4}(?:nào|gì))|các (?:\p{L}+,? ){1,4}nào|gồm những|kể tên"
        r"|liệt kê|nêu (?:các|tên)"
        r"|(?<!(?:thứ|tháng|lần|đợt|quý|khóa|khoá|vòng) )(?:hai|ba|bốn|sáu|bảy|tám|chín|mười)"
        r" (?:\p{L}+ ){1,4}nào",
    ),
    (
        "time",
        r"khi nào|bao giờ|hồi nào|chừng nào|mấy giờ|năm bao nhiêu(?! tuổi)"
        r"|(?:năm|ngày|tháng|lúc|thời gian|thời điểm|giờ|hôm|thứ|mùa|buổi) nào",
    ),
    (
        "figure",
        rf"nhiêu|{_SOME}|bao (?:lâu|xa|cao|dài|rộng|nặng)"
        r"|số lượng|tỷ lệ|tỉ lệ|phần trăm",
    ),
    (
        "place",
        r"ở đâu|đến đâu|tại đâu|đi đâu|(?:nơi|chỗ|khu vực|bệnh viện|sân bay) nào"
        r"|(?:tỉnh|thành phố|huyện|quận|xã|phường|nước|quốc gia|làng|thôn|địa phương) nào",
    ),
    ("manner", r"thế nào|ra sao|làm sao|(?:bằng|theo) (?:cách|đường|phương tiện) (?:nào|gì)"),
    (
        "yes_no",
        r"có phải|phải không|đúng không|có đúng|có thật|phải chăng|(?:không|chưa|à|hả|chứ)\s*[?.]*$",
    ),
    (
        "person",
        r"ai|(?:người|ông|bà|anh|chị|đồng chí|cầu thủ|nghệ sĩ|tác giả|công nhân|tài xế|phóng viên|bác sĩ"
        r"|ca sĩ) nào|danh tính",
    ),
)
_ENGLISH: tuple[tuple[Kind, str], ...] = (
    ("compare", r"compare"),
    (
        "summary",
        r"summari[sz]e|summary|sum up|recap|(?:main|key) points|in (?:brief|short)|briefly|gist|overview"
        r"|what (?:is|does|'s) (?:the|this|that) (?:article|report|story)",
    ),
    (
        "reason",
        r"why|how come|for what reason"
        r"|what (?:caused|led to|(?:is|was|were|are) the (?:\p{L}+ )?(?:reason|cause)s?)",
    ),
    (
        "said",
        r"what (?:did|does|has|have|had) .{1,80} (?:said?|say|explain|recommend|suggest|propose|ask|demand"
        r"|advise|warn|promise|call|tell|told|order|urge|instruct|announce|comment|think|want)",
    ),
    (
        "list",
        r"list|name (?:the|all)|(?:which|what) (?:two|three|four|five|six|seven|eight|nine|ten)",
    ),
    (
        "figure",
        r"how (?:many|much|long|far|high|tall|wide|old|large|big|deep|heavy|fast)"
        r"|(?:what|which) (?:share|proportion|percentage|part|amount|number|sum)"
        r"|what (?:is|was|were|are) (?:the )?(?:[\p{L}-]+ ){0,3}"
        r"(?:rate|number|share|price|cost|population|output|area|total|length|amount|percentage)",
    ),
    ("time", r"when|(?:what|which) (?:year|day|date|time|month)"),
    (
        "place",
        r"where|(?:which|what) (?:province|city|country|district|place|town|village|commune)",
    ),
    ("manner", r"how|(?:in|by) what (?:way|means)"),
    ("person", r"who|whom|whose"),
    ("thing", r"which|what"),
)
# Without marks "may" is also to sew and a machine ("công ty may"): it counts only before what is counted.
_COUNTED = (
    "nguoi con cai tinh xa huyen nam lan ngay thang em chiec truong ho dua met m km ha tan lop phong tuoi "
    "bai vu nha cay ca"
)
_HOW_MANY = rf"|may(?= (?:{'|'.join(_COUNTED.split())})(?!\p{{L}}))|"
_AI = re.compile(r"(?<!\p{L})AI(?!\p{L})")


#: What the model is asked for.
_ASKED: tuple[Kind, ...] = (
    *("figure", "person", "time", "place", "thing", "list"),
    *("reason", "manner", "said", "yes_no", "summary", "compare"),
)

#: Above this a text asks nothing of the articles; of 480 questions of the quality sets none has half of it.
_TALK = 0.6


def _asking(pattern: str) -> "re.Pattern[str]":
    return re.compile(rf"(?<!\p{{L}})(?:{pattern})(?!\p{{L}})")


_MARKED = [(kind, _asking(pattern)) for kind, pattern in _VIETNAMESE]
_BARE = [
    (kind, _asking(strip_marks(pattern).replace(f"|{strip_marks(_SOME)}|", _HOW_MANY)))
    for kind, pattern in _VIETNAMESE
]
_FOREIGN = [(kind, _asking(pattern)) for kind, pattern in _ENGLISH]
# "According to the police, was …?"
_AUXILIARY = re.compile(
    r"(?:[^,?]{1,80}, )?"
    r"(?:is|are|was|were|did|does|do|has|have|had|can|will|would|should|could|must|may)(?!\p{L})"
)


def kind(question: str) -> Kind:
    """What a question asks for; "AI" in capitals is no "who". What is compared, followed over time, counted or
    only talked is told by its own modules, which say what of.

    >>> kind("Who coached the team when it met Laos?"), kind("Sao cầu làm xong trễ vậy?")
    ('person', 'reason')
    """
    said = told(question)
    likely = probabilities(question, said)
    found = max(_ASKED, key=lambda one: likely[one])
    # In English what begins with "did" or "who" asks that, whatever it tells "more than": what is compared with
    # what has its own module.
    definite = found == "compare" and said not in ("compare", "thing")
    return said if definite and language(question) == "en" else found


def is_talk(text: str) -> bool:
    """Whether a text very likely asks nothing ("Cảm ơn nhé, mình đủ tài liệu rồi").

    >>> is_talk("Cảm ơn nhé, mình đủ tài liệu rồi"), is_talk("Ai cảm ơn đoàn viên?")
    (True, False)
    """
    return probabilities(text, told(text))["talk"] > _TALK


def told(question: str) -> Kind:
    """What the words that ask say of it, which come in many ways; "thing" where none does."""
    text = nfc(question)
    asked = fold(text if text.isupper() else _AI.sub("_", text))
    if language(question) != "en":
        forms = _MARKED if has_marks(question) else _BARE
        return next((found for found, pattern in forms if pattern.search(asked)), "thing")
    if _AUXILIARY.match(asked):
        return "yes_no"
    where = [(match.start(), n) for n, (_, p) in enumerate(_FOREIGN) if (match := p.search(asked))]
    return _FOREIGN[min(where)[1]][0] if where else "thing"
