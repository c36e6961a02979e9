"""Footnotes for python-docx, which has none: the part that holds them, and the marks in the text.

Structure after ECMA-376, Part 1, 11.3.7 (Footnotes Part) and 17.11 (Footnotes and Endnotes): the part must
begin with a separator and a continuation separator.
"""

from xml.sax.saxutils import escape

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
    "</w:footnote>"
)


class Footnotes:
    """The footnotes of one document; `write` once, when all are added."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes: list[str] = []
        for name, kind in (
            ("Footnote Text", WD_STYLE_TYPE.PARAGRAPH),
            ("Footnote Reference", WD_STYLE_TYPE.CHARACTER),
        ):
            if name not in document.styles:
                document.styles.add_style(name, kind)
        document.styles["Footnote Reference"].font.superscript = True

    def add(self, paragraph: Paragraph, text: str) -> None:
        """Puts a mark behind a paragraph's words, and the note at the foot of the page."""
        self._notes.append(text)
        paragraph._p.append(
            parse_xml(
                f'<w:r {_W}><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
                f'<w:footnoteReference w:id="{len(self._notes)}"/></w:r>'
            )
        )

    def write(self) -> None:
        """Makes the part that holds the notes."""
        notes = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
            for number, text in enumerate(self._notes, 1)
        )
        xml = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f"<w:footnotes {_W} {_R}>{_SEPARATORS}{notes}</w:footnotes>"
        )
        part = Part(
            PackURI("/word/footnotes.xml"), _TYPE, xml.encode(), self._document.part.package
        )
        self._document.part.relate_to(part, _RELATION)
