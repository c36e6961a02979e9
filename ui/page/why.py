""" "Why this answer": what was searched, both rankings, the candidates, what the writer read, times."""

import html
from typing import Any

from ui.page.render import note_html, table_html, target
from ui.text import Language, say

Json = dict[str, Any]


def why_html(document: Json | None, language: Language) -> str:
    """How an answer's document (`records.turn`) came about; a hint where there is none, or it was kept
    by a version that did not note it."""
    if not document or "candidates" not in document:
        return note_html(say("why_hint", language))
    return f"<div class='hb-why'>{''.join(_parts(document, language))}</div>"


def _parts(document: Json, language: Language) -> list[str]:
    def heading(key: str) -> str:
        return f"<h2>{html.escape(say(key, language))}</h2>"

    found = [heading("why_query"), f"<p>{html.escape(document['search_query'])}</p>"]
    if document["filters"]:
        found.append(f"<p>{html.escape(say('why_filters', language))}: "
                     f"{html.escape('; '.join(document['filters']))}</p>")  # fmt: skip
    keys = ("why_rank", "article", "why_keywords", "why_vectors", "why_cosine", "why_score")
    ranks = [
        [
            str(passage["rank"]),
            _link(passage["title"], passage),
            _rank(passage["keyword_rank"]),
            _rank(passage["vector_rank"]),
            f"{passage['cosine']:.3f}",
            f"{passage['score']:.2f}",
        ]
        for passage in document["passages"]
    ]
    found += [heading("why_passages"), table_html([say(key, language) for key in keys], ranks)]
    if document["probability"] is not None and document["threshold"] is not None:
        verdict = "why_enough" if document["answered"] else "why_little"
        said = say(verdict, language, probability=f"{document['probability']:.2f}",
                   threshold=f"{document['threshold']:.2f}")  # fmt: skip
        found += [heading("why_refusal"), f"<p>{html.escape(said)}</p>"]
    if document["candidates"]:
        rows = [
            [_link(one["text"], one), html.escape(one["sentence"]), f"{one['probability']:.2f}"]
            for one in document["candidates"]
        ]
        heads = [say(key, language) for key in ("why_candidate", "why_sentence", "why_probability")]
        found += [heading("why_candidates"), table_html(heads, rows)]
    for one in document["opinions"]:
        copies = "".join(
            f"<li>{html.escape(text)} <small>{likelihood:.2f}</small></li>"
            for text, likelihood in one["copies"]
        )
        found += [
            heading("why_read"),
            f"<pre tabindex='0'>{html.escape(one['prompt'])}</pre>",
            f"<p>{html.escape(say('why_copies', language))}</p><ul>{copies}</ul>",
        ]
    if not document["opinions"]:
        found.append(f"<p>{html.escape(say('why_unread', language))}</p>")
    times = [
        f"<li>{html.escape(say(f'why_{name}', language))}: {seconds:.2f} s</li>"
        for name, seconds in document["seconds"].items()
        if seconds is not None
    ]
    found += [heading("why_times"), f"<ul>{''.join(times)}</ul>"]
    return [*found, f"<p><small>{html.escape(document['model'])}</small></p>"]


def _rank(rank: int | None) -> str:
    return "–" if rank is None else str(rank)


def _link(text: str, at: Json) -> str:
    href = target(at["article_id"], at["start"], at["end"])
    return f"<a href='{href}'>{html.escape(text)}</a>"
