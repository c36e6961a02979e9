""" "Why this answer": what was searched, both rankings, the candidates, what the writer read, times."""

from dataclasses import asdict

from ui.answers import Record
from ui.page.render import note_html, target
from ui.templates import filled
from ui.text import Language, say

_PASSAGES = ("why_rank", "article", "why_keywords", "why_vectors", "why_cosine", "why_score")
_CANDIDATES = ("why_candidate", "why_sentence", "why_probability")


def why_html(record: Record | None, language: Language) -> str:
    """How an answer came about; a hint where there is none, or a version before 0.6 kept it."""
    if record is None or not record.version:
        return note_html(say("why_hint", language))
    verdict = None
    if record.probability is not None and record.threshold is not None:
        verdict = say(
            "why_enough" if record.answered else "why_little",
            language,
            probability=f"{record.probability:.2f}",
            threshold=f"{record.threshold:.2f}",
        )
    passages = [
        [
            one.rank,
            _link(one.title, one.article_id, one.start, one.end),
            _rank(one.keyword_rank),
            _rank(one.vector_rank),
            f"{one.cosine:.3f}",
            f"{one.score:.2f}",
        ]
        for one in record.passages
    ]
    candidates = [
        [
            _link(one.text, one.article_id, one.start, one.end),
            one.sentence,
            f"{one.probability:.2f}",
        ]
        for one in record.candidates
    ]
    return filled(
        "why",
        language=language,
        record=record,
        verdict=verdict,
        passage_heads=[say(key, language) for key in _PASSAGES],
        passages=passages,
        candidate_heads=[say(key, language) for key in _CANDIDATES],
        candidates=candidates,
        times=[(name, s) for name, s in asdict(record.seconds).items() if s is not None],
    )


def _rank(rank: int | None) -> str:
    return "–" if rank is None else str(rank)


def _link(text: str, article_id: str, start: int, end: int) -> dict[str, str]:
    return {"href": target(article_id, start, end), "text": text, "title": ""}
