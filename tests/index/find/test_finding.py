"""Exact search over invented articles: it finds what reading all of them finds, also as they change."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import InputError
from index.find.query import parsed
from index.library import Library
from index.store.protocol import Change, NewArticle
from index.store.sqlite import SqliteStore
from index.types import Article, Details, Filter
from tests.conftest import SAMPLES, FakeEmbedder
from tests.index.find.brute import Maker, detailed

SYLLABLES = (
    "hoa hoà hòa hóa hoàn Hoàng an An án bình Bình binh cầu cau cấu đường duong Đảng uỷ ủy uy xã 12 3.400 3,5 "
    "98,4% quý thuỷ thủy nước nuoc \n . , - ( ) AND NEAR"
).split(" ")


def invented(count: int) -> list[Article]:
    chance = random.Random(7)
    made = []
    for number in range(count):
        title, body = (" ".join(chance.choices(SYLLABLES, k=k)) for k in (5, chance.randint(5, 60)))
        made.append(Article(f"{number:03}", "", Details(title=f"Tin {title}"), f"Tin {body}"))
    return detailed(made, chance)


ARTICLES = invented(60)


@pytest.fixture(scope="module", params=["embedded", "served"])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SqliteStore]:
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "served":
            patch.setenv("HOIBAO_STORE", request.getfixturevalue("postgres").database())
        made = SqliteStore(tmp_path_factory.mktemp("find") / "library.db", {})
    made.write(Change(articles=tuple(new(one) for one in ARTICLES)))
    yield made
    made.close()


def new(article: Article) -> NewArticle:
    spans = ((0, len(article.body)),)
    return NewArticle(article, article.source, article.id, spans, np.ones((1, 4), np.float32), ())


def ids(library: Library | SqliteStore, query: str) -> set[str]:
    if isinstance(library, SqliteStore):
        found = library.find(parsed(query), Filter(), "date", slice(None), 1)
    else:
        found = library.find(query, limit=None)
    assert found.matching == len(found.articles)
    return {one.id for one in found.articles}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chance=st.randoms(use_true_random=False))
def test_it_finds_what_a_scan_finds(chance: random.Random, store: SqliteStore) -> None:
    query = Maker(ARTICLES, chance).query()
    told = {one.id: query.says(one) for one in ARTICLES}
    found = store.find(parsed(query.typed), Filter(), "relevance", slice(None), 9)
    assert {one.id for one in found.articles} == {i for i, says in told.items() if says}
    assert found.undated + found.unknown == sum(says is None for says in told.values())
    assert (found.matching, found.of) == (len(found.articles), len(ARTICLES))
    bodies = {one.id: one.body for one in ARTICLES}
    for one in found.articles:
        assert all(bodies[one.id][at.start : at.end] == at.quote for at in one.places)
    for group in found.groups:
        assert sum(one.matching for one in group.facets) + group.unknown == found.matching
        assert all(0 < one.matching <= one.of for one in group.facets)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(['"', "“", "(", ")", ":", "*", "-", "AND", "OR", "NOT", "NEAR(", ", 5)"])
        | st.sampled_from(["title:", "date:", "2019..", "{body}", "^", "+", "hoa", "x' OR 1=1 --", "a*b"])
        | st.sampled_from(["bare_body:", "\x00"])
        | st.text(max_size=5),
        max_size=9,
    )
)  # fmt: skip
def test_whatever_is_typed_is_words_or_told_in_one_line(
    store: SqliteStore, parts: list[str]
) -> None:
    try:
        found = store.find(parsed(" ".join(parts)), Filter(), "relevance", slice(5), 2)
    except InputError as error:
        assert re.match(r"column \d+ of the query, at “.+”: ", str(error))
        assert "\n" not in str(error)
    else:
        assert found.of == len(ARTICLES)


@pytest.mark.parametrize(
    ("query", "column", "why"),
    [
        ("", 1, "a word is missing"),
        ("cầu AND", 8, "a word is missing"),
        ("cầu OR OR xã", 8, "a word is missing"),
        ("(cầu", 5, "closing parenthesis"),
        ("cầu)", 4, "not opened"),
        ('cầu "An Hòa', 5, "does not end"),
        ("titel:cầu", 1, "no such field"),
        ("title: ", 8, "behind the colon"),
        ("cầu date:2019-13", 10, "no day"),
        ("date:..", 6, "no day"),
        ("hò*a", 3, "a star"),
        ("h*", 1, "two letters"),
        ("NEAR(cầu)", 1, "two words"),
        ("NEAR(cầu (xã), 3)", 10, "only words"),
        ("xã - cầu", 4, "no word"),
        ("(" * 99, 22, "too deep"),
        ("a " * 99, 129, "too many words"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(query: str, column: int, why: str) -> None:
    with pytest.raises(InputError, match=f"^column {column} of the query.*{why}"):
        parsed(query)
    with pytest.raises(InputError, match="2000 characters"):
        parsed("x" * 2_000)


def told(**texts: str) -> list[Article]:
    return [Article(key, "", Details(title=f"Tin {key}"), body) for key, body in texts.items()]


@pytest.mark.usefixtures("each_store")
def test_marks_that_are_typed_are_honoured(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "library.db", {})
    articles = told(
        a="Hoà bình", b="hóa bình", c="HOA BINH", d="thuỷ lợi hoàn thành", e="(98,4%) 3.400 m"
    )
    store.write(Change(articles=tuple(map(new, articles))))
    for query, wanted in {
        "hoa": "abc", "hòa": "a", "hoà": "a", "HÓA": "b", "hoa bình": "ab", '"hoa bình"': "ab",
        '"hòa binh"': "a",
        "hoà*": "ad", "hòa*": "ad", "hoa*": "abcd", "thủy": "d", "3400": "e", "98.4": "e", '"3,400 M"': "e",
        "NEAR(binh hoà, 0)": "a", "title:hoa": "", "title:b OR hòa": "ab", "tin NOT hoa": "de", "NOT tin": "",
    }.items():  # fmt: skip
        assert ids(store, query) == set(wanted), query
    store.close()


@pytest.mark.usefixtures("each_store")
def test_what_is_not_known_is_not_counted_and_told(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "library.db", {})
    store.write(
        Change(articles=tuple(map(new, detailed(told(a="x", b="x", c="y"), random.Random(1)))))
    )
    known = store.articles(Filter())[0]
    days = sum(row.details.published is not None for row in known)
    found = store.find(parsed("date:2016.. OR x"), Filter(), "date", slice(0), 0)
    assert found.matching + found.undated == 3 and found.matching >= 2
    found = store.find(parsed("date:1900..1901"), Filter(), "date", slice(0), 0)
    assert (found.matching, found.undated) == (0, 3 - days)
    places = sum(row.details.place is not None for row in known)
    # no day was asked for
    found = store.find(parsed('place:"Nowhere"'), Filter(), "date", slice(0), 0)
    assert (found.matching, found.undated, found.unknown) == (0, 0, 3 - places)
    store.close()


@pytest.mark.usefixtures("each_store")
def test_it_follows_every_change(library: Library, tmp_path: Path) -> None:
    library.add([SAMPLES])
    (bridge,) = ids(library, '"cầu An Hòa dài"') or ids(library, '"cầu an hoa" 486')
    library.correct(bridge, {"title": "Zaprufox", "outlet": "Tin Chiều", "published": None})
    assert ids(library, "title:zaprufox") == ids(library, 'outlet:"tin chiều"') == {bridge}
    assert bridge not in ids(library, 'title:"cầu an hòa"')
    found = library.find("title:zaprufox date:2022")
    assert (found.matching, found.undated) == (0, 1)
    library.remove([bridge])
    assert not ids(library, "zaprufox") and library.check().ok
    library.restore([bridge])
    assert ids(library, "zaprufox") == {bridge}
    library.remove([bridge], erase=True)
    assert library.find("cầu").of == 9 and library.check().ok
    library.close()
    kept = library.folder / "library.db"
    assert not kept.exists() or b"zaprufox" not in kept.read_bytes()


def test_an_older_library_is_filled_when_it_is_opened(
    library: Library, fake_embedder: FakeEmbedder, caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    import sqlite3
    from dataclasses import replace

    from index import config
    from index.store import full_text
    from index.store.schema import STEPS

    library.add([SAMPLES])
    before = ids(library, "hoa*")
    library.close()
    with sqlite3.connect(library.folder / "library.db") as db:
        older = STEPS.index(full_text.STEP)
        later = "\n".join(STEPS[older:])
        for table in re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", later):
            db.execute(f"DROP TABLE {table}")
        for index in re.findall(r"CREATE INDEX (\w+)", later):
            db.execute(f"DROP INDEX IF EXISTS {index}")
        for key in re.findall(r"INSERT INTO meta VALUES \('(\w+)'", later):
            db.execute("DELETE FROM meta WHERE key = ?", (key,))
        db.execute(f"PRAGMA user_version = {older}")
    db.close()
    monkeypatch.setattr("index.store.full_text.FIND", replace(config.FIND, batch=4))
    opened = Library(library.folder, fake_embedder)
    assert ids(opened, "hoa*") == before and opened.check().ok and before
    assert "indexing whole articles: 4 of 10" in caplog.text
    opened.close()
