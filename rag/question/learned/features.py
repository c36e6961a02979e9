"""What the model sees of a question: its words and the runs of them, as typed and without diacritics."""

from collections.abc import Iterator

import regex as re

from index.language.text import fold, nfc, strip_marks

_TOKEN = re.compile(r"[\p{L}\p{M}]+|\d+|[?!,.:]")
#: Words of a run, at most: what asks is seldom longer ("có phải là do").
_RUN = 4


def features(question: str) -> list[str]:
    """The features, as often as each stands there; every number is "0".

    >>> features("Ai?")[:3]
    ['m^', 'm^ ai', 'm^ ai ?']
    """
    typed = ["0" if one[0].isdigit() else one for one in _TOKEN.findall(fold(nfc(question)))]
    bare = [strip_marks(one) for one in typed]
    return [*_runs("m", typed), *_runs("b", bare)]


def _runs(form: str, tokens: list[str]) -> Iterator[str]:
    tokens = ["^", *tokens, "$"]
    for at, token in enumerate(tokens):
        for count in range(1, min(_RUN, len(tokens) - at) + 1):
            yield form + " ".join(tokens[at : at + count])
        if at + 2 < len(tokens):
            yield f"{form}{token} * {tokens[at + 2]}"
