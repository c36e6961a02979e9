"""The words of scans that may be misread, kept beside their article."""

from index.store.database import Database
from index.types import Article, Doubt


def doubts(db: Database, article_id: str) -> tuple[Doubt, ...]:
    """Those of an article, in their order."""
    rows = db.rows(
        "SELECT start, end, confidence, page, x0, y0, x1, y1, crop FROM doubt WHERE article_id = ?"
        " ORDER BY start",
        (article_id,),
    )
    return tuple(
        Doubt(start, end, confidence, page, (x0, y0, x1, y1), crop)
        for start, end, confidence, page, x0, y0, x1, y1, crop in rows
    )


def keep(db: Database, article: Article) -> None:
    """Puts those of an article in the place of what was kept, within a transaction."""
    forget(db, article.id)
    db.executemany(
        "INSERT INTO doubt VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (article.id, d.start, d.end, d.confidence, d.page, *d.box, d.crop)
            for d in article.doubts
        ],
    )


def forget(db: Database, article_id: str) -> None:
    """Deletes those of an article, within a transaction."""
    db.execute("DELETE FROM doubt WHERE article_id = ?", (article_id,))
