"""Pages as the systems of most Vietnamese news sites make them: their story and their details."""

import io
import zipfile
from datetime import date

import pytest
from lxml import html

from index import reading
from index.metadata import parse
from index.reading import Document
from index.reading.dated import dated
from index.types import Details

NUKEVIET_4 = """<html><head><meta charset="utf-8"><title>Xã Lộc Mai có 12 km đường hoa</title></head><body>
<ol class="breadcrumbs"><li><a>Trang nhất</a></li></ol>
<div class="news_column panel" itemtype="http://schema.org/NewsArticle" itemscope><div class="panel-body">
<h1 class="title" itemprop="headline">Xã Lộc Mai có 12 km đường hoa</h1>
<div class="hidden" itemprop="author" itemtype="http://schema.org/Person" itemscope>
<span itemprop="name">Lan Anh</span></div>
<span class="hidden" itemprop="datePublished">2024-08-05T07:45:00+07:00</span>
<span class="hidden" itemprop="mainEntityOfPage">https://locson.example/xa-loc-mai-91.html</span>
<div class="hidden" itemprop="publisher" itemtype="http://schema.org/Organization" itemscope>
<span itemprop="name">Cổng thông tin huyện Lộc Sơn</span></div>
<span class="h5">Thứ hai - 05/08/2024 07:45</span><ul class="list-inline"><li><a>Lưu bài viết này</a></li>
</ul>
<div class="hometext">Phụ nữ xã Lộc Mai trồng 12 km đường hoa, góp 1.460 ngày công trong sáu tháng.</div>
<div id="news-bodyhtml" class="bodytext"><p>Chị Trần Thị Sáu cho biết mỗi chi hội nhận chăm 800 m đường.</p>
<figure class="image"><img src="1.jpg"><figcaption>Hội viên trồng hoa tại thôn 3</figcaption></figure>
<p>Xã phấn đấu đến cuối năm có 20 km.</p></div></div></div>
<div class="panel"><p><strong>Nguồn tin: </strong>Hội Phụ nữ xã</p></div>
<div class="panel"><p class="h3"><strong>Những tin mới hơn</strong></p><div><ul class="list-items">
<li><h4><a href="/1">Huyện có 77 tuyến đường sáng</a></h4><em>(20/08/2024)</em></li></ul></div>
<p class="h3"><strong>Những tin cũ hơn</strong></p><div><ul class="list-items">
<li><h4><a href="/2">Thu 310 triệu đồng quỹ hội</a></h4><em>(03/07/2024)</em></li></ul></div></div></body>
</html>"""

NUKEVIET_3 = """<html><head><meta charset="utf-8"><meta name="generator" content="NukeViet v3.4">
<title>Chi bộ Tài chính học nghị quyết - Tin tức - Đảng bộ Khối Đông Thượng</title>
<link rel="canonical" href="http://khoi.example/vi/news/Chi-bo-77/"></head><body>
<div id="header"><div class="fr">Thứ sáu, 01/03/2024, 10:22</div></div>
<div id="news_detail"><h1>Chi bộ Tài chính học nghị quyết</h1>
<span class="time">Thứ năm - 14/04/2016 09:12</span>
<div id="hometext">Ngày 12/4, Chi bộ Tài chính tổ chức học nghị quyết cho 64 đảng viên của năm tổ.</div>
<div id="bodytext">Trong ngày học, các đảng viên nghe 3 chuyên đề.<br>
<br>Kết thúc đợt học, 61 đảng viên nộp bài.</div>
<p><strong>Tác giả bài viết: </strong>Hoàng Lan</p><p><strong>Nguồn tin: </strong>Báo Đông Thượng</p></div>
<div id="idcomment"><h3>Ý kiến bạn đọc</h3><div id="showcomment"><p>Nên học 5 ngày.</p></div></div>
<p><strong>Những tin cũ hơn</strong></p><ul><li><a href="/2">Khai giảng lớp 88 học viên</a>
<span class="date">(01/04/2016)</span></li></ul></body></html>"""

