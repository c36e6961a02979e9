"""What each paper changed in a story, side by side with the first one, for the foot of an article."""

from markupsafe import Markup

from index.library import Library
from index.reprints import Difference, Reprint
from index.types import Article
from ui.page.render import target
from ui.reprinted import sides, story_of, summary, values
from ui.templates import filled
from ui.terminal import reference
from ui.text import Language, say


def reprints_html(library: Library, article: Article, language: Language) -> Markup:
    """A closed box of it; nothing where no other paper printed the story."""
    found = story_of(library, article.id)
    if not found.others:
        return Markup("")
    first = found.first
    dated = all(one.article.details.published for one in found.others) and first.details.published
    key = "reprints_first" if dated else "reprints_longest"
    return Markup(
        filled(
            "reprints",
            language=language,
            count=len(found.others) + 1,
            first={
                "href": target(first.id, 0, 0),
                "said": say(key, language, title=reference(first)),
            },
            others=[_shown(one, first, language) for one in found.others],
        )
    )


def _shown(one: Reprint, first: Article, language: Language) -> dict[str, object]:
    told = [
        say(key, language, values=", ".join(some))
        for key, some in zip(("reprints_lost", "reprints_new"), values(one), strict=True)
        if some
    ]
    return {
        "name": reference(one.article),
        "summary": summary(one, first, language),
        "told": told,
        "rows": [_row(each, first, one.article) for each in one.differences],
    }


def _row(one: Difference, first: Article, other: Article) -> list[dict[str, object]]:
    """The cells of a row: what the first one says, and what this one does."""
    spans = ((first, one.of), (other, one.by))
    return [
        {
            "href": target(article.id, *span) if span else "",
            "pieces": pieces,
            "change": "hb-gone" if number == 0 else "hb-new",
        }
        for number, ((article, span), pieces) in enumerate(
            zip(spans, sides(one, first, other), strict=True)
        )
    ]
