"""Layouts of PDFs as newspapers and offices make them, each made here: what is read of them."""

import io
from collections.abc import Callable

import pytest
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from index.reading import Document
from index.reading.pdf import read_pdf
from tests.index.stories import VN


@pytest.fixture(autouse=True, scope="module")
def _fonts() -> None:
    import matplotlib

    for name, file in VN.items():
        pdfmetrics.registerFont(TTFont(name, f"{matplotlib.get_data_path()}/fonts/ttf/{file}"))


def lines(data: bytes) -> list[str]:
    return "\n".join(document.text for document in read_pdf(data, {})).split("\n")  # type: ignore[union-attr]


def drawn(*pages: Callable[[Canvas], None]) -> list[str]:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for page in pages:
        canvas.setFont("D", 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return lines(out.getvalue())


def put(canvas: Canvas, x: float, y: float, *texts: str, size: float = 10) -> None:
    canvas.setFont("D", size)
    for n, text in enumerate(texts):
        canvas.drawString(x, y - 13 * n, text)


def test_letters_set_one_by_one_and_apart_make_words() -> None:
    def page(canvas: Canvas) -> None:
        for text, y, apart, spaces in (
            ("Huyện Bắc Sơn khánh thành cầu treo", 780, 2.2, False),
            ("Cầu dài 142 m, rộng 3,5 m và nối hai bản vùng cao", 740, 0.0, True),
            ("THÔNG BÁO SỐ 17", 700, 6.0, True),
        ):
            x = 50.0
            for letter in text:
                if letter != " " or spaces:
                    canvas.drawString(x, y, letter)
                x += pdfmetrics.stringWidth(letter, "D", 10) + apart

    assert drawn(page) == [
        "Huyện Bắc Sơn khánh thành cầu treo",
        "Cầu dài 142 m, rộng 3,5 m và nối hai bản vùng cao",
        "THÔNG BÁO SỐ 17",
    ]


def test_letters_of_a_fall_back_font_stay_in_their_words() -> None:
    text = "Đường tỉnh lộ được mở rộng thành bốn làn xe từ quý này"

    def page(canvas: Canvas) -> None:
        places, x = [], 50.0
        for letter in text:
            # The fall-back font's letters are narrower than those that they stand for.
            plain = letter.isascii()
            places.append((x, letter, plain))
            x += pdfmetrics.stringWidth(letter, "D", 10) + (0 if plain else 2.5)
        for wanted in (True, False):
            canvas.setFont("D" if wanted else "B", 10 if wanted else 9)
            for at, letter, plain in places:
                if plain is wanted:
                    canvas.drawString(at, 700, letter)

    assert drawn(page) == [text]


def test_marks_drawn_behind_the_letters_stand_over_them() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(50, 700, "Ba con thuyên ra khơi")
        at = 50 + pdfmetrics.stringWidth("Ba con thuy", "D", 10)
        canvas.drawString(at, 700, "\u0300")

    assert drawn(page) == ["Ba con thuyền ra khơi"]


@pytest.mark.parametrize(
    ("cap", "first", "read"),
    [
        ("C", "hợ nổi Vàm Xáng họp từ 4 giờ", "Chợ nổi Vàm Xáng họp từ 4 giờ"),
        ("Ở", "xã Vàm Xáng chợ họp từ 4 giờ", "Ở xã Vàm Xáng chợ họp từ 4 giờ"),
        ("Ô", "ng Lê Văn Tàng bán 60 kg cá", "Ông Lê Văn Tàng bán 60 kg cá"),
    ],
)
def test_a_drop_cap_stays_with_its_word(cap: str, first: str, read: str) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("B", 40)
        canvas.drawString(50, 692, cap)
        put(
            canvas,
            84,
            713,
            first + " sáng, mỗi ngày có",
            "chừng 120 ghe về đây mua bán nông sản các loại",
        )
        put(canvas, 50, 687, "và trái cây của cả vùng, theo ban quản lý.")
        put(canvas, 50, 650, "Chợ đóng lúc 9 giờ.")

    assert drawn(page) == [
        f"{read} sáng, mỗi ngày có chừng 120 ghe về đây mua bán nông sản các loại"
        " và trái cây của cả vùng, theo ban quản lý.",
        "Chợ đóng lúc 9 giờ.",
    ]


def test_words_broken_at_line_ends_are_joined() -> None:
    def page(canvas: Canvas) -> None:
        put(
            canvas, 50, 780,
            "Trung tâm logis-", "tics mới của tỉnh có 12 ki-", "lô-mét đường nội bộ, do trư-",
            "ờng nghề và hãng Đông-", "Nam xây trong giai đoạn 2021-", "2025.",
        )  # fmt: skip

    assert drawn(page) == [
        "Trung tâm logistics mới của tỉnh có 12 ki-lô-mét đường nội bộ, do trường nghề và hãng"
        " Đông-Nam xây trong giai đoạn 2021-2025."
    ]


ROWS = [
    ("Xã", "Hộ nghèo", "Nhà đã xây"),
    ("Nà Hẩu", "48", "7"),
    ("Châu Quế Hạ", "112", "35"),
    ("Phong Dụ", "9", "4"),
]


@pytest.mark.parametrize("ruled", [True, False])
def test_tables_are_read_by_row(ruled: bool) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 50, 780, "Số nhà đã xây cho hộ nghèo tính đến cuối tháng như sau.")
        if ruled:
            canvas.grid([50, 200, 300, 400], [740 - 20 * n for n in range(5)])
        for column, x in enumerate((55, 205, 305)):
            for n, row in enumerate(ROWS):
                put(canvas, x, 726 - 20 * n, row[column])
        put(canvas, 50, 620, "Huyện sẽ xây xong trước Tết.")

    found = drawn(page)
    assert found[0].startswith("Số nhà") and found[-1].startswith("Huyện sẽ") and len(found) == 5
    for line, (name, poor, built) in zip(found[1:4], ROWS[1:], strict=True):
        told = (name, "hộ nghèo", poor, "nhà đã xây", built)
        places = [line.lower().index(part.lower()) for part in told]
        assert places == sorted(places)


