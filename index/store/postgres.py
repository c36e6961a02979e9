"""The same tables in a schema of a PostgreSQL database, for several serving machines: one more `Database`.

Who writes holds the schema's advisory lock from the beginning of a transaction to its end, as SQLite's BEGIN
IMMEDIATE has it; who reads does not wait, and sees what was confirmed. A connection that is lost is made again:
a query is asked once more, a transaction that was cut has changed nothing, and of one that was cut while it was
confirmed the server says when it is back whether it was. The only module that imports psycopg.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from zlib import crc32

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict

from index.config import STORE
from index.errors import LibraryError
from index.store.database import Database, Statement, known_tables
from index.store.gin import Gin
from index.store.postgres_sql import plain, step, translated

#: Nothing is compiled for a query, which takes longer than most; reading by index is cheap.
_SESSION = f"""
SET jit = off;
SET random_page_cost = 1.1;
SET lock_timeout = '{STORE.busy_seconds}s';
"""
#: Numbers are bigint; PostgreSQL's own takes smaller ones.
_SUBSTR = """
CREATE FUNCTION substr(text, bigint, bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
    'SELECT pg_catalog.substr($1, $2::integer, $3::integer)'
"""
#: What to do, by the state that the server tells (or, while one connects, by its words).
_DO = {
    "28P01": "give the right password: in HOIBAO_STORE, in PGPASSWORD or in ~/.pgpass",
    "password": "give the right password: in HOIBAO_STORE, in PGPASSWORD or in ~/.pgpass",
    "3D000": "make it: createdb -E UTF8 NAME",
    "does not exist": "make it: createdb -E UTF8 NAME",
    "42501": "let its owner give this user the right: GRANT CREATE ON DATABASE NAME TO USER",
    "55P03": "try again when the other process is done",
    "25006": "it is a copy to read from; name the server that is written",
    "53100": "free some space on the server's disk",
    "53300": "let fewer processes use it, or raise max_connections",
    "XX001": "its files are damaged; restore a dump of it (pg_restore)",
    "XX002": "its files are damaged; restore a dump of it (pg_restore)",
}
_START = "start it, or put its address right in HOIBAO_STORE"
Connection = psycopg.Connection[tuple[Any, ...]]
T = TypeVar("T")


class Lost(LibraryError):
    """The server does not answer."""


class Ran:
    """What a statement did, as sqlite3 tells it."""

    def __init__(self, cursor: "psycopg.Cursor[tuple[Any, ...]]") -> None:
        self._cursor = cursor
        self.rowcount = cursor.rowcount
        self.fetchone = cursor.fetchone
        self.fetchall = cursor.fetchall

    @property
    def lastrowid(self) -> int:
        """The number that the row got which was written last."""
        found = self._cursor.connection.execute("SELECT lastval()").fetchone()
        assert found
        return int(found[0])


class Postgres(Database):
    """The schema `name` of the database at `address`; made, brought up to date and refused as a file is.

    Raises:
        LibraryError: the server is away or does not let one in, it is another program's database, or of a newer
            version.
    """

    served = True

    def __init__(
        self, address: str, name: str, steps: Sequence[str], rows: Sequence[Statement] = ()
    ) -> None:
        self._address, self._schema = address, name
        self.name, self.where = f"PostgreSQL ({name})", where(address)
        self.text = Gin(self)
        self._lock = threading.RLock()
        self._writer = 0
        self._writing: Connection | None = None
        self._idle: list[Connection] = []
        self._free = threading.BoundedSemaphore(STORE.readers)
        self._closed = False
        try:
            with self._transaction():
                self._prepare(steps, rows)
        except psycopg.Error as error:
            self.close()
            raise self._told(error) from None
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._closed = True
        with self._lock:
            for one in (self._writing, *self._idle):
                if one is not None:
                    one.close()
            self._writing = None
            self._idle.clear()

    # -- writing -----------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        try:
            with self._transaction():
                yield
        except psycopg.Error as error:
            raise self._told(error, "; nothing of this was written") from None

    def execute(self, statement: str, values: Sequence[object] = ()) -> Any:
        assert self._writing
        return Ran(self._writing.execute(translated(statement), plain(values), binary=True))

    def executemany(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        assert self._writing
        with self._writing.cursor() as cursor:
            cursor.executemany(translated(statement), [plain(row) for row in rows])

    def scrub(self, *keywords: str) -> None:
        """Lets the server use the room again that what was erased took: what its files still hold of it is
        overwritten then."""
        if not self.rows("SELECT 1 FROM erased LIMIT 1"):
            return
        names = ", ".join(row[0] for row in self.rows("SELECT name FROM sqlite_master"))
        with self._lock:
            self._again(lambda one: one.execute(f"VACUUM {names}"))
            with self.transaction():
                self.execute("DELETE FROM erased")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock:
            number = self._begun()
            self._writer = threading.get_ident()
            try:
                yield
                self._committed(number)
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._writer = 0

    def _begun(self) -> str:
        """Begins a transaction, with the lock; returns its number."""
        try:
            return self._begin()
        except psycopg.OperationalError:
            if self._writing is None or not self._writing.broken:
                self._roll_back()
                raise
        self._writing = None  # it was lost since the last one
        return self._begin()

    def _begin(self) -> str:
        if self._writing is None or self._writing.closed:
            self._writing = self._connected()
        self._writing.execute("BEGIN")
        lock = "SELECT pg_advisory_xact_lock($1::bigint), pg_current_xact_id()::text"
        found = self._writing.execute(lock, (crc32(self._schema.encode()),)).fetchone()
        assert found
        return str(found[1])

    def _committed(self, number: str) -> None:
        assert self._writing
        try:
            self._writing.execute("COMMIT")
        except psycopg.OperationalError:
            if not self._writing.broken or not self._confirmed(number):
                raise

    def _confirmed(self, number: str) -> bool:
        """Whether a transaction was confirmed whose connection was lost meanwhile."""
        end = time.monotonic() + STORE.lost_seconds
        while time.monotonic() < end:
            try:
                with self._connected() as again:
                    found = again.execute("SELECT pg_xact_status($1::xid8)", (number,)).fetchone()
                if found and found[0] != "in progress":
                    return bool(found[0] == "committed")
            except (psycopg.OperationalError, LibraryError):
                pass
            time.sleep(0.2)
        raise Lost(
            "{where} went away while something was being confirmed; when it is back, look whether it was, "
            "and do it again where it was not",
            where=self.where,
        )

    def _roll_back(self) -> None:
        if self._writing is not None and not self._writing.closed:
            try:
                self._writing.execute("ROLLBACK")
                return
            except psycopg.Error:
                self._writing.close()
        self._writing = None

    # -- reading -----------------------------------------------------------------------------

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        sql, given = translated(statement), plain(values)
        if self._writer == threading.get_ident() and self._writing is not None:
            return self._writing.execute(sql, given, binary=True).fetchall()
        return self._again(lambda one: one.execute(sql, given, binary=True).fetchall())

    def _again(self, ask: Callable[[Connection], T]) -> T:
        """What is asked of a connection to read by; on a new one where the first is lost."""
        try:
            with self._free:
                one = self._idle.pop() if self._idle else self._connected()
                try:
                    found = ask(one)
                except psycopg.OperationalError:
                    if not one.broken:
                        self._idle.append(one)
                        raise
                    one.close()
                    self._idle.clear()  # the others were lost with it
                    one = self._connected()
                    found = ask(one)
                except BaseException:
                    self._idle.append(one)
                    raise
                self._idle.append(one)
                return found
        except psycopg.Error as error:
            raise self._told(error) from None

    # -- opening -----------------------------------------------------------------------------

    def _connected(self) -> Connection:
        if self._closed:
            raise Lost("{where} was closed", where=self.where)
        one: Connection = psycopg.connect(
            self._address, autocommit=True, prepare_threshold=None, cursor_factory=psycopg.RawCursor,
            connect_timeout=STORE.connect_seconds, application_name="hoibao", client_encoding="UTF8",
            keepalives_idle=10, keepalives_interval=5, keepalives_count=3, tcp_user_timeout=20_000,
        )  # fmt: skip
        one.execute(f'{_SESSION} SET search_path = "{self._schema}"')
        return one

    def _prepare(self, steps: Sequence[str], rows: Sequence[Statement]) -> None:
        """Makes the schema or brings it up to date, within a transaction."""
        assert self._writing
        if self._writing.info.server_version < 130_000 or not self._says("server_encoding", "UTF8"):
            raise LibraryError(
                "{where} is not as it is needed: PostgreSQL 13 or newer, a database made with "
                "createdb -E UTF8",
                where=self.where,
            )
        made = self.rows("SELECT 1 FROM pg_namespace WHERE nspname = ?", (self._schema,))
        if not made:
            self._refuse_others()
            self.execute(f'CREATE SCHEMA "{self._schema}"')
            self._writing.execute(_SUBSTR)
            self.execute("CREATE TABLE schema_steps (done INTEGER NOT NULL)")
            self.execute("INSERT INTO schema_steps VALUES (0)")
        else:
            ours = known_tables(steps[0]) if steps else set()
            if 2 * len(ours & {row[0] for row in self.rows(_TABLES)}) < len(ours):
                self._other(self._schema)
        done = self.rows("SELECT done FROM schema_steps")[0][0]
        if done > len(steps):
            raise LibraryError(
                "{where} was made by a newer version of Hỏi Báo; update this one", where=self.where
            )
        for one in steps[done:]:
            for statement in step(one):
                self._writing.execute(statement)
        for statement, values in rows if not made else ():
            self.execute(statement, values)
        if done < len(steps):
            self.execute("UPDATE schema_steps SET done = ?", (len(steps),))

    def _says(self, setting: str, value: str) -> bool:
        return self.rows("SELECT current_setting(?)", (setting,)) == [(value,)]

    def _refuse_others(self) -> None:
        """Another program's database is no place for a library."""
        theirs = self.rows(
            "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname NOT IN"
            " ('pg_catalog', 'information_schema') AND schemaname NOT LIKE 'hoibao%' LIMIT 1"
        )
        if theirs:
            self._other(theirs[0][0])

    def _other(self, what: str) -> None:
        raise LibraryError(
            "{where} is another program's database (it has {what}); make one for the library: "
            "createdb -E UTF8 NAME, and name it in HOIBAO_STORE",
            where=self.where,
            what=what,
        )

    def _told(self, error: psycopg.Error, also: str = "") -> LibraryError:
        """One line for what the server said."""
        said = " ".join(str(error).split())[:200] or type(error).__name__
        state = error.sqlstate or ""
        lost = isinstance(error, psycopg.OperationalError) and state[:2] in ("", "08", "57")
        do = _DO.get(state) or "" if state else next((do for k, do in _DO.items() if k in said), "")
        if not do and isinstance(error, errors.UndefinedTable | errors.InvalidSchemaName):
            do = "it is not as it was made; restore it from a dump (pg_restore)"
        if not do and lost:
            do = _START
        if not do and not isinstance(error, psycopg.OperationalError | psycopg.DataError):
            raise error  # ours to mend
        kind = Lost if lost else LibraryError
        told = "{where} cannot be used ({said}); {do}{also}"
        return kind(told, where=self.where, said=said, do=do or "try again", also=also)


_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"


def where(address: str) -> str:
    """An address as it is told, without its password.

    Raises:
        LibraryError: it is none.
    """
    try:
        known = conninfo_to_dict(address)
    except psycopg.Error:
        raise LibraryError(
            "this is no address of a database; write postgresql://USER@HOST:PORT/NAME (HOIBAO_STORE)"
        ) from None
    at = f":{known['port']}" if known.get("port") else ""
    return f"postgresql://{known.get('host', '')}{at}/{known.get('dbname', '')}"
