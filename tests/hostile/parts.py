"""What the hostile files, and the good ones beside them, are made of."""

import io
import zipfile
from collections.abc import Iterator

TITLE = "Cầu An Hòa thông xe"
STORY = (
    "Sáng 7/4, cầu An Hòa bắc qua sông Cái được thông xe sau hai năm thi công. Cầu dài 486 m, rộng 12 m, nối "
    "xã An Hòa với thị trấn Cư Lam. Tổng vốn đầu tư là 98,4 tỷ đồng từ ngân sách tỉnh.\n"
)
GOOD = STORY.encode()
#: Names and bytes of files.
Made = Iterator[tuple[str, bytes]]
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return made.getvalue()


def html(body: str) -> bytes:
    """A page."""
    return f"<!DOCTYPE html><html><body>{body}</body></html>".encode()


def docx(inside: str, body: bool = True, bomb: bool = False) -> bytes:
    """A Word file with `inside` as its document's body."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>' if bomb else ""
    inner = f"<w:body>{inside}</w:body>" if body else inside
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return packed(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
            ).encode(),
            "_rels/.rels": (
                f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
                f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
            ).encode(),
            "word/document.xml": f'{head}<w:document xmlns:w="{_WORD}">{inner}</w:document>'.encode(),
        }
    )


def docx_table(cell: str, rows: int, row: str = "") -> bytes:
    """A Word file with a table of one column."""
    text = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
    return docx(f"<w:tbl>{f'<w:tr>{row}<w:tc>{cell}{text}</w:tc></w:tr>' * rows}</w:tbl>")


def odt(inside: str, bomb: bool = False) -> bytes:
    """An OpenDocument text with `inside` as its body; the style "H" hides."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>' if bomb else ""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("style", "style"),
        )
    )
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": b"<manifest/>",
            "content.xml": (
                f"{head}<office:document-content{names}><office:automatic-styles><style:style "
                "style:name='H'><style:text-properties text:display='none'/></style:style>"
                f"</office:automatic-styles><office:body><office:text>{inside}</office:text></office:body>"
                "</office:document-content>"
            ).encode(),
        }
    )


def epub(pages: list[bytes], repeat: int = 1, href: str = "p0.xhtml") -> bytes:
    """A book of pages."""
    items = "".join(
        f'<item id="i{n}" href="{href if n == 0 else f"p{n}.xhtml"}"/>' for n in range(len(pages))
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(pages))) * repeat
    return packed(
        {
            "META-INF/container.xml": b'<container><rootfile full-path="b.opf"/></container>',
            "b.opf": f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>".encode(),
        }
        | {f"p{n}.xhtml": page for n, page in enumerate(pages)}
    )


def pdf(content: str) -> bytes:
    """A PDF of one page that is drawn so."""
    return _pdf(content.encode("latin-1"), "")


def pdf_stream(content: bytes, filters: str) -> bytes:
    """The same, packed."""
    return _pdf(content, f"/Filter {filters}")


def _pdf(content: bytes, extra: str) -> bytes:
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} {extra} >>\nstream\n".encode() + content + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + part + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        made
        + (
            f"xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\n"
            f"startxref\n{len(made)}\n%%EOF\n"
        ).encode()
    )
