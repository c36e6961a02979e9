# ruff: noqa: E501  (templates and texts, as they are)
"""Word files of two makes, and exports as text: LibreOffice's .docx, Word's own XML, Markdown and plain text."""

import io
import json
import re
import subprocess
import tempfile
import zipfile
from html import escape
from pathlib import Path

from tests.quality.layouts.pages import table
from tests.quality.layouts.stories import Expected, Made, Story

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MORE = (
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def libreoffice(story: Story, n: int) -> Made:
    """What LibreOffice Writer saves: heading styles, a list, a table with a merged cell, a header and a footer."""
    rows = table(story.grid, 'border="1"', unit="above")
    items = "".join(f"<li>{one}</li>" for one in ("Điều thứ nhất đã xong", "Điều thứ hai chờ vốn"))
    html = f"""<html><head><meta charset="utf-8"></head><body>
<{"h1" if n % 2 else 'p class="title" style="font-size:20pt"'}>{escape(story.title)}</{"h1" if n % 2 else "p"}>
<p><b>{escape(story.lead)}</b></p>{"".join(f"<p>{escape(one)}</p>" for one in story.paragraphs[:2])}
{rows}<ul>{items}</ul>{"".join(f"<p>{escape(one)}</p>" for one in story.paragraphs[2:])}
<p style="text-align:right"><b>{story.author}</b></p></body></html>"""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{story.slug}.html"
        source.write_text(html, "utf-8")
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--infilter=HTML (StarWriter)",
             "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        data = source.with_suffix(".docx").read_bytes()
    details = {"title": story.title, "outlet": None, "author": story.author, "published": None}
    must = (*story.texts, *story.grid.told, "Điều thứ nhất đã xong", "Điều thứ hai chờ vốn")
    return Made(f"{story.slug}.docx", data, Expected(must, (), details))


def _run(text: str, bold: bool = False, tag: str = "t") -> str:
    heavy = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{heavy}<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def _paragraph(inner: str, style: str = "") -> str:
    said = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{said}{inner}</w:p>"


def word(story: Story, n: int) -> Made:
    """Word's XML: tracked changes, a content control, a text box in both of its ways, a footnote, merged cells."""
    one, two, three, four = story.paragraphs
    cut = one.index(" ", len(one) // 2)
    mark = 'w:id="7" w:author="Biên tập" w:date="2024-01-02T08:00:00Z"'
    tracked = (
        _run(one[:cut]) + f"<w:del {mark}>{_run(' chữ đã bị xóa 999', tag='delText')}</w:del>"
        + f"<w:ins {mark}>{_run(one[cut:])}</w:ins>"
    )  # fmt: skip
    control = f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{_paragraph(_run(two))}</w:sdtContent></w:sdt>"
    aside = "Hộp bên lề: việc này được ghi trong sổ tay số 12."
    inner = f"<w:txbxContent>{_paragraph(_run(aside))}</w:txbxContent>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{inner}</wps:txbx>'
        f"</wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>' if n % 2 == 0 else ""
    grid = story.grid

    def cell(text: str, more: str = "") -> str:
        return f"<w:tc><w:tcPr>{more}</w:tcPr>{_paragraph(_run(text))}</w:tc>"

    # The head in two rows: one name over the two columns of figures.
    begins, goes_on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    head = (
        f"<w:tr>{cell(grid.heads[0], begins)}{cell('Số liệu', wide)}</w:tr>"
        f"<w:tr>{cell('', goes_on)}{cell(grid.heads[1])}{cell(grid.heads[2])}</w:tr>"
    )
    rows = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in grid.rows)
    made = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>{head}{rows}</w:tbl>"
    said = f" (Đơn vị tính: {grid.unit})" if grid.unit else ""
    body = (
        _paragraph(_run(story.title), "Title") + _paragraph(_run(story.lead, bold=True)) + _paragraph(tracked + note)
        + control + _paragraph(_run(three) + box) + _paragraph(_run(f"{grid.caption}{said}")) + made
        + _paragraph(_run(four)) + _paragraph(_run(story.author, bold=True))
    )  # fmt: skip
    footnote = "Chú thích: theo sổ ghi của phóng viên."
    files = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
        f'<Override PartName="/word/footnotes.xml" ContentType="{_TYPES}.footnotes+xml"/></Types>',
        "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELS}/footnotes" Target="footnotes.xml"/></Relationships>',
        "word/styles.xml": f'<?xml version="1.0"?><w:styles {_W}><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style></w:styles>',
        "word/footnotes.xml": f'<?xml version="1.0"?><w:footnotes {_W}><w:footnote w:id="2">{_paragraph(_run(footnote))}</w:footnote></w:footnotes>',
        "word/document.xml": f'<?xml version="1.0"?><w:document {_W} {_MORE}><w:body>{body}<w:sectPr/></w:body></w:document>',
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    told = tuple(_under(line, "Số liệu") for line in grid.told)
    must = (*story.texts, aside, *([footnote] if note else []), *told)
    details = {"title": story.title, "outlet": None, "author": story.author, "published": None}
    return Made(f"{story.slug}.docx", out.getvalue(), Expected(must, ("chữ đã bị xóa",), details))


def _under(line: str, head: str) -> str:
    """A told row whose columns stand under one more head."""
    label, _, cells = line.partition(" · ")
    return f"{label} · " + "; ".join(
        f"{head}, {one[0].upper()}{one[1:]}" for one in cells.split("; ")
    )


def exports(story: Story, n: int) -> Made:
    """Markdown with and without a head of fields, a page copied as text, text with tabs, a line of JSON."""
    grid = story.grid
    said = f"{grid.caption}{f' (đơn vị: {grid.unit})' if grid.unit else ''}:"
    bars = ["| " + " | ".join(row) + " |" for row in (grid.heads, ["---"] * 3, *grid.rows)]
    tabs = ["\t".join(row) for row in (grid.heads, *grid.rows)]
    day = story.day.isoformat()
    full: dict[str, str | None] = {
        "title": story.title,
        "outlet": story.outlet,
        "author": story.author,
        "published": day,
    }
    must: tuple[str, ...] = (*story.texts, *grid.told)
    mustnot: tuple[str, ...] = ()
    if n == 0:
        text = (
            f'---\ntitle: "{story.title}"\nauthor: {story.author}\npublisher: {story.outlet}\ndate: {day}\n'
            f"url: {story.url}\ntags: [a, b]\n---\n\n"
            + "\n\n".join(
                [
                    f"**{story.lead}**",
                    *story.paragraphs[:2],
                    said,
                    "\n".join(bars),
                    *story.paragraphs[2:],
                ]
            )
        )
        name, mustnot = f"{story.slug}.md", ("---", "**", "tags")
    elif n == 1:
        text = "\n\n".join([f"# {story.title}", story.lead, f"> {story.paragraphs[0]}", f"## {said[:-1]}",
                            "\n".join(bars), *story.paragraphs[1:], f"*{story.author}*"])  # fmt: skip
        name, full = f"{story.slug}.md", {**full, "outlet": None, "published": None}
        mustnot = ("##", "> ", "|--")
    elif n == 2:
        text = "\n\n".join([story.title, story.shown("{w}, {d}/{m}/{y}, {t} (GMT+7)"), "EmailPrintAa", *story.texts,
                            story.author, "Xem thêm"])  # fmt: skip
        name, must, full = f"{story.slug}.txt", story.texts, {**full, "outlet": None}
        mustnot = ("EmailPrintAa", "Xem thêm")
    elif n == 3:
        text = "\n".join([story.title, "", *story.texts[:3], "", said, *tabs, "", *story.texts[3:], "", story.author,
                          f"Nguồn: {story.outlet}"])  # fmt: skip
        name, full = f"{story.slug}.txt", {**full, "published": None}
    else:
        row = {"tieu_de": story.title, "tac_gia": story.author, "bao": story.outlet, "ngay_dang": story.shown("{dd}/{mm}/{y} {t}"),
               "noi_dung": "\n".join([*story.texts[:3], said, *bars, *story.texts[3:]])}  # fmt: skip
        text, name = json.dumps(row, ensure_ascii=False) + "\n", f"{story.slug}.jsonl"
    assert not re.search(r"\r", text)
    return Made(name, text.encode(), Expected(must, mustnot, full))
