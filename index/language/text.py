"""Vietnamese text: what counts as the same word, the same number, the same letter.

Nothing here changes a body: these are keys to compare by. Offsets always refer to the body.
"""

import json
import re
import unicodedata

import regex  # \p{…}: `re` has no class for a mark, nor for what cannot be seen

from index.config import TEXT

# Control and direction characters, private ones, lone surrogates and what is no character. They tell a terminal
# or a file format something, turn the words around that stand beside them, and no reader sees them.
_UNSEEN = regex.compile(
    r"[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}--[\t\n]]", regex.V1
)
_BREAK = re.compile("\r\n|[\r\v\f\x1c-\x1f\x85\u2028\u2029]")

#: A number with its percent sign, or letters.
WORD = re.compile(r"\d+(?:[.,]\d+)*%?|[^\W\d_]+", re.UNICODE)
_MARKS = re.compile(r"[\u0300-\u036f]")
_PILE = regex.compile(rf"(\p{{M}}{{{TEXT.marks}}})\p{{M}}++")

# Old and new placement of the tone mark (hoà = hòa, thuỷ = thủy). Only open syllables differ, and
# "qu" is a consonant: quý stays. Source: the 1984 spelling rules (Quy định về chính tả, 240/QĐ).
_TONES = {"oa": "oà oá oả oã oạ", "oe": "oè oé oẻ oẽ oẹ", "uy": "uỳ uý uỷ uỹ uỵ"}
_NEW = {"oa": "òa óa ỏa õa ọa", "oe": "òe óe ỏe õe ọe", "uy": "ùy úy ủy ũy ụy"}
_PLACEMENT = {
    old: new for key in _TONES for old, new in zip(_TONES[key].split(), _NEW[key].split())
}
_OLDER = {new: old for old, new in _PLACEMENT.items()}
_OPEN_SYLLABLE = re.compile(rf"(?<![qQ])({'|'.join(_PLACEMENT)})(?![^\W\d_])")

# Syllables that are written with i as well as with y: lí/lý, kĩ/kỹ, Mĩ/Mỹ, tỉ/tỷ, sĩ/sỹ, hi/hy, quí/quý.
_EITHER = re.compile(r"(?<![^\W\d_])((?:[hklmst]|qu))([iíìỉĩịyýỳỷỹỵ])(?![^\W\d_])")
_TO_Y = str.maketrans("iíìỉĩị", "yýỳỷỹỵ")
_TO_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")

# Thousands in Vietnamese (3.400) and in English (3,400).
_GROUPED = re.compile(r"\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+)")


# "lần thứ VIII" is "lần thứ 8"; elsewhere such letters are no numbers ("Quý I" keeps its I).
_ROMAN = re.compile(r"(?<=\bthứ )[IVX]+(?!\w)|(?<=\bkhóa )[IVX]+(?!\w)|(?<=\bkhoá )[IVX]+(?!\w)")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}


def arabic(text: str) -> str:
    """`text` with the Roman numerals of congresses and terms ("lần thứ VIII", "khóa XII") as
    figures."""
    return _ROMAN.sub(lambda m: str(_roman(m.group())), text)


def _roman(letters: str) -> int:
    values = [_ROMAN_DIGITS[letter] for letter in letters]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0])
    )


def nfc(text: str) -> str:
    """The composed form, in which one visible letter is one code point. The Icelandic letter that looks like Đ
    is one: old keyboards typed it so.

    >>> nfc("\\u00d0ông") == "\\u0110ông"
    True
    """
    composed = unicodedata.normalize("NFC", _unpiled(text))
    # A hundred times as quick as `translate`, and every text goes through this, again and again.
    return composed.replace("\u00d0", "\u0110").replace("\u00f0", "\u0111")


def _unpiled(text: str) -> str:
    """`text` with no more marks on one letter than are sorted at once: a million take minutes."""
    return text if len(text) < 1_000 or text.isascii() else _PILE.sub(r"\1", text)


