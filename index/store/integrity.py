"""What is wrong inside `library.db` itself."""

from index.store.database import Database

_MEND = "; run: hoibao doctor --repair"


def damage(db: Database, name: str) -> list[str]:
    """What SQLite itself finds wrong in the file of this name: one line with the first of it, or none."""
    rows = db.rows("PRAGMA quick_check(3)")
    # SQLite puts a heading and several findings into one row.
    lines = [
        line for row in rows for line in str(row[0]).splitlines() if not line.startswith("***")
    ]
    return [] if lines == ["ok"] else [f"{name}: damaged ({'; '.join(lines)}){_MEND}"]


def problems(db: Database) -> list[str]:
    """What is wrong inside the file itself, one line each."""
    found = [] if db.served else damage(db, db.name)
    checks = {
        "chunk(s) without keywords": "SELECT count(*) FROM chunk WHERE id NOT IN"
        " (SELECT rowid FROM keyword)",
        "keyword row(s) without a chunk": "SELECT count(*) FROM keyword WHERE rowid NOT IN"
        " (SELECT id FROM chunk)",
        "chunk(s) whose words differ from the article": "SELECT count(*) FROM chunk c"
        " JOIN article a ON a.id = article_id"
        " WHERE c.text != substr(a.body, c.start + 1, c.end - c.start)",
        "chunk(s) stored twice": "SELECT count(*) - count(DISTINCT article_id || ' ' || start)"
        " FROM chunk",
        "article(s) of which a part is in no chunk": "SELECT count(*) FROM article a WHERE"
        " (SELECT max(end) FROM chunk c WHERE c.article_id = a.id) < length(a.body)"
        " OR (SELECT min(start) FROM chunk c WHERE c.article_id = a.id) > 0",
        "article(s) that exact search does not know": "SELECT count(*) FROM article WHERE id NOT IN"
        " (SELECT id FROM full_text_of)",
        "article(s) in exact search that are gone or have no words there": "SELECT count(*)"
        " FROM full_text_of WHERE id NOT IN (SELECT id FROM article)"
        " OR number NOT IN (SELECT rowid FROM full_text)",
        "article(s) without a chunk": "SELECT count(*) FROM article WHERE id NOT IN"
        " (SELECT article_id FROM chunk)",
    }
    for what, statement in checks.items():
        count = db.rows(statement)[0][0]
        if count:
            mend = "; restore a dump of it (pg_restore)" if db.served else _MEND
            found.append(f"{db.name}: {count} {what}{mend}")
    return found
