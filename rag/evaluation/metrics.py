"""`hoibao eval`: retrieval, answers, citations, refusals and the checker, measured on a question file.

Each question is asked with the refusal switched off, so that the whole curve of refusals against wrong
answers can be drawn; the figures are those at the threshold in use.
"""

import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from index.language.figures import figures
from index.language.sentences import sentences
from index.language.text import words
from index.library import EVERYTHING, Library
from index.types import Filter
from rag import prompts
from rag.assistant import Assistant
from rag.check.checker import problems
from rag.config import RETRIEVAL
from rag.decide import threshold as fitted
from rag.evaluation.falsify import HONEST, LIES, cases
from rag.evaluation.questions import Question
from rag.llm.local import LanguageModel
from rag.types import Answer, Passage

_CHECKED = 300  # sentences for the checker
_PLAIN_PASSAGES = 5
_DENIALS = (
    "không tìm thấy",
    "không có thông tin",
    "không được đề cập",
    "không đề cập",
    "không nêu",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and how it went. `held`: whether its articles were in the library. The scores are 0 to
    1: `exact` and `f1` of the short answer (or, without one, the answer) and the best expected one, `recall`
    whether all that is expected stands in the answer. `rank` of the first expected article among the
    passages, None where it is not. Cited articles: how many of the expected ones, and how many others."""

    question: Question
    held: bool
    text: str
    answered: bool
    probability: float
    exact: float
    f1: float
    recall: float
    rank: int | None
    cited: int
    cited_right: int
    articles_cited: int
    others_cited: int
    seconds: Mapping[str, float | None]
    plain: "Plain | None" = None


@dataclass(frozen=True, slots=True)
class Plain:
    """The baseline's answer to the same question: the same model, the five best passages, a plain
    prompt."""

    text: str
    answered: bool
    exact: float
    f1: float
    recall: float
    cited_right: int
    seconds: float


#: Named figures, grouped: retrieval, answers, citations, …
Figures = dict[str, dict[str, float | int | None]]


def ask_all(
    assistant: Assistant,
    questions: Sequence[Question],
    without: bool = False,
    baseline: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
    only: Callable[[Question], Filter] = lambda question: EVERYTHING,
) -> Iterator[Asked]:
    """Asks every question, of the articles that `only` says; `without`: also every answerable one with its
    articles taken out. The assistant must have been made with `threshold=0`."""
    ids = {Path(row.source).name: row.id for row in assistant.library.articles()}
    rounds = [(question, question.answerable) for question in questions]
    if without:
        rounds += [(q, False) for q in questions if q.answerable and _ids(q, ids)]
    for done, (question, held) in enumerate(rounds):
        progress(done, len(rounds))
        taken = _ids(question, ids) if question.answerable and not held else ()
        among = only(question)
        among = replace(among, without=(*among.without, *taken))
        *_, answer = assistant.ask(question.text, question.history, among)
        plain = _plain(assistant.writer, question, answer.passages) if baseline else None
        yield _scored(question, held, answer, plain)
    progress(len(rounds), len(rounds))


def summary(asked: Sequence[Asked], threshold: float | None = None) -> Figures:
    """The figures at a threshold of the refusal: that in use, if none is given."""
    threshold = fitted() if threshold is None else threshold
    held = [one for one in asked if one.held]
    gone = [one for one in asked if not one.held]
    ranked = [one for one in held if one.question.articles]
    said = [one for one in held if _is_answered(one, threshold)]
    wrong = [one for one in gone if _is_answered(one, threshold)]
    expecting = [one for one in held if one.question.answers or one.question.must]
    exact = [one for one in expecting if one.question.answers]
    cited = [one for one in said if one.question.answers or one.question.must]
    wanted = sum(len(one.question.articles) for one in held)
    figures_: Figures = {
        "retrieval": {
            "questions": len(ranked),
            **{
                f"recall@{k}": _mean([_within(one.rank, k) for one in ranked]) for k in (1, 3, 5, 8)
            },
            "MRR": _mean([1 / one.rank if one.rank else 0.0 for one in ranked]),
        },
        "answers": {
            "questions": len(expecting),
            "exact match": _mean([_at(one.exact, one, threshold) for one in exact]),
            "F1": _mean([_at(one.f1, one, threshold) for one in exact]),
            "answer recall": _mean([_at(one.recall, one, threshold) for one in expecting]),
            "right": sum(_at(one.recall, one, threshold) == 1 for one in expecting),
            "wrong, stated as fact": sum(one.recall < 1 for one in cited) + len(wrong),
            "of another article": sum(one.others_cited > 0 for one in cited),
        },
        "citations": {
            "precision": _share(sum(o.cited_right for o in cited), sum(o.cited for o in cited)),
            "answers with a right one": _mean([float(o.cited_right > 0) for o in cited]),
            "recall": _share(sum(o.articles_cited for o in said), wanted),
        },
        "refusal": {
            "threshold": threshold,
            "answerable, answered": len(said),
            "answerable, refused": len(held) - len(said),
            "unanswerable, answered": len(wrong),
            "unanswerable, refused": len(gone) - len(wrong),
        },
        "seconds": {
            f"{name} p{part}": _percentile([o.seconds[name] for o in asked], part)
            for name in ("first_evidence", "short", "first_token", "total")
            for part in (50, 95)
        },
    }
    plain = [one.plain for one in expecting if one.plain]
    if plain:
        gone_plain = [one.plain for one in gone if one.plain]
        figures_["plain prompt"] = {
            "exact match": _mean([p.exact for p in plain]),
            "F1": _mean([p.f1 for p in plain]),
            "answer recall": _mean([p.recall for p in plain]),
            "right": sum(p.answered and p.recall == 1 for p in plain),
            "wrong, stated as fact": sum(p.answered and p.recall < 1 for p in plain)
            + sum(p.answered for p in gone_plain),
            "answers with a right citation": _mean([float(p.cited_right > 0) for p in plain]),
            "unanswerable, answered": sum(p.answered for p in gone_plain),
            "unanswerable, refused": sum(not p.answered for p in gone_plain),
            "total p50": _percentile([p.seconds for p in plain], 50),
        }
    return figures_


def curve(asked: Sequence[Asked]) -> list[dict[str, float]]:
    """By threshold: the shares of answerable questions answered, of those right in the answer's
    words, and of unanswerable ones answered all the same."""
    held = [one for one in asked if one.held]
    gone = [one for one in asked if not one.held]
    points = []
    for step in range(0, 101, 2):
        at = step / 100
        said = [one for one in held if _is_answered(one, at)]
        points.append(
            {
                "threshold": at,
                "answered": _share(len(said), len(held)) or 0.0,
                "right": _share(sum(one.recall == 1 for one in said), len(held)) or 0.0,
                "wrongly answered": _share(sum(_is_answered(o, at) for o in gone), len(gone))
                or 0.0,
            }
        )
    return points


def checker(library: Library, article_ids: Sequence[str]) -> Figures:
    """How often the checker accepts true and falsified statements about sentences of articles."""
    found = []
    for article_id in article_ids:
        body = library.article(article_id).body
        found += [body[a:b] for a, b in sentences(body) if figures(body[a:b])]
    counts: Counter[str] = Counter()
    accepted: Counter[str] = Counter()
    for case in cases(found[:_CHECKED]):
        counts[case.sort] += 1
        accepted[case.sort] += not problems(case.statement, [case.quote])
    return {
        "checker, accepted": {
            f"{sort} ({counts[sort]})": _share(accepted[sort], counts[sort])
            for sort in (*HONEST, *LIES)
        }
    }


def record(one: Asked) -> dict[str, object]:
    """A question's result, for the JSON report."""
    data = asdict(one)
    data["question"] = one.question.text
    return {"id": one.question.id, "kind": one.question.kind, **data}


def _scored(question: Question, held: bool, answer: Answer, plain: Plain | None) -> Asked:
    text = " ".join(statement.text for statement in answer.statements)
    exact, f1, _ = scores(question, (answer.short or text) if answer.answered else "")
    *_, recall = scores(question, text if answer.answered else "")
    names = {p.article.id: Path(p.article.source).name for p in answer.passages}
    order = list(dict.fromkeys(names[p.article.id] for p in answer.passages))
    rank = next((n for n, name in enumerate(order, 1) if name in question.articles), None)
    cited = {Path(c.article.source).name for c in answer.citations}
    return Asked(
        question,
        held,
        answer.text,
        answer.answered,
        1.0 if answer.probability is None else answer.probability,
        exact,
        f1,
        recall,
        rank,
        len(answer.citations),
        sum(_holds(question, c.quote) for c in answer.citations),
        sum(name in cited for name in question.articles),
        sum(name not in question.articles for name in cited),
        asdict(answer.seconds),
        plain,
    )


def _plain(model: LanguageModel, question: Question, passages: Sequence[Passage]) -> Plain:
    began = time.monotonic()
    shown = passages[:_PLAIN_PASSAGES]
    reply = "".join(model.write(prompts.plain(question.text, shown), threading.Event()))
    exact, f1, recall = scores(question, reply)
    quoted = [p.text for n, p in enumerate(shown, 1) if f"[{n}]" in reply]
    return Plain(
        reply,
        not any(denial in reply.lower() for denial in _DENIALS),
        exact,
        f1,
        recall,
        sum(_holds(question, text) for text in quoted),
        time.monotonic() - began,
    )


def scores(question: Question, text: str) -> tuple[float, float, float]:
    """Exact match and F1 as SQuAD counts them, over `index.language.text.words` (case, tone placement and the
    form of numbers make no difference), and whether all that is expected stands in the text."""
    if not text or not (question.answers or question.must):
        return 0.0, 0.0, 0.0
    said = words(text)
    exact = max((float(said == words(a)) for a in question.answers), default=0.0)
    f1 = max((_f1(said, words(a)) for a in question.answers), default=0.0)
    return exact, f1, float(_holds_all(question, text))


def _f1(said: list[str], expected: list[str]) -> float:
    common = sum((Counter(said) & Counter(expected)).values())
    return 2 * common / (len(said) + len(expected)) if common else 0.0


def _holds_all(question: Question, text: str) -> bool:
    if question.answers:
        return any(_contains(text, answer) for answer in question.answers)
    return all(any(_contains(text, one) for one in must.split("|")) for must in question.must)


def _holds(question: Question, quote: str) -> bool:
    """Whether a quote has an expected answer, or a part of it."""
    expected = question.answers or tuple(one for must in question.must for one in must.split("|"))
    return any(_contains(quote, one) for one in expected)


def _contains(text: str, part: str) -> bool:
    return f" {' '.join(words(part))} " in f" {' '.join(words(text))} "


def _ids(question: Question, ids: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(ids[name] for name in question.articles if name in ids)


def _is_answered(one: Asked, threshold: float) -> bool:
    return one.answered and one.probability >= threshold


def _at(score: float, one: Asked, threshold: float) -> float:
    return score if _is_answered(one, threshold) else 0.0


def _within(rank: int | None, k: int) -> float:
    return float(rank is not None and rank <= min(k, RETRIEVAL.passages))


def _mean(values: Sequence[float]) -> float | None:
    return statistics.fmean(values) if values else None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _percentile(values: Sequence[float | None], part: int) -> float | None:
    known = sorted(value for value in values if value is not None)
    return known[min(len(known) - 1, len(known) * part // 100)] if known else None
