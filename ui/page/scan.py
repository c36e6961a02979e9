"""An article's body as it is shown, the words of scans marked that may be misread."""

import base64

from markupsafe import Markup, escape

from index.language.text import visible
from index.types import Article, Doubt
from ui.templates import filled
from ui.text import Language, say


def body_html(article: Article, start: int, end: int, language: Language) -> Markup:
    """`body[start:end]`, its lines apart, each doubtful word underlined, a figure with its picture behind."""
    shown = []
    at = start
    for doubt in article.doubts:
        low, high = max(at, doubt.start), min(end, doubt.end)
        if low < high:
            shown += [
                _plain(article.body[at:low]),
                _marked(article.body[low:high], doubt, language),
            ]
            at = high
    return Markup("").join([*shown, _plain(article.body[at:end])])


def _plain(text: str) -> Markup:
    return escape(visible(text.replace("\n", "\n\n")))


def _marked(word: str, doubt: Doubt, language: Language) -> Markup:
    key = "doubt" if doubt.confidence else "doubt_unseen"
    title = say(key, language, page=doubt.page, confidence=round(doubt.confidence))
    return Markup(
        filled(
            "doubt",
            word=word,
            title=title,
            crop=base64.b64encode(doubt.crop).decode(),
            alt=say("doubt_crop", language, word=word),
        )
    )
