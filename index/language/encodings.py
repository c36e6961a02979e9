"""Bytes to text: UTF-8 and UTF-16, windows-1258, and the two font encodings of Vietnamese before Unicode.

TCVN3 ("ABC", the .Vn fonts) and VNI (the VNI- fonts) are no encodings to Python: their files hold
windows-1252 characters that only look Vietnamese in those fonts, and they turn up as such in Word files
and on pages, too. No maintained library reads them (charset-normalizer and chardet know neither), so the
two tables are here. Which encoding it is, is told by the words: whether those with foreign letters
become Vietnamese syllables.
"""

import re

from index.errors import InputError, NoText
from index.language.text import nfc

#: Base letters with their tones in the order: none, grave, acute, hook, tilde, dot.
VOWELS = (
    "aàáảãạ ăằắẳẵặ âầấẩẫậ eèéẻẽẹ êềếểễệ iìíỉĩị oòóỏõọ ôồốổỗộ ơờớởỡợ uùúủũụ ưừứửữự yỳýỷỹỵ".split()
)
#: TCVN 5712:1993, VN3, as windows-1252 shows it; capitals with a tone are written with a capital font
#: or as the bare capital followed by the small letter ("Aµ").
TCVN3 = {
    **dict(zip("µ¸¶·¹", "àáảãạ")), **dict(zip("¨»¾¼½Æ", "ăằắẳẵặ")), **dict(zip("©ÇÊÈÉË", "âầấẩẫậ")),
    **dict(zip("ÌÐÎÏÑ", "èéẻẽẹ")), **dict(zip("ªÒÕÓÔÖ", "êềếểễệ")), **dict(zip("×ÝØÜÞ", "ìíỉĩị")),
    **dict(zip("ßãáâä", "òóỏõọ")), **dict(zip("«åèæçé", "ôồốổỗộ")), **dict(zip("¬êíëìî", "ơờớởỡợ")),
    **dict(zip("ïóñòô", "ùúủũụ")), **dict(zip("\u00adõøö÷ù", "ưừứửữự")), **dict(zip("úýûüþ", "ỳýỷỹỵ")),
    **dict(zip("®¡¢§£¤¥¦", "đĂÂĐÊÔƠƯ")),
}  # fmt: skip
# TCVN 5712, VN1: capitals with a tone. Where windows-1252 has quotes, dashes and …, these are meant
# unless capitals stand around.
TCVN3 |= {
    bytes([byte]).decode("cp1252", "ignore") or chr(byte): letter
    for start, letters in ((0x01, "ÚỤ"), (0x04, "ỪỬỮ"), (0x11, "ỨỰỲỶỸÝỴ"), (0x80, "ÀẢÃÁẠ"),
                           (0x86, "ẬÈẺẼÉẸỆÌỈĨÍ"),
                           (0x98, "ỜỞỠỚỢÙỦŨ"), (0xAF, "Ằ"), (0xBA, "Ẳ"), (0xBF, "Ẵ"), (0xC0, "ẮẦẨẪẤỀ"),
                           (0xCD, "Ể"), (0xD9, "ỄẾỒ"), (0xE0, "Ổ"), (0xF0, "Ỗ"), (0xFF, "Ố"))
    for byte, letter in enumerate(letters, start)
}  # fmt: skip
_BETWEEN_CAPITALS = dict(zip("…‘’“”•–—", "ẶỊÒỎÕÓỌỘ"))
_TCVN3_CAPITAL = {
    f"{vowel[0].upper()}{marked}": marked.upper() for vowel in VOWELS for marked in vowel[1:]
}
#: VNI-Windows: a letter, then one sign for its hat or horn and tone together.
VNI = {
    base + sign: letters[tone + 1]
    for base, letters in (("a", VOWELS[0]), ("e", VOWELS[3]), ("o", VOWELS[6]), ("ô", VOWELS[8]),
                          ("u", VOWELS[9]), ("ö", VOWELS[10]), ("y", VOWELS[11]))
    for tone, sign in enumerate("øùûõï")
    if base + sign != "yï"
}  # fmt: skip
VNI |= {
    base + sign: letters[tone]
    for base, letters in (("a", VOWELS[2]), ("e", VOWELS[4]), ("o", VOWELS[7]))
    for tone, sign in enumerate("âàáåãä")
}
VNI |= {f"a{sign}": VOWELS[1][tone] for tone, sign in enumerate("êèéúüë")}
VNI |= dict(zip("ìíæóò", "ìíỉĩị")) | {"î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}
VNI |= {key.upper(): letter.upper() for key, letter in VNI.items()} | {
    key[0].upper() + key[1:]: letter.upper() for key, letter in VNI.items() if len(key) == 2
}
_VNI_SIGNS = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_CAPITAL = "A-ZĐÂĂÊÔƠƯÀ-ÝẠ-Ỵ"
_TCVN3_IN_CAPITALS = re.compile(rf"(?<=[{_CAPITAL}])(?:[‘“•—]|[…’”–](?=[{_CAPITAL}]))")
_TCVN3_PAIRS = re.compile("|".join(map(re.escape, _TCVN3_CAPITAL)))

_ONSET = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|đ|g|h|k|l|m|n|p|q|r|s|t|v|x"
_RIME = (
    "[aăâeêioôơuưy](?:ng|nh|ch|c|k|m|n|p|t|i|y|o|u)?"  # "Đắk Lắk"
    "|(?:iê|yê|uô|ươ|oa|oă|oe|uâ|uê|uơ|uy|uyê|oo)(?:ng|nh|ch|c|m|n|p|t|i|y|o|u)?"
    "|(?:ia|ya|ua|ưa|uya|uyu|ưu|oai|oay|oao|oeo|uây|uôi|ươi|ươu|iêu|yêu)"
)
_SYLLABLE = re.compile(rf"(?:{_ONSET})?(?:{_RIME})")
_TONELESS = {letter: vowel[0] for vowel in VOWELS for letter in vowel}
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u0323][^\W\d_]*)*")
#: Windows-1252 characters of these encodings that are no letters, and so end no word.
_SIGNS = re.escape("".join(sign for sign in TCVN3 if not sign.isalpha()))
_LEGACY_WORD = re.compile(rf"(?:[^\W\d_]|[{_SIGNS}])+")
#: Text is what it seems to be where this share of its marked words are Vietnamese syllables; another
#: reading must reach it, and by this much more.
_GOOD, _BETTER = 0.8, 0.3
#: Fewer marked words tell nothing: the text is taken as it is.
_LEAST_WORDS = 4
_BINARY = "binary data, not text; export it as text"
#: French has accents in a third of its words; in Vietnamese, misread, they are in nearly all.
_WESTERN = 0.6


