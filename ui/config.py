"""Every number that the page depends on, in one place, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """How much is shown at once."""

    #: Articles in the table; a filter finds the others.
    articles: int = 500
    #: Files in a report that could not be read.
    failures: int = 200
    #: Articles that a refusal names.
    nearest: int = 3
    #: Bars of months; beyond that they are years.
    months: int = 240
    #: Bars of outlets, of places.
    bars: int = 30
    #: Characters of a conversation's name.
    name: int = 80


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds that something is waited for."""

    #: At the program's end: what was told to stop.
    ends: float = 30.0
    #: An event that waits is asked after them whether its page is still there.
    beat: float = 20.0
    #: The painter before; one whose page is gone may never come back.
    painter: float = 5.0
    #: Files that were handed over or are to be fetched are looked through so often, and go after so long.
    clears: int = 600
    download: int = 3600


SHOWN = Shown()
WAITS = Waits()
