"""Whether a sentence tells a cause or a purpose: it has a word that joins one to what it explains."""

import regex as re

from rag.types import Candidate, Kind

_JOINS = re.compile(
    r"(?<!\p{L})(?:vì|do|bởi|nhờ|nên|để|nhằm|khiến|buộc|nguyên nhân|l[ýí] do|dẫn (?:đến|tới)|xuất phát từ)"
    r"(?!\p{L})",
    re.IGNORECASE,
)


def told(kind: Kind, candidate: Candidate) -> float:
    """Where a reason is asked for 1 if the candidate's sentence tells one, else -1; 0 where none is."""
    if kind != "reason":
        return 0.0
    return 1.0 if _JOINS.search(candidate.source.text) else -1.0
