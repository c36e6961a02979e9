"""Hostile archives, books, Word files and PDFs (`tests.hostile.corpus` writes them)."""

import bz2
import gzip
import io
import lzma
import struct
import zipfile
import zlib

from tests.hostile.parts import (
    GOOD,
    STORY,
    Made,
    docx,
    docx_table,
    epub,
    html,
    packed,
    pdf,
    pdf_stream,
)


def archives() -> Made:
    """Archives, and files that are archives inside."""
    yield "empty.zip", b""
    yield "not.zip", b"PK\x03\x04" + b"a" * 500
    yield "end-only.zip", b"PK\x05\x06" + b"\0" * 18
    yield "slip.zip", packed({"../../evil.txt": GOOD, "/etc/evil.txt": GOOD, "C:\\evil.txt": GOOD})
    yield "bomb.zip", packed({"a.txt": b"a" * 20_000_000})
    yield "nested.zip", packed({"b.zip": packed({"a.txt": GOOD})})
    yield "many.zip", packed({f"{n}.txt": b"" for n in range(2_000)})
    whole = packed({"a.txt": GOOD * 3, "b.txt": GOOD})
    yield "cut.zip", whole[: len(whole) // 2]
    at = whole.index(b"a.txt") + 10
    yield "zlib.zip", whole[:at] + b"\xff" * 40 + whole[at + 40 :]
    for name, method in (("lzma", zipfile.ZIP_LZMA), ("bzip2", zipfile.ZIP_BZIP2)):
        data = packed({"a.txt": GOOD * 3}, method)
        at = data.index(b"a.txt") + 20
        yield f"{name}.zip", data[:at] + b"\xaa" * 60 + data[at + 60 :]
    yield "locked.zip", _flagged(whole, 1)
    yield "method.zip", whole.replace(b"\x08\x00", b"\x63\x00")
    yield "size-lie.zip", whole.replace(struct.pack("<L", len(GOOD * 3)), struct.pack("<L", 10))
    yield "name.zip", packed({"b\x1b[31m\n\u202e" + "x" * 900 + ".txt": GOOD})
    yield (
        "utf8-name.zip",
        _flagged(packed({"aaaa.txt": GOOD}).replace(b"aaaa.txt", b"a\xb5\xff\xd0.txt"), 0x800),
    )
    yield (
        "tcvn3-name.zip",
        packed({"aaaaaaa.txt": GOOD}).replace(b"aaaaaaa.txt", b"b\xb8o \xae\xb6a.txt"),
    )
    yield "same-names.zip", _twice("a.txt")
    yield "rows.zip", packed({"a.jsonl": b'{"body":' + b"[" * 100_000, "b.txt": GOOD})
    yield (
        "hostile.zip",
        packed({"a.html": b"<div>" * 50_000, "b.pdf": b"%PDF-1.4", "c.docx": b"PK", "e.txt": GOOD}),
    )
    yield "empty.txt.gz", b""
    yield "cut.txt.gz", gzip.compress(GOOD * 5)[:-20]
    yield "crc.txt.gz", gzip.compress(GOOD)[:-8] + b"\0" * 8
    yield "not.txt.gz", GOOD
    yield "bomb.txt.gz", gzip.compress(b"a" * 160_000_000, 9)
    yield "xz.txt.gz", lzma.compress(GOOD)
    yield "bz2.csv.gz", bz2.compress(GOOD)
    yield "pdf.pdf.gz", gzip.compress(b"%PDF-1.7\n")
    yield "deep.jsonl.gz", gzip.compress(b'{"body":' + b"[" * 100_000)


def books() -> Made:
    """Word files and EPUBs."""
    yield "empty.docx", b""
    yield "text.docx", GOOD
    yield "old.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 500
    yield "no-parts.docx", packed({"a.txt": GOOD})
    whole = docx(f"<w:p><w:r><w:t>{STORY}</w:t></w:r></w:p>")
    yield "cut.docx", whole[: len(whole) * 2 // 3]
    at = whole.index(b"word/document.xml") + 30
    yield "zlib.docx", whole[:at] + b"\xff" * 60 + whole[at + 60 :]
    yield "no-body.docx", docx("", body=False)
    yield "no-text.docx", docx("")
    yield "span.docx", docx_table('<w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>', 1)
    yield "span-word.docx", docx_table('<w:tcPr><w:gridSpan w:val="many"/></w:tcPr>', 1)
    yield "span-below.docx", docx_table('<w:tcPr><w:gridSpan w:val="-5"/></w:tcPr>', 1)
    yield "before.docx", docx_table("", 1, '<w:trPr><w:gridBefore w:val="999999999"/></w:trPr>')
    yield "merged.docx", docx_table("<w:tcPr><w:vMerge/></w:tcPr>", 3_000)
    yield "columns.docx", docx("<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 5_000 + "</w:tr></w:tbl>")
    yield "deep-table.docx", docx("<w:tbl><w:tr><w:tc>" * 2_000 + "</w:tc></w:tr></w:tbl>" * 2_000)
    yield "deep.docx", docx("<w:ins>" * 20_000 + "</w:ins>" * 20_000)
    yield "runs.docx", docx("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 20_000 + "</w:p>")
    yield "xml.docx", docx("<w:p><w:r>")
    yield "laughs.docx", docx("<w:p><w:r><w:t>&l11;</w:t></w:r></w:p>", bomb=True)
    yield "bomb.docx", docx("<w:p/>" * 3_000_000)
    yield "empty.epub", b""
    yield "cut.epub", epub([html(STORY)])[:-100]
    yield "no-container.epub", packed({"a.xhtml": html(STORY)})
    yield "no-page.epub", epub([b""])
    yield "empty-container.epub", packed({"META-INF/container.xml": b""})
    yield (
        "outside.epub",
        packed({"META-INF/container.xml": b'<c><rootfile full-path="../../etc/passwd"/></c>'}),
    )
    yield "repeat.epub", epub([html(STORY)], repeat=50_000)
    yield "deep.epub", epub([b"<div>" * 20_000 + GOOD])
    yield "bomb.epub", epub([b"<p>" + b"a " * 20_000_000])
    yield (
        "locked.epub",
        packed({"META-INF/encryption.xml": b"<e/>", "META-INF/container.xml": b"<c/>"}),
    )
    book = epub([html(STORY * 5)])
    at = book.index(b"p0.xhtml") + 15
    yield "zlib.epub", book[:at] + b"\xff" * 60 + book[at + 60 :]
    yield "links.epub", epub([html(STORY)], href="%2e%2e/%00/p0.xhtml")


def papers() -> Made:
    """PDF files."""
    whole = pdf("BT /F1 12 Tf 72 700 Td (Cau An Hoa dai 486 m.) Tj ET")
    yield "empty.pdf", b""
    yield "head.pdf", b"%PDF-1.7\n"
    yield "text.pdf", GOOD
    yield "cut.pdf", whole[: len(whole) // 2]
    yield "no-text.pdf", pdf("")
    yield "loop.pdf", whole.replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
    yield "self-parent.pdf", whole.replace(b"/Parent 2 0 R", b"/Parent 3 0 R")
    yield "no-kids.pdf", whole.replace(b"/Kids [3 0 R]", b"/Kids 7")
    yield "count.pdf", whole.replace(b"/Count 1", b"/Count 999999999")
    yield "box.pdf", whole.replace(b"[0 0 612 792]", b"[0 0 1e308 NaN]")
    yield "locked.pdf", whole.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /No >>")
    yield "deep.pdf", pdf("[" * 20_000)
    yield "dictionary.pdf", pdf("<<" * 20_000)
    yield "save.pdf", pdf("q " * 50_000)
    yield "operators.pdf", pdf("BT ET Tj TJ Td Tm " * 5_000)
    yield "number.pdf", pdf("9" * 10_000 + " 0 Td")
    yield (
        "boxes.pdf",
        pdf("BT /F1 9 Tf " + "".join(f"1 0 0 1 {n} {n} Tm (a) Tj " for n in range(600)) + "ET"),
    )
    yield "zlib.pdf", pdf_stream(b"\x78\x9c" + b"\xff" * 200, "/FlateDecode")
    bomb = zlib.compress(zlib.compress(b"0 " * 20_000_000, 9), 9)
    yield "bomb.pdf", pdf_stream(bomb, "[/FlateDecode /FlateDecode]")
    yield "lzw.pdf", pdf_stream(b"\x80\x0b\x60\x50" * 100, "/LZWDecode")
    yield "run.pdf", pdf_stream(b"\x81a" * 5_000, "/RunLengthDecode")
    yield "ascii.pdf", pdf_stream(b"z" * 20_000 + b"~>", "/ASCII85Decode")
    yield "filters.pdf", pdf_stream(b"a", "[" + "/ASCIIHexDecode " * 5_000 + "]")
    yield "crypt.pdf", pdf_stream(b"a", "/Crypt")


def _flagged(data: bytes, flag: int) -> bytes:
    """A zip whose members claim a flag."""
    made = bytearray(data)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            made[at + offset] |= flag & 255
            made[at + offset + 1] |= flag >> 8
            at = data.find(sign, at + 4)
    return bytes(made)


def _twice(name: str) -> bytes:
    packed_ = io.BytesIO()
    with zipfile.ZipFile(packed_, "w") as archive:
        for _ in range(2):
            archive.writestr(zipfile.ZipInfo(name), GOOD)
    return packed_.getvalue()
