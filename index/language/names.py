"""Names in a text: runs of capitalised words, and words in capitals."""

import regex as re

from index.language.text import alike, fold, has_marks, strip_marks

# No word of a name is longer than 40 letters, and where a word is, each letter of it would be tried.
_RUN = re.compile(r"\p{Lu}\p{L}{0,40}+(?:\s+\p{Lu}\p{L}{0,40}+)+")
_ACRONYM = re.compile(r"(?<![\p{L}])\p{Lu}{2,}(?![\p{L}])")
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


def mentions(text: str, name: str) -> bool:
    """Whether `text` has the name, in any case; without diacritics if the name has none."""
    key = alike(fold(name))
    body = alike(fold(text))
    if not has_marks(name):
        key, body = strip_marks(key), strip_marks(body)
    key = re.sub(r"\s+", " ", key)
    body = re.sub(r"\s+", " ", body)
    return re.search(rf"(?<!\p{{L}}){re.escape(key)}(?!\p{{L}})", body) is not None


def vietnamese_name(name: str) -> bool:
    """Whether a name typed without diacritics has two or more syllables, each shaped like
    Vietnamese."""
    parts = name.lower().split()
    return len(parts) > 1 and all(map(is_syllable, parts))


def is_syllable(word: str) -> bool:
    """Whether a word in small letters without diacritics is shaped like a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(word) is not None