VNEXPRESS = """<html><head><meta charset="utf-8"><title>Lúa chết vì mặn ở Cồn Dài - Báo Thử</title>
<meta property="og:site_name" content="thu.example"></head><body>
<section class="top-header"><span class="time-now">Thứ hai, 1/7/2024</span></section>
<section class="page-detail"><span class="date">Thứ sáu, 8/3/2024, 16:02 (GMT+7)</span>
<h1 class="title-detail">Lúa chết vì mặn ở Cồn Dài</h1>
<p class="description">
<span class="location-stamp">Bến Tre</span>Hơn 230 ha lúa chết khô do nước mặn tràn vào kênh.</p>
<article class="fck_detail">
<p class="Normal">Nông dân phải bơm nước từ giếng khoan sâu 90 m, tốn tiền điện.</p>
<table class="tplCaption"><tr><td><img src="1.jpg"></td></tr><tr><td class="Image">Ruộng nứt nẻ ở ấp 4</td>
</tr></table>
<p class="Normal">Ông Đặng Văn Út, 58 tuổi, nói đã mất trắng hai vụ và còn nợ 60 triệu đồng.</p>
<div class="box_tinlienquan"><ul><li><a href="/1">Giá gạo tăng 15% trong tháng</a></li></ul></div>
<p class="Normal">Huyện đang đắp thêm ba đập tạm.</p><p class="author_mail"><strong>Ngọc Tài</strong></p>
</article></section>
<div class="box_comment_vne"><h3>Ý kiến (5)</h3><div class="comment_item">
<p>Năm nay mặn tới 9 phần nghìn.</p></div></div>
</body></html>"""

VCCORP = """<html><head><meta charset="utf-8"><title>Cầu Bến Lội thông xe - Tuổi Thử</title>
<link rel="canonical" href="https://tuoithu.example/cau.htm">
<meta property="og:site_name" content="Tuổi Thử"></head><body>
<div class="detail-time"><div>03/05/2024 12:45 GMT+7</div></div>
<h1 class="detail-title">Cầu Bến Lội thông xe</h1>
<div class="author-info"><a class="name">MINH CHIẾN</a></div>
<h2 class="detail-sapo">Cầu Bến Lội dài 640 m nối hai huyện thông xe sáng 3-5, sớm hai tháng.</h2>
<div class="detail-content afcbc-body"><p>Theo ban quản lý dự án, cầu có tổng vốn 312 tỉ đồng.
<span class="PhotoCMS_Caption">Xe qua cầu sáng 3-5</span> do tỉnh và trung ương cùng góp.</p>
<div class="VCSortableInPreviewMode" type="RelatedOneNews">
<a href="/1">Cầu Rạch Dừa sập, 8 người bị thương</a></div>
<div class="VCSortableInPreviewMode alignJustifyFull" type="content"><p>Cầu Bến Lội</p><p>Số nhịp: 11</p>
</div>
<p>Người dân hai bờ trước đây phải đi phà mất 25 phút, nay còn ba phút.</p></div>
<div class="detail-related"><div>Tin liên quan</div><a href="/4">Mở thầu cầu 900 tỉ đồng</a></div>
<div class="detail__cmt"><p>Phí qua cầu 15.000 đồng thì đắt quá.</p></div></body></html>"""


def read(page: str) -> tuple[Details, list[str]]:
    (found,) = reading.read("a.html", page.encode(), {})
    assert isinstance(found, Document)
    details, body = parse(found.text, found.details)
    return details, body.split("\n")


@pytest.mark.parametrize(
    ("page", "title", "outlet", "author", "day", "clock", "url"),
    [
        (NUKEVIET_4, "Xã Lộc Mai có 12 km đường hoa", "Cổng thông tin huyện Lộc Sơn", "Lan Anh",
         date(2024, 8, 5), "07:45", "https://locson.example/xa-loc-mai-91.html"),
        (NUKEVIET_3, "Chi bộ Tài chính học nghị quyết", "Đảng bộ Khối Đông Thượng", "Hoàng Lan",
         date(2016, 4, 14), "09:12", "http://khoi.example/vi/news/Chi-bo-77/"),
        (VNEXPRESS, "Lúa chết vì mặn ở Cồn Dài", "thu.example", "Ngọc Tài", date(2024, 3, 8), "16:02", None),
        (VCCORP, "Cầu Bến Lội thông xe", "Tuổi Thử", "MINH CHIẾN", date(2024, 5, 3), "12:45",
         "https://tuoithu.example/cau.htm"),
    ],
)  # fmt: skip
def test_details_come_from_the_page_itself(
    page: str, title: str, outlet: str, author: str, day: date, clock: str, url: str | None
) -> None:
    said = read(page)[0]
    assert (said.title, said.outlet, said.author) == (title, outlet, author)
    assert (said.published, said.time, said.url) == (day, clock, url)