def visible(text: str) -> str:
    """`text` without the characters that cannot be seen; line breaks of all kinds are one, tabs stay. What leaves the program (to a
    terminal, into a file) goes through this.

    >>> visible("Cầu\\x1b[2J An\\u202e Hòa\\n")
    'Cầu[2J An Hòa\\n'
    """
    return _UNSEEN.sub("", _BREAK.sub("\n", text))


def one_line(text: str) -> str:
    """`text` without the characters that cannot be seen, on one line. Titles, outlets, authors, names and questions
    go through this on the way in.

    >>> one_line(" Cầu\\r\\nER  -\\u2028An\\x00 Hòa")
    'Cầu ER - An Hòa'
    """
    return " ".join(visible(" ".join(text.split())).split())


def escaped(text: str) -> str:
    """JSON of any text as every file and terminal takes it: what cannot be seen is written as an escape."""
    return _UNSEEN.sub(lambda m: json.dumps(m[0])[1:-1], text)


def fold(text: str) -> str:
    """A key under which spellings of the same word agree: composed, lower case, tone mark placed
    in the new way. Diacritics are kept."""
    return placed(nfc(text).lower())


def placed(text: str) -> str:
    """`text`, composed, with tone marks placed in the new way ("Khánh Hoà" → "Khánh Hòa"), as long as it was."""
    return _OPEN_SYLLABLE.sub(lambda m: _PLACEMENT[m.group()], text)


def beginnings(word: str) -> tuple[str, ...]:
    """The letters that a word may begin with whose beginning was typed: "hoà" may be all of hòa, or the beginning
    of hoàn.

    >>> beginnings("Hoà"), beginnings("hòa"), beginnings("quý")
    (('hòa', 'hoà'), ('hòa', 'hoà'), ('quý',))
    """
    new = fold(word)
    old = new[:-2] + _OLDER.get(new[-2:], new[-2:])
    return (new,) if old == new or placed(old) != new else (new, old)


def alike(folded: str) -> str:
    """A folded text with y in the syllables that are written with i, too; as long as it was. A key to compare by
    only: what is looked for in a text by its usual spelling may be the one with i.

    >>> alike("bác sĩ mĩ, kĩ thuật, lí do, tai, vi khuẩn")
    'bác sỹ mỹ, kỹ thuật, lý do, tai, vi khuẩn'
    """
    return _EITHER.sub(lambda m: m[1] + m[2].translate(_TO_Y), folded)


def spellings(word: str) -> list[str]:
    """A folded word as it is written, and with i for y or y for i where both are in use.

    >>> spellings("kỹ"), spellings("tai")
    (['kỹ', 'kĩ'], ['tai'])
    """
    found = _EITHER.fullmatch(word)
    both = (found[1] + found[2].translate(to) for to in (_TO_Y, _TO_I)) if found else ()
    return list(dict.fromkeys((word, *both)))


def strip_marks(text: str) -> str:
    """`text` without Vietnamese diacritics ("Đảng ủy" → "Dang uy")."""
    decomposed = _MARKS.sub("", unicodedata.normalize("NFD", _unpiled(text)))
    return nfc(decomposed).replace("đ", "d").replace("Đ", "D")


def has_marks(text: str) -> bool:
    """Whether any Vietnamese diacritic is in `text`; people also type without."""
    return strip_marks(text) != nfc(text)


def number_key(figure: str) -> str:
    """One form for a written number: 3.400 → 3400, 05 → 5, 98,4 and 98.4 → 98.4. The percent
    sign is dropped; it is a unit."""
    digits = figure.rstrip("%")
    if _GROUPED.fullmatch(digits):
        digits = re.sub("[.,]", "", digits)
    whole, _, rest = digits.replace(",", ".").partition(".")
    rest = rest.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{rest}" if rest else "")


def words(text: str) -> list[str]:
    """The folded words and number keys of `text`, in order."""
    return [number_key(w) if w[0].isdigit() else w for w in WORD.findall(fold(arabic(text)))]


def pairs(tokens: list[str]) -> list[str]:
    """Neighbouring words joined: a Vietnamese word is often two syllables ("đảng_viên")."""
    return [f"{a}_{b}" for a, b in zip(tokens, tokens[1:])]
