# ruff: noqa: E501  (templates and texts, as they are)
"""PDFs of four makes: an article as LaTeX sets it, a page that Chromium printed, a newspaper's page in two
columns, an office's report with a ruled table over two pages."""

import io
import subprocess
import tempfile
from pathlib import Path

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.platypus import (  # type: ignore[import-untyped]
    BaseDocTemplate,
    Frame,
    FrameBreak,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)  # fmt: skip

from tests.quality.layouts.pages import vnexpress, wordpress
from tests.quality.layouts.stories import Expected, Grid, Made, Story

_FONTS = Path("/usr/share/fonts/truetype/dejavu")
CHROMIUM = "/usr/bin/chromium"


def _style(
    size: float, align: int = TA_JUSTIFY, bold: bool = False, **more: float
) -> ParagraphStyle:
    if "Text" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Text", _FONTS / "DejaVuSerif.ttf"))
        pdfmetrics.registerFont(TTFont("Text-Bold", _FONTS / "DejaVuSerif-Bold.ttf"))
    name = "Text-Bold" if bold else "Text"
    return ParagraphStyle(
        "s", fontName=name, fontSize=size, leading=1.22 * size, alignment=align, **more
    )


def latex(story: Story, n: int) -> Made:
    """Title, author and day centred, indented justified paragraphs, a table between three rules with two rows of
    heads in some, page numbers below; words are broken at line ends in some."""
    text = _style(10, firstLineIndent=14)
    broken = "\u00ad"  # a soft hyphen in a long word breaks as TeX does
    flow = [
        Paragraph(story.title, _style(17, TA_CENTER, spaceAfter=14)),
        Paragraph(story.author, _style(12, TA_CENTER, spaceAfter=4)),
        Paragraph(story.shown("Ngày {d} tháng {m} năm {y}"), _style(12, TA_CENTER, spaceAfter=18)),
    ]
    flow += [Paragraph(one, text) for one in story.texts[:3]]
    grid = story.grid
    said = f" (đơn vị: {grid.unit})" if grid.unit else ""
    flow.append(
        Paragraph(
            f"Bảng 1: {grid.caption}{said}.", _style(9, TA_CENTER, spaceBefore=10, spaceAfter=6)
        )
    )
    made = Table([list(grid.heads), *map(list, grid.rows)], hAlign="CENTER")
    made.setStyle(TableStyle([
        ("FONT", (0, 0), (-1, -1), "Text", 9), ("LINEABOVE", (0, 0), (-1, 0), 0.9, "black"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black"), ("LINEBELOW", (0, -1), (-1, -1), 0.9, "black"),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"), ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ]))  # fmt: skip
    flow += [made, Spacer(1, 12)]
    # So long that a second page begins within a paragraph.
    flow += [Paragraph(f"Mục {k} của phụ lục nói về cách ghi chép số liệu tại hiện trường, không có kết quả nào{broken}.", text)
             for k in range(1, 26 + n)]  # fmt: skip
    flow += [Paragraph(one, text) for one in story.texts[3:]]
    out = io.BytesIO()

    def foot(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont("Text", 10)
        canvas.drawCentredString(A4[0] / 2, 40, str(document.page))

    SimpleDocTemplate(
        out, pagesize=A4, leftMargin=125, rightMargin=125, topMargin=110, bottomMargin=110
    ).build(flow, onFirstPage=foot, onLaterPages=foot)
    details = {
        "title": story.title,
        "outlet": None,
        "author": story.author,
        "published": story.day.isoformat(),
    }
    return Made(
        f"{story.slug}.pdf", out.getvalue(), Expected((*story.texts, *grid.told), (), details)
    )


def chromium(story: Story, n: int) -> Made:
    """A page printed by the browser, with its line above and its address below each sheet."""
    page = (vnexpress if n % 2 else wordpress)(story, n)
    style = (
        "<style>nav,header.section,.td-header-menu-wrap,.box_comment_vne,.comments,.sidebar-2,.sharedaddy,"
        ".td-post-sharing,.list-news,.jp-relatedposts,.td_block_related_posts,.td-post-next-prev,.td-footer-wrapper,"
        ".footer,.td-a-rec,.td-post-source-tags,.social_pin,.td-post-views{display:none}"
        ".location-stamp{margin-right:8px} body{font-family:'Liberation Serif';font-size:15px} table{border-collapse:collapse}"
        + ("td,th{border:1px solid #333;padding:4px}" if n < 3 else "td,th{padding:4px 14px}")
        + "</style></head>"
    )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{story.slug}.html"
        source.write_text(page.data.decode().replace("</head>", style, 1), "utf-8")
        out = Path(folder) / "out.pdf"
        subprocess.run(
            [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={out}", source.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        data = out.read_bytes()
    details = {"title": story.title, "author": story.author, "published": story.day.isoformat()}
    return Made(
        f"{story.slug}.pdf",
        data,
        Expected((*story.texts, *story.grid.told), ("file:///",), details),
    )


def newspaper(story: Story, n: int) -> Made:
    """A newspaper's page: running head, headline over two columns, a drop cap in some, a turn to the next page."""
    text, out = _style(9.5, firstLineIndent=8), io.BytesIO()
    head = f"{story.outlet.upper()}"
    lines = list(story.texts)
    fill = [
        f"Đoạn in thêm số {k} chỉ để cột báo dài ra, không có con số nào đáng nhớ ở đây."
        for k in range(1, 16)
    ]
    first = [Paragraph(lines[0], _style(10.5, bold=True, spaceAfter=6))]
    if n % 2:
        first.append(Paragraph(f'<font size="10.5">{lines[1]}</font>', text))
    else:
        first.append(Paragraph(lines[1], text))
    first += [Paragraph(one, text) for one in (lines[2], lines[3])]
    first.append(Paragraph("(Xem tiếp trang 5)", _style(9, TA_RIGHT)))
    second = [Paragraph("(Tiếp theo trang 4)", _style(9)), Paragraph(lines[4], text)]
    second += [Paragraph(one, text) for one in fill]

    def page(canvas: Canvas, document: BaseDocTemplate) -> None:
        number = document.page + 3
        canvas.setFont("Text", 9)
        canvas.drawString(50, 805, f"{head} - Số 18{n}0 ({story.shown('{d}-{m}-{y}')})")
        canvas.drawString(300 if number % 2 else 50, 805 - 12, "THỜI SỰ")
        canvas.drawString(540 if number % 2 else 50, 30, str(number))
        canvas.line(50, 788, 545, 788)

    title = Frame(50, 715, 495, 65, id="title", showBoundary=0)
    left = Frame(50, 90, 240, 620, id="left")
    right = Frame(305, 90, 240, 620, id="right")
    template = BaseDocTemplate(out, pagesize=A4)
    template.addPageTemplates([PageTemplate(id="one", frames=[title, left, right], onPage=page)])
    template.build([
        Paragraph(story.title, _style(22, TA_CENTER, bold=True)), FrameBreak(),
        *first[: 2 + n % 2], FrameBreak(), *first[2 + n % 2 :], FrameBreak(),
        Paragraph("Tin tiếp", _style(14, bold=True)), FrameBreak(), *second,
        Paragraph(story.author, _style(9.5, TA_RIGHT, bold=True)),
    ])  # fmt: skip
    gone = (f"{head} - Số", "Xem tiếp trang", "Tiếp theo trang", "THỜI SỰ")
    details = {"title": story.title, "author": story.author}
    return Made(f"{story.slug}.pdf", out.getvalue(), Expected(story.texts, gone, details))


def report(story: Story, n: int) -> Made:
    """An office's report: letterhead, a ruled table that goes on over the page's end, with its head again in some,
    a group row in it, the receivers' list behind."""
    out, text = io.BytesIO(), _style(13, firstLineIndent=20, spaceAfter=4)
    grid = _long(story.grid, n)
    cell, bold = _style(11, 0), _style(11, TA_CENTER, bold=True)
    rows = [[Paragraph(one, bold) for one in ("TT", *grid.heads)]]
    rows.append([Paragraph("I", cell), Paragraph("Số liệu chung", cell), "", ""])
    rows += [[Paragraph(one, cell) for one in (str(k), *row)] for k, row in enumerate(grid.rows, 1)]
    body = Table(rows, colWidths=[35, 190, 115, 115], repeatRows=n % 2)
    body.setStyle(
        TableStyle(
            [("GRID", (0, 0), (-1, -1), 0.6, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        )
    )
    motto = Table(
        [[Paragraph("ỦY BAN NHÂN DÂN<br/>HUYỆN MẪU", bold), Paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br/>Độc lập - Tự do - Hạnh phúc", bold)],
         [Paragraph(f"Số: {40 + n}/BC-UBND", _style(11, TA_CENTER)), Paragraph(story.shown("Huyện Mẫu, ngày {dd} tháng {mm} năm {y}"), _style(11, TA_CENTER))]],
        colWidths=[200, 280],
    )  # fmt: skip
    flow = [motto, Spacer(1, 14), Paragraph("BÁO CÁO", _style(14, TA_CENTER, bold=True)),
            Paragraph(story.title, _style(14, TA_CENTER, bold=True, spaceAfter=10))]  # fmt: skip
    flow += [Paragraph(one, text) for one in story.texts[:3]]
    if grid.unit:
        flow.append(Paragraph(f"Đơn vị tính: {grid.unit}", _style(12, TA_RIGHT, spaceAfter=4)))
    flow += [body, Spacer(1, 8), *[Paragraph(one, text) for one in story.texts[3:]]]
    flow += [Spacer(1, 12), Table([[Paragraph("Nơi nhận:<br/>- Như trên;<br/>- Lưu: VT.", _style(10, 0)),
             Paragraph(f"CHỦ TỊCH<br/><br/>{story.author}", bold)]], colWidths=[240, 240])]  # fmt: skip

    def foot(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont("Text", 12)
        if document.page > 1:
            canvas.drawCentredString(A4[0] / 2, A4[1] - 40, str(document.page))

    SimpleDocTemplate(out, pagesize=A4, topMargin=60, bottomMargin=60).build(
        flow, onFirstPage=foot, onLaterPages=foot
    )
    # A paper's kind is of its title.
    details = {"title": f"Báo cáo {story.title}", "published": story.day.isoformat()}
    return Made(
        f"{story.slug}.pdf", out.getvalue(), Expected((*story.texts, *grid.told), (), details)
    )


def _long(grid: Grid, n: int) -> Grid:
    """The table with so many rows more that it needs two pages; told without the column of numbers, in the section
    that its group row opens."""
    more = tuple((f"Hàng thêm số {k}", f"{k * 13 + n}", f"{k * 17 + n}") for k in range(1, 31))
    parts = [one.partition(": ") for one in grid.told[0].partition(" · ")[2].split("; ")]
    before = grid.told[0].partition(" · ")[0].removesuffix(grid.rows[0][0])
    told = [
        f"{before}{row[0]} · "
        + "; ".join(f"{head}: {one}" for (head, _, _), one in zip(parts, row[1:], strict=True))
        for row in (*grid.rows, *more)
    ]
    joined = [
        line if line.startswith("Tổng") else line.replace(" · ", ", Số liệu chung · ", 1)
        for line in told
    ]
    return Grid(grid.caption, grid.unit, grid.heads, (*grid.rows, *more), tuple(joined))