def test_a_cell_of_two_lines_and_a_merged_one_stay_whole() -> None:
    def page(canvas: Canvas) -> None:
        for y, x in ((740, 50), (710, 50), (680, 150), (650, 50)):
            canvas.line(x, y, 400, y)
        for x in (50, 150, 280, 400):
            canvas.line(x, 650, x, 740)
        put(canvas, 55, 725, "Huyện")
        put(canvas, 155, 725, "Công trình")
        put(canvas, 285, 725, "Vốn (tỷ đồng)")
        put(canvas, 55, 675, "Mù Cả")
        put(canvas, 155, 700, "Trường phổ thông", "dân tộc bán trú")
        put(canvas, 285, 695, "31,5")
        put(canvas, 155, 665, "Trạm y tế")
        put(canvas, 285, 665, "4,2")

    first, second = drawn(page)
    assert "Mù Cả" in first and "Trường phổ thông dân tộc bán trú" in first and "31,5" in first
    assert "Mù Cả" in second and "Trạm y tế" in second and "4,2" in second


def test_a_framed_box_is_no_table() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(45, 700, 300, 60)
        put(
            canvas,
            50,
            745,
            "Lễ hội diễn ra ba ngày, có đua thuyền và",
            "hát giao duyên ở bến sông.",
        )

    assert drawn(page) == ["Lễ hội diễn ra ba ngày, có đua thuyền và hát giao duyên ở bến sông."]


def paper(number: int, left: tuple[str, ...], right: tuple[str, ...]) -> Callable[[Canvas], None]:
    """A newspaper's page in two columns with its furniture, page numbers of the text's own size."""

    def page(canvas: Canvas) -> None:
        put(canvas, 50, 800, "BÁO THỬ NGHIỆM VÙNG CAO", f"Số 88, thứ ba {number}/6/2023")
        put(canvas, 50, 760, *left)
        put(canvas, 310, 760, *right)
        put(canvas, 290, 30, str(number))

    return page


