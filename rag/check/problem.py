"""What the checker finds wrong with a statement: a key, and the written words that it is about."""

from dataclasses import dataclass
from typing import Literal

#: absent: the words are not in the quote. differs: the quote says them of something else, or otherwise.
#: inexact: "hơn 3.400" is not "3.400"; degree: nor "gần 3.400", the quote's own qualifier is told too.
#: apart: a name and a figure of different sentences. denied: the quote denies it, in these words. opposite:
#: "tăng" for "giảm". miscounted: a sum that does not come out so. unsaid: the quote is about something else.
#: unsupported: no article of the library says so. scanned: the quote's word was read from a picture and may be
#: misread. corrected: the article's paper has put the first words right: by the second.
Key = Literal[
    "absent",
    "differs",
    "inexact",
    "degree",
    "apart",
    "denied",
    "opposite",
    "miscounted",
    "unsaid",
    "unsupported",
    "scanned",
    "corrected",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong; `words` are the statement's, of "denied" the quote's, as written. How it is
    told is the interface's to say."""

    key: Key
    words: tuple[str, ...] = ()


def absent(written: str) -> Problem:
    """Words that are not in the quote."""
    return Problem("absent", (written,))


def differs(written: str) -> Problem:
    """Words that the quote says otherwise."""
    return Problem("differs", (written,))
