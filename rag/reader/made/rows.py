"""Rows for training: a question, what the reader sees, and the answer or *not here*."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from rag.reader.made import general, names, report, samples, slots
from rag.reader.made.asking import Asked, asked
from rag.reader.made.report import Paragraph, Report
from rag.reader.made.surface import typed
from rag.reader.made.template import Fact, Template, templates

# Of a hundred rows, how many are answered, and why the others are not.
SHARES = {
    "": 59, "sibling": 17, "omitted": 11, "silent": 6, "foreign": 3, "general": 2, "sample": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """`context[start:end]` answers `question`; start and end are null where nothing does.

    `why` says how a row without an answer came about: sibling:place, sibling:year, sibling:KEY
    (the same report of another place, year or office), omitted (the report tells it elsewhere or
    not at all), silent (a report of this kind never tells it), foreign (another kind of report),
    general (no matter for the news at all), sample (a sample article that does not tell it).
    """

    question: str
    context: str
    start: int | None
    end: int | None
    title: str
    date: str | None
    place: str | None
    language: str
    kind: str
    template: str
    why: str | None


def rows(seed: int, count: int, held_out: bool = False) -> Iterator[Row]:
    """`count` rows, always the same for a seed, of the training or of the held-out templates.

    The sample articles are for training only.
    """
    chosen = [t for t in templates() if t.held_out == held_out]
    rng = Random(f"{seed} {held_out}")
    made = 0
    while made < count:
        (why,) = rng.choices(list(SHARES), list(SHARES.values()))
        if why == "sample" and held_out:
            continue
        # A draw may come to nothing (the question names nothing that differs); the shares stay.
        row = None
        while row is None:
            row = _row(why, chosen, rng)
        made += 1
        yield row


def _row(why: str, chosen: Sequence[Template], rng: Random) -> Row | None:
    template = rng.choice(chosen)
    if why == "sample":
        return _sample(rng)
    values = slots.draw(template.recipes, rng)
    told = report.told(template, values, rng)
    match why:
        case "":
            return _answered(told, rng)
        case "sibling":
            return _sibling(told, rng)
        case "omitted":
            return _omitted(told, rng)
        case "silent":
            return _silent(told, rng)
        case "foreign":
            return _foreign(told, chosen, rng)
    return _general(told, rng)


def window(told: Report, rng: Random, about: str = "") -> list[Paragraph]:
    """A run of one or two paragraphs or the whole report; with the fact `about`, if it is told."""
    paragraphs = list(told.paragraphs)
    chance = rng.random()
    if chance < 0.4 or len(paragraphs) == 1:
        if rng.random() < 0.3:
            paragraphs.append(report.byline(rng))
        return paragraphs
    size = 1 if chance < 0.65 else 2
    starts = range(len(paragraphs) - size + 1)
    fitting = [
        at
        for at in starts
        if not about
        or any(span.fact == about for part in paragraphs[at : at + size] for span in part.spans)
    ]
    at = rng.choice(fitting or list(starts))
    return paragraphs[at : at + size]


def _choice(facts: Sequence[Fact], rng: Random) -> Fact:
    """One of the facts; figures, of which reports are full, half as often."""
    return rng.choices(facts, [0.5 if fact.kind == "figure" else 1.0 for fact in facts])[0]


def _facts(told: Report) -> set[str]:
    return {span.fact for paragraph in told.paragraphs for span in paragraph.spans}


def _answered(told: Report, rng: Random) -> Row | None:
    present = _facts(told)
    facts = [fact for fact in told.template.facts if fact.name in present]
    fact = _choice(facts, rng)
    if rng.random() < 0.12:
        return _among(told, fact, rng)
    question = asked(told, fact, rng)
    text, spans = report.joined(window(told, rng, fact.name))
    found = [span for span in spans if span.fact == fact.name]
    if not found:
        return None
    details = _details(told, question, text, rng)
    if details is None:
        return None
    return _made(told, fact, question, text, (found[0].start, found[0].end), details, None, rng)


def _among(told: Report, fact: Fact, rng: Random) -> Row | None:
    """News in brief: the paragraph that answers beside the same news of other places."""
    own = next(p for p in told.paragraphs if any(span.fact == fact.name for span in p.spans))
    others = [sibling(told, "place", rng) for _ in range(rng.choice((1, 1, 2)))]
    parts = [own]
    for other in others:
        like = [p for p in other.paragraphs if any(span.fact == fact.name for span in p.spans)]
        parts.append(rng.choice(like or list(other.paragraphs)))
    question = asked(told, fact, rng, need="place")
    names = question.named & set(slots.PLACES)
    if not any(slots.said(told.values, name) in own.text for name in names):
        return None
    if any(slots.said(told.values, name) in p.text for name in names for p in parts[1:]):
        return None
    rng.shuffle(parts)
    text, spans = report.joined(parts)
    shift = text.index(own.text)
    span = next(s for s in spans if s.fact == fact.name and shift <= s.start)
    title = rng.choice(("", "Tin vắn", "Tin trong ngày", "Tin các địa phương", "Điểm tin"))
    details = title, told.date if rng.random() < 0.5 else None, None
    return _made(told, fact, question, text, (span.start, span.end), details, None, rng)


def _details(
    told: Report, question: Asked, text: str, rng: Random
) -> tuple[str, str | None, str | None] | None:
    """Title, date and place, so that what the question names stands somewhere; else nothing."""
    title = told.title if rng.random() < 0.93 else ""
    date: str | None = told.date if rng.random() < 0.75 else None
    place: str | None = told.place or None
    for name in question.named:
        words = slots.said(told.values, name)
        if not words or words.casefold() in f"{title} {place or ''} {text}".casefold():
            continue
        if name in ("Y", "date"):
            date = told.date
        elif name in slots.PLACES:
            place = report.dateline(told)
        elif words.casefold() in told.title.casefold():
            title = told.title
        elif rng.random() < 0.7 and name != "speaker":
            return None
    return title, date, place


def _made(
    told: Report,
    fact: Fact,
    question: Asked,
    text: str,
    span: tuple[int, int] | None,
    details: tuple[str, str | None, str | None],
    why: str | None,
    rng: Random,
) -> Row:
    start, end = span or (None, None)
    title, date, place = details
    return Row(
        typed(question.text, rng, question.english),
        text,
        start,
        end,
        title,
        date,
        place,
        "en" if question.english else "vi",
        fact.kind,
        told.template.name,
        why,
    )


def _loose_details(told: Report, rng: Random) -> tuple[str, str | None, str | None]:
    title = told.title if rng.random() < 0.93 else ""
    return title, told.date if rng.random() < 0.75 else None, told.place or None


def sibling(told: Report, key: str, rng: Random, alike: float = 0.4, whole: bool = False) -> Report:
    """The same kind of report of another place, another year or another `key` (a slot).

    `alike` is the share of names that stay; figures and people are always drawn anew. A `whole`
    one leaves nothing out and keeps the date.
    """
    kept: dict[str, slots.Value] = {}
    for name, value in told.values.items():
        stable = isinstance(value, slots.Pair)
        if name == "place":
            keep = key != "place"
        elif name == "date":
            keep = key != "year" and (whole or rng.random() < 0.7)
        elif name == key:
            keep = False
        elif stable:
            keep = rng.random() < (0.9 if key == "year" else alike)
        else:
            keep = False
        if keep:
            kept[name] = value
    province = slots.said(told.values, "prov")
    if key == "place" and told.template.scope != "prov" and rng.random() < 0.3:
        kept["place"] = names.place(rng, province)
    values = slots.draw(told.template.recipes, rng, kept, far_from=province)
    return report.told(told.template, values, rng, full=whole)


def differs(question: Asked, asked_of: Report, other: Report) -> bool:
    """Whether the question names something that the other report does not tell of."""
    seen = f"{other.whole} {report.dateline(other)} {other.date}".casefold()
    for name in question.named:
        words = slots.said(asked_of.values, name)
        if name == "date" and words:
            gap = abs(int(words[:4]) - int(other.date[:4]))
            if gap and words[:4] not in seen:
                return True
        elif name == "Y":
            years = int(words) - int(other.date[:4])
            if years not in (0, -1) and words not in seen:
                return True
        elif words and words != slots.said(other.values, name) and words.casefold() not in seen:
            return True
    return False


def _sibling(told: Report, rng: Random) -> Row | None:
    key = rng.choice(("place", "place", "place", "year", "year", *told.template.keys * 3))
    other = sibling(told, key, rng)
    present = _facts(other)
    facts = [fact for fact in told.template.facts if fact.name in present]
    fact = _choice(facts, rng)
    question = asked(told, fact, rng, need=key if key in ("place", "year") else "")
    if not differs(question, told, other):
        return None
    text, _ = report.joined(window(other, rng, fact.name))
    details = _loose_details(other, rng)
    if key == "year":
        details = (details[0], other.date, details[2])
    elif key == "place" and not details[2]:
        details = (details[0], details[1], report.dateline(other))
    return _made(other, fact, question, text, None, details, f"sibling:{key}", rng)


def _omitted(told: Report, rng: Random) -> Row | None:
    text, spans = report.joined(window(told, rng))
    present = {span.fact for span in spans} | told.title_facts
    absent = [f for f in told.template.facts if f.given and f.name not in present]
    if not absent:
        return None
    fact = _choice(absent, rng)
    full = report.told(told.template, told.values, rng, full=True)
    wordings = report.wordings(told, fact.name) | set(full.answers(fact.name))
    if any(words.casefold() in text.casefold() for words in wordings):
        return None
    question = asked(told, fact, rng)
    details = _details(told, question, text, rng) or _loose_details(told, rng)
    return _made(told, fact, question, text, None, details, "omitted", rng)


def _silent(told: Report, rng: Random) -> Row | None:
    facts = [fact for fact in told.template.facts if not fact.given]
    if not facts:
        return None
    fact = rng.choice(facts)
    question = asked(told, fact, rng)
    text, _ = report.joined(window(told, rng))
    details = _details(told, question, text, rng) or _loose_details(told, rng)
    return _made(told, fact, question, text, None, details, "silent", rng)


def _foreign(told: Report, chosen: Sequence[Template], rng: Random) -> Row | None:
    """A question for another kind of report, about the same place and time."""
    template = rng.choice([t for t in chosen if t.name != told.template.name])
    shared = {name: told.values[name] for name in ("place", "date")}
    other = report.told(template, slots.draw(template.recipes, rng, shared), rng)
    fact = rng.choice([fact for fact in template.facts if fact.given])
    question = asked(other, fact, rng, need=rng.choice(("place", "year")))
    if not question.named - {"Y", "date", *slots.PLACES} and fact.kind in ("time", "place"):
        return None
    text, _ = report.joined(window(told, rng))
    if any(words.casefold() in text.casefold() for words in other.answers(fact.name)):
        return None
    return _made(told, fact, question, text, None, _loose_details(told, rng), "foreign", rng)


def _general(told: Report, rng: Random) -> Row | None:
    kind, words, english = general.question(rng)
    paragraphs = window(told, rng)
    if kind == "person" and rng.random() < 0.6:
        paragraphs = [*paragraphs, report.byline(rng)]
    text, _ = report.joined(paragraphs)
    fact = Fact("general", kind, False, (), ())
    question = Asked(words, frozenset(), english)
    return _made(told, fact, question, text, None, _loose_details(told, rng), "general", rng)


def _sample(rng: Random) -> Row:
    sample, text, start, answer, kind, question = samples.drawn(rng)
    english = question.startswith("How ")
    return Row(
        typed(question.rstrip("?"), rng, english),
        text,
        start,
        None if start is None else start + len(answer),
        sample.title,
        sample.date,
        sample.place or None,
        "en" if english else "vi",
        kind,
        sample.file,
        "sample" if start is None else None,
    )
