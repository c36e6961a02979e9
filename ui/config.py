"""Every number that the page depends on, in one place, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """How much is shown at once."""

    #: Articles in the table; a filter finds the others.
    articles: int = 500
    #: Articles that exact search shows; its CSV has all.
    found: int = 50
    #: Files in a report that could not be read.
    failures: int = 200
    #: Articles that a refusal names.
    nearest: int = 3
    #: Bars of months; beyond that they are years.
    months: int = 240
    #: Bars of outlets, of places.
    bars: int = 30
    #: Conversations that the start names.
    talks: int = 4
    #: Names, and rows of offices; chosen articles that have a chip each.
    names: int = 200
    chosen: int = 6
    #: Characters of an outlet or title on a citation.
    chip: int = 32
    #: Characters of a conversation's name.
    name: int = 80


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds that something is waited for."""

    #: At the program's end: what was told to stop; before that, where SIGTERM ends it, what is under way
    #: (docs/deploy says so to systemd).
    ends: float = 30.0
    drains: float = 30.0
    #: For open connections when the page is closed.
    closes: float = 5.0
    #: An event that waits is asked after them whether its page is still there.
    beat: float = 20.0
    #: A program that hears an answer grow hears something after so long, by which it is known to be there.
    hears: float = 1.0
    #: Between two looks at what is being added, and for questions to start with; for the machine to be idle
    #: before those are looked for.
    queue: float = 0.5
    starters: float = 2.0
    idle: float = 15.0
    #: The painter before; one whose page is gone may never come back.
    painter: float = 5.0
    #: Between two times that free memory goes back to the system.
    gives_back: float = 15.0
    #: Files that were handed over or are to be fetched are looked through so often, and go after so long.
    clears: int = 600
    download: int = 3600


@dataclass(frozen=True, slots=True)
class Door:
    """Who gets in, and how much is taken from those who do."""

    #: Characters of a token, of a password, at least; of a password, at most.
    characters: int = 16
    password: int = 8
    longest: int = 200
    #: Wrong passwords for one name from one address within `wait` seconds, after which it has to wait; for so
    #: many names, the address has to wait for all; addresses that are kept in mind for it.
    tries: int = 5
    names: int = 6
    wait: float = 60.0
    senders: int = 1000
    #: Seconds that a cookie lives after the page was last opened: a month.
    cookie: int = 30 * 24 * 3600
    #: Megabytes of one upload, all its files together (`serve --upload-mb`); of any other request.
    upload_mb: int = 500
    request_mb: int = 8
    #: Files that are added at once by dropping them on the page: Gradio takes as many in a request.
    files: int = 1000
    #: Events that wait for their turn; beyond that it is busy. A page has one or two, rarely more.
    waiting: int = 64
    #: Questions, of one way to ask, that are answered at once. All of them are searched and read for at once;
    #: only for the writer they wait, where their place is told.
    asking: int = 64
    #: What goes on at once on the page's server: besides each question's own, each open page holds one place.
    threads: int = 512


@dataclass(frozen=True, slots=True)
class Turns:
    """How threads share the one that computes in Python."""

    #: Seconds until it is another's turn (Python's own: 0.005).
    seconds: float = 0.0005


@dataclass(frozen=True, slots=True)
class Each:
    """What one of several people may take, so that enough is left for the others."""

    #: Days after which who logged in logs in again.
    days: int = 14
    #: Questions under way; a page has one, a second is asked while the first is being stopped.
    questions: int = 4
    #: Megabytes uploaded a day.
    upload_mb: int = 2000


DOOR = Door()
EACH = Each()
SHOWN = Shown()
TURNS = Turns()
WAITS = Waits()