def decode(data: bytes) -> str:
    """The text of a file, composed (NFC): UTF-8, UTF-16, windows-1258, TCVN3 or VNI, by its byte
    order mark or its words.

    Raises:
        InputError: it is none of these, or several at once.
        NoText: it is empty.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise NoText("the file is empty; nothing to index")
    text = _unicode(data)
    if text is None:
        if _is_binary(data.decode("latin-1")):
            raise InputError(_BINARY)
        if _is_mixed(data):
            raise InputError(
                "mixed encodings: a part is UTF-8, a part is not; open it in an editor, mend the "
                "broken letters and save it as UTF-8"
            )
        text = _eight_bit(data)
    if text.count("\0") or _is_binary(text):
        raise InputError(_BINARY)
    return nfc(mend(text))


def mend(text: str) -> str:
    """The text in Unicode where its letters are those of TCVN3 or VNI (Word files and pages made
    with the old fonts have them), else as it is."""
    if not any("\u00a1" <= c <= "\u00ff" for c in text[:100_000]):
        return text
    return _best(text, {"": text, "tcvn3": tcvn3(text), "vni": vni(text)})


def tcvn3(text: str) -> str:
    """Windows-1252 characters read as TCVN3."""
    read = "".join(TCVN3.get(c, c) for c in text)
    read = _TCVN3_IN_CAPITALS.sub(lambda m: _BETWEEN_CAPITALS[m.group()], read)
    return _TCVN3_PAIRS.sub(lambda m: _TCVN3_CAPITAL[m.group()], read)


def vni(text: str) -> str:
    """Windows-1252 characters read as VNI."""
    return _VNI_SIGNS.sub(lambda m: VNI[m.group()], text)


def _best(text: str, readings: dict[str, str]) -> str:
    """The reading whose marked words are Vietnamese; the plain one where that is good enough."""
    as_is = _share(readings[""], _WORD)
    # The same words are judged in every reading: those that have a foreign letter as it stands.
    if as_is >= _GOOD or len(_marked(text, _LEGACY_WORD)) < _LEAST_WORDS:
        return text
    shares = {name: _share_of(text, name) for name in readings if name}
    name = max(shares, key=lambda one: shares[one])
    good = shares[name] >= _GOOD and shares[name] >= as_is + _BETTER
    return readings[name] if good else text


def _share_of(text: str, name: str) -> float:
    found = _marked(text, _LEGACY_WORD)
    read = tcvn3 if name == "tcvn3" else vni
    return sum(is_written(read(word)) for word in found) / len(found) if found else 0.0


def _share(text: str, pattern: "re.Pattern[str]") -> float:
    """The share of the words with marks that are Vietnamese syllables; 1 where none has one."""
    found = _marked(nfc(text), pattern)
    return sum(map(is_written, found)) / len(found) if found else 1.0


def _marked(text: str, pattern: "re.Pattern[str]", limit: int = 2000) -> list[str]:
    """The first words with a letter outside ASCII."""
    found = []
    for match in pattern.finditer(text[:200_000]):
        if not match.group().isascii():
            found.append(match.group())
            if len(found) == limit:
                break
    return found


def is_written(word: str) -> bool:
    """Whether a word is written as one Vietnamese syllable, its tone mark included."""
    small = nfc(word).lower()
    bare = "".join(_TONELESS.get(c, c) for c in small)
    tones = sum(c != d for c, d in zip(small, bare, strict=True))
    mixed = not (word.islower() or word.isupper() or word[1:].islower())
    return tones <= 1 and not mixed and bool(_SYLLABLE.fullmatch(bare))


def _unicode(data: bytes) -> str | None:
    """UTF-8 or UTF-16 text, None where it is neither."""
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(name)
            except UnicodeDecodeError as error:
                raise InputError(
                    "broken {name} (byte {at}); save it again as UTF-8",
                    name=name.upper(),
                    at=error.start,
                ) from None
    zeros = data[:4000].count(0)
    if (
        zeros and len(data) % 2 == 0
    ):  # no mark: half of the bytes of spaces and Latin letters are zero
        for name, at in (("utf-16-le", 1), ("utf-16-be", 0)):
            if (
                data[at:4000:2].count(0) > 0.2 * len(data[:4000:2])
                and zeros < len(data[:4000]) * 0.6
            ):
                try:
                    return data.decode(name)
                except UnicodeDecodeError:
                    continue
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _eight_bit(data: bytes) -> str:
    """The reading of 8-bit text with the most Vietnamese words; windows-1252 where it has none.

    Raises:
        InputError: too many of its words make no sense in any reading.
    """
    western = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(256))
    plain = data.decode("latin-1").translate(dict(enumerate(western)))
    readings = {
        "windows-1258": nfc(data.decode("cp1258", "replace")),
        "tcvn3": tcvn3(plain),
        "vni": vni(plain),
    }
    shares = {
        "windows-1258": _share(readings["windows-1258"], _WORD),
        "tcvn3": _share_of(plain, "tcvn3"),
        "vni": _share_of(plain, "vni"),
    }
    name = max(shares, key=lambda one: shares[one])
    if shares[name] >= _GOOD - 0.2:
        return readings[name]
    marked = _marked(plain, _WORD)
    cased = sum(word.islower() or word.isupper() or word[1:].islower() for word in marked)
    if cased == len(marked) <= _WESTERN * len(_WORD.findall(plain[:200_000])):
        return plain  # English with a few signs, or French
    raise InputError(
        "its encoding is none of UTF-8, UTF-16, windows-1258, TCVN3, VNI; open it in an editor and "
        "save it as UTF-8"
    )


def _is_mixed(data: bytes) -> bool:
    """Whether bytes that are not UTF-8 stand among many that are: Vietnamese in an 8-bit encoding has
    next to no sequence that is valid UTF-8."""
    text = data[:1_000_000].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    valid = sum(c > "\u007f" for c in text) - broken
    return valid > 0.1 * broken


def _is_binary(text: str) -> bool:
    # TCVN 5712 has capitals at 1 to 6 and 17 to 23.
    controls = sum(c < " " and c not in "\t\n\r\f\v" for c in text[:20_000])
    return text[:20_000].count("\0") > 0 or controls > 0.05 * len(text[:20_000])
