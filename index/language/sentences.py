"""Sentences and clauses of a text, as offsets into it.

No sentence splitter for Vietnamese was found that is alive, permissively licensed and light (the
one in use is GPL, the others know no Vietnamese abbreviations), so the rules are here.
"""

from collections.abc import Iterator

import regex as re  # \p{Lu}: `re` has no class for a capital letter

# A sentence ends at . ! ? … (with closing quotes or brackets) before a space and something that
# can begin one: a capital, a digit, an opening quote, a dash or bullet.
_END = re.compile(r"[.!?…]+[”\"’')\]]*(?=\s+[“\"‘'(\[–•*-]*\s*[\p{Lu}\p{N}])")
# Abbreviations before which a full stop does not end: titles, places, initials, "v.v.", list numbers.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"])(?:TP|Tp|tp|TX|Tx|TT|Tt|Q|P|H|X|ThS|Ths|TS|PGS|GS|BS|CN|KS|LS|NSND|NSƯT|NS|Đ/c|đ/c|"
    r"Mr|Mrs|Ms|Dr|St|No|tr|Tr|Tel|ĐT|VD|vd|[A-ZĐ](?:\.[A-ZĐ])*|\d{1,2}|[IVX]{1,5})\.$"
)
_ITEM_END = re.compile(r";(?=\s)")
#: A shorter part is no item of a list: it goes with the next one.
_ITEM_WORDS = 4
_CLAUSE_END = re.compile(r"[:,](?=\s)")
_WORD = re.compile(r"\S+")

Span = tuple[int, int]


def sentences(body: str) -> list[Span]:
    """The spans of the body's sentences, in order. A line end always ends a sentence; the spans
    hold no outer white space, and all other characters of the body lie in exactly one."""
    spans: list[Span] = []
    for start, end in _paragraphs(body):
        begin = start
        for found in _END.finditer(body, start, end):
            head = body[begin : found.end()]
            if found.group() == "." and _ABBREVIATION.search(head) and not _closes(body, found):
                continue
            spans.append((begin, found.end()))
            begin = found.end()
            while begin < end and body[begin].isspace():
                begin += 1
        if begin < end:
            spans.append((begin, end))
    return spans


def clauses(sentence: str, longer_than: int = 30, least: int = 8) -> list[Span]:
    """The spans of a long sentence's clauses, all characters in one each: cut at semicolons (items
    of a list, each with its own figures and names), and what is still longer than `longer_than`
    words at commas and colons, `least` words or more each. A shorter sentence is one clause."""
    if len(_WORD.findall(sentence)) <= longer_than:
        return [(0, len(sentence))]
    spans: list[Span] = []
    for start, end in _cut(sentence, 0, len(sentence), _ITEM_END, _ITEM_WORDS):
        if len(_WORD.findall(sentence, start, end)) <= longer_than:
            spans.append((start, end))
        else:
            spans += _cut(sentence, start, end, _CLAUSE_END, least)
    return spans


def _cut(text: str, start: int, end: int, at: re.Pattern[str], least: int) -> list[Span]:
    """`text[start:end]` cut behind each match, pieces of `least` words or more."""
    spans: list[Span] = []
    begin = start
    for found in at.finditer(text, start, end):
        if len(_WORD.findall(text, begin, found.end())) >= least:
            spans.append((begin, found.end()))
            begin = found.end()
    if spans and len(_WORD.findall(text, begin, end)) < least // 2:
        spans[-1] = (spans[-1][0], end)
    elif begin < end:
        spans.append((begin, end))
    return spans


def _paragraphs(body: str) -> Iterator[Span]:
    for line in re.finditer(r"[^\n]+", body):
        text = line.group()
        start = line.start() + len(text) - len(text.lstrip())
        end = line.end() - (len(text) - len(text.rstrip()))
        if start < end:
            yield start, end


def _closes(body: str, found: re.Match[str]) -> bool:
    """A number or Roman numeral before the stop still ends a sentence when it is no list number:
    "… năm 2020. Trong …" has four digits, "… khóa XII. Đại hội …" a word before it."""
    before = re.search(r"(\S+)\s+(\S+)\.$", body[max(0, found.start() - 40) : found.start() + 1])
    return bool(before and re.fullmatch(r"\d{1,2}|[IVX]{2,5}", before[2]))
