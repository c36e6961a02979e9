"""Groups of whole reports that differ in place, year or office only, and what to ask of them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Literal

from rag.reader.made import report, slots
from rag.reader.made.asking import asked
from rag.reader.made.report import Report
from rag.reader.made.rows import sibling
from rag.reader.made.template import Fact, Template, templates

#: What a group is for: choices and fitted numbers, or figures that are reported.
Part = Literal["fit", "report"]
DIFFERING = ("place", "year", "office")


@dataclass(frozen=True, slots=True)
class Article:
    """A whole article; `date` is ISO, `place` stands in the date line of `body`."""

    title: str
    date: str
    place: str
    body: str


@dataclass(frozen=True, slots=True)
class Asking:
    """A question to a group.

    `about` is the index of the article that it names, None where it names none and every article
    has an answer. `expected[i]` are the wordings in article i; empty where it does not tell.
    """

    question: str
    kind: str
    about: int | None
    expected: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Articles told from one template; `differs` is place, year or office."""

    template: str
    differs: str
    articles: tuple[Article, ...]
    askings: tuple[Asking, ...]


def lookalikes(
    seed: int, groups: int, questions: int = 4, part: Part = "report"
) -> Iterator[Group]:
    """`groups` groups of four to six articles, each with about `questions` named questions, told from one half
    of the templates that no training row comes from.

    Each named question comes once as it is and once without what names its article.
    """
    held_out = sorted((t for t in templates() if t.held_out), key=_order)
    chosen = held_out[::2] if part == "fit" else held_out[1::2]
    rng = Random(f"lookalikes {seed}")
    made = 0
    while made < groups:
        group = _group(rng.choice(chosen), rng, questions)
        if group:
            made += 1
            yield group


def _order(template: Template) -> tuple[bool, str]:
    """By chance, those with offices first, so that each half has some."""
    return not template.keys, hashlib.sha256(template.name.encode()).hexdigest()


def _group(template: Template, rng: Random, questions: int) -> Group | None:
    kinds = DIFFERING if template.keys else DIFFERING[:2]
    differs = rng.choice(kinds)
    key = rng.choice(template.keys) if differs == "office" else differs
    first = report.told(template, slots.draw(template.recipes, rng), rng, full=True)
    reports = [first]
    for _ in range(40):
        if len(reports) == 6 or (len(reports) > 3 and rng.random() < 0.3):
            break
        other = sibling(first, key, rng, alike=0.9, whole=True)
        if all(_apart(other, known, key) for known in reports):
            reports.append(other)
    if len(reports) < 4:
        return None
    askings = []
    facts = [fact for fact in template.facts if fact.given and fact.name != key]
    for fact in rng.sample(facts, min(questions, len(facts))):
        about = rng.randrange(len(reports))
        expected = tuple(told.answers(fact.name) for told in reports)
        if not expected[about] or not _all_differ(expected):
            continue
        for need in (key if key in ("place", "year") else "name", "neither"):
            words = _named(reports, about, fact, key, need, rng)
            if words:
                askings.append(
                    Asking(words, fact.kind, about if need != "neither" else None, expected)
                )
    if not askings:
        return None
    articles = tuple(_article(told, key, rng) for told in reports)
    return Group(template.name, differs, articles, tuple(askings))


def _apart(one: Report, other: Report, key: str) -> bool:
    if key == "year":
        return abs(int(one.date[:4]) - int(other.date[:4])) > 1
    name = "prov" if key == "place" else key
    return slots.said(one.values, name) != slots.said(other.values, name)


def _all_differ(expected: tuple[tuple[str, ...], ...]) -> bool:
    firsts = [words[0] for words in expected if words]
    return len(set(firsts)) == len(firsts)


def _named(
    reports: list[Report], about: int, fact: Fact, key: str, need: str, rng: Random
) -> str | None:
    """The question about one report; it names `key`, or, for `neither`, nothing that differs."""
    told = reports[about]
    for _ in range(40):
        question = asked(told, fact, rng, need="" if need == "name" else need, english=0)
        names = {
            name
            for name in question.named
            for other in reports
            if name in (*slots.PLACES, "Y", "date", key)
            or (slots.said(told.values, name) != slots.said(other.values, name))
        }
        keyed = {"place": set(slots.PLACES), "year": {"Y", "date"}}.get(key, {key})
        if need == "neither":
            if names - _shared(reports):
                continue
        elif not names & keyed:
            continue
        text = question.text
        return text[:1].upper() + text[1:] + "?"
    return None


def _shared(reports: list[Report]) -> set[str]:
    """Names of slots that all reports of the group say alike."""
    names = {*reports[0].values, *slots.PLACES, "Y"} - {"place"}
    return {name for name in names if len({slots.said(told.values, name) for told in reports}) == 1}


def _article(told: Report, key: str, rng: Random) -> Article:
    line = report.dateline(told)
    body = told.body
    if key == "year" or rng.random() < 0.3:
        day, month, year = (int(part) for part in reversed(told.date.split("-")))
        body = f"{day:02}/{month:02}/{year}\n{body}"
    return Article(told.title, told.date, line, f"({line.split(', ')[-1]}) - {body}")
