"""Word files as Word shows them: changes, content controls, boxes, notes, lists and merged tables."""

import io
import zipfile
from typing import Any

import pytest

from index import reading
from index.reading import Document

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_V = 'xmlns:v="urn:schemas-microsoft-com:vml"'
_WPS = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
_CHANGED = 'w:id="1" w:author="BTV"'


def made(*blocks: str, notes: dict[str, str] | None = None) -> bytes:
    """A Word file with these blocks of WordprocessingML as its body, a header, a footer and footnotes."""
    from docx import Document as new
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml.parser import parse_xml

    document = new()
    document.sections[0].header.paragraphs[0].text = "Báo Đồng Xuân, số ra ngày 1/7"
    document.sections[0].footer.paragraphs[0].text = "Trang 1"
    body = document.element.body
    for block in blocks:
        root: Any = parse_xml(f"<w:body {_W} {_MC} {_V} {_WPS}>{block}</w:body>")
        for one in list(root):
            body.insert(len(body) - 1, one)
    if notes:
        told = "".join(
            f'<w:footnote w:id="{n}">{p(text)}</w:footnote>' for n, text in notes.items()
        )
        document.part.relate_to(
            Part(
                PackURI("/word/footnotes.xml"),
                "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
                f"<w:footnotes {_W}>{told}</w:footnotes>".encode(),
                document.part.package,
            ),
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes",
        )
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(text: str, about: str = "", look: str = "") -> str:
    return f"<w:p><w:pPr>{about}</w:pPr>{text if text.startswith('<') else r(text, look)}</w:p>"


def deleted(text: str) -> str:
    return f"<w:del {_CHANGED}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def tc(text: str, span: int = 1, merge: str = "", look: str = "") -> str:
    merged = {"": "", "first": '<w:vMerge w:val="restart"/>', "next": "<w:vMerge/>"}[merge]
    about = f'<w:tcPr><w:gridSpan w:val="{span}"/>{merged}</w:tcPr>'
    return f"<w:tc>{about}{text if text.startswith('<') else p(text, look=look)}</w:tc>"


def tr(*cells: str, about: str = "") -> str:
    inside = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{about}</w:trPr>{inside}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def lines(*blocks: str, notes: dict[str, str] | None = None) -> list[str]:
    (found,) = reading.read("a.docx", made(*blocks, notes=notes), {})
    assert isinstance(found, Document)
    return found.text.split("\n")


BOX = f"<w:txbxContent>{p('Đường dây nóng: 0215 3824 555.')}</w:txbxContent>"
TICKED = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        pytest.param(
            [p(r("Xã trồng ") + deleted("40 ha") + f"<w:ins {_CHANGED}>{r('65 ha')}</w:ins>" + r(" quế."))],
            ["Xã trồng 65 ha quế."],
            id="a word changed",
        ),
        pytest.param(
            [
                p(deleted("Cả đoạn này bỏ."), f"<w:rPr><w:del {_CHANGED}/></w:rPr>"),
                p(r("Xã có 9 thôn"), f"<w:rPr><w:del {_CHANGED}/></w:rPr>"),
                p(r(" và 2 bản.")),
            ],
            ["Xã có 9 thôn và 2 bản."],
            id="paragraphs joined",
        ),
        pytest.param(
            [
                p(f"<w:moveFrom {_CHANGED}>{r('Cầu dài 30 m.')}</w:moveFrom>" + r("Đường dài 4 km.")),
                p(f"<w:moveTo {_CHANGED}>{r('Cầu dài 30 m.')}</w:moveTo>"),
            ],
            ["Đường dài 4 km.", "Cầu dài 30 m."],
            id="moved",
        ),
        pytest.param(
            [
                f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Chủ trì: bà Lò Thị Ún.')}</w:sdtContent></w:sdt>",
                p(r("Ngày ") + f"<w:sdt><w:sdtContent>{r('5/6/2024')}</w:sdtContent></w:sdt>" + r(".")),
            ],
            ["Chủ trì: bà Lò Thị Ún.", "Ngày 5/6/2024."],
            id="content controls",
        ),
        pytest.param(
            [
                p(
                    r("Bà con gọi điện.")
                    + "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
                    + f"{BOX}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}"
                    + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
                )
            ],
            ["Bà con gọi điện.", "Đường dây nóng: 0215 3824 555."],
            id="a text box, once",
        ),
        pytest.param(
            [p(f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>")],
            ["Đường dây nóng: 0215 3824 555."],
            id="an old text box",
        ),
        pytest.param(
            [p("Huyện sẽ:"), p("mở chợ phiên", TICKED), p("Xây 3 km đường", TICKED)],
            ["Huyện sẽ:", "- mở chợ phiên", "- Xây 3 km đường"],
            id="a list",
        ),
        pytest.param([p(r("Có 12 hộ.") + r(" Giấu 99.", "<w:vanish/>"))], ["Có 12 hộ."], id="hidden"),
    ],
)  # fmt: skip
def test_text_is_read_as_it_is_shown(blocks: list[str], expected: list[str]) -> None:
    assert lines(*blocks) == expected


