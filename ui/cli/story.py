"""Verbs on what papers changed: notices (of their own articles), reprints (in others')."""

import argparse
from contextlib import closing

from index.language.text import one_line
from index.people import OWNER
from index.types import Article
from ui.changes import changing
from ui.cli.opened import open_library
from ui.cli.output import print_json
from ui.console import tell
from ui.documents import Json
from ui.noticed import Noticed, noticed
from ui.reprinted import sides, story_of, summary, values
from ui.terminal import reference
from ui.text import both, say


def notices(options: argparse.Namespace) -> int:
    """Prints the correction notices with what they correct, or keeps what the user says of one."""
    library, _ = open_library(options.library)
    with closing(library):
        for pair, right in ((options.confirm, True), (options.refuse, False)):
            if pair:
                notice, article = pair
                said = f"{'confirm' if right else 'refuse'} {notice} → {article}"
                with changing(library, OWNER, "notice", said):
                    library.notices.decide(notice, article, right)
        found = noticed(library)
    if options.json:
        print_json([_noticed(one) for one in found])
        return 0
    for one in found:
        tell(f"{one.link.notice} → {one.link.article}  [{both(f'state_{one.link.state}')}]")
        tell(f"    {reference(one.notice)}\n    → {reference(one.article)}")
        for put in one.puts:
            if put.pair.wrong and put.pair.right:
                told = {"wrong": put.pair.wrong.text, "right": put.pair.right.text}
                tell(f"    {one_line(say('corrected_value', 'vi', **told))}")
    return 0


def reprints(options: argparse.Namespace) -> int:
    """Prints what each paper changed in a story."""
    library, _ = open_library(options.library)
    with closing(library):
        found = story_of(library, options.id)
    first = found.first
    if options.json:
        others = [
            {
                **_head(one.article),
                "reordered": one.reordered,
                "differences": [
                    {
                        "kind": each.kind,
                        "first": _words(first, each.of),
                        "other": _words(one.article, each.by),
                        "pieces": [
                            {
                                "first": _words(first, piece.of),
                                "other": _words(one.article, piece.by),
                            }
                            for piece in each.pieces
                        ],
                        "lost": list(each.lost),
                        "new": list(each.new),
                    }
                    for each in one.differences
                ],
            }
            for one in found.others
        ]
        print_json({"first": _head(first), "others": others})
        return 0
    tell(reference(first))
    if not found.others:
        tell(both("reprints_none"))
    for one in found.others:
        tell(f"\n## {reference(one.article)} [{one.article.id}]\n{summary(one, first, 'vi')}")
        for key, told in zip(("reprints_lost", "reprints_new"), values(one), strict=True):
            if told:
                tell(one_line(say(key, "vi", values=", ".join(told))))
        for each in one.differences:
            for sign, pieces in zip("-+", sides(each, first, one.article), strict=True):
                if pieces:
                    text = "".join(f"[{text}]" if mark else text for mark, text in pieces)
                    tell(one_line(f"{sign} {text}"))
    return 0


def _noticed(one: Noticed) -> Json:
    return {
        "state": one.link.state,
        "notice": _head(one.notice),
        "article": _head(one.article),
        "corrections": [
            {
                "wrong": put.pair.wrong and put.pair.wrong.text,
                "right": put.pair.right and put.pair.right.text,
                "start": put.start,
                "end": put.end,
                "quote": one.notice.body[put.start : put.end],
                "places": [_words(one.article, spot) for spot in put.spots],
            }
            for put in one.puts
        ],
    }


def _head(article: Article) -> Json:
    details = article.details
    return {
        "id": article.id,
        "title": details.title,
        "outlet": details.outlet,
        "published": details.published.isoformat() if details.published else None,
        "source": article.source,
    }


def _words(article: Article, span: tuple[int, int] | None) -> Json | None:
    if span is None:
        return None
    return {"start": span[0], "end": span[1], "text": article.body[slice(*span)]}