def test_furniture_is_left_out_and_text_goes_on_over_columns_and_pages() -> None:
    found = drawn(
        paper(
            4,
            ("Hồ Nậm Cắt tích được 3,4 triệu mét khối", "nước, đủ tưới cho ruộng của bảy xã ở phía"),
            ("nam huyện trong cả vụ đông xuân năm nay, theo", "công ty thủy lợi và bà con ở thôn của ông",
             "(Xem tiếp trang 5)"),
        ),
        paper(
            5,
            ("(Tiếp theo trang 4)", "Vàng A Páo, người giữ đập đã mười năm."),
            ("Năm ngoái hồ chỉ có 2,1 triệu mét khối.", "57"),
        ),
        paper(6, ("Năm tới sẽ có thêm một trạm bơm.",), ("Vốn là 12 tỷ đồng.",)),
    )  # fmt: skip
    assert found == [
        "Hồ Nậm Cắt tích được 3,4 triệu mét khối nước, đủ tưới cho ruộng của bảy xã ở phía nam huyện"
        " trong cả vụ đông xuân năm nay, theo công ty thủy lợi và bà con ở thôn của ông Vàng A Páo,"
        " người giữ đập đã mười năm.",
        "Năm ngoái hồ chỉ có 2,1 triệu mét khối. 57",
        "Năm tới sẽ có thêm một trạm bơm.",
        "Vốn là 12 tỷ đồng.",
    ]


def test_a_figure_that_ends_each_page_but_does_not_count_up_stays() -> None:
    def page(figure: str, name: str) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            put(canvas, 50, 780, f"Số ca bệnh ở {name} trong tuần qua là")
            put(canvas, 50, 60, figure)

        return draw

    found = drawn(page("57", "Bản Cái"), page("12", "Cốc Ly"), page("40", "Nậm Lúc"))
    assert [line for line in found if line.isdigit()] == ["57", "12", "40"]


def test_pages_with_nothing_but_one_line_each_are_not_empty() -> None:
    page = lambda canvas: put(canvas, 50, 60, "Nghỉ Tết từ ngày 27.")  # noqa: E731
    assert drawn(page, page) == ["Nghỉ Tết từ ngày 27."] * 2


def test_paragraphs_set_in_on_the_left_stay_whole_and_apart() -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 62, 780, "Huyện trồng mới 412 ha rừng trong vụ xuân, chủ yếu ở ba xã Nà Ca,")
        put(canvas, 50, 768, "Bản Pắt và Lũng Vai.")
        put(canvas, 62, 756, "Cây giống do trạm lâm nghiệp cấp.")
        put(canvas, 62, 744, "Tỉnh hỗ trợ 1,2 tỷ đồng cho các hộ nhận khoán rừng ở vùng lòng hồ,")
        put(canvas, 50, 732, "Sở Nông nghiệp cho biết.")

    assert drawn(page) == [
        "Huyện trồng mới 412 ha rừng trong vụ xuân, chủ yếu ở ba xã Nà Ca, Bản Pắt và Lũng Vai.",
        "Cây giống do trạm lâm nghiệp cấp.",
        "Tỉnh hỗ trợ 1,2 tỷ đồng cho các hộ nhận khoán rừng ở vùng lòng hồ, Sở Nông nghiệp cho biết.",
    ]


def test_the_headline_is_in_the_largest_letters_not_the_first_line() -> None:
    data = io.BytesIO()
    canvas = Canvas(data)
    put(canvas, 50, 800, "Thời sự")
    put(canvas, 50, 770, "Cầu Nà Sự thông xe sau hai năm", size=20)
    put(
        canvas,
        50,
        730,
        "Cầu dài 38 m, nối hai bản bên suối Nậm Sự.",
        "Xe đã qua từ sáng nay, dân đến xem.",
    )
    canvas.save()
    (found,) = read_pdf(data.getvalue(), {})
    assert isinstance(found, Document) and found.details.title == "Cầu Nà Sự thông xe sau hai năm"
