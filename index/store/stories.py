"""Near-copies put together: articles of one story go by the smallest id of theirs."""

from collections.abc import Sequence

from index import near_copies
from index.config import STORE
from index.store.database import Database
from index.types import Article


def join(db: Database, article: Article, bands: Sequence[int] | None) -> None:
    """Puts an article with its near-copies; all of a story go by the smallest id of theirs. `bands` are what
    they share, where that was found out already."""
    if bands is None:
        bands = near_copies.bands(near_copies.runs(article.body))
    if not bands:
        return
    places = ", ".join("?" * len(bands))
    likely = db.rows(
        "SELECT id, story, body FROM article WHERE id IN"
        f" (SELECT article_id FROM band WHERE hash IN ({places})"
        " GROUP BY article_id ORDER BY count(*) DESC, article_id LIMIT ?)",
        (*bands, STORE.compared),
    )
    mine = near_copies.runs(article.body) if likely else frozenset[str]()
    stories: set[str] = set()
    for _, story, body in likely:
        if story not in stories and near_copies.are_copies(mine, near_copies.runs(body)):
            stories.add(story)
    if stories:
        one = min(article.id, *stories)
        marks = ", ".join("?" * (len(stories) + 1))
        db.execute(
            f"UPDATE article SET story = ? WHERE story IN ({marks})",
            (one, article.id, *stories),
        )
    db.executemany(
        "INSERT OR IGNORE INTO band VALUES (?, ?)", [(band, article.id) for band in bands]
    )


def leave(db: Database, article_id: str) -> None:
    """Gives the story of an article that is gone the smallest id of those that are left."""
    db.execute(
        "UPDATE article SET story = (SELECT min(id) FROM article WHERE story = ?1) WHERE story = ?1",
        (article_id,),
    )


def stories(db: Database, article_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """By article: the ids of all articles that tell the same story, its own among them."""
    marks = ", ".join("?" * len(article_ids))
    rows = db.rows(
        "SELECT a.id, group_concat(b.id, ' ') FROM article a JOIN article b ON b.story = a.story"
        f" WHERE a.id IN ({marks}) GROUP BY a.id",
        article_ids,
    )
    return {row[0]: tuple(sorted(row[1].split())) for row in rows}
