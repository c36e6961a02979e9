"""Scans: pages drawn here, made pictures of, and read by the real Tesseract."""

import contextlib
import io
import shutil
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageFilter
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from index.library import Library
from index.reading import Document, Seen, read
from index.reading.doubtful import blanked, doubts
from index.reading.tesseract import Word, languages
from index.store.place import opened
from index.store.schema import STEPS
from index.types import AtPage
from rag.cite import cite
from rag.types import Source
from tests.index.stories import VN

real = pytest.mark.skipif(
    "vie" not in languages(), reason="Tesseract with Vietnamese is not installed"
)
SIZE = (420, 240)
BRIDGE = (
    "Khánh thành cầu Bến Vạn",
    "Sáng ngày 12/5/2020, huyện Sơn Tây khánh thành cầu Bến Vạn",
    "dài 486 m, rộng 12 m, tổng mức đầu tư 214 tỷ đồng. Cầu nối",
    "hai xã và phục vụ 23.000 người dân ở hai bên bờ sông.",
)
SCHOOL = (
    "Năm học 2019-2020 huyện có 37 trường với 15.240 học sinh,",
    "tăng 4,5% so với năm trước, theo phòng giáo dục huyện.",
)


@pytest.fixture(autouse=True, scope="module")
def _fonts() -> None:
    import matplotlib

    for name, file in VN.items():
        pdfmetrics.registerFont(TTFont(name, f"{matplotlib.get_data_path()}/fonts/ttf/{file}"))


