"""The reading pane: what is marked in an article, and which files are given out."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from index.library import Library
from index.people import OWNER, Person
from index.types import Article, Details
from tests.conftest import FakeEmbedder
from ui.answers import Quote, Record
from ui.history import Turn
from ui.page.files import gives, original_of
from ui.page.reading import Cited, article_html, blocks, cited_in, opened_html
from ui.page.routes import ROUTES
from ui.seal import SANDBOX, sealed

BODY = "Cầu dài 486 m.\n\nCầu rộng 12 m <b>và</b> cao 9 m.\nHết."


def article(body: str = BODY, url: str | None = None) -> Article:
    details = Details(
        "Cầu & đò", "Báo “X”", published=date(2024, 3, 12), url=url, inferred=("outlet",)
    )
    return Article("0123456789ab", "/bao/cầu.txt", details, body)


def drawn(
    one: Article, at: tuple[int, int] = (0, 0), cited: tuple[Cited, ...] = ()
) -> html.HtmlElement:
    return html.fromstring(article_html(one, "vi", at, cited))


def marked(page: html.HtmlElement, number: int) -> str:
    """The words of a citation as they are marked."""
    marks = page.xpath("//mark")
    return "".join(m.text for m in marks if str(number) in m.get("data-cites").split())


def test_citations_that_overlap_are_each_marked_whole_and_copied_with_their_source() -> None:
    spans = [BODY.index(words) for words in ("486 m", "dài 486", "rộng 12 m <b>", "12 m")]
    lengths = (len("486 m.\n\nCầu rộng"), len("dài 486"), len("rộng 12 m <b>"), len("12 m"))
    cited = sorted(
        (
            Cited(start, start + length, (f"Câu <{start}>?",))
            for start, length in zip(spans, lengths)
        ),
        key=lambda one: one.start,
    )
    at = (cited[2].start, cited[2].end)
    page = drawn(article(), at, tuple(cited))
    copies = [one.text for one in page.xpath("//ol[@class='hb-copies']/li")]
    for number, one in enumerate(cited, 1):
        words = BODY[one.start : one.end]
        assert marked(page, number) == words.replace("\n", "")
        assert copies[number - 1] == f"“{' '.join(words.split())}” — Báo “X”, 12/03/2024, Cầu & đò"
    current = "".join(mark.text for mark in page.find_class("hb-quote"))
    assert current == BODY[slice(*at)].replace("\n", "") and page.get("data-current") == "3"
    assert page.find_class("hb-at")[0].text == "Trích dẫn 3 / 4"
    assert page.xpath("//mark/@title")[0] == f"Trả lời câu hỏi: Câu <{cited[0].start}>?"
    assert (
        page.xpath("//div[@class='hb-body']/p")[1].text_content()
        == "Cầu rộng 12 m <b>và</b> cao 9 m."
    )
    assert not page.findall(".//b")


def test_a_place_that_nobody_cites_is_marked_beside_the_citations() -> None:
    page = drawn(article(), (0, 3), (Cited(4, 7),))
    assert [
        (m.text, m.get("data-cites"), "hb-quote" in m.classes) for m in page.xpath("//mark")
    ] == [
        ("Cầu", "0 ", True),
        ("dài", "1", False),
    ]
    assert page.find_class("hb-at")[0].text == "Trích dẫn trong bài: 1"
    assert not drawn(article()).xpath("//mark") and not drawn(article()).find_class("hb-at")


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted), max_size=6)


@given(st.text("aộ🙂 \n<", max_size=60), SPANS)
def test_of_a_body_nothing_is_lost_or_moved(body: str, spans: list[list[int]]) -> None:
    cited = [
        Cited(start, min(end, len(body))) for start, end in spans if start < min(end, len(body))
    ]
    found = list(blocks(body, cited))
    at = 0
    for block in found:
        assert not body[at : block.start].strip() and body[block.start : block.end].strip()
        assert "".join(piece.text for piece in block.pieces) == body[block.start : block.end]
        assert all(body.startswith(piece.text, piece.start) for piece in block.pieces)
        at = block.end
    assert not body[at:].strip()
    pieces = [piece for block in found for piece in block.pieces]
    for number, one in enumerate(cited, 1):
        words = "".join(piece.text for piece in pieces if number in piece.cites)
        assert "".join(words.split()) == "".join(body[one.start : one.end].split())


@pytest.mark.parametrize("signed", ["Hải Yến", "Bài, ảnh: HẢI YẾN\nNguồn: baodongxuan.example"])
def test_who_wrote_it_is_marked_only_where_it_is_asked(signed: str) -> None:
    told = "Cầu dài 486 m.\nHải Yến khánh thành cầu cùng bà con hai bản."
    body = f"{told}\n{signed}"
    one = Article("a" * 16, "a.txt", Details(title="Cầu", author="Hải Yến"), body)
    whole, name = (0, len(body)), (len(told) + 1, len(body))
    for at, words in ((whole, told), (name, signed)):
        page = html.fromstring(article_html(one, "vi", at, [Cited(*at)]))
        assert marked(page, 1) == words.replace("\n", "")


def test_details_are_above_the_unknown_ones_quietly() -> None:
    page = drawn(article())
    details = page.find_class("hb-details")[0]
    known = {dt.text: dd.text_content() for dt, dd in zip(details.iter("dt"), details.iter("dd"))}
    assert known == {"Báo": "Báo “X” (suy ra từ bài)", "Ngày đăng": "12/03/2024"}
    assert page.find_class("hb-unknown")[0].text == "Không rõ: tác giả, tỉnh"
    assert "/bao" not in page.text_content()  # no paths


@pytest.mark.parametrize(
    ("url", "given"),
    [("https://bao.example/a?b=1&c", True), ("javascript:alert(1)", False), ("https:", False), ("//[x", False),
     ("file:///etc/passwd", False), (None, False)],
)  # fmt: skip
def test_only_an_address_of_the_web_becomes_a_link(url: str | None, given: bool) -> None:
    links = drawn(article(url=url)).xpath("//p[@class='hb-actions']/a")
    assert [(one.get("href"), one.get("rel")) for one in links] == [
        (url, "noopener noreferrer")
    ] * given


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "bài #1.txt").write_text(f"Cầu mới\n\n{BODY}", "utf-8")
    made = Library(tmp_path / "library", FakeEmbedder())
    made.add([tmp_path / "bài #1.txt"])
    return made


def test_what_is_cited_is_marked_where_it_stands_now(library: Library) -> None:
    (row,) = library.articles()
    body = library.article(row.id).body

    def turn(question: str, *words: str, off: int = 0, record: bool = True) -> Turn:
        quotes = tuple(
            Quote(n, row.id, "", body.find(one) + off, body.find(one) + len(one) + off, one)
            for n, one in enumerate(words, 1)
        )
        quotes += (Quote(9, "ffffffffffff", "", 0, 3, "Cầu"),)  # of another article
        kept = Record(question, question, "", "answered", citations=quotes)
        return Turn(1, question, kept if record else None, 0.0)

    turns = [
        turn("Cao?", "cao 9 m", "486 m"), turn("Dài?", "486 m", off=-2), turn("Sâu?", record=False),
        turn("Cũ?", "không còn trong bài"), turn("Dài?", "486 m"),
    ]  # fmt: skip
    found = cited_in(library, library.article(row.id), turns)
    assert [(body[one.start : one.end], one.questions) for one in found] == [
        ("486 m", ("Cao?", "Dài?")),
        ("cao 9 m", ("Cao?",)),
    ]
    start = body.index("486 m")
    page = html.fromstring(
        opened_html(library, turns, f"#cite-{row.id}-{start}-{start + 5}", "en", originals=False)
    )
    assert page.find_class("hb-at")[0].text == "Citation 1 / 2"
    assert not page.xpath("//a[starts-with(@href, 'original')]")
    with pytest.raises(ValueError):
        opened_html(library, turns, "#elsewhere", "vi", originals=False)


def get(
    app: FastAPI, path: str, client: str = "127.0.0.1", person: Person = OWNER
) -> httpx2.Response:
    """What is answered to a person, behind the headers that every answer has."""

    async def asked() -> httpx2.Response:
        async def behind(scope, receive, send):  # type: ignore[no-untyped-def]
            await app({**scope, "hoibao.person": person}, receive, sealed(send))

        transport = httpx2.ASGITransport(app=behind, client=(client, 1))
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as session:
            return await session.get(path)

    with ThreadPoolExecutor(1) as pool:  # Playwright's event loop may hold the main thread
        return pool.submit(asyncio.run, asked()).result()


def test_the_original_is_given_as_a_file_to_who_sits_here(library: Library, tmp_path: Path) -> None:
    (row,) = library.articles()
    path, source = f"/original/{row.id}", tmp_path / "bài #1.txt"
    page = html.fromstring(opened_html(library, [], f"#cite-{row.id}-0-0", "vi", originals=True))
    assert page.xpath("//a[starts-with(@href, 'original')]/@href") == [path[1:]]
    assert ROUTES.fullmatch(f"GET {path}") and not ROUTES.fullmatch(f"POST {path}")
    local = gives(FastAPI(), library, local=True)
    reply = get(local, path)
    assert (reply.status_code, reply.content) == (200, source.read_bytes())
    assert reply.headers["content-type"] == "application/octet-stream"
    assert reply.headers["content-disposition"].startswith("attachment; ")
    assert reply.headers["content-disposition"].endswith("b%C3%A0i%20%231.txt")
    assert reply.headers["content-security-policy"] == SANDBOX
    assert reply.headers["x-content-type-options"] == "nosniff"
    refused = [
        get(local, path, client="192.168.1.7"),
        get(local, path, person=Person("c", "Chi", "editor")),
        get(gives(FastAPI(), library, local=False), path),
        get(gives(FastAPI(), None, local=True), path),
        get(local, "/original/ffffffffffff"),
    ]
    source.rename(tmp_path / "đi rồi.txt")
    refused.append(get(local, path))
    source.symlink_to("/etc/hostname")  # what lies there now is not what was added
    refused.append(get(local, path))
    assert [one.status_code for one in refused] == [404] * 7
    assert not any("486" in one.text for one in refused)


def test_no_source_leads_to_another_file(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"zip")
    (tmp_path / "b.txt").write_text("b")
    (tmp_path / "secret.key").write_text("key")

    def of(source: str) -> Path | None:
        return original_of(Article("0" * 12, source, Details(), ""))

    assert of(f"{tmp_path}/a.zip#b.txt#2") == tmp_path / "a.zip"
    assert of(f"{tmp_path}/a.zip#../b.txt") == tmp_path / "a.zip"
    for source in ("secret.key", "x/../b.txt", "c.txt", "a.zip/b.txt", "b.txt\0", ""):
        assert of(f"{tmp_path}/{source}") is None, source
    for source in ("b.txt", "https://bao.example/b.txt", "", "#", "#a"):
        assert of(source) is None


def test_the_face_is_served_and_nothing_else_of_its_folder() -> None:
    app = gives(FastAPI(), None, local=False)
    for part in ("latin", "vietnamese"):
        path = f"/fonts/source-serif-4-{part}-wght-normal.woff2"
        reply = get(app, path)
        assert reply.content[:4] == b"wOF2" and reply.headers["content-type"] == "font/woff2"
        assert len(reply.content) < 75_000 and ROUTES.fullmatch(f"GET {path}")
    for path in (
        "/fonts/OFL.txt",
        "/fonts/../page.css",
        "/fonts/%2e%2e/page.css",
        "/fonts/none.woff2",
    ):
        assert not ROUTES.fullmatch(f"GET {path}") or get(app, path).status_code == 404
