"""Whether a question stands alone: what it names itself, whether it points back, whether it leaves out what
it is about ("Vì sao?", "Ai chủ trì?")."""

import regex as re

from index.language.text import fold, has_marks, strip_marks, words
from index.language.words import BARE_FUNCTION_WORDS, FUNCTION_WORDS
from rag.question.exchange import instead
from rag.question.mentioned import SUBJECT_TITLE, TITLED, located

# Words that point back: "tại đó", "hội nghị này", "thì sao"; English too.
_BACK = re.compile(
    r"(?<!\p{L})(?:\p{L}+ (?:đó|này|ấy|kia|nói trên)"
    r"|(?:hội nghị|đại hội|sự kiện|bài|bài báo|bài viết) trên|thì sao|thế còn)(?!\p{L})"
    r"|^\s*(?:còn|vậy|và|đó|thế(?! giới| vận| hệ| kỷ| kỉ| chiến))(?!\p{L})"
)
_BACK_BARE = re.compile(
    r"(?<!\p{L})(?:(?:tai|o|khi|luc|trong|viec|noi|nguoi|ong|ba|anh|chi|dong chi|hoi nghi|dai hoi|su kien|bai"
    r"|bai viet|don vi|tinh|huyen|xa|co quan|cong ty|truong|cau|nam) (?:do|nay|ay|tren)(?! \d)"
    r"|thi sao|the con)(?!\p{L})"
)
_BACK_ENGLISH = re.compile(
    r"\b(?:that|those|this|these)\b(?! (?:year|month|week|morning))|^\s*(?:and|what about|how about)\b"
    r"|(?<!\b(?:is|are|was|were) )\bthere\b(?! (?:is|are|was|were)\b)"
)
# These may as well mean someone whom the question itself names.
_PERSONAL = re.compile(
    r"(?<!\p{L})(?:(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]ậu) ta|[Hh]ắn|[Nn]ó"
    r"|(?<!dòng |nhà |gia đình |tộc )[Hh]ọ(?! \p{Lu})"
    rf"|{SUBJECT_TITLE})"
    r"(?!\p{L})"
)
_PERSONAL_ENGLISH = re.compile(r"\b(?:it|its|they|them|their|he|him|his|she|her)\b")
#: What is rarely said of what the same question names: with a name of its own, too, it points back.
_GENERAL = re.compile(
    r"^\s*(?:còn|vậy|và|thế|and|what about|how about)|there"
    r"|(?:vụ|việc|nghị|hội|kiện|họp|lễ|án|nạn|tại|ở|trong|năm|lúc|khi|nơi) (?:đó|này|ấy|kia|nói trên|trên)"
)
_ASKS = (
    r"bao nhiêu|bao giờ|bao lâu|bao xa|khi nào|lúc nào|ở đâu|tại đâu|đi đâu|từ đâu|do đâu|đâu|vì sao|tại sao"
    r"|như thế nào|thế nào|ra sao|làm sao|mấy|những ai|là ai|ai|làm gì|là gì|gì|(?:\p{L}+ )?nào|có phải"
    r"|phải không"
    r"|how (?:many|much|long|far|high|old|big|wide)|how|when|where|who|whom|whose|why|what|which"
)
_COUNTS = ("bao nhiêu", "mấy", "bao nhieu", "may", "how many")
_WHY = ("vì sao", "tại sao", "vi sao", "tai sao", "why")
#: What is asked of the subject of the question before, so that it need not be named.
_RELATED = (
    r"nguyên nhân|lý do|kinh phí|chi phí|tổng kinh phí|tổng mức đầu tư|tổng vốn|vốn đầu tư|vốn|mức phạt"
    r"|mức đầu tư"
    r"|mức lương|chiều dài|chiều rộng|chiều cao|chiều sâu|bề rộng|diện tích|dân số|sản lượng|năng suất"
    r"|doanh thu"
    r"|lợi nhuận|thiệt hại|hậu quả|kết quả|mục đích|mục tiêu|ý nghĩa|nội dung|chủ đề|thời gian|thời hạn"
    r"|thời điểm"
    r"|địa điểm|quy mô|công suất|tiến độ|số người|số hộ|số lượng|số tiền|tỷ lệ|tỉ lệ|phó giám đốc|giám đốc"
    r"|phó chủ tịch|chủ tịch|phó bí thư|bí thư|hiệu trưởng|trưởng ban|chủ đầu tư|nhà thầu|tác giả"
    r"|đơn vị thi công"
    r"|đơn vị|cơ quan|ban tổ chức|tài xế|lái xe|nạn nhân|nghi phạm|thủ phạm|tuổi|nghề nghiệp|quê quán|quê"
    r"|người dân|trị giá|giá trị"
)
#: Verbs and small words with which a question begins that leaves its subject out.
_OPENS = (
    r"diễn ra|tổ chức|khởi công|khánh thành|khai mạc|bế mạc|khai trương|bắt đầu|kết thúc|hoàn thành|xảy ra"
    r"|thành lập"
    r"|tham dự|tham gia|trao|nhận|đạt|thu|chi|xây|mở|đóng|dài|rộng|cao|sâu|nặng|sinh|mất|chết|học|ký|ban hành"
    r"|có hiệu lực|công bố|phát hiện|bắt|xử|phạt|kiện|tốn|tăng|giảm|gồm|bao gồm|nằm|thuộc|cách|nói|phát biểu"
    r"|khẳng định|dự kiến|đã|sẽ|đang|được|bị|phải|để|do|nhằm|từ|với|vào|cho|theo|bằng|cần|muốn|đến|tới|lúc"
    r"|ở|tại|có|về|của"
    r"|không|chưa|lại|chậm|hoãn|dừng|trong số|thông qua|bầu|kết nạp|phát|hỗ trợ|trước|sau|hiện|gồm có|bàn"
)
_VAGUE = (
    r"người ta|mọi người|chuyện|sự việc|vụ việc|bị|được|phải|cần|rồi|nữa|vậy|thêm|tất cả|tổng cộng"
    r"|so với|cùng kỳ|cụ thể|chính xác"
)
# "của hồ", "ở tỉnh": the noun alone, which stood before a name.
_NOUN_ALONE = re.compile(
    r"(?<!\p{L})(?:của|ở|tại|[Tt]oàn|[Cc]ả) (?P<noun>\p{Ll}+)(?=$| (?:là|có|được|bị|bao|mấy|nào)(?!\p{L}))"
)
_SMALL = frozenset(
    "hay the a an of in on at by to for did was were is are do does has have it its they any".split()
)
#: How many words of its own a question may have that leaves out what it is about.
_FEW, _MORE = 3, 4


