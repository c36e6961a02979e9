"""The answer in whole sentences: the writer phrases what the reader chose, the program attributes and checks.

What the writer wrote counts only where the checker finds all of it in the words that the writer was shown, and
where the short answer stands in it. Else the article's own sentences are the answer: they are right, if longer.
"""

from collections.abc import Generator, Sequence
from threading import Event

import regex as re

from index.language.figures import figures
from index.language.sentences import sentences
from index.language.text import fold, has_marks, nfc, strip_marks, words
from rag import decide, prompts
from rag.check.align import items
from rag.check.checker import cover, problems
from rag.check.verdict import Claim, proposition
from rag.cite import Said, context
from rag.config import COMPOSING
from rag.extent import cell, gone_on, spoken
from rag.llm.local import LanguageModel, TooLong
from rag.opinion import shown
from rag.phrased import is_statement
from rag.question import SHORT, Question
from rag.quote import quoted as standing
from rag.types import Candidate, Source

_MARK = re.compile(r"^(?:[•●▪*+–—-]|\(?(?:\d{1,2}|[a-zđ])[.)])\s+")
_LINE = re.compile(r"\S[^\n]*")
#: What parts the short answers of one that answers several questions.
TOGETHER = "; "


def chosen(question: Question, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates whose sentences make up the answer, in their order in the article: the first one of
    `found`; where the kind asks for more than a few words, with those of its article that are as likely."""
    best = found[0]
    if question.kind in SHORT or question.kind == "yes_no":
        return [best]
    near = decide.as_likely(found)
    most = COMPOSING.items if question.kind == "list" else COMPOSING.sentences
    by_sentence = {one.sentence: one for one in reversed(near)}
    by_sentence[best.sentence] = best
    kept = sorted(by_sentence.values(), key=lambda one: -one.probability)[:most]
    return sorted(kept, key=lambda one: one.sentence)


def quoted(question: Question, candidates: Sequence[Candidate]) -> list[Said]:
    """The candidates' own sentences, a statement each; of a list in lines all of its items. Where more than a
    few words are asked for, with the rest of what somebody said and the sentences that go on with it; of a
    table's row else the asked cell."""
    found = [item for one in candidates for item in _items(one.source)]
    if question.kind not in SHORT and question.kind != "yes_no":
        found = [part for item in found for part in (spoken(item), *gone_on(item))]
    told = dict.fromkeys(one for one in found if not any(_within(one, other) for other in found))
    short = question.kind in SHORT
    cells: dict[Source, list[str]] = {}
    for one in candidates:
        if short and (part := cell(one.source, one.start)):
            cells.setdefault(one.source, []).append(part)
    words = {source: TOGETHER.join(dict.fromkeys(parts)) for source, parts in cells.items()}
    return [("", words.get(source) or own_words(source), [source]) for source in told]


def going_on(question: Question, said: Said) -> list[Said]:
    """The sentences that go on with those that a written statement cites ("Ngoài ra, …"), in their own words:
    a second reason stands there. None to a question in another language than theirs."""
    if question.kind in SHORT or question.language == "en":
        return []
    behind = dict.fromkeys(part for source in said[2] for part in gone_on(source))
    return [("", own_words(part), [part]) for part in behind if part not in said[2]]


def _items(source: Source) -> list[Source]:
    """The items of the list in lines that a sentence is of or introduces; else the sentence alone."""
    whole = standing(source)
    lines = [
        Source(source.article, whole.start + line.start(), whole.start + line.end())
        for line in _LINE.finditer(whole.text)
    ]
    if len(lines) < 3 or not lines[0].text.endswith(":"):
        return [source]
    return lines[1:]


def _within(source: Source, other: Source) -> bool:
    return source != other and other.start <= source.start and source.end <= other.end


def own_words(source: Source) -> str:
    """A sentence of an article on one line, without what makes it an item of a list."""
    text = _MARK.sub("", " ".join(source.text.split())).rstrip(";")
    return text[:1].upper() + text[1:]


def written(
    model: LanguageModel,
    question: Question,
    short: str | None,
    candidates: Sequence[Candidate],
    stop: Event,
) -> Generator[str, None, Said | None]:
    """One statement in the writer's words with the words that say so; None where they don't, or the writer has
    no room for them. It tells each of the `short` answers. Yields the text as it grows.

    Raises:
        Away: the model is on a server that cannot be asked now.
        ModelError: the model cannot be loaded.
    """
    told = list(dict.fromkeys(shown(one) for one in candidates))
    text = ""
    prompt = prompts.sentence(question.query, told, short, question.language)
    try:
        for piece in model.write(prompt, stop):
            text += piece
            line = text.strip().split("\n")[0]
            yield line
            if "\n" in text.strip():
                break
    except TooLong:
        return None
    text = " ".join(text.strip().split("\n")[0].split())
    shorts = short.split(TOGETHER) if short else []
    if text and question.language == "en":
        lacks = [one for one in shorts if fold(one) not in fold(text)]
        text = (
            f"{text.rstrip('.')} ({TOGETHER.join(lacks)})." if lacks else text
        )  # as the article has it
    if stop.is_set() or not _is_sentence(text) or not _tells(text, question, shorts, candidates):
        return None
    if not is_statement(text, question, [one.source for one in candidates]):
        return None  # "… bao nhiêu mét là 486 m"
    for sources in _attributions(candidates):
        around = "\n".join(dict.fromkeys(context(one.article) for one in sources))
        if not problems(text, [one.text for one in sources], around):
            return ("", text, sources)
    return None


def answered_yes_or_no(word: str, said: Said | None, best: Candidate) -> Said:
    """The statement that begins with "Có" or "Không" (in the question's language): the writer's where it says
    the same, else the article's own sentence behind the word."""
    if said and said[1].split(",")[0].split(" ")[0].strip(".") == word:
        return said
    return "", f"{word}: {own_words(best.source)}", [best.source]


def corrected(question: Question, said: Claim, best: Candidate) -> tuple[str, Said] | None:
    """ "Có" or "Không" to a question that claims a person, a place or a figure, by what the article tells in
    its place, and the article's sentence; None where that has it, too, but for something else, it may be. The
    same figure is no "Có" where the sentence says the opposite beside it ("mỗi năm" for "mỗi tháng")."""
    yes, no = prompts.YES_NO[question.language]
    wanted = figures(said.claimed)
    if wanted:
        told, around = ({f.value for f in figures(text)} for text in (best.text, best.source.text))
        right, near = wanted[0].value in told, wanted[0].value in around
    else:
        form = nfc if has_marks(question.query) else strip_marks
        name, told, around = (
            set(words(form(text))) for text in (said.claimed, best.text, best.source.text)
        )
        right = name <= told
        near = 2 * len(name & told) >= len(name) or name <= around  # "Sở GTVT Quảng Nam", too
    if near and not (right and said.confirms):
        return None
    found = problems(proposition(question.query), [best.source.text], context(best.article))
    right = right and all(one.key != "opposite" for one in found)
    word = yes if right else no
    return word, ("", f"{word}: {own_words(best.source)}", [best.source])


def _attributions(candidates: Sequence[Candidate]) -> list[list[Source]]:
    """What may be cited for a statement, the least first: each sentence alone, all, and those with the
    sentences before them, which the writer was shown, too."""
    own = [one.source for one in candidates]
    before = [source for one in candidates if (source := _before(one.source))]
    return [
        *([one] for one in own),
        *([own] if len(own) > 1 else []),
        *([[*before, *own]] if before else []),
    ]


def _before(source: Source) -> Source | None:
    body = source.article.body
    start = body.rfind("\n", 0, source.start) + 1
    spans = sentences(body[start : source.start])
    return Source(source.article, start + spans[-1][0], start + spans[-1][1]) if spans else None


def _is_sentence(text: str) -> bool:
    """Whether a text says something by itself: no question, no bare name or figure."""
    return "?" not in text and len(text.split()) >= COMPOSING.least


def _tells(
    text: str, question: Question, shorts: Sequence[str], candidates: Sequence[Candidate]
) -> bool:
    """Whether a text tells what was found, and not only what was asked; of an English one without a short
    answer, or with yes or no, that is not known."""
    if shorts:
        return all(_has(text, one) for one in shorts)
    if question.kind == "yes_no" or question.language == "en":
        return True
    return any(cover(one.text, text) >= COMPOSING.told for one in candidates)


def _has(text: str, short: str) -> bool:
    """Whether a text tells the short answer: its figures and days, or else its words."""
    wanted = {item.key for item in items(short) if item.kind != "word"}
    if wanted:
        return wanted <= {item.key for item in items(text)}
    return f" {' '.join(words(short))} " in f" {' '.join(words(text))} "
