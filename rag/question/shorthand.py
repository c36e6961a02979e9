"""Words as people type them in a chat, written out: "bn" is "bao nhiêu", "đc" is "được"."""

import regex as re

from index.language.text import nfc

_SHORT = {
    short: long
    for long, shorts in {
        "bao nhiêu": "bn|bnhieu|bnhiu|bao nhiu|bi nhiêu|bi nhiu|bao nhiu",
        "được": "đc|dc|đuoc|đựơc",
        "không": "k|ko|kh|khg|hok|hong|hông|hem|kông",
        "gì": "j|gj|zì",
        "như thế nào": "ntn",
        "rồi": "r|ròi",
        "người": "ng|ngừi",
        "với": "vs",
        "công ty": "cty|cty.",
        "Việt Nam": "vn",
        "học sinh": "hs",
        "sinh viên": "sv",
        "giáo viên": "gv",
        "sản xuất": "sx",
        "trường": "trg|trườg",
        "những": "nhữg|nhg",
        "vậy": "zậy|dzậy|z|v",
        "vì sao": "vs sao|zì sao",
        "bây giờ": "bjo|bây h|bi h",
        "thành phố": "tphố",
    }.items()
    for short in shorts.split("|")
}
_ANY = re.compile(
    rf"(?<![\p{{L}}\d.])(?:{'|'.join(sorted(map(re.escape, _SHORT), key=len, reverse=True))})(?![\p{{L}}\d])",
    re.IGNORECASE,
)
# "… vậy bn?": who is asked, not how much.
_TO_WHOM = re.compile(
    r"(?<=(?<!\p{L})(?:vậy|thế|zậy|dzậy|z|v|ạ|hả))\s+(?:bn|mn|ad|mng)(?: ơi)?(?=\W*$)",
    re.IGNORECASE,
)
# How a question is said politely, or goes on in a talk; it asks nothing.
_MANNERS = re.compile(
    r"(?:[\s,]+(?:(?<!(?:như|làm|nói|lại|vì|thế) )vậy|(?<=(?:gì|nào|đâu|ai|sao|nhiêu|giờ) )thế|ạ|nhỉ|hả|hở|rứa"
    r"|zậy|dzậy)(?: (?:mn|ad|bạn|mọi người|các bạn|anh chị)(?: ơi)?)?)+(?=\s*\?*\s*$)",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^(?P<about>(?:[^:?]{1,120}: )?)(?:thế|vậy|ủa)(?: thì| còn)?,?\s+(?!giới|hệ|kỷ|kỉ|vận|chiến|nào|là|mạnh)",
    re.IGNORECASE,
)


def written_out(question: str) -> str:
    """The question with such words in full. Capitals stay: "K" and "VN" may be names.

    >>> written_out("trường Lê Lợi trao bn suất học bổng z?")
    'trường Lê Lợi trao bao nhiêu suất học bổng vậy?'
    """
    return _ANY.sub(lambda m: _SHORT.get(m.group(), m.group()), _TO_WHOM.sub("", nfc(question)))


def plainly(question: str) -> str:
    """The question without what is only manners in it: it would stand in the answer.

    >>> plainly("Bút máy: thế quê quán ghi trên đó là ở đâu vậy ạ?"), plainly("Thế giới có mấy nước?")
    ('Bút máy: quê quán ghi trên đó là ở đâu?', 'Thế giới có mấy nước?')
    """
    rest = _OPENS.sub(r"\g<about>", _MANNERS.sub("", question))
    return rest if rest[:1] == question[:1] else f"{rest[:1].upper()}{rest[1:]}"
