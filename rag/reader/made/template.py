"""Report templates: read from `data/*.report`, checked, divided into training and held out.

## name | scope | keys       scope: prov, dist or comm (how exact the report's place is);
                             keys: further slots that tell one report from its siblings
slot = recipe                see `slots.draw`
T: title                     one of several
W: phrase  /  We: phrase     how a question may name the report, besides its place and date
B:                           the body: a sentence a line, paragraphs apart;
                             "? " may be missing, "% " may change places with its like
Q:
@fact kind                   then a question a line; "= words" is completed as its kind asks
                             ("~ " where they are a noun phrase of a time, place or reason),
@-fact kind                  "en: " is English; @-: the report does not say
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from rag.reader.made.grammar import GrammarError, Text, parse

KINDS = "figure person time place thing reason manner list said".split()
# What completes a noun phrase, or for time, place, reason, manner and said a clause.
COMPLETIONS = {
    "figure": "<{np} là bao nhiêu|{np}|{np} bao nhiêu|{np} cụ thể là bao nhiêu|cho biết {np}|"
    "{np} là mấy|{np} <khoảng|chừng> bao nhiêu|{np} bao nhiêu vậy|"
    "{np} được <nêu|báo cáo|công bố> là bao nhiêu>",
    "person": "<{np} là ai|ai là {np}|{np} tên <là |>gì|tên {np}|{np} là <người nào|ông nào, bà nào>|"
    "cho biết <tên |>{np}|{np}>",
    "time": "<{np} $khi|{np} vào <ngày nào|thời gian nào|lúc nào|hôm nào>|$khi thì {np}|"
    "<thời gian|thời điểm|ngày> {np}>",
    "place": "<{np} $dau|{np} tại địa điểm nào|{np} ở <nơi nào|chỗ nào>|<nơi|địa điểm> {np}>",
    "thing": "<{np} là gì|{np}|{np} cụ thể là gì|cho biết {np}|{np} là <cái gì|gì vậy>>",
    "reason": "<$sao {np}|$sao mà {np}|{np} <vì sao|do đâu|vì lý do gì|là do đâu|là vì sao|vì cái gì>|"
    "<lý do|nguyên nhân|lí do> {np}< là gì|>|điều gì <khiến|làm> {np}>",
    "manner": "<{np} <bằng cách nào|như thế nào|ra sao|thế nào|kiểu gì|bằng gì>|"
    "làm <thế nào|sao|cách nào> mà {np}|cách {np}>",
    "list": "<{np} gồm những gì|{np} là những gì|kể tên {np}|liệt kê {np}|{np} là những <cái gì|gì vậy>|"
    "những {np} là gì>",
    "said": "<{np} <nói|phát biểu|cho biết|chia sẻ|có ý kiến|bày tỏ> <gì|điều gì|những gì|thế nào|ra sao>|"
    "lời <của |>{np}|ý kiến của {np}>",
}
# Where the words are a noun phrase ("nơi …", "thời gian …"), and where the answer is a year.
NOUNS = {
    "time": "<{np}|{np} là bao lâu|{np} là bao nhiêu|cho biết {np}>",
    "place": "<{np}|{np} là đâu|{np} là ở đâu|cho biết {np}>",
    "reason": "<{np}|{np} là gì|cho biết {np}>",
    "manner": "<{np}|{np} là gì|{np} ra sao|cho biết {np}>",
}
YEARLY = (
    "<{np} năm nào|{np} <vào|từ> năm nào|{np} <khi nào|bao giờ>|{np} năm bao nhiêu|năm {np}|"
    "<khi nào|năm nào> {np}>"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report's body."""

    text: Text
    optional: bool
    loose: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """What questions ask for. `given` is false for what the report never says."""

    name: str
    kind: str
    given: bool
    vietnamese: tuple[Text, ...]
    english: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of report."""

    name: str
    scope: str
    keys: tuple[str, ...]
    recipes: dict[str, str]
    titles: tuple[Text, ...]
    paragraphs: tuple[tuple[Sentence, ...], ...]
    facts: tuple[Fact, ...]
    wheres: tuple[Text, ...]
    wheres_en: tuple[Text, ...]

    @property
    def held_out(self) -> bool:
        """Kept from training for measuring: about one template in six, by its name."""
        return zlib.crc32(self.name.encode()) % 30 in (0, 5, 10, 20)


@dataclass(slots=True)
class _Draft:
    head: str
    recipes: dict[str, str] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    wheres: list[str] = field(default_factory=list)
    wheres_en: list[str] = field(default_factory=list)
    body: list[list[str]] = field(default_factory=lambda: [[]])
    facts: list[tuple[str, list[str]]] = field(default_factory=list)


@cache
def macros() -> dict[str, str]:
    """The macros of `data/macros.txt`."""
    text = resources.files(__package__).joinpath("data/macros.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {name.strip(): words.strip() for name, _, words in (x.partition(":") for x in lines)}


@cache
def templates() -> tuple[Template, ...]:
    """All templates, in the order of their files and lines."""
    folder = resources.files(__package__).joinpath("data")
    files = sorted(
        (f for f in folder.iterdir() if f.name.endswith(".report")), key=lambda f: f.name
    )
    return tuple(
        _built(draft) for file in files for draft in _drafts(file.read_text(encoding="utf-8"))
    )


def _drafts(text: str) -> Iterator[_Draft]:
    draft: _Draft | None = None
    part = ""
    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith("## "):
            if draft:
                yield draft
            draft, part = _Draft(line[3:]), "head"
        elif draft is None or line.startswith("#"):
            continue
        elif line in ("B:", "Q:"):
            part = line[0]
        elif part == "B":
            if line:
                draft.body[-1].append(line)
            elif draft.body[-1]:
                draft.body.append([])
        elif not line:
            continue
        elif part == "Q":
            if line.startswith("@"):
                draft.facts.append((line[1:], []))
            else:
                draft.facts[-1][1].append(line)
        elif line.startswith("T: "):
            draft.titles.append(line[3:])
        elif line.startswith("W: "):
            draft.wheres.append(line[3:])
        elif line.startswith("We: "):
            draft.wheres_en.append(line[4:])
        else:
            name, _, recipe = line.partition("=")
            draft.recipes[name.strip()] = recipe.strip()
    if draft:
        yield draft


def _built(draft: _Draft) -> Template:
    name, scope, keys = (*(part.strip() for part in draft.head.split("|")), "", "")[:3]
    table = macros()
    body = "\n".join(line for lines in draft.body for line in lines)
    try:
        return Template(
            name,
            scope or "comm",
            tuple(keys.split()),
            draft.recipes,
            tuple(parse(title, table) for title in draft.titles),
            tuple(tuple(_sentence(line, table) for line in lines) for lines in draft.body if lines),
            tuple(_fact(head, lines, table, body) for head, lines in draft.facts),
            tuple(parse(words, table) for words in draft.wheres),
            tuple(parse(words, table) for words in draft.wheres_en),
        )
    except (GrammarError, ValueError, KeyError) as error:
        raise GrammarError(f"{name}: {error}") from error


def _sentence(line: str, table: dict[str, str]) -> Sentence:
    rest = line.lstrip("?% ")
    signs = line[: len(line) - len(rest)]
    return Sentence(parse(rest, table), "?" in signs, "%" in signs)


def _fact(head: str, lines: list[str], table: dict[str, str], body: str) -> Fact:
    name, kind = head.split()
    if kind not in KINDS:
        raise GrammarError(f"no kind {kind}")
    vietnamese, english = [], []
    completion = COMPLETIONS[kind]
    if kind == "time" and re.search(rf"\[{re.escape(name)}:[^]]*\.y}}\]", body):
        completion = YEARLY
    for line in lines:
        if line.startswith("en: "):
            english.append(parse(line[4:], table))
        elif line.startswith("= "):
            vietnamese.append(parse(completion.replace("{np}", line[2:]), table))
        elif line.startswith("~ "):
            vietnamese.append(parse(NOUNS[kind].replace("{np}", line[2:]), table))
        else:
            vietnamese.append(parse(line, table))
    given = not name.startswith("-")
    return Fact(name.removeprefix("-"), kind, given, tuple(vietnamese), tuple(english))
