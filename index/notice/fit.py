"""Whether a notice corrects an article: by the title, day and paper that it names, and by what was wrong, which
must stand there."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import regex as re

from index.language.figures import Day
from index.language.sentences import sentences
from index.language.text import fold, words
from index.notice.notices import Notice
from index.notice.values import Pair, stands

#: "sure" is linked, "doubtful" is offered.
Fit = Literal["sure", "doubtful"]

#: A paper corrects itself within so many days, where the notice does not say of which day the article is; and
#: an article is dated as late as this behind its notice (one is the printed paper's day).
_SOON, _LATE = timedelta(days=60), timedelta(days=1)
#: Share of the notice's words that its article has.
_TELLS = 0.6
_ALIKE = 0.8
_SENTENCE = 0.5


@dataclass(frozen=True, slots=True)
class Read:
    """What is known of an article."""

    id: str
    title: str | None
    outlet: str | None
    published: date | None
    body: str
    story: str = ""


def fit(notice: Notice, of: Read, article: Read) -> Fit | None:
    """How surely a notice, which stands in the article `of`, corrects another one, or that itself."""
    own = of.id == article.id
    if own and not notice.appended:
        return None
    body = _without(notice, article.body) if own else article.body
    title = _title(notice.title, article, own)
    if title is None:
        return None
    day = _day(notice, of, article)
    paper = _paper(notice.outlet, article.outlet)
    wrong = [one.wrong.text for one in notice.pairs if one.wrong]
    found = any(stands(one, body) for one in wrong)
    right = any(stands(one.right.text, body) for one in notice.pairs if one.right)
    if own:
        return None if day is False else "sure"
    if day is False and title != "same" or wrong and right and not found:
        return None
    if title == "":
        tells = _tells(notice, body)
        if not found or day is False or tells < _TELLS:
            return None
        return "sure" if day and paper is not False and _named(notice, article) else "doubtful"
    if day is False or paper is False:
        return "doubtful" if found else None
    if not wrong:
        return "sure" if day and title == "same" else "doubtful"
    near = title == "same" or day is True
    return "sure" if found and near else "doubtful"


def _title(named: str | None, article: Read, own: bool) -> Literal["same", "near", ""] | None:
    """Whether an article has the title that is named; "" where none is, None where it has another."""
    if own:
        return "same" if named is None or _alike(named, article.title or "") else None
    if named is None:
        return ""
    return _alike(named, article.title or "")


def _alike(named: str, title: str) -> Literal["same", "near"] | None:
    mine, theirs = words(named), words(title)
    if not mine or not theirs:
        return None
    shorter, longer = sorted((mine, theirs), key=len)
    if mine == theirs or len(shorter) >= 4 and f" {' '.join(shorter)} " in f" {' '.join(longer)} ":
        return "same"
    common = sum(min(mine.count(word), theirs.count(word)) for word in set(mine))
    if common < _ALIKE * len(longer):
        return None
    # "huyện Yên Nam" is not "huyện Yên Bắc", and one year is not another.
    told = (
        set(re.findall(r"\p{Lu}\p{L}*|\d[\d.,]*", named)),
        set(re.findall(r"\p{Lu}\p{L}*|\d[\d.,]*", title)),
    )
    keys = [{fold(word) for word in one} for one in told]
    missing = [one - set(other) for one, other in ((keys[0], theirs), (keys[1], mine))]
    return None if any(missing) else "near"


def _day(notice: Notice, of: Read, article: Read) -> bool | None:
    """Whether an article is of a day that the notice names; None where that is not known."""
    if article.published is None:
        return None
    if notice.days:
        return any(_same(day, article.published) for day in notice.days)
    if of.published is None or of.id == article.id:
        return None
    if article.published > of.published + _LATE or of.published - article.published > _SOON:
        return False
    return None


def _same(named: Day, published: date) -> bool:
    if named.year and named.year != published.year:
        return False
    return (named.day, named.month) == (published.day, published.month)


def _paper(named: str | None, outlet: str | None) -> bool | None:
    if not named or not outlet:
        return None
    mine, theirs = (re.sub(r"^báo ", "", fold(one).strip()) for one in (named, outlet))
    return mine in theirs or theirs in mine


def _tells(notice: Notice, body: str) -> float:
    """The share of the notice's own words that stand in a text."""
    if not notice.words:
        return 0.0
    return len(notice.words & set(words(body))) / len(notice.words)


def _named(notice: Notice, article: Read) -> bool:
    """Whether an article has enough of what the notice tells to be meant without its title."""
    return len(notice.words & set(words(f"{article.title or ''} {article.body}"))) >= 4


def _without(notice: Notice, body: str) -> str:
    return body[: notice.start] + " " + body[notice.end :]


def spots(notice: Notice, pair: Pair, body: str, own: bool) -> list[tuple[int, int]]:
    """The sentences of an article's body in which what a notice corrects stands; none where that is not known,
    or was put right there. `own`: the notice stands in the same body."""
    if not pair.wrong:
        return []
    found = []
    for start, end in sentences(body):
        if own and start < notice.end and notice.start < end:
            continue
        text = body[start:end]
        if stands(pair.wrong.text, text):
            found.append((len(notice.words & set(words(text))), start, end))
    most = max((shared for shared, *_ in found), default=0)
    return [(start, end) for shared, start, end in found if shared >= _SENTENCE * most]