def test_a_note_is_a_line_of_its_own_behind_its_paragraph() -> None:
    first = p(r("Xã có 62 hộ nghèo") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r("."))
    found = lines(first, p("Họp ngày 5/6."), notes={"-1": "Ngăn cách", "2": "Theo chuẩn 2021."})
    assert found == ["Xã có 62 hộ nghèo.", "Theo chuẩn 2021.", "Họp ngày 5/6."]


BOLD = "<w:b/>"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [
                tr(tc("Xã", merge="first"), tc("Năm 2019", 2), tc("Năm 2020", 2)),
                tr(tc("", merge="next"), "Kế hoạch", "Thực hiện", "Kế hoạch", "Thực hiện"),
                tr("Nà Lốc", "10", "10", "12", "11,5"),
                tr("Bản Khoang", "8", "7,5", tc("chưa báo cáo", 2)),
            ],
            [
                "Xã Nà Lốc · năm 2019, Kế hoạch (tỷ đồng): 10; năm 2019, Thực hiện (tỷ đồng): 10; "
                "năm 2020, Kế hoạch (tỷ đồng): 12; năm 2020, Thực hiện (tỷ đồng): 11,5",
                "Xã Bản Khoang · năm 2019, Kế hoạch (tỷ đồng): 8; năm 2019, Thực hiện (tỷ đồng): 7,5; "
                "năm 2020, Kế hoạch, Thực hiện: chưa báo cáo",
            ],
            id="two rows of heads",
        ),
        pytest.param(
            [
                tr(tc("Huyện", look=BOLD), tc("Xã", look=BOLD), tc("Hộ nghèo", look=BOLD)),
                tr(tc("Sìn Hồ Hạ", merge="first"), "Nà Lốc", "62"),
                tr(tc("", merge="next"), "Bản Khoang", "62"),
                tr(tc("Tổng cộng", 2), "124"),
            ],
            [
                "Xã Nà Lốc, Huyện Sìn Hồ Hạ · hộ nghèo: 62",
                "Xã Bản Khoang, Huyện Sìn Hồ Hạ · hộ nghèo: 62",
                "Tổng cộng · hộ nghèo: 124",
            ],
            id="merged over rows",
        ),
        pytest.param(
            [
                tr("Họ và tên", "Chức vụ", "Thôn", about="<w:tblHeader/>"),
                tr("Lò Thị Ún", tc(p("Trưởng thôn", TICKED) + p("bí thư", TICKED)), "Nà Lốc"),
                tr("Bỏ", "Bỏ", "Bỏ", about=f"<w:del {_CHANGED}/>"),
                f"<w:sdt><w:sdtContent>{tr('Sùng A Dế', 'Công an', 'Nà Lốc')}</w:sdtContent></w:sdt>",
            ],
            [
                "Họ và tên: Lò Thị Ún · chức vụ: - Trưởng thôn; - bí thư; Thôn: Nà Lốc",
                "Họ và tên: Sùng A Dế · chức vụ: Công an; Thôn: Nà Lốc",
            ],
            id="rows deleted and controlled",
        ),
    ],
)  # fmt: skip
def test_a_row_is_a_line_with_its_heads(rows: list[str], expected: list[str]) -> None:
    told = lines(p("Kết quả (đơn vị: tỷ đồng):"), tbl(*rows))
    assert told == ["Kết quả (đơn vị: tỷ đồng):", *expected]


def test_tables_that_arrange_a_page_are_lines_as_they_stand() -> None:
    head = tr(tc(p("UBND XÃ NÀ LỐC") + p("Số: 12/BC")), tc(p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")))
    assert lines(tbl(head), tbl(tr(tc(p("Tin vắn.") + p("Mưa to."))))) == [
        "UBND XÃ NÀ LỐC", "Số: 12/BC", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Tin vắn.", "Mưa to.",
    ]  # fmt: skip


def test_a_file_without_styles_is_read() -> None:
    packed = io.BytesIO(made(p("Xã có 9 thôn."), p("Họp chiều nay.", '<w:pStyle w:val="Lạ"/>')))
    kept = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/styles.xml":
                data = f"<w:styles {_W}/>".encode()
            new.writestr(name, data)
    (found,) = reading.read("a.docx", kept.getvalue(), {})
    assert isinstance(found, Document) and found.text == "Xã có 9 thôn.\nHọp chiều nay."
