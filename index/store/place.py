"""Where a database of a library is kept: a file in its folder, or a schema on a PostgreSQL server."""

from collections.abc import Sequence
from pathlib import Path

from index import config
from index.errors import LibraryError
from index.store.database import Database, Statement


def opened(
    path: Path, steps: Sequence[str], else_do: str, rows: Sequence[Statement] = ()
) -> Database:
    """The database that lies at this path, or takes its place on the server that `$HOIBAO_STORE` names.

    Raises:
        LibraryError: see `Database` and `Postgres`.
    """
    address = config.store_address()
    if not address:
        return Database(path, steps, else_do, rows)
    return served(address, schema(path.name), steps, rows)


def schema(file: str) -> str:
    """The schema that has on a server what a file of this name has elsewhere.

    >>> schema("library.db")
    'hoibao_library'
    """
    return f"hoibao_{Path(file).stem}"


def served(
    address: str, name: str, steps: Sequence[str], rows: Sequence[Statement] = ()
) -> Database:
    """The database in a schema of a server.

    Raises:
        LibraryError: see `Postgres`, or the address is none.
    """
    if not is_address(address):
        raise LibraryError(
            "this is no address of a database; write postgresql://USER@HOST:PORT/NAME (HOIBAO_STORE)"
        )
    from index.store.postgres import Postgres  # psycopg loads where it is used

    return Postgres(address, name, steps, rows)


def kept_at() -> str:
    """Where the store is: "files", or the server's address without its password.

    Raises:
        LibraryError: it is none.
    """
    address = config.store_address()
    if not address:
        return "files"
    from index.store.postgres import where

    return where(address)


def is_address(told: str) -> bool:
    """Whether this is the address of a server, not a folder."""
    return told.startswith(("postgresql://", "postgres://"))
