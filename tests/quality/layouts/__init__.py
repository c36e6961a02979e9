"""Sixty files in twelve kinds of layout, made when they are asked for, with their right values."""

from collections.abc import Iterator

from tests.quality.layouts import pages, papers, prints
from tests.quality.layouts.stories import STORIES, Made

#: What makes a kind's file of a story, with its number: kinds differ from file to file.
KINDS = {
    "vnexpress": pages.vnexpress,
    "vccorp": pages.vccorp,
    "nukeviet": pages.nukeviet,
    "wordpress": pages.wordpress,
    "sharepoint": pages.sharepoint,
    "libreoffice": papers.libreoffice,
    "word": papers.word,
    "latex": prints.latex,
    "chromium": prints.chromium,
    "newspaper": prints.newspaper,
    "report": prints.report,
    "exports": papers.exports,
}


def made(kind: str) -> Iterator[Made]:
    """The five files of a kind."""
    for number, story in enumerate(STORIES):
        yield KINDS[kind](story, number)
