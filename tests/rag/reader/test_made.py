import itertools
import re
from random import Random

import pytest

from rag.reader.made import lookalikes, report, rows, slots, templates
from rag.reader.made.asking import asked
from rag.reader.made.grammar import Choice, GrammarError, Mark, Slot, Text, marks, parse, tell
from rag.reader.made.numbers import hedged, plain, reckon, roman
from rag.reader.made.surface import typed, unmarked

# Slips of a template: brackets left, two spaces or commas, a space before a comma, a figure whose
# thousands were said in a word.
_ODD = re.compile(
    r"[{}<>\[\]|$\ue000]|  | [,.;:]|,,|\.\.|,;|;,|,\.|\( | \)|\(\)"
    r"|\b(một|hai|ba|bốn|sáu|bảy|tám|chín|mười)[.,]\d"
)


def _parts(text: Text):
    for part in text:
        yield part
        if isinstance(part, Mark):
            yield from _parts(part.inner)
        elif isinstance(part, Choice):
            for option in part.options:
                yield from _parts(option)


def test_a_seed_always_gives_the_same_rows():
    assert list(rows(5, 200)) == list(rows(5, 200))
    assert list(rows(5, 20)) != list(rows(6, 20))


def test_answers_stand_where_the_row_says_and_missing_ones_do_not():
    answered = 0
    for row in rows(11, 3000):
        if row.start is None or row.end is None:
            assert row.start is None and row.end is None and row.why
            continue
        answered += 1
        words = row.context[row.start : row.end]
        assert words and words == words.strip(" ,.")
        assert row.why is None
    assert 0.55 < answered / 3000 < 0.65


def test_what_was_left_out_is_not_in_the_passage(monkeypatch):
    """No wording of the fact that is asked for stands in a passage that is said not to answer."""
    asked_for = []  # the last is that of the row at hand

    def noting(told, fact):
        asked_for.append((told, fact))
        return wordings(told, fact)

    wordings = report.wordings
    monkeypatch.setattr(report, "wordings", noting)
    omitted = 0
    for row in rows(8, 1500):
        if row.why == "omitted":
            omitted += 1
            told, fact = asked_for[-1]
            every = wordings(told, fact)
            assert every and not any(words in row.context for words in every), fact
    assert omitted > 100


def test_only_what_is_given_is_ever_told():
    rng = Random(3)
    for template in templates():
        told = report.told(template, slots.draw(template.recipes, rng), rng, full=True)
        for fact in template.facts:
            assert bool(told.answers(fact.name)) == fact.given, (template.name, fact.name)


@pytest.mark.parametrize("template", templates(), ids=lambda t: t.name)
def test_every_template_is_told_whole(template):
    marked = {m.fact for para in template.paragraphs for s in para for m in marks(s.text)}
    assert marked == {fact.name for fact in template.facts if fact.given}
    assert len(template.facts) >= 8 and len(template.titles) >= 3
    for seed in range(6):
        rng = Random(seed)
        told = report.told(template, slots.draw(template.recipes, rng), rng, full=seed % 2 == 0)
        for text in (told.title, *(p.text for p in told.paragraphs)):
            assert not _ODD.search(text), text
            assert text[:1] == text[:1].upper()
        for fact in template.facts:
            for english in (0, 1):
                question = asked(told, fact, rng, english=english)
                assert question.text and not _ODD.search(question.text), question.text


def test_every_wording_of_every_template_can_be_said():
    """Each option is told alone, so that none hides an unknown slot."""
    for template in templates():
        values = slots.draw(template.recipes, Random(1))
        texts = [s.text for para in template.paragraphs for s in para]
        texts += [text for fact in template.facts for text in (*fact.vietnamese, *fact.english)]
        for part in itertools.chain.from_iterable(_parts(text) for text in texts):
            if isinstance(part, Slot):
                assert isinstance(slots.Teller(values, Random(1))(part.name), str)


def test_held_out_templates_stay_out_of_training():
    held = {t.name for t in templates() if t.held_out}
    assert len(held) >= 7
    assert not held & {row.template for row in rows(2, 2000)}
    assert {row.template for row in rows(2, 500, held_out=True)} <= held | {"general"}


def test_questions_vary():
    """Distinct wordings with the slots taken out, over all templates."""
    shapes = set()
    for template in templates():
        for fact in template.facts:
            for text in (*fact.vietnamese, *fact.english):
                for seed in range(3):
                    shapes.add(tell(text, lambda name: f"{{{name}}}", Random(seed))[0])
    assert len(shapes) >= 1500


def test_lookalikes_expect_what_their_articles_say():
    groups = list(lookalikes(4, 20))
    assert groups == list(lookalikes(4, 20))
    assert {group.differs for group in groups} == {"place", "year", "office"}
    held = {t.name for t in templates() if t.held_out}
    for group in groups:
        assert 4 <= len(group.articles) <= 6 and group.template in held
        for asking in group.askings:
            assert len(asking.expected) == len(group.articles)
            for article, wordings in zip(group.articles, asking.expected, strict=True):
                assert all(words in article.body for words in wordings)
            if asking.about is not None:
                assert asking.expected[asking.about]
                own = asking.expected[asking.about]
                others = [w for i, w in enumerate(asking.expected) if i != asking.about]
                assert not set(own) & set(itertools.chain.from_iterable(others))


def test_marks_follow_their_words():
    text = parse("<a|b>, [x: {n} người ] , chết", {})
    told, spans = tell(text, lambda name: "12", Random(1))
    assert told in ("a, 12 người, chết", "b, 12 người, chết")
    assert [told[s.start : s.end] for s in spans] == ["12 người"]
    with pytest.raises(GrammarError):
        parse("<a|b", {})


def test_figures_as_newspapers_write_them():
    assert plain(3400) == "3.400" and plain(12.5) == "12,5" and plain(12.0) == "12"
    assert roman(14) == "XIV" and reckon("a + b * 2", {"a": 1, "b": 3}) == 7
    for seed in range(200):
        words = hedged(3417, 0, Random(seed))
        figure = int(words.split()[-1].replace(".", ""))
        assert figure <= 3417 if words.startswith(("hơn", "trên")) else figure >= 3417


def test_typing_keeps_the_question():
    assert unmarked("Đồng Đăng được") == "Dong Dang duoc"
    kinds = {typed("cầu An Phú ở huyện Đức Thọ dài bao nhiêu", Random(seed)) for seed in range(60)}
    assert len(kinds) > 8
    assert any(words == unmarked(words) for words in kinds)
