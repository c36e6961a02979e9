"""Copying as a grammar in llama.cpp's notation (GBNF), for a server that keeps to one: the model can write
words that stand, in this order, in a source, and nothing else (`rag.llm.copying` is the same for tokens)."""

from collections.abc import Sequence

from rag.llm.copying import Copier, begins


def grammar(sources: Sequence[str], refusal: str = "") -> str:
    """The rules: a copy begins at a word, whose first letter may be a capital, and ends at one; or it is the
    refusal, where one is given. "" where there is nothing to write.

    >>> print(grammar(["dài 9 m"]))
    root ::= a0x0 | "Dài" (" " a0x1)? | a0x1 | a0x2 | "M"
    a0x0 ::= "dài" (" " a0x1)?
    a0x1 ::= "9" (" " a0x2)?
    a0x2 ::= "m"
    """
    roots = [_quoted(refusal)] if refusal else []
    rules: list[str] = []
    for number, text in enumerate(sources):
        words = _words(text)
        for at, (start, end) in enumerate(words):
            rest = ""
            if at + 1 < len(words):
                between = text[end : words[at + 1][0]]
                following = f"a{number}x{at + 1}"
                rest = f" ({_quoted(between)} {following})?" if between else f" {following}?"
            word = text[start:end]
            roots.append(f"a{number}x{at}")
            if (capital := word[0].upper()) != word[0] and len(capital) == 1:
                roots.append(_quoted(capital + word[1:]) + rest)
            rules.append(f"a{number}x{at} ::= {_quoted(word)}{rest}")
    if not roots:
        return ""
    return "\n".join([f"root ::= {' | '.join(roots)}", *rules])


def _words(text: str) -> list[tuple[int, int]]:
    """Where a copy may begin, each with where the word that begins there is over."""
    copier = Copier([text], {})
    found = begins(text)
    words = []
    for start, following in zip(found, [*found[1:], len(text)]):
        ends = [
            end
            for end in range(start + 1, following + 1)
            if copier.ends({(0, len(text[:end].encode()))})
        ]
        words.append((start, ends[0] if ends else following))
    return words


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'