def points_back(question: str) -> bool:
    """Whether a question has words that mean something said before it ("công ty đó", "ông ấy", "còn …")."""
    lowered = question.lower()
    if has_marks(question):
        back, personal = _BACK.search(lowered), _PERSONAL.search(question)
    else:
        back = _BACK_BARE.search(strip_marks(lowered)) or _BACK_ENGLISH.search(lowered)
        personal = _PERSONAL_ENGLISH.search(lowered)
    return bool(back or personal and not own_names(question) or instead(question))


def names_what_it_means(question: str, before: bool = False) -> bool:
    """Whether a question that points back most likely means what it names itself; `before`: in front of the
    words that point ("Lúc Vietcombank bán cổ phần, ngân hàng này có bao nhiêu vốn?")."""
    pattern = _BACK if has_marks(question) else _BACK_ENGLISH
    at = pattern.search(question.lower())
    if not at or _GENERAL.search(at.group()):
        return False
    searched = (
        TITLED.sub(" ", question[: at.start()]) if before else question
    )  # no person is a bank
    return bool(own_names(searched))


def own_names(question: str) -> list[str]:
    """What a question itself names: words in capitals behind its first, and places."""
    found = re.findall(r"(?<=[\p{L},]\s)\p{Lu}[\p{L}\d]*", question)
    return [*found, *(place.name for place in located(question))]


def leaves_out(question: str, before: str) -> bool:
    """Whether a question says nothing of what it is about, after what was said `before`: it is no more than
    a question word, asks for what something has ("nguyên nhân", "giám đốc"), or begins with what asks, with a
    verb or with the common noun of something said before, and has few words of its own."""
    if own_names(question):
        return False
    alone = _NOUN_ALONE.search(question.strip(" .?!"))
    if alone and re.search(rf"(?<!\p{{L}})(?i:{alone['noun']}) \p{{Lu}}", before):
        return True
    bare = not has_marks(question)
    form = strip_marks if bare else str
    asked, before = fold(question).strip(" ?.!"), form(fold(before))
    found = re.search(rf"(?<!\p{{L}})(?:{form(_ASKS)})(?!\p{{L}})", asked)
    yes_no = re.search(rf"(?<!\p{{L}})(?:{form('không|chưa|hay')})(?!\p{{L}})", asked)
    if not (found or yes_no or re.match(r"(?:did|was|were|is|are|has|have)(?!\p{L})", asked)):
        return bool(re.fullmatch(form(_RELATED), asked))
    known = set(words(before)) | (BARE_FUNCTION_WORDS if bare else FUNCTION_WORDS) | _SMALL

    def own(text: str, without: str = "") -> list[str]:
        pattern = "|".join(filter(None, (form(_VAGUE), form(_ASKS), form(without))))
        text = re.sub(rf"(?<!\p{{L}})(?:{pattern})(?!\p{{L}})", " ", text)
        return [word for word in words(text) if word not in known]

    def begins(text: str, pattern: str) -> bool:
        return bool(re.match(rf"\s*(?:{form(pattern)})(?!\p{{L}})", text))

    head, tail = (asked[: found.start()], asked[found.end() :]) if found else (asked, "")
    asks = found.group() if found else ""
    if asks.endswith((" nào", " nao")) and len(own(head)) <= 2 and len(head.split()) <= 2:
        return len(own(f"{head} {tail}")) <= _FEW  # "Mặt hàng nào nhiều nhất?"
    if own(head):
        rest = own(f"{head} {tail}", _RELATED)
        if begins(head, _RELATED):
            return len(rest) < _FEW
        return len(rest) <= _FEW and (begins(head, _OPENS) or _said(head, before, form(_OPENS)))
    if asks in _WHY and own(tail):
        return len(own(tail)) <= _MORE and (begins(tail, _OPENS) or words(tail)[0] in known)
    if asks in _COUNTS:
        return len(own(tail)) <= _MORE and not re.match(
            r"\s*(?:bài|tin|bai|articles?)(?!\p{L})", tail
        )
    related = own(tail, _RELATED)
    return len(related) <= (_FEW if related == own(tail) else _FEW - 1)


def _said(head: str, before: str, opens: str) -> bool:
    """Whether it begins with a noun said before: of two syllables, or of one before a verb ("Cầu dài …")."""
    first = head.split()
    noun = " ".join(first[:2])
    if len(first) < 2 or first[0] in FUNCTION_WORDS:
        return False
    pair = re.search(rf"(?<!\p{{L}}){re.escape(noun)}(?!\p{{L}})", before) is not None
    verb = re.match(rf"\s*\p{{L}}+\s+(?:{opens})(?!\p{{L}})", head) is not None
    return pair or (verb and first[0] in words(before))
