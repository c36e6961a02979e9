"""The line above an article that was corrected, with a link to its notice; above that, to its article."""

from markupsafe import Markup

from index.library import Library
from index.types import Article
from ui.noticed import Noticed, noticed
from ui.page.render import target
from ui.templates import filled
from ui.terminal import reference
from ui.text import Language, say


def correction_html(library: Library, article: Article, language: Language) -> Markup:
    """The lines; nothing where no notice is known."""
    lines = [_line(one, article.id, language) for one in noticed(library, [article.id])]
    return Markup(filled("correction", lines=lines)) if lines else Markup("")


def _line(one: Noticed, article_id: str, language: Language) -> dict[str, object]:
    own = one.link.notice == one.link.article
    here = one.link.article == article_id
    spots = [spot for put in one.puts for spot in put.spots]
    if here:
        key = "corrected_by" if one.link.holds else "correction_may_be"
        other, at = one.notice, one.at
    else:
        key = "corrects" if one.link.holds else "correction_offered"
        other, at = one.article, spots[0] if spots else (0, 0)
    return {
        "said": say("corrects_itself" if own else key, language),
        "href": target(other.id, *at),
        "other": reference(other),
        "sure": one.link.holds,
        "values": [
            say("corrected_value", language, wrong=put.pair.wrong.text, right=put.pair.right.text)
            for put in one.puts
            if put.pair.wrong and put.pair.right
        ],
    }
