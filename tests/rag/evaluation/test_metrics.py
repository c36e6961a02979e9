import json
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import InputError
from rag.evaluation import metrics, questions
from rag.evaluation.falsify import HONEST, LIES, cases
from rag.evaluation.metrics import Asked
from rag.evaluation.questions import Question

SQUAD = {
    "data": [
        {
            "paragraphs": [
                {
                    "context": "Cầu An Hòa dài 486 m.",
                    "qas": [
                        {"id": "a", "question": "Dài bao nhiêu?", "answers": [{"text": "486 m"}]},
                        {"id": "b", "question": "Cao bao nhiêu?", "answers": []},
                    ],
                }
            ]
        }
    ]
}


def asked(held: bool = True, **changes: object) -> Asked:
    question = Question("q", "fact", "?", answers=("486 m",), articles=("p.txt",))
    one = Asked(question, held, "486 m [1]", True, 0.9, 1.0, 1.0, 1.0, 1, 1, 1, 1, 0,
                {"first_evidence": 0.1, "short": 0.1, "first_token": 0.2, "total": 0.3})  # fmt: skip
    return replace(one, **changes)  # type: ignore[arg-type]


def test_question_files(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(json.dumps(SQUAD))
    found = questions.read(tmp_path / "s.json", tmp_path / "paragraphs")
    assert [(q.kind, q.answers, q.articles) for q in found] == [
        ("fact", ("486 m",), ("p00000.txt",)),
        ("unanswerable", (), ("p00000.txt",)),
    ]
    assert (tmp_path / "paragraphs" / "p00000.txt").read_text() == "Cầu An Hòa dài 486 m."
    (tmp_path / "q.jsonl").write_text(
        '{"id":"1","kind":"fact","question":"Ai?","must":["a|b"],"article":"x.txt","history":["?"]}\n'
    )
    (line,) = questions.read(tmp_path / "q.jsonl", tmp_path)
    assert (line.must, line.articles, line.history[0].content) == (("a|b",), ("x.txt",), "?")
    for text in ('{"no": 1}', "nothing", '{"data": [{"paragraphs": [{}]}]}'):
        (tmp_path / "bad").write_text(text)
        with pytest.raises(InputError, match="neither JSON Lines"):
            questions.read(tmp_path / "bad", tmp_path)


def test_distractors_are_written_as_articles(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text('{"title": "A", "body": "b"}\n{"title": "C", "body": "d"}\n')
    folder = questions.write_distractors(tmp_path / "d.jsonl", 1, tmp_path / "out")
    assert [path.read_text() for path in folder.iterdir()] == ["A\n\nb"]
    assert questions.write_distractors(tmp_path, 1, tmp_path / "no") == tmp_path
    with pytest.raises(InputError):
        questions.write_distractors(tmp_path / "none.jsonl", 1, tmp_path / "out")


def test_figures_count_what_is_refused_as_wrong() -> None:
    found = [
        asked(),
        asked(probability=0.4, rank=None),
        asked(rank=4, exact=0.0, f1=0.5, recall=0.0, cited_right=0),
        asked(held=False),
        asked(held=False, probability=0.2),
    ]
    figures = metrics.summary(found, 0.5)
    assert figures["answers"]["exact match"] == pytest.approx(1 / 3)
    assert figures["answers"]["F1"] == pytest.approx(0.5)
    assert (figures["answers"]["right"], figures["answers"]["wrong, stated as fact"]) == (1, 2)
    assert figures["retrieval"]["recall@5"] == pytest.approx(2 / 3)
    assert figures["retrieval"]["MRR"] == pytest.approx(1.25 / 3)
    assert figures["citations"]["precision"] == pytest.approx(1 / 2)
    assert list(figures["refusal"].values()) == [0.5, 2, 1, 1, 1]
    curve = metrics.curve(found)
    assert curve[0]["answered"] == 1 and curve[0]["wrongly answered"] == 1
    assert curve[-1]["answered"] == 0
    assert all(a["answered"] >= b["answered"] for a, b in zip(curve, curve[1:]))


def test_scores_are_those_of_squad() -> None:
    question = Question("q", "fact", "?", answers=("rock dân gian",))
    assert metrics.scores(question, "Rock dân gian.") == (1.0, 1.0, 1.0)
    assert metrics.scores(question, "nhạc rock") == (0.0, pytest.approx(0.4), 0.0)
    either = Question("q", "fact", "?", must=("184|276", "đảng viên"))
    assert metrics.scores(either, "276 đảng viên")[2] == 1.0
    assert metrics.scores(either, "2.276 đảng viên")[2] == 0.0


def test_false_statements_differ_from_their_quotes() -> None:
    texts = [
        "Sáng 7/4/2022, tại Đà Lạt, ông Phạm Thanh Quan trao 12 suất quà, mỗi suất 300.000 đồng.",
        "Ngày 2-9-2021, tỉnh Đông Xuân khánh thành cầu An Hòa dài 486 m, rộng 12 m.",
        "Tỉnh Đông Xuân có 25-30 người vay 12.500 lượt, tổng cộng 3 tỷ đồng.",
    ]
    made = cases(texts)
    assert {case.sort for case in made} == {*HONEST, *LIES}
    for case in made:
        assert (case.statement == case.quote) == (case.sort == "true")
    assert made == cases(texts) != cases(texts, seed=2)