@pytest.mark.parametrize(
    ("page", "lines", "gone"),
    [
        (NUKEVIET_4, ["Hội viên trồng hoa tại thôn 3", "Xã phấn đấu đến cuối năm có 20 km."],
         ["77 tuyến", "310 triệu", "Những tin", "Lưu bài", "2024-08-05", "Trang nhất"]),
        (NUKEVIET_3, ["Kết thúc đợt học, 61 đảng viên nộp bài."], ["88 học viên", "Nên học", "Những tin"]),
        (VNEXPRESS, ["Bến Tre – Hơn 230 ha lúa chết khô do nước mặn tràn vào kênh.", "Ruộng nứt nẻ ở ấp 4"],
         ["15%", "9 phần nghìn", "Ý kiến"]),
        (VCCORP, ["Xe qua cầu sáng 3-5", "Số nhịp: 11",
                  "Theo ban quản lý dự án, cầu có tổng vốn 312 tỉ đồng. do tỉnh và trung ương cùng góp."],
         ["Rạch Dừa", "900 tỉ", "15.000"]),
    ],
)  # fmt: skip
def test_the_story_with_its_captions_and_boxes_and_nothing_else(
    page: str, lines: list[str], gone: list[str]
) -> None:
    body = read(page)[1]
    assert [line for line in lines if line not in body] == []
    assert [one for one in gone if one in "\n".join(body)] == []
    assert len(body) == len(set(body))


def test_a_page_that_is_called_like_furniture_keeps_its_story() -> None:
    story = (
        "Huyện Lộc Sơn trồng 12 ha rừng trong năm nay, gấp đôi năm ngoái, nhờ 300 hộ dân góp công."
    )
    page = f"<html><body><div class='related comments'><h1>Trồng rừng</h1><p>{story}</p></div></body></html>"
    assert story in read(page)[1]


def test_the_date_of_another_article_is_not_the_pages() -> None:
    page = (
        "<html><body><div class='site'><p>01/07/2024</p></div><h1>Trồng rừng</h1>"
        "<p>Huyện Lộc Sơn trồng 12 ha rừng trong năm nay, gấp đôi năm ngoái, nhờ 300 hộ dân góp công sức.</p>"
        "<ul><li><a>Cầu mới</a> <span class='date'>02/05/2024</span></li></ul>"
        "<div class='related'><p>Kè biển</p><em>03/05/2024</em></div></body></html>"
    )
    assert dated(html.document_fromstring(page)) == (None, None)
    own = page.replace("</h1>", "</h1><p>Thứ tư - 12/10/2022 08:35</p>")
    assert dated(html.document_fromstring(own)) == (date(2022, 10, 12), "08:35")


def test_a_story_with_more_comments_than_words_stays() -> None:
    story = (
        "Huyện Lộc Sơn trồng 12 ha rừng trong năm nay, gấp đôi năm ngoái, nhờ 300 hộ dân góp công."
    )
    page = (
        f"<html><body><h1>Trồng rừng</h1><div class='entry-content share-bar'><p>{story}</p></div>"
        + "<div class='comments'>"
        + "<p>Tôi thấy trồng 99 ha mới đủ cho cả huyện.</p>" * 30
        + "</div></body></html>"
    )
    assert story in read(page)[1]


@pytest.mark.parametrize("code", ["utf-8", "gbk"])
def test_names_in_a_zip_are_read_in_the_code_they_are_in(code: str) -> None:
    name = {"utf-8": "Khởi công kè biển.txt", "gbk": "新闻报道.txt"}[code]
    held = "x" * len(name.encode(code))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(held, "Kè biển Thuận Hòa dài 2,8 km.")
    data = file.getvalue().replace(held.encode(), name.encode(code))
    assert [one.part for one in reading.read("a.zip", data, {})] == [name]


def test_names_behind_an_id_of_the_same_graph_are_read() -> None:
    graph = """{"@graph": [{"@type": "NewsArticle", "headline": "Cầu Nà Sự", "publisher": {"@id": "#o"},
        "author": {"@id": "#a"}}, {"@id": "#o", "name": "Báo Tự Nghĩ"},
        {"@id": "#a", "name": "Lò Thị Chẻo"}]}"""
    story = "<p>Cầu Nà Sự dài 38 m được khánh thành sáng nay ở bản Nà Sự, xã Chà Nưa Thượng.</p>"
    data = f'<script type="application/ld+json">{graph}</script>'
    page = f"<html><head>{data}</head><body>{story}</body></html>"
    details, _ = read(page)
    assert (details.outlet, details.author) == ("Báo Tự Nghĩ", "Lò Thị Chẻo")
