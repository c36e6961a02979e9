"""What programs can ask the page for, read-only, through Gradio's own API (`gradio_client`)."""

from typing import Any

from gradio.events import api as endpoint

from index.types import Filter
from rag.pipeline import Assistant
from ui import records

Json = dict[str, Any]


def offer(assistant: Assistant) -> None:
    """Adds the endpoints to the page that is being built: `/search`, `/ask`, `/read_article`."""

    def search(query: str, limit: int = 8) -> Json:
        """Passages for a query, best first: the document of `hoibao search --json`."""
        passages = assistant.search(query, max(1, min(int(limit), 100)))
        return records.search(query, passages, 0.0)

    def ask(question: str) -> Json:
        """An answer with its citations: the document of `hoibao ask --json`. It is not kept among the
        conversations."""
        *_, answer = assistant.ask(question)
        return records.answer(answer)

    def read_article(article_id: str) -> Json:
        """One article, whole: the document of `hoibao show --json`."""
        found = assistant.library.article(article_id)
        (row,) = assistant.library.articles(Filter(article_ids=(article_id,)))
        return records.article(found, row)

    for function in (search, ask, read_article):
        endpoint(function, api_name=function.__name__, concurrency_limit=2)
