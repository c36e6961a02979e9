"""The JSON documents of the contract (DESIGN.md), from the records of `index` and `rag`."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from index.models.registry import ModelRow
from index.types import AddReport, Article, ArticleRow, Details
from rag.check.lookup import Checked
from rag.types import Answer, Citation, Passage

Json = dict[str, Any]


def article_row(row: ArticleRow) -> Json:
    """An article of `list`."""
    return {
        **_head(row.id, row.details),
        "source": row.source,
        "chunks": row.chunks,
        "story": row.story,
        "copies": row.copies,
    }


def article(found: Article, row: ArticleRow) -> Json:
    """The article of `show`, whole."""
    return {**article_row(row), "body": found.body}


def corrected(found: Article, corrections: Mapping[str, str | None]) -> Json:
    """An article of `correct`: its fields, and which of them the user set."""
    return {**_head(found.id, found.details), "corrected": dict(corrections)}


def add_report(report: AddReport) -> Json:
    """What `add` did."""
    found = {**asdict(report), "seconds": round(report.seconds, 3)}
    del found["stopped"]  # Ctrl+C says so by itself
    for article_ in found["articles"]:
        del article_["outcome"]
    return found


def model_row(row: ModelRow) -> Json:
    """A line of `models`."""
    return asdict(row)


def search(query: str, passages: list[Passage], seconds: float) -> Json:
    """The document of `search`."""
    results = [
        {
            "rank": passage.rank,
            "score": round(passage.score, 4),
            "article_id": passage.article.id,
            "title": passage.article.details.title,
            "outlet": passage.article.details.outlet,
            "published": _day(passage.article.details),
            "place": passage.article.details.place,
            "source": passage.article.source,
            "copies": passage.copies,
            "start": passage.start,
            "end": passage.end,
            "text": passage.text,
        }
        for passage in passages
    ]
    return {"query": query, "results": results, "seconds": round(seconds, 3)}


def answer(found: Answer) -> Json:
    """The document of `ask`."""
    return {
        "question": found.question,
        "search_query": found.search_query,
        "kind": found.kind,
        "short": found.short,
        "answer": found.text,
        "answered": found.answered,
        "probability": None if found.probability is None else round(found.probability, 4),
        "statements": [
            {
                "text": statement.whole,
                "citations": list(statement.citations),
                "verified": statement.verified,
                "problems": list(statement.problems),
            }
            for statement in found.statements
        ],
        "citations": [_citation(citation) for citation in found.citations],
        "passages": [
            {
                "rank": passage.rank,
                "score": round(passage.score, 4),
                "article_id": passage.article.id,
                "title": passage.article.details.title,
                "start": passage.start,
                "end": passage.end,
                "text": passage.text,
                "copies": passage.copies,
            }
            for passage in found.passages
        ],
        "seconds": {
            name: None if value is None else round(value, 3)
            for name, value in asdict(found.seconds).items()
        },
        "model": found.model,
    }


def turn(
    found: Answer,
    stopped: bool = False,
    filters: Sequence[str] = (),
    suggestions: Sequence[str] = (),
) -> Json:
    """An answer as the page draws it and the history keeps it: the document of `ask`, with what else is
    shown (an article without a title goes by its first words), and why it is what it is. It needs no article
    to be read again. `filters` are those it was asked under, in words."""
    document = answer(found)
    statements = zip(document["statements"], found.statements, strict=True)
    citations = zip(document["citations"], found.citations, strict=True)
    passages = zip(document["passages"], found.passages, strict=True)
    return {
        **document,
        "form": found.form,
        "lead": found.lead,
        "stopped": stopped,
        "statements": [{**one, "text": s.text, "label": s.label} for one, s in statements],
        "citations": [{**one, **_shown(c.article)} for one, c in citations],
        "passages": [
            {
                **one,
                **_shown(p.article),
                "keyword_rank": p.keyword_rank,
                "vector_rank": p.vector_rank,
                "cosine": round(p.cosine, 4),
            }
            for one, p in passages
        ],
        "threshold": found.threshold,
        "filters": list(filters),
        "candidates": [
            {
                "article_id": one.article.id,
                "start": one.sentence[0],
                "end": one.sentence[1],
                "text": one.text,
                "sentence": one.source.text,
                "probability": round(one.probability, 3),
                "signals": {k: round(v, 2) for k, v in asdict(one.signals).items()},
            }
            for one in found.candidates
        ],
        "opinions": [
            {"prompt": one.prompt, "copies": [[t, round(p, 3)] for t, p in one.copies]}
            for one in found.opinions
        ],
        "suggestions": list(suggestions),
    }


def _shown(article: Article) -> Json:
    details = article.details
    return {
        "title": article.title,
        "outlet": details.outlet,
        "published": _day(details),
        "place": details.place,
        "url": details.url,
    }


def checked(found: Checked) -> Json:
    """A line of `check`."""
    return {
        "statement": found.statement,
        "verified": found.verified,
        "problems": list(found.problems),
        "citations": [_citation(citation) for citation in found.citations],
    }


def checked_quote(statement: str, problems: tuple[str, ...]) -> Json:
    """A line of `check -` for a statement with its quote."""
    return {
        "statement": statement,
        "verified": not problems,
        "problems": list(problems),
        "citations": [],
    }


def _citation(citation: Citation) -> Json:
    return {
        "number": citation.number,
        "article_id": citation.article.id,
        "title": citation.article.details.title,
        "outlet": citation.article.details.outlet,
        "author": citation.article.details.author,
        "published": _day(citation.article.details),
        "source": citation.article.source,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
    }


def _head(article_id: str, details: Details) -> Json:
    return {
        "id": article_id,
        "title": details.title,
        "outlet": details.outlet,
        "author": details.author,
        "published": _day(details),
        "time": details.time,
        "place": details.place,
        "url": details.url,
        "inferred": list(details.inferred),
    }


def _day(details: Details) -> str | None:
    return details.published.isoformat() if details.published else None
