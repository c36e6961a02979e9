"""A library taken from its folder to a PostgreSQL server, from there to a folder, or from one to another: all
of it or nothing, and nothing is embedded again.

What is copied is read again at both ends and compared; the words of the full-text indexes are made anew of the
texts. The new one lies beside its place until it is whole ("library.db.moving", the schema
"hoibao_library_moving"), then it takes it. The old one stays as it is.
"""

import hashlib
import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from index import config
from index.aside import aside
from index.backup import paths_moved
from index.errors import InputError, LibraryError
from index.find.words import words
from index.store import full_text
from index.store.catalogue import batches, columns, go_on_from, last_numbers, tables
from index.store.database import Database
from index.store.integrity import problems
from index.store.keywords import keyword_row
from index.store.place import is_address, opened, schema, served

#: A database of a library: the name of its file, and the steps that make it; the first is the articles'.
Part = tuple[str, Sequence[str]]
_ELSE = "choose another place"
_log = logging.getLogger("hoibao")


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved: articles, and the rows of each table by its name ("library.article")."""

    articles: int
    rows: dict[str, int]


def move(folder: Path, to: str, parts: Sequence[Part]) -> Moved:
    """Copies the library in a folder (or, where `$HOIBAO_STORE` says so, on its server) to another place: an
    address, or a folder. Nobody writes it meanwhile.

    Raises:
        InputError: there is no library, or one at the other place already.
        LibraryError: one of the places cannot be read or written, or what was written is not the same.
    """
    from_files = not config.store_address()
    if from_files and not (folder / parts[0][0]).is_file():
        raise InputError("{folder} holds no library; name it with --library", folder=folder)
    with ExitStack() as stack:
        old = [stack.enter_context(closing(opened(folder / name, s, _ELSE))) for name, s in parts]
        full_text.fill(old[0])  # an older version's, which was not opened since
        for one in old:  # nobody writes them from here on
            stack.enter_context(one.transaction())
        place = _on_server(to, parts) if is_address(to) else _in_folder(Path(to), folder, parts)
        rows: dict[str, int] = {}
        with place as new:
            for (name, steps), source, made in zip(parts, old, new, strict=True):
                rows |= _copied(source, made, steps, Path(name).stem)
        return Moved(rows[f"{Path(parts[0][0]).stem}.article"], rows)


def _copied(source: Database, made: Database, steps: Sequence[str], name: str) -> dict[str, int]:
    """Copies all rows of a database, and compares; returns how many each table has."""
    known = tables(steps)
    _log.warning("hoibao: copying the %s", name)
    with made.transaction():
        for table in reversed(known):
            made.execute(f"DELETE FROM {table}")
        made.text.put_off()
        for table in known:
            names = columns(made, table)
            into = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({_marks(names)})"
            for some in batches(source, table, names):
                made.executemany(into, some)
        _log.warning("hoibao: indexing the %s", name)
        _indexed(source, made, known)
        made.text.catch_up()
        go_on_from(made, last_numbers(source))
    found = {}
    for table in known:
        there, here = _hashed(source, table), _hashed(made, table)
        if there != here:
            raise LibraryError(
                "the table {table} is not the same at the other place ({here} rows of {there}); nothing was "
                "moved",
                table=table,
                here=here[0],
                there=there[0],
            )
        found[f"{name}.{table}"] = here[0]
    if "article" in known and (wrong := problems(made)):
        raise LibraryError("nothing was moved: {why}", why=wrong[0])
    return found


def _indexed(source: Database, made: Database, known: Sequence[str]) -> None:
    """Puts the words of what was copied into the full-text indexes."""
    if "chunk" in known:
        context = {
            row[0]: " \n ".join(filter(None, row[1:]))
            for row in made.rows("SELECT id, title, outlet, author FROM article")
        }
        for some in batches(made, "chunk", ("id", "article_id", "text")):
            made.text.put_chunks([(n, keyword_row(text, context[a])) for n, a, text in some])
        numbers = dict(made.rows("SELECT id, number FROM full_text_of"))
        for some in batches(made, "article", ("rowid", "id", "title", "body")):
            for _, article, title, body in some:
                if article in numbers:
                    made.text.put_article(numbers[article], words(title or ""), words(body))
    if "turn" in known:
        for turn, marked, bare in source.rows("SELECT rowid, marked, bare FROM said"):
            made.text.put_said(turn, marked, bare)


def _hashed(db: Database, table: str) -> tuple[int, int]:
    """How many rows a table has, and a number that is another one where any of them is."""
    count = total = 0
    for some in batches(db, table, columns(db, table)):
        for row in some:
            digest = hashlib.blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=16)
            total = (total + int.from_bytes(digest.digest(), "big")) % (1 << 128)
        count += len(some)
    return count, total


# -- places ------------------------------------------------------------------------------------


@contextmanager
def _on_server(address: str, parts: Sequence[Part]) -> Iterator[list[Database]]:
    """New schemas on a server, which take their places when all is well."""
    names = [schema(name) for name, _ in parts]
    here = [f"{name}_moving" for name in names]
    with ExitStack() as stack:
        one = stack.enter_context(closing(served(address, "hoibao_moving", ())))
        with one.transaction():
            _require_empty(one, parts)
            for name in here:  # of a move that was cut
                one.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
        made = []
        for name, (_, steps) in zip(here, parts, strict=True):
            made.append(stack.enter_context(closing(served(address, name, steps))))
        yield made
        for database in made:
            database.close()
        with one.transaction():
            _require_empty(one, parts)
            one.execute("ANALYZE")
            for name, part in zip(names, here, strict=True):
                one.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
                one.execute(f"ALTER SCHEMA {part} RENAME TO {name}")
            one.execute("DROP SCHEMA hoibao_moving CASCADE")


def _require_empty(db: Database, parts: Sequence[Part]) -> None:
    """Raises where a library on the server holds anything."""
    for name, steps in parts:
        there = db.rows("SELECT tablename FROM pg_tables WHERE schemaname = ?", (schema(name),))
        for table in {row[0] for row in there} & {*tables(steps)} - {"meta"}:
            if db.rows(f"SELECT 1 FROM {schema(name)}.{table} LIMIT 1"):
                raise InputError(
                    "there is a library already; move to a new database: createdb -E UTF8 NAME"
                )


@contextmanager
def _in_folder(to: Path, folder: Path, parts: Sequence[Part]) -> Iterator[list[Database]]:
    """New files in a folder, which take their places when all is well, with the files that the page keeps."""
    if (to / parts[0][0]).exists():
        raise InputError("{folder} holds a library already; choose another folder", folder=to)
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    here = [to / f"{name}.moving" for name, _ in parts]
    for path in here:  # of a move that was cut
        for left in to.glob(f"{path.name}*"):
            left.unlink()
    with ExitStack() as stack:
        made = [Database(path, steps, _ELSE) for path, (_, steps) in zip(here, parts, strict=True)]
        for database in made:
            stack.enter_context(closing(database))
        yield made
    if (folder / "files").is_dir() and folder.absolute() != to.absolute():
        shutil.copytree(folder / "files", to / "files", dirs_exist_ok=True)
        paths_moved(here[0], str(folder.absolute()), str(to.absolute()))
    for path, (name, _) in reversed([*zip(here, parts, strict=True)]):
        if (to / name).exists():  # conversations without a library
            (to / name).rename(aside(to / name))
        path.replace(to / name)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
