"""The sentences that bear on a question, chosen from its passages to a budget.

Reading the prompt is the wait on a CPU, and a small model answers better from four sentences than
from three paragraphs (DESIGN.md), so the choice is made here and not by the model. Reports list many
figures in one long sentence: such a sentence is judged by its best clause, and the model is shown
its beginning and that clause. Citations always quote the whole sentence.
"""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.chunk import clauses, sentences
from index.embed import Embedder
from index.text import has_marks, pairs, strip_marks, words
from rag.config import CHOOSING
from rag.expect import asked_words, asks_kind, expected, fits
from rag.retrieve import standardised
from rag.types import Evidence, Passage


def rank_sentences(query: str, passages: Sequence[Passage], embedder: Embedder) -> list[Evidence]:
    """Every sentence of the passages, best first. A clause's score is the sum of its similarity to
    the query, the query's rarer words in it, the score of its passage, each standardised over all
    clauses, and whether it has what the question asks for; a sentence has that of its best one."""
    found = {
        (passage.article.id, passage.start + start): Evidence(
            passage.article, passage.start + start, passage.start + end, passage.score
        )
        for passage in reversed(passages)
        for start, end in sentences(passage.text)
    }
    parts = [(evidence, span) for evidence in found.values() for span in clauses(evidence.text)]
    if not parts:
        return []
    texts = [evidence.text[start:end] for evidence, (start, end) in parts]
    near = embedder.documents(texts) @ embedder.query(query)
    fit = np.array([fits(query, text) for text in texts])
    typed = asks_kind(query)
    before = np.array([evidence.score for evidence, _ in parts])
    total = (
        standardised(near)
        + standardised(_word_scores(query, [evidence for evidence, _ in parts], texts))
        + CHOOSING.passage_weight * standardised(before)
        + CHOOSING.fit_weight * fit
    )
    best: dict[tuple[str, int], Evidence] = {}
    for i in sorted(range(len(parts)), key=lambda i: (-total[i], i)):
        evidence, focus = parts[i]
        best.setdefault(
            (evidence.article.id, evidence.start),
            Evidence(
                evidence.article,
                evidence.start,
                evidence.end,
                float(total[i]),
                float(near[i]),
                focus,
                not typed or fit[i] >= 1.0,
            ),
        )
    return list(best.values())


def choose(ranked: Sequence[Evidence]) -> list[Evidence]:
    """The best sentences within the budget, none twice: first those that have what is asked for (of
    them the best one always), then others as good as that one or nearly so."""
    best = next((item for item in ranked if item.fits), ranked[0] if ranked else None)
    if best is None:
        return []
    chosen: list[Evidence] = []
    spent = 0
    said: set[tuple[str, ...]] = set()
    for evidence in sorted(ranked, key=lambda item: not item.fits):
        key = tuple(words(evidence.text))
        length = len(shown(evidence).split())
        if len(chosen) == CHOOSING.sentences or key in said:
            continue
        if chosen and (
            spent + length > CHOOSING.words or evidence.score < best.score - CHOOSING.margin
        ):
            continue
        said.add(key)
        spent += length
        chosen.append(evidence)
    return chosen


def to_read(question: str, chosen: Sequence[Evidence]) -> list[Evidence]:
    """Those of the chosen sentences that the model may read: where some count the very thing that
    is asked for, only these."""
    counting = [item for item in chosen if expected(question, item.text)]
    return (counting or list(chosen))[: CHOOSING.read]


def shown(evidence: Evidence) -> str:
    """What the model reads of a sentence: all of it, or of a long one the beginning and what stands
    from its best clause on, with … where words are left out."""
    text = evidence.text
    tokens = text.split()
    if len(tokens) <= CHOOSING.whole_words:
        return " ".join(tokens)
    kept = ""
    for start, end in clauses(text):
        if start < evidence.focus[0]:
            continue
        if kept and len(text[evidence.focus[0] : end].split()) > CHOOSING.focus_words:
            break
        kept = text[evidence.focus[0] : end]
    lead = text[: evidence.focus[0]].split()
    opening = lead[: CHOOSING.lead_words]
    left_out = ["…"] if len(lead) > len(opening) else []
    rest = ["…"] if evidence.focus[0] + len(kept) < len(text) else []
    return " ".join([*opening, *left_out, *kept.split(), *rest])


def _word_scores(
    query: str, owners: Sequence[Evidence], texts: Sequence[str]
) -> NDArray[np.float64]:
    """The summed rarity (among these clauses) of the query's words and word pairs in each. Words of
    the title tell which article, not which sentence; those elsewhere in the sentence, or in the one
    before it ("Đại hội … khai mạc. Dự đại hội có …"), are not in the clause: both count half. Words at
    the question word are what is asked: they count double. Long clauses have every word: their
    scores are damped."""
    bare = not has_marks(query)
    wanted = _terms(query, bare)
    have = [_terms(text, bare) & wanted for text in texts]
    spread = Counter(term for terms in have for term in terms)
    near = asked_words(strip_marks(query) if bare else query)
    rarity = {
        term: math.log(1 + len(texts) / count) * (2.0 if near.issuperset(term.split("_")) else 1.0)
        for term, count in spread.items()
    }
    titles = {e.article.id: _terms(e.article.details.title or "", bare) for e in owners}
    around = {
        (e.article.id, e.start): _terms(f"{_before(e)}\n{e.text}", bare) & wanted for e in owners
    }
    scores = []
    for owner, text, terms in zip(owners, texts, have, strict=True):
        title = titles[owner.article.id]
        total = sum(rarity[term] * (0.5 if term in title else 1.0) for term in terms)
        outside = around[owner.article.id, owner.start] - terms - title
        total += sum(0.5 * rarity.get(term, 0.0) for term in outside)
        scores.append(total / len(text.split()) ** CHOOSING.damping)
    return np.array(scores)


def _before(evidence: Evidence) -> str:
    """The sentence before it in the same paragraph, "" where there is none."""
    body = evidence.article.body
    paragraph = body[body.rfind("\n", 0, evidence.start) + 1 : evidence.start]
    spans = sentences(paragraph)
    return paragraph[slice(*spans[-1])] if spans else ""


def _terms(text: str, bare: bool) -> set[str]:
    singles = words(strip_marks(text) if bare else text)
    return {*singles, *pairs(singles)}