def pdf(*pages: Sequence[str] | Image.Image) -> bytes:
    """Pages of lines, and of pictures."""
    from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=SIZE)
    for page in pages:
        canvas.setFont("D", 12)
        if isinstance(page, Image.Image):
            canvas.drawImage(ImageReader(page), 0, 0, *SIZE)
        else:
            for n, text in enumerate(page):
                canvas.drawString(30, SIZE[1] - 50 - 17 * n, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def picture(lines: Sequence[str], dpi: int = 200) -> Image.Image:
    return pypdfium2.PdfDocument(pdf(lines))[0].render(scale=dpi / 72).to_pil().convert("L")


def file_of(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, dpi=(200, 200), **options)
    return out.getvalue()


def one(name: str, data: bytes) -> Document:
    (found,) = read(name, data, {})
    assert isinstance(found, Document)
    return found


@real
def test_a_tilted_photo_is_read_and_its_figures_are_sure() -> None:
    tilted = picture(BRIDGE).rotate(1.5, Image.Resampling.BICUBIC, fillcolor=255)
    found = one("a.jpg", file_of(tilted.filter(ImageFilter.GaussianBlur(0.6)), "JPEG", quality=70))
    assert " ".join(found.text.split()) == " ".join(BRIDGE)
    assert "Bến Vạn dài 486 m" in found.text  # lines are joined
    assert [
        word.text for word in found.seen if not word.sure and any(map(str.isdigit, word.text))
    ] == []
    place = next(word for word in found.seen if word.text == "486")
    left, top, right, bottom = place.box
    assert 60 < left < right < 250 and 250 < top < bottom < 450 and place.page == 1


@real
@pytest.mark.usefixtures("each_store")
def test_each_page_is_read_by_its_own_way(library: Library, tmp_path: Path) -> None:
    spoiled = picture(BRIDGE)
    left, right = (30 + pdfmetrics.stringWidth(text, "D", 12) for text in ("dài 48", "dài 486"))
    stain = (left, 72.0, right - 2, 84.0)  # over the "6" of "486"
    spoiled.paste(110, tuple(round(x * 200 / 72) for x in stain))
    mixed = tmp_path / "a.pdf"
    mixed.write_bytes(pdf(SCHOOL, spoiled))
    beside = tmp_path / "b.txt"
    beside.write_text("Tin khác\n\nXã Hòa Bình có 812 hộ dân.", "utf-8")
    told: list[tuple[str, AtPage | None]] = []
    report = library.add([tmp_path], progress=lambda d, n, name, at: told.append((name, at)))
    # The scan is put behind the other file, and tells where it is.
    assert [Path(article.path).name for article in report.articles] == ["b.txt", "a.pdf"]
    pages = {(name, at.page, at.pages) for name, at in told if at}
    assert pages == {(str(mixed), 2, 2)}
    (article,) = (library.article(a.id) for a in report.articles if a.path == str(mixed))
    words = {article.body[d.start : d.end]: d for d in article.doubts}
    assert "15.240 học sinh" in article.body and "214 tỷ" in article.body
    figures = [word for word in words if any(map(str.isdigit, word))]
    assert len(figures) == 1 and figures[0].startswith("4"), words
    doubt = words[figures[0]]
    assert doubt.page == 2 and Image.open(io.BytesIO(doubt.crop)).height > 10
    # What the trash gives back is as doubtful as before; what is erased leaves nothing.
    library.remove([article.id])
    library.restore([article.id])
    assert library.correct(article.id, {"outlet": "Báo Núi"}).doubts == article.doubts
    sentence = article.body[: doubt.start].rfind("\n") + 1
    source = Source(article, sentence, article.body.index("đồng.") + 5)
    (wrong, right), _ = cite(
        [
            ("", f"Cầu Bến Vạn dài {figures[0]} m", [source]),
            ("", "Tổng mức đầu tư 214 tỷ đồng", [source]),
        ]
    )
    assert not wrong.verified and [p.key for p in wrong.problems] == ["scanned"] and right.verified
    assert library.add([tmp_path]).unchanged == 2
    library.remove([article.id], erase=True)
    library.close()
    with contextlib.closing(opened(library.folder / "library.db", STEPS, "")) as db:
        assert db.rows("SELECT count(*) FROM doubt") == [(0,)]


@real
def test_the_pages_of_a_tiff_are_one_article_without_their_numbers() -> None:
    blank = [""] * 8
    pages = [
        picture([*text, *blank, f"Trang {n}"][:10]) for n, text in enumerate((BRIDGE, SCHOOL), 7)
    ]
    data = file_of(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    found = one("a.tiff", data)
    assert "23.000 người" in found.text and "37 trường" in found.text
    assert {word.page for word in found.seen} == {1, 2}


@real
def test_a_picture_without_text_is_refused() -> None:
    from index.errors import InputError

    with pytest.raises(InputError, match="no text to be read"):
        one("a.png", file_of(Image.new("L", (600, 400), 255), "PNG"))


def test_without_tesseract_a_scan_is_refused_with_what_to_do_and_the_rest_is_read(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    (tmp_path / "a.png").write_bytes(file_of(picture(BRIDGE, 72), "PNG"))
    (tmp_path / "b.pdf").write_bytes(pdf(SCHOOL, picture(BRIDGE, 72)))
    (tmp_path / "c.txt").write_text("Tin khác\n\nXã Hòa Bình có 812 hộ dân.", "utf-8")
    report = library.add([tmp_path])
    assert {Path(line.path).name for line in report.failed} == {"a.png", "b.pdf"}
    assert all("install tesseract-ocr tesseract-ocr-vie" in line.reason for line in report.failed)
    assert [Path(article.path).name for article in report.articles] == ["c.txt", "b.pdf"]
    assert shutil.which("tesseract") is None


def seen(text: str, page: int = 1) -> list[Seen]:
    """Words of a page; "?" before one that is not sure."""
    return [Seen(word.lstrip("?"), not word.startswith("?"), 50.0, page) for word in text.split()]


@pytest.mark.parametrize(
    ("scan", "text", "unsure"),
    [
        ("Có ?12 xã và 12 thôn", "Có 12 xã và 12 thôn", [3]),
        ("Có 12 xã và ?12 thôn", "Có 12 xã và 12 thôn", [12]),
        ("Xã ?mới có 5 hộ", "Xã mới có 5 hộ", [3]),
        # A figure that was put together of two words is none that was read.
        ("năm 2019- 2020", "năm 2019-2020", [4]),
        # What was moved keeps its doubt; of two the unsure one is taken.
        ("a b c d e f ?7 g h", "?7 g h a b c d e f".replace("?", ""), [0]),
        ("Trang ?3 Có 12 xã", "Có 12 xã", []),
    ],
)
def test_doubt_goes_with_its_word(scan: str, text: str, unsure: list[int]) -> None:
    assert [doubt.start for doubt in doubts(text, seen(scan))] == unsure


def test_doubts_are_found_page_by_page_and_taken_out_of_a_date() -> None:
    words = [*seen("Họp ngày ?12/5/2020 tại xã"), *seen("Có 12 hộ ?nghèo", page=2)]
    text = "Họp ngày 12/5/2020 tại xã Có 12 hộ nghèo"
    assert [(doubt.page, text[doubt.start : doubt.end]) for doubt in doubts(text, words)] == [
        (1, "12/5/2020"),
        (2, "nghèo"),
    ]
    assert blanked(text, words) == "Họp ngày … tại xã Có 12 hộ nghèo"
    assert doubts(text, ()) == ()


def test_marks_over_a_heading_and_figures_read_otherwise_the_second_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from index.reading import scan

    first = [
        Word("2", 94, (600, 286, 615, 304), (1, 1, 1)),  # the marks of "tỷ", it may be
        Word("Hơn", 96, (280, 294, 402, 343), (1, 1, 2)),
        Word("159", 96, (422, 294, 547, 343), (1, 1, 2)),
        Word("tỷ", 96, (566, 290, 640, 358), (1, 1, 2)),
        Word("486", 95, (280, 420, 340, 450), (1, 1, 3)),
        Word("người", 70, (360, 420, 440, 455), (1, 1, 3)),
        Word("!~", 20, (280, 900, 310, 930), (2, 1, 1)),  # of a photo
    ]
    second = [
        Word("159", 90, (317, 220, 410, 257), (1, 1, 1)),
        Word("436", 95, (210, 315, 255, 338), (1, 1, 2)),
    ]
    monkeypatch.setattr(
        scan, "words", lambda picture, language: {"vie": first, "eng": second}[language]
    )
    monkeypatch.setattr(scan, "languages", lambda: frozenset({"vie", "eng"}))
    found = scan.read_page(Image.new("L", (1000, 1400), 255), 3, 300, lambda: None)
    assert [piece.text for piece in found.pieces] == ["Hơn 159 tỷ", "486 người"]
    assert [(word.text, word.sure) for word in found.words] == [
        ("Hơn", True), ("159", True), ("tỷ", True), ("486", False), ("người", False),
    ]  # fmt: skip
    assert [bool(word.crop) for word in found.words] == [False, False, False, True, False]
