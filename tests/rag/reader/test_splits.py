"""Training, fitting and reporting share no paragraph, no question and no template."""

import hashlib

import pytest

from index.language.text import words
from rag.reader.data import read_set, splits
from rag.reader.made import rows, templates
from tests.conftest import DATA
from tests.quality import sets


def digest(text: str) -> str:
    return hashlib.sha256(" ".join(words(text)).encode()).hexdigest()


def test_no_template_of_look_alikes_was_trained_on() -> None:
    held_out = {t.name for t in templates() if t.held_out}
    fit, report = ({g.template for g in sets.groups(part)} for part in ("fit", "report"))
    assert fit and report and not fit & report and fit | report <= held_out
    assert not held_out & {row.template for row in rows(1, 500)}


@pytest.mark.skipif(not DATA.is_dir(), reason="the question sets are not here")
def test_no_paragraph_and_no_question_is_in_two_parts() -> None:
    train, kept = splits(DATA / "reading")
    report = [
        sample
        for name in ("xquad-vi", "mlqa-vi")
        for sample in read_set(DATA / "reading" / f"{name}.report.jsonl.gz", name)
    ]
    seen: dict[str, str] = {}
    for part, samples in (("train", train), ("fit", kept), ("report", report)):
        texts = {digest(t) for s in samples for t in (s.context, f"{s.question} {s.title}")}
        assert not {text: seen[text] for text in texts if text in seen}, part
        seen |= dict.fromkeys(texts, part)
    articles = {part: {name for name, _, _ in sets.news(part)} for part in ("fit", "report")}
    assert len(articles["fit"]) == 20 and not articles["fit"] & articles["report"]
