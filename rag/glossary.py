"""English questions over Vietnamese articles: a small bilingual word list, the classic way of
cross-language search. The 1.5B model's translations were measured too poor to search with."""

from functools import cache
from importlib import resources

import regex as re

from index.places import marked
from rag.names import names

_MONTHS = "january february march april may june july august september october november december"
_MONTH = {name: number for number, name in enumerate(_MONTHS.split(), 1)}
_NAMED = "|".join(_MONTH)
_DATE = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{_NAMED})|(?P<m>{_NAMED}) (?P<d>\d{{1,2}})"
    r"(?:st|nd|rd|th)?)\b,?(?: (?P<y>\d{4}))?",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_TOKEN = re.compile(r"[\p{L}']+|\d+(?:[.,/-]\d+)*%?")


def vietnamese(question: str) -> str:
    """The Vietnamese words for an English question, with its names, dates and figures, in the
    question's order; words that the list does not have are left out. "" where it has none."""
    text = _DATE.sub(_date, question)
    text = _ORDINAL.sub(r"lần thứ \1", text)
    kept: set[str] = set()
    for name in names(question):
        text = text.replace(name, marked(name))
        kept.update(marked(name).split())
    tokens = _TOKEN.findall(text)
    out: list[str] = []
    known = False
    at = 0
    while at < len(tokens):
        for length in range(min(4, len(tokens) - at), 0, -1):
            phrase = " ".join(tokens[at : at + length]).lower()
            found = _lookup(phrase)
            if found and not (length == 1 and tokens[at] in kept):
                out.append(found)
                known = True
                at += length
                break
        else:
            token = tokens[at]
            if token in kept or not token.isascii() or token[0].isdigit() or token in ("thứ",):
                out.append(token)
            at += 1
    return " ".join(out) if known else ""


def _date(match: "re.Match[str]") -> str:
    parts = [match["d"], str(_MONTH[match["m"].lower()]), *([match["y"]] if match["y"] else [])]
    return "ngày " + "-".join(parts)


def _lookup(phrase: str) -> str | None:
    exact, stems = _entries()
    if phrase in exact:
        return exact[phrase]
    for stem, translation in stems:
        if phrase.startswith(stem) and " " not in phrase[len(stem) :]:
            return translation
    return None


@cache
def _entries() -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Whole phrases, and beginnings (longest first)."""
    exact: dict[str, str] = {}
    stems: list[tuple[str, str]] = []
    for line in resources.files("rag").joinpath("glossary.txt").read_text("utf-8").splitlines():
        english, equals, translation = map(str.strip, line.partition("="))
        if not equals or line.startswith("#"):
            continue
        if "*" in english:
            stems.append((english.replace("*", ""), translation))
        else:
            exact[english] = translation
    return exact, sorted(stems, key=lambda entry: -len(entry[0]))
