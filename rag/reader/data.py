"""The question sets, read and cut: samples, the development split, and all of it as token numbers.

A set is JSON Lines (gzipped or not) of `question`, `context`, `start`, `end` (code points of the answer in the
context, or null for "not here"), `title`, `language`; made questions have `date` and `place`, too.
"""

import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import regex as re
from numpy.typing import NDArray

from index.errors import InputError
from index.language.sentences import sentences
from index.language.text import strip_marks

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = NDArray[np.int32]

#: The sets that may be trained on, with source and licence; what ends in `.report` never is.
TRAIN = {
    "xquad-12": "google-deepmind/xquad, CC BY-SA 4.0",
    "squadshifts-wiki": "modestyachts/squadshifts-website, CC BY 4.0",
    "squadshifts-reddit": "modestyachts/squadshifts-website, CC BY 4.0",
    "squadshifts-amazon": "modestyachts/squadshifts-website, CC BY 4.0",
    "piaf": "etalab-ia/piaf-code, MIT",
    "cmrc2018": "ymcui/cmrc2018, CC BY-SA 4.0",
    "jaquad": "SkelterLabsInc/JaQuAD, CC BY-SA 3.0",
}
REPORT = ("xquad-vi", "mlqa-vi")
#: Of these sets the titles whose SHA-256 is smallest are kept for choices: how many.
_DEV_TITLES = {"xquad-12": 2, "squadshifts-wiki": 2, "piaf": 8}
#: Titles that say nothing: numbers of reviews, one name for all comments.
_NO_TITLE = re.compile(r"^(Amazon_Reviews_\d+|Filtered_Reddit_Comments)$")
#: Titles of so few paragraphs each that "another paragraph" is one of another article.
_NO_ARTICLES = ("cmrc2018", "squadshifts-reddit")
_FAR_EAST_END = re.compile(r"(?<=[。！？])(?=.)|\n")
NEGATIVES = 4


@dataclass(frozen=True, slots=True)
class Sample:
    """A question, the paragraph that it is asked of, and where the answer stands there (`start`, `end` in
    code points; -1 twice: not here). `header`: title, date and place as the reader is told them."""

    question: str
    context: str
    start: int
    end: int
    title: str
    header: str
    language: str
    source: str

    @property
    def answer(self) -> str:
        """The words of the answer; none for "not here"."""
        return self.context[self.start : self.end] if self.start >= 0 else ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Samples as numbers. Texts lie behind each other: text `t` is `tokens[bounds[t]:bounds[t + 1]]`; where
    sentences of it begin, in tokens, is `begins[begin_bounds[t]:begin_bounds[t + 1]]` (contexts only).

    Of each sample: `questions` (as written, in lower case, without marks: text numbers), `contexts`,
    `first` and `last` token of the answer in the context (-1: not here), `headers` (-1: none), `others`
    (up to `NEGATIVES` paragraphs that do not answer, nearest first, else -1), `sources` (a number in
    `names`). `parallel[i]`: the samples that are one question in all languages, Vietnamese first.
    """

    tokens: Ints
    bounds: Ints
    begins: Ints
    begin_bounds: Ints
    questions: Ints
    contexts: Ints
    first: Ints
    last: Ints
    headers: Ints
    others: Ints
    sources: Ints
    parallel: Ints
    names: tuple[str, ...]

    def text(self, number: int) -> Ints:
        """A text's tokens."""
        return self.tokens[self.bounds[number] : self.bounds[number + 1]]

    def sentence_begins(self, number: int) -> Ints:
        """The tokens of a context at which a sentence begins, in order; the first is 0."""
        return self.begins[self.begin_bounds[number] : self.begin_bounds[number + 1]]


def read_set(path: Path, source: str) -> list[Sample]:
    """The samples of one file, in its order.

    Raises:
        InputError: it is not there, or not of this form.
    """
    found = []
    try:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                raw = json.loads(line)
                title = "" if _NO_TITLE.match(raw["title"]) else raw["title"].replace("_", " ")
                told = (title, raw.get("date"), raw.get("place"))
                found.append(
                    Sample(
                        raw["question"].strip(),
                        raw["context"],
                        -1 if raw["start"] is None else raw["start"],
                        -1 if raw["end"] is None else raw["end"],
                        raw["title"],
                        " · ".join(part for part in told if part),
                        raw["language"],
                        source,
                    )
                )
    except (OSError, KeyError, ValueError) as error:
        raise InputError(f"{path} is no question set ({error}); see rag/reader/data.py") from error
    return found


def splits(folder: Path) -> tuple[list[Sample], list[Sample]]:
    """All samples that may be trained on, and those kept for choices: other titles of the same sets."""
    train: list[Sample] = []
    kept: list[Sample] = []
    for source in TRAIN:
        samples = read_set(folder / f"{source}.train.jsonl.gz", source)
        titles = sorted({s.title for s in samples}, key=_digest)
        out = set(titles[: _DEV_TITLES.get(source, 0)])
        train += [s for s in samples if s.title not in out]
        kept += [s for s in samples if s.title in out]
    return train, kept


