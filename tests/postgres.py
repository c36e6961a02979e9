"""A PostgreSQL server for the tests: Debian's, as a user of its own (it refuses root), on a socket in a
temporary folder."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

#: Where Debian has its programs, the newest last.
_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
_USER = "postgres"
_QUICK = "-c fsync=off -c full_page_writes=off -c listen_addresses= -c max_connections=60"


class Server:
    """The server; its databases are made by name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._data = folder / "data"
        self._made = 0
        run(
            "initdb",
            "-D",
            str(self._data),
            "-E",
            "UTF8",
            "--locale=C",
            "-A",
            "trust",
            "-U",
            _USER,
            "-N",
        )
        rules = self._data / "pg_hba.conf"
        rules.write_text(f"local all guarded scram-sha-256\n{rules.read_text()}")
        self.start()
        self.sql("CREATE ROLE guarded LOGIN PASSWORD 'right'")

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        options = f"{_QUICK} -k {self.folder}"
        log = str(self.folder / "log")
        run("pg_ctl", "-D", str(self._data), "-w", "-l", log, "-o", options, "start")

    def kill(self) -> None:
        """Kills it with all its processes, as a power cut does."""
        run("pg_ctl", "-D", str(self._data), "-m", "immediate", "-w", "stop")

    def end_sessions(self) -> None:
        """Cuts every connection, as a restart does."""
        self.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'hoibao'"
        )

    def database(self, user: str = _USER) -> str:
        """The address of a new, empty database, for a user ("guarded" needs the password "right")."""
        self._made += 1
        name = f"made{self._made}"
        self.sql(f"CREATE DATABASE {name}")
        return f"postgresql://{user}@/{name}?host={quote(str(self.folder), safe='')}"

    def sql(self, statement: str, database: str = "postgres") -> str:
        """What a statement gives, by PostgreSQL's own program."""
        return run(
            *("psql", "-h", str(self.folder), "-U", _USER, "-d", database, "-qAtX"),
            *("-v", "ON_ERROR_STOP=1", "-c", statement),
        )


def run(program: str, *arguments: str) -> str:
    """Runs one of PostgreSQL's programs as its user; returns what it says."""
    command = [str(_BINARIES[-1] / program), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", _USER, "--", *command]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/"
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@contextmanager
def running() -> Iterator[Server]:
    """A server; the test that asks for it is skipped where PostgreSQL is not installed."""
    if not _BINARIES or (os.geteuid() == 0 and shutil.which("runuser") is None):
        pytest.skip("PostgreSQL is not installed (Debian: apt install postgresql)")
    # Not where tests put this process's temporary files, which is closed to others.
    folder = Path(tempfile.mkdtemp(prefix="hoibao-pg-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _USER, _USER)
        made = Server(folder)
        yield made
        made.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
