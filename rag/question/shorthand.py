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


def written_out(question: str) -> str:
    """The question with such words in full. Capitals stay: "K" and "VN" may be names.

    >>> written_out("trường Lê Lợi trao bn suất học bổng z?")
    'trường Lê Lợi trao bao nhiêu suất học bổng vậy?'
    """
    return _ANY.sub(lambda m: _SHORT.get(m.group(), m.group()), nfc(question))