def spans(text: str, language: str) -> list[tuple[int, int]]:
    """The sentences' spans; Japanese and Chinese have no space behind a full stop."""
    if language not in ("ja", "zh"):
        return sentences(text)
    cuts = [0, *(m.end() for m in _FAR_EAST_END.finditer(text)), len(text)]
    return [(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if text[a:b].strip()]


def encode(samples: Sequence[Sample], tokenizer: "Tokenizer") -> Corpus:
    """The samples as numbers; those are left out whose answer's tokens hold much more than the answer
    (Japanese and Chinese words that the tokenizer joins with their neighbours)."""
    texts: dict[str, int] = {}
    for sample in samples:
        for text in (sample.context, *_asked(sample), sample.header):
            if text:
                texts.setdefault(text, len(texts))
    order = list(texts)
    encodings = [tokenizer.encode(t, add_special_tokens=False) for t in order]
    bounds = np.cumsum([0, *(len(e.ids) for e in encodings)]).astype(np.int32)
    tokens = np.concatenate([np.asarray(e.ids, np.int32) for e in encodings])
    begins: list[list[int]] = [[] for _ in order]
    rows = []
    kept: list[Sample] = []
    names = tuple(dict.fromkeys(s.source for s in samples))
    for sample in samples:
        number = texts[sample.context]
        offsets = encodings[number].offsets
        if not begins[number]:
            starts = [a for a, _ in spans(sample.context, sample.language)]
            begins[number] = _token_begins(offsets, starts)
        first = last = -1
        if sample.start >= 0:
            first, last = answer_tokens(offsets, sample.start, sample.end)
            covered = sample.context[offsets[first][0] : offsets[last][1]].strip()
            if len(covered) > len(sample.answer) + 2:
                continue
        kept.append(sample)
        header = texts[sample.header] if sample.header else -1
        asked = [texts[q] for q in _asked(sample)]
        rows.append([number, first, last, header, names.index(sample.source), *asked])
    table = np.asarray(rows, np.int32)
    context, first_, last_, header_, source, *_ = table.T
    return Corpus(
        tokens,
        bounds,
        np.asarray([b for part in begins for b in part], np.int32),
        np.cumsum([0, *(len(part) for part in begins)]).astype(np.int32),
        np.ascontiguousarray(table[:, 5:]),
        context,
        first_,
        last_,
        header_,
        _others(kept, [encodings[texts[s.question]].ids for s in kept], context, tokens, bounds),
        source,
        _parallel(kept),
        names,
    )


def save_corpus(corpus: Corpus, path: Path) -> None:
    """Writes a corpus in one replacement of the file."""
    partial = path.with_suffix(".part.npz")
    arrays = {f.name: getattr(corpus, f.name) for f in fields(corpus)}
    np.savez(partial, **arrays)
    partial.replace(path)


def load_corpus(path: Path) -> Corpus:
    """What `save_corpus` wrote."""
    with np.load(path) as arrays:
        given = {f.name: arrays[f.name] for f in fields(Corpus)}
    given["names"] = tuple(str(name) for name in given["names"])
    return Corpus(**given)


def answer_tokens(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The first and the last token that hold a part of `[start, end)`."""
    inside = [n for n, (a, b) in enumerate(offsets) if b > start and a < end]
    return inside[0], inside[-1]


def _asked(sample: Sample) -> tuple[str, str, str]:
    """The question as written, in lower case, and (Vietnamese) without marks in lower case."""
    lower = sample.question.lower()
    return sample.question, lower, strip_marks(lower) if sample.language == "vi" else lower


def _token_begins(offsets: Sequence[tuple[int, int]], starts: Iterable[int]) -> list[int]:
    ends = np.asarray([b for _, b in offsets])
    return sorted({0, *(int(np.searchsorted(ends, s, side="right")) for s in starts)} - {len(ends)})


def _parallel(samples: Sequence[Sample]) -> Ints:
    """Sample numbers, a row for each question that XQuAD has in all languages: its file has the same
    questions in the same order in each language."""
    by_language: dict[str, list[int]] = defaultdict(list)
    for number, sample in enumerate(samples):
        if sample.source == "xquad-12":
            by_language[sample.language].append(number)
    columns = [by_language.pop("vi", []), *by_language.values()]
    if len({len(column) for column in columns}) > 1:
        raise InputError("the languages of xquad-12 do not have the same questions")
    return np.asarray(columns, np.int32).T.copy()


def _others(
    samples: Sequence[Sample],
    questions: Sequence[Sequence[int]],
    contexts: Ints,
    tokens: Ints,
    bounds: Ints,
) -> Ints:
    """Paragraphs of the same title and language that share most (rare) tokens with the question and do not hold
    the answer's words; shape (samples, `NEGATIVES`)."""
    found = np.full((len(samples), NEGATIVES), -1, np.int32)
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, sample in enumerate(samples):
        if sample.start >= 0:
            title = "" if sample.source in _NO_ARTICLES else sample.title
            groups[sample.source, sample.language, title].append(number)
    for members in groups.values():
        texts = {int(contexts[m]): samples[m].context.lower() for m in members}
        numbers = list(texts)
        words = [Counter(tokens[bounds[n] : bounds[n + 1]].tolist()) for n in numbers]
        seen: dict[int, list[int]] = defaultdict(list)
        for column, counted in enumerate(words):
            for token in counted:
                seen[token].append(column)
        for member in members:
            score = np.zeros(len(numbers))
            for token in set(questions[member]) & seen.keys():
                score[seen[token]] += np.log(1 + len(numbers) / len(seen[token]))
            answer = samples[member].answer.lower()
            near = np.argsort(-score, kind="stable")[: 4 * NEGATIVES]
            fit = [numbers[c] for c in near if answer not in texts[numbers[c]]][:NEGATIVES]
            found[member, : len(fit)] = fit
    return found


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
