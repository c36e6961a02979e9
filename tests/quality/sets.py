"""Question sets as `hoibao eval` reads them. `python tests/quality/sets.py NAME PART FOLDER` writes the
articles of a set into FOLDER/articles, one file each, and its questions into FOLDER/questions.jsonl.

NAME is `xquad` (SQuAD's way of asking), `lookalikes` (made reports that differ in place, year or office only,
from templates that the reader's training did not see), or `everyday` (our questions on news). PART is `fit`
(the decision's weights and threshold, and choices) or `report`; they share no paragraph, question and template.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import regex as re

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from rag.evaluation.questions import Question  # noqa: E402
from rag.reader.data import REPORT, TRAIN, read_set, splits  # noqa: E402
from rag.reader.made import Group, Part, lookalikes  # noqa: E402
from tests.conftest import DATA  # noqa: E402
from tests.quality import everyday  # noqa: E402

NAMES = ("xquad", "lookalikes", "everyday")
#: How many groups of look-alikes.
_GROUPS: dict[Part, int] = {"fit": 40, "report": 50}
Json = dict[str, object]


def xquad(part: Part) -> Iterator[tuple[str, str, list[Json]]]:
    """Vietnamese XQuAD: the development titles of training, or the report part; paragraph by paragraph."""
    assert "xquad-12" in TRAIN and "xquad-vi" in REPORT
    if part == "report":
        samples = read_set(DATA / "reading" / "xquad-vi.report.jsonl.gz", "xquad-vi")
    else:
        kept = splits(DATA / "reading")[1]
        samples = [s for s in kept if s.source == "xquad-12" and s.language == "vi"]
    for number, context in enumerate(dict.fromkeys(s.context for s in samples)):
        name = f"x{number:04}.txt"
        asked = [s for s in samples if s.context == context]
        yield name, context, [_question(s.question, name, [s.answer]) for s in asked]


def made(part: Part) -> Iterator[tuple[str, str, list[Json]]]:
    """Look-alikes: each group's articles, and with its last one the questions of the group."""
    for number, group in enumerate(groups(part)):
        names = [f"g{number:03}-{i}.txt" for i in range(len(group.articles))]
        questions = []
        for asking in group.askings:
            told = range(len(names)) if asking.about is None else [asking.about]
            must = ["|".join(map(core, asking.expected[i])) for i in told if asking.expected[i]]
            kind = "alike" if asking.about is not None else "several"
            questions.append(
                {"kind": kind, "question": asking.question, "must": must,
                 "articles": [names[i] for i in told if asking.expected[i]], "differs": group.differs}
            )  # fmt: skip
        for name, article in zip(names, group.articles, strict=True):
            last = name == names[-1]
            yield name, f"{article.title}\n\n{article.body}", questions if last else []


def core(expected: str) -> str:
    """What must stand in a right answer: of a figure its number and scale, not what is counted.

    >>> core("hơn 1,4 triệu đồng/người"), core("Hà Kim Nga")
    ('1,4 triệu', 'Hà Kim Nga')
    """
    figure = re.match(
        r"(?:\p{Ll}+ ){0,2}(\d[\d.,]*%?(?: (?:đến|-) \d[\d.,]*)?(?: (?:triệu|tỷ|nghìn))?)(?![\d/-])",
        expected,
    )
    return figure[1].rstrip(".,") if figure else expected


def groups(part: Part) -> Iterator[Group]:
    """Look-alikes of the templates of a part."""
    yield from lookalikes(7, _GROUPS[part], part=part)


def other_groups(question: Question, ids: Mapping[str, str]) -> tuple[str, ...]:
    """The look-alikes of other groups than a question's own, by file name: what tells one report from the
    others is meant within a group."""
    group = question.articles[0].split("-")[0] if question.articles else ""
    if not re.fullmatch(r"g\d+", group):
        return ()
    others = (name for name in ids if re.match(r"g\d+-", name) and not name.startswith(f"{group}-"))
    return tuple(ids[name] for name in others)


def news(part: Part) -> Iterator[tuple[str, str, list[Json]]]:
    """Our everyday questions on articles of vietnews."""
    file = ROOT / "tests" / "quality" / f"everyday.{'dev' if part == 'fit' else 'report'}.jsonl"
    articles, questions = everyday.read(file, DATA / "vietnews-20k.jsonl.gz")
    for article in articles:
        name = f"n{article.index:05}.txt"
        own = [
            {
                "id": q.id,
                "kind": q.kind if q.answerable else "unanswerable",
                "question": q.question,
                "must": list(q.must),
                "article": name,
            }
            for q in questions
            if q.index == article.index
        ]
        yield name, f"{article.title}\n\n{article.body}", own


def _question(text: str, name: str, answers: list[str]) -> Json:
    return {"kind": "fact", "question": text, "answer": answers[0], "article": name}


def write(name: str, part: Part, folder: Path) -> tuple[Path, Path]:
    """Writes a set; returns the folder of its articles and the file of its questions."""
    made_ = {"xquad": xquad, "lookalikes": made, "everyday": news}[name](part)
    articles = folder / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    questions = folder / "questions.jsonl"
    with questions.open("w", encoding="utf-8") as lines:
        for file, text, asked in made_:
            (articles / file).write_text(text, "utf-8")
            for number, one in enumerate(asked):
                line = {"id": f"{name}-{file}-{number}", **one}
                lines.write(json.dumps(line, ensure_ascii=False) + "\n")
    return articles, questions


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("part", choices=("fit", "report"))
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args()
    print(*write(chosen.name, chosen.part, chosen.folder))
