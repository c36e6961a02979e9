"""Sentences and clauses of a text, as offsets into it.

No sentence splitter for Vietnamese was found that is alive, permissively licensed and light (the
one in use is GPL, the others know no Vietnamese abbreviations), so the rules are here; which full stops
end nothing is in `index.language.stops`, what is kept whole in `index.language.enclosed`.
"""

from bisect import bisect_right
from collections.abc import Iterator

import regex as re  # \p{Lu}: `re` has no class for a capital letter

from index.language.enclosed import Enclosed, enclosed
from index.language.stops import ends, ends_joined, in_address

Span = tuple[int, int]

_STOP = re.compile(r"[.!?…]+(?:/\.)?")
# What can begin a sentence behind a stop and a space: a capital or a digit, behind an opening quote or
# bracket, dots, a dash or bullet.
_NEXT = re.compile(r"\s++[“\"‘'(\[«…•●▪*+–—.-]*+\s*+([\p{Lu}\p{N}])")
# Behind a stop without a space: a word with a capital, that no address goes on with.
_NEXT_JOINED = re.compile(r"[“\"‘(«]?(\p{Lu})(?:\p{L}++|(?=\s))(?![\p{L}\d]*[.@/]\p{L})")
_NOTES = re.compile(r"(?:\[\d{1,3}\])+")
# Who said what a question or exclamation quoted: "“Sao thế?” Lan hỏi.", "- Có khỏe không? - Bà Sáu hỏi."
_SAID = (
    r"\s*\p{Lu}[^.!?…:;“”\"\n]{0,50}?(?<!\p{L})(?:nói|hỏi|đáp|kể|cười|gắt|thốt|reo|hét|than|thở dài|tâm sự"
    r"|chia sẻ|cho biết|cho hay|khẳng định|nhấn mạnh|bày tỏ|trả lời|thắc mắc|bộc bạch|giải thích|nhận xét"
    r"|bình luận|phát biểu|said|asked)(?!\p{L}|\s+(?:rằng|là))[^.!?…:;“”\"\n]{0,40}[.,!?…]"
)
#: How far is looked ahead for it, in characters: a pattern looks for its colon up to the end of the text.
_AHEAD = 200
_SAID_BEHIND = re.compile(_SAID)
_SAID_BEHIND_DASH = re.compile(r"\s+[–—-]" + _SAID)
_PICTURE = re.compile(r"\s+[–—-]\s*(?:Ảnh|Video|Nguồn)\s*:")
_DASH = re.compile(r"[–—-]\s*[\p{L}\d“\"]")
_ITEM_END = re.compile(r";(?=\s)")
#: A shorter part is no item of a list: it goes with the next one.
_ITEM_WORDS = 4
_CLAUSE_END = re.compile(r"[:,](?=\s)")
_WORD = re.compile(r"\S+")


def sentences(body: str) -> list[Span]:
    """The spans of the body's sentences, in order. A line end always ends a sentence; the spans
    hold no outer white space, and all other characters of the body lie in exactly one.

    >>> text = "Lãi 5 tỷ.Ông Lê ở TP. Huế nói: “Mừng lắm. Tôi cảm ơn.”"
    >>> [text[start:end] for start, end in sentences(text)]
    ['Lãi 5 tỷ.', 'Ông Lê ở TP. Huế nói: “Mừng lắm. Tôi cảm ơn.”']
    """
    return [span for start, end in _lines(body) for span in _sentences(body, start, end)]


def _sentences(body: str, start: int, end: int) -> Iterator[Span]:
    kept = enclosed(body, start, end)
    spoken = bool(_DASH.match(body, start, end))
    begin = start
    for found in _STOP.finditer(body, start, end):
        cut = _closed(body, found.end(), end, kept)
        if cut == end:
            break
        following = _NEXT.match(body, cut, end) or _NEXT_JOINED.match(body, cut, end)
        if (
            following is None
            or _inside(kept, cut)
            or found.start() in kept.numbers
            or kept.items.get(_next(body, cut), -1) >= begin
            or not _stops(body, begin, found.group(), found.start(), cut, following)
            or _told(body, found.group(), found.end(), cut, spoken)
            or not any(map(str.isalnum, body[begin : found.start()]))
        ):
            continue
        yield begin, cut
        begin = _next(body, cut)
    yield begin, end


def _stops(body: str, begin: int, stop: str, at: int, cut: int, following: "re.Match[str]") -> bool:
    """Whether what stands at `at` ends a sentence, by the words around it."""
    behind = following.start(1)
    spaced = body[cut].isspace()
    if stop == ".":
        if cut > at + 1 and body[cut - 1] != "]":  # a quotation ends with it
            return True
        return ends(body, begin, at, behind) if spaced else ends_joined(body, begin, at, behind)
    return spaced or stop == "./." or (stop in "!?" and not in_address(body, begin, at))


def _told(body: str, stop: str, at: int, cut: int, spoken: bool) -> bool:
    """Whether it is told next who said so, or whose picture it is."""
    quoted = cut > at
    far = cut + _AHEAD
    return bool(
        (quoted and stop[-1] in "!?" and _SAID_BEHIND.match(body, cut, far))
        or ((quoted or spoken) and _SAID_BEHIND_DASH.match(body, cut, far))
        or _PICTURE.match(body, cut, far)
    )


def _closed(body: str, at: int, end: int, kept: Enclosed) -> int:
    """Behind the quotation marks, brackets and notes that belong to what ends at `at`."""
    while at < end:
        spaced = at + 1 < end and body[at].isspace() and at + 1 in kept.closing
        if spaced:
            at += 2
        elif body[at] in "”»’)]" or at in kept.closing or _apostrophe(body, at, end):
            at += 1
        elif notes := _NOTES.match(body, at, end):
            at = notes.end()
        else:
            break
    return at


def _apostrophe(body: str, at: int, end: int) -> bool:
    return body[at] in "'\"" and (at + 1 == end or body[at + 1].isspace())


def _inside(kept: Enclosed, cut: int) -> bool:
    at = bisect_right(kept.spans, (cut, -1)) - 1
    return at >= 0 and kept.spans[at][0] < cut < kept.spans[at][1]


def _next(body: str, at: int) -> int:
    while at < len(body) and body[at].isspace():
        at += 1
    return at


def _lines(body: str) -> Iterator[Span]:
    for line in re.finditer(r"[^\n]+", body):
        text = line.group()
        start = line.start() + len(text) - len(text.lstrip())
        end = line.end() - (len(text) - len(text.rstrip()))
        if start < end:
            yield start, end


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
