"""What was kept before there were people is the owner's, whole; and each one's is kept apart."""

from pathlib import Path

from index.store.database import Database
from ui.history import History
from ui.kept import Wrong
from ui.schema import STEPS


def test_what_was_there_is_the_owner_s(tmp_path: Path) -> None:
    old = Database(tmp_path / "history.db", STEPS[:-1], "")
    with old.transaction():
        old.execute("INSERT INTO conversation VALUES ('c', 'Cầu?', 0, 1.0, 2.0, NULL)")
        old.execute("INSERT INTO turn (conversation, question, asked) VALUES ('c', 'Cầu?', 1.0)")
        old.execute("INSERT INTO wrong VALUES (7, 1.0, 'Cầu?', '5 m', '6 m', 'a.txt', 0, '[]')")
        old.execute(
            "INSERT INTO standing (id, question, exact, made, asked) VALUES (3, 'Lũ?', 0, 1.0, 1.0)"
        )
        old.execute(
            "INSERT INTO standing_news (standing, found, kind, article, start, end, value, before)"
            " VALUES (3, 1.0, 'article', 'a', 0, 5, '', '')"
        )
    old.close()
    history = History(tmp_path)
    assert [one.name for one in history.conversations()] == ["Cầu?"]
    assert [(one.id, one.value) for one in history.kept.wrong()] == [(7, "6 m")]
    ((standing, news),) = ((one.id, one.news) for one in history.standing.list())
    assert standing == 3 and [one.told.article for one in news] == ["a"]
    other = history.of("p")
    assert not (
        other.conversations() or other.kept.wrong() or other.standing.list() or other.turns("c")
    )
    history.standing.remove(3)  # what is new goes with it
    history.close()
    again = Database(tmp_path / "history.db", STEPS, "")
    assert again.rows("SELECT count(*) FROM standing_news") == [(0,)]
    again.close()


def test_the_same_question_is_each_one_s(tmp_path: Path) -> None:
    history = History(tmp_path)
    people = [history, history.of("p"), history.of("q")]
    for number, one in enumerate(people):
        one.standing.add("Lũ ở đâu?")
        one.standing.add("Lũ ở đâu?")
        one.kept.mark(Wrong("Cầu?", "", f"{number}"))
        one.kept.mark(Wrong("Cầu?", "", f"{number} m"))
        one.begin("", "Cầu?")
    assert [len(one.standing.list()) for one in people] == [1, 1, 1]
    assert [[w.value for w in one.kept.wrong()] for one in people] == [["0 m"], ["1 m"], ["2 m"]]
    people[1].erase()
    left = [
        [len(one.standing.list()), len(one.kept.wrong()), len(one.conversations())]
        for one in people
    ]
    assert left == [[1, 1, 1], [0, 0, 0], [1, 1, 1]]
    history.close()
