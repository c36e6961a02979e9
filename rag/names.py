"""Names in a text: runs of capitalised words, and words in capitals."""

import regex as re

from index.text import fold, has_marks, strip_marks

_RUN = re.compile(r"\p{Lu}[\p{L}]*(?:\s+\p{Lu}[\p{L}]*)+")
_ACRONYM = re.compile(r"(?<![\p{L}])\p{Lu}{2,}(?![\p{L}])")
_NOT_A_PERSON = frozenset(
    """ban bộ bí ca chi chương chủ công cục cuộc đại đảng đoàn đội đồng giám hội huyện khối lễ liên mặt nghị
    ngày nhà phó phòng quân quận quốc quỹ quý khóa sở thành thị thường tỉnh tòa tổ tổng trung trưởng trường ủy
    ubnd hđnd văn viện xã khu trại công viên đài báo""".split()
)
# The shape of a Vietnamese syllable without marks: onset, vowels, coda. English words that begin
# with a capital ("Party", "Committee") rarely have it, Vietnamese names typed without marks do.
_SYLLABLE = re.compile(
    r"(?:ngh?|gh?|kh|ch|nh|ph|th|tr|qu|gi|[bcdhklmnprstvx])?[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?"
)


def names(text: str) -> list[str]:
    """The names in `text`, as written, in order: two or more capitalised words in a row, or two or
    more capitals. A text without diacritics keeps only runs of words shaped like Vietnamese."""
    found = [match.group() for match in _RUN.finditer(text)]
    found += [match.group() for match in _ACRONYM.finditer(text)]
    if not has_marks(text):
        found = [name for name in found if vietnamese_name(name)]
    return list(dict.fromkeys(found))


def people(text: str) -> list[str]:
    """The names in `text` that do not begin like an organisation's, office's or event's."""
    return [
        name for name in names(text) if " " in name and fold(name.split()[0]) not in _NOT_A_PERSON
    ]


def names_somebody(text: str) -> bool:
    """Whether a short answer could be a person: it has a person's name, or a capitalised word
    ("Gandhi") and does not begin like an organisation."""
    if people(text):
        return True
    parts = text.split()
    if not 1 <= len(parts) <= 6 or fold(parts[0]) in _NOT_A_PERSON or text.isupper():
        return False  # too long, an office or organisation, an acronym
    return any(part[0].isupper() for part in (parts if len(parts) <= 2 else parts[1:]))


def mentions(text: str, name: str) -> bool:
    """Whether `text` has the name, in any case; without diacritics if the name has none."""
    key = fold(name)
    body = fold(text)
    if not has_marks(name):
        key, body = strip_marks(key), strip_marks(body)
    key = re.sub(r"\s+", " ", key)
    body = re.sub(r"\s+", " ", body)
    return re.search(rf"(?<!\p{{L}}){re.escape(key)}(?!\p{{L}})", body) is not None


def vietnamese_name(name: str) -> bool:
    """Whether a name typed without diacritics has two or more syllables, each shaped like
    Vietnamese."""
    parts = name.lower().split()
    return len(parts) > 1 and all(_SYLLABLE.fullmatch(part) for part in parts)
