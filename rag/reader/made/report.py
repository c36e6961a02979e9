"""A report: one template told once, with the places of what its questions ask for."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from rag.reader.made import slots
from rag.reader.made.grammar import Span, every, marks, tell
from rag.reader.made.names import Place, person
from rag.reader.made.template import Sentence, Template

# The first letter after a full stop (not after "8. " or "T. ").
_ENDED = re.compile(r"(?<=[^\W\d_A-ZĐ]\. )[a-zà-ỹđ]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text, and the spans in it."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """An article: `title`, `date` (ISO), `place` as a date line names it, and its paragraphs."""

    template: Template
    values: slots.Values
    title: str
    title_facts: frozenset[str]
    date: str
    place: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def body(self) -> str:
        """The paragraphs, a line each."""
        return joined(self.paragraphs)[0]

    @property
    def whole(self) -> str:
        """Everything that a reader sees."""
        return f"{self.title}\n{self.place}\n{self.body}"

    def answers(self, fact: str) -> tuple[str, ...]:
        """The ways in which the body words the answer."""
        found = (
            paragraph.text[span.start : span.end]
            for paragraph in self.paragraphs
            for span in paragraph.spans
            if span.fact == fact
        )
        return tuple(dict.fromkeys(found))


def joined(paragraphs: Sequence[Paragraph]) -> tuple[str, list[Span]]:
    """Paragraphs as one text, their spans moved along."""
    text, spans = "", []
    for paragraph in paragraphs:
        if text:
            text += "\n"
        spans += [Span(s.fact, s.start + len(text), s.end + len(text)) for s in paragraph.spans]
        text += paragraph.text
    return text, spans


def told(template: Template, values: slots.Values, rng: Random, full: bool = False) -> Report:
    """The template told with these values; `full` leaves nothing out."""
    teller = slots.Teller(values, rng, dash=rng.choice("//-"))
    title, title_spans = tell(rng.choice(template.titles), teller, rng)
    paragraphs = []
    for sentences in template.paragraphs:
        chosen = [
            s for s in _ordered(sentences, rng) if full or not s.optional or rng.random() < 0.6
        ]
        if chosen:
            paragraphs.append(_paragraph(chosen, teller, rng))
    if len(paragraphs) > 2 and rng.random() < 0.25:
        cut = rng.randrange(len(paragraphs) - 1)
        paragraphs[cut : cut + 2] = [_merged(paragraphs[cut], paragraphs[cut + 1])]
    event, place = values["date"], values["place"]
    assert isinstance(event, datetime.date) and isinstance(place, Place)
    published = event + datetime.timedelta(days=rng.choice((0, 0, 1, 1, 2)))
    line = rng.choice(("", "", place.province, place.province, _dateline(template, place)))
    return Report(
        template,
        values,
        title[:1].upper() + title[1:],
        frozenset(span.fact for span in title_spans),
        published.isoformat(),
        line,
        tuple(paragraphs),
    )


def wordings(told_: Report, fact: str) -> set[str]:
    """All the words that a telling with these values could have given for a fact."""
    teller = slots.Teller(told_.values, Random(0), plainly=True)
    return {
        " ".join(words.split())
        for sentences in told_.template.paragraphs
        for sentence in sentences
        for mark in marks(sentence.text)
        if mark.fact == fact
        for words in every(mark.inner, teller)
    }


def byline(rng: Random) -> Paragraph:
    """A last line with the writer's name, as bodies often keep it."""
    name = person(rng).name
    short = " ".join(name.split()[-2:])
    text = rng.choice((short, name, short.upper(), f"Tin, ảnh: {short}", f"Bài, ảnh: {short}"))
    return Paragraph(text, ())


def dateline(report: Report) -> str:
    """The place of a report in full, whatever its own date line says."""
    place = report.values["place"]
    assert isinstance(place, Place)
    return _dateline(report.template, place)


def _dateline(template: Template, place: Place) -> str:
    parts = [place.province]
    if template.scope != "prov":
        parts.insert(0, place.district)
    if template.scope == "comm":
        parts.insert(0, place.commune)
    return ", ".join(parts)


def _ordered(sentences: Sequence[Sentence], rng: Random) -> list[Sentence]:
    """Runs of loose sentences in any order."""
    out: list[Sentence] = []
    run: list[Sentence] = []
    for sentence in (*sentences, None):
        if sentence and sentence.loose:
            run.append(sentence)
            continue
        rng.shuffle(run)
        out += run
        run = []
        if sentence:
            out.append(sentence)
    return out


def _paragraph(sentences: Sequence[Sentence], teller: slots.Teller, rng: Random) -> Paragraph:
    text, spans = "", []
    for sentence in sentences:
        told_, found = tell(sentence.text, teller, rng)
        told_ = _ENDED.sub(lambda m: m[0].upper(), told_[:1].upper() + told_[1:])
        if text:
            text += " "
        spans += [Span(s.fact, s.start + len(text), s.end + len(text)) for s in found]
        text += told_
    return Paragraph(text, tuple(spans))


def _merged(first: Paragraph, second: Paragraph) -> Paragraph:
    move = len(first.text) + 1
    moved = (Span(s.fact, s.start + move, s.end + move) for s in second.spans)
    return Paragraph(f"{first.text} {second.text}", (*first.spans, *moved))
