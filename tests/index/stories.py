"""Fictional reports, and each of them as files of every kind and encoding, with what is expected of
them. Nothing here is from a real paper; the page layouts are like those of provincial news sites."""

import csv
import gzip
import io
import json
import quopri
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from index.language import encodings

VN = {"D": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}


@dataclass(frozen=True)
class Story:
    title: str
    paragraphs: tuple[str, ...]
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    time: str | None = None
    place: str | None = None
    url: str | None = None
    caption: str = ""

    @property
    def body(self) -> str:
        return "\n".join(self.paragraphs)


STORIES = [
    Story(
        "Bắc Kạn: Gặp mặt người cao tuổi tiêu biểu năm 2018",
        (
            "Chiều 28/9, Hội Người cao tuổi tỉnh Bắc Kạn tổ chức gặp mặt 68 hội viên tiêu biểu trong phong trào "
            "“Tuổi cao - Gương sáng” năm 2018.",
            "Toàn tỉnh hiện có 27.415 hội viên, sinh hoạt tại 1.180 chi hội; quỹ chăm sóc đạt 3,6 tỷ đồng, tăng "
            "12,5% so với năm 2017.",
            "Tại buổi gặp mặt, bà Hà Thị Liễu, Chủ tịch Hội, trao Giấy khen cho 12 tập thể.",
            "Đồng chí Triệu Đức Lân chúc sức khỏe các đại biểu.",
        ),
        "Báo Bắc Sơn", "Hà Thu", date(2018, 9, 28), "17:20", "Bắc Kạn",
        "https://baobacson.example/xa-hoi/gap-mat-nguoi-cao-tuoi-201809281720.htm",
        "Các đại biểu dự buổi gặp mặt",
    ),
    Story(
        "Lâm Đồng ra quân trồng rừng đầu xuân",
        (
            "Sáng 12/2, tại huyện Lạc Dương, UBND tỉnh Lâm Đồng phát động Tết trồng cây đời đời nhớ ơn Bác Hồ.",
            "Ngay sau lễ phát động, hơn 450 đoàn viên đã trồng 2.300 cây thông ba lá trên diện tích 1,8 ha.",
            "Theo Chi cục Kiểm lâm, năm 2019 tỉnh trồng mới 890 ha rừng, tỷ lệ che phủ duy trì ở mức 54,5%.",
            "Ông K’ Brừm, Trưởng ban quản lý rừng, cho biết tỷ lệ cây sống năm trước đạt trên 92%.",
        ),
        "Lâm Viên Online", "Nguyễn Nghĩa", date(2019, 2, 12), "10:05", "Lâm Đồng",
        "https://lamvien.example/kinh-te/ra-quan-trong-rung-5f2a.html",
        "Đoàn viên thanh niên trồng cây tại huyện Lạc Dương",
    ),
    Story(
        "Đại hội Công đoàn ngành Y tế tỉnh Hòa Bình lần thứ VI",
        (
            "Trong hai ngày 17 và 18/5/2018, Công đoàn ngành Y tế tỉnh Hòa Bình tổ chức Đại hội lần thứ VI, nhiệm kỳ "
            "2018 - 2023.",
            "Nhiệm kỳ qua, toàn ngành kết nạp 312 đoàn viên, nâng tổng số lên 3.046 người, chiếm 98,4% tổng số lao động.",
            "Đại hội bầu Ban Chấp hành gồm 15 đồng chí; bà Bùi Thị Thúy tái cử Chủ tịch.",
            "Đại hội không bầu bổ sung ủy viên Ủy ban Kiểm tra.",
        ),
        "Tin Sông Đà", "Đỗ Quyên", date(2018, 5, 18), "16:40", "Hòa Bình",
        "https://tinsongda.example/doan-the/dai-hoi-cong-doan-y-te.htm",
        "Ban Chấp hành khóa mới ra mắt Đại hội",
    ),
    Story(
        "Bạc Liêu hỗ trợ ngư dân lắp máy giám sát hành trình",
        (
            "Sở Nông nghiệp và Phát triển nông thôn tỉnh Bạc Liêu vừa hỗ trợ 486 tàu cá lắp thiết bị giám sát hành trình.",
            "Mỗi thiết bị được hỗ trợ 9,5 triệu đồng; kinh phí từ ngân sách tỉnh là 4,6 tỷ đồng.",
            "Đến cuối tháng 6, 100% tàu dài từ 24 m trở lên đã lắp xong; số tàu vi phạm giảm từ 37 xuống còn 11 chiếc.",
            "Tỉnh phấn đấu hoàn thành trước ngày 30/9/2020.",
        ),
        "Báo Cửa Biển", "Thanh Trúc", date(2020, 7, 3), "08:08", "Bạc Liêu",
        "https://baocuabien.example/thuy-san/giam-sat-hanh-trinh-20200703.htm",
        "Ngư dân phường Nhà Mát kiểm tra thiết bị",
    ),
    Story(
        "Quảng Trị: Khánh thành trường tiểu học ở vùng biên",
        (
            "Ngày 5-9-2016, huyện Hướng Hóa, tỉnh Quảng Trị khánh thành điểm Trường Tiểu học Hướng Việt.",
            "Công trình có 06 phòng học, một nhà ăn, do Quỹ Ước Mơ tài trợ 2,75 tỷ đồng.",
            "Năm học 2016 - 2017, trường đón 214 học sinh, phần lớn là con em đồng bào Vân Kiều.",
            "Thầy Hồ Văn Sâm, Hiệu trưởng, nói: “Các em không còn phải lội suối đi học nữa”.",
        ),
        "Bến Hải News", "Lê Trường", date(2016, 9, 5), "14:30", "Quảng Trị",
        "https://benhai.example/giao-duc/truong-huong-viet.html",
        "Học sinh trong ngày khai giảng",
    ),
    Story(
        "Thái Bình tổng kết hội thi máy cấy",
        (
            "Hội thi vận hành máy cấy giỏi tỉnh Thái Bình năm 2021 thu hút 32 đội đến từ 8 huyện, thành phố.",
            "Đội xã Vũ Lễ đạt giải nhất với 5,4 sào cấy trong 60 phút, nhiều hơn đội nhì 0,3 sào.",
            "Vụ xuân này diện tích cấy máy đạt 21.500 ha, bằng 28% diện tích toàn tỉnh.",
            "Ban tổ chức trao 8 giải thưởng, tổng trị giá 64 triệu đồng.",
        ),
        "Đồng Lúa", "Quỳnh Lưu", date(2021, 3, 16), "19:45", "Thái Bình",
        "https://donglua.example/nong-nghiep/hoi-thi-may-cay-16032021.htm",
        "Các đội thi trên cánh đồng xã Vũ Lễ",
    ),
]  # fmt: skip


# -- encodings ---------------------------------------------------------------------------------


def to_tcvn3(text: str) -> bytes:
    """As an old text in a .Vn font: windows-1252 bytes that look Vietnamese in it."""
    signs = {v: k for k, v in encodings.TCVN3.items() if k >= "\u00a1" and v.islower()}
    signs |= dict(zip("ĂÂĐÊÔƠƯ", "¡¢§£¤¥¦", strict=True))
    out = ""
    for char in text:
        if char in signs:
            out += signs[char]
        elif char.lower() in signs:  # a capital with a tone: its bare letter, then the small one
            vowel = next(v for v in encodings.VOWELS if char.lower() in v)[0].upper()
            out += signs.get(vowel, vowel) + signs[char.lower()]
        else:
            out += char
    return out.encode("cp1252")


def to_vni(text: str) -> bytes:
    """As an old text in a VNI- font."""
    signs: dict[str, str] = {}
    for written, letter in encodings.VNI.items():
        if letter not in signs or written == written.upper():
            signs[letter] = written
    return "".join(signs.get(char, char) for char in text).encode("cp1252")


def to_1258(text: str) -> bytes:
    """windows-1258: hats and horns with the letter, tones behind it."""
    out = b""
    for char in unicodedata.normalize("NFC", text):
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", char)
            hats = "".join(m for m in marks if m in "\u0302\u0306\u031b")
            tones = "".join(m for m in marks if m not in "\u0302\u0306\u031b")
            out += (unicodedata.normalize("NFC", base + hats) + tones).encode("cp1258")
    return out


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf8": lambda t: t.encode(),
    "utf8bom": lambda t: t.encode("utf-8-sig"),
    "utf8nfd": lambda t: unicodedata.normalize("NFD", t).encode(),
    "utf16": lambda t: t.encode("utf-16"),
    "utf16be": lambda t: t.encode("utf-16-be"),
    "cp1258": to_1258,
    "tcvn3": to_tcvn3,
    "vni": to_vni,
}


# -- kinds -------------------------------------------------------------------------------------


def copied_text(story: Story) -> str:
    """As copied from a page: furniture, date line, a caption that stands twice, byline, links."""
    day = f"{story.time} {story.published:%d/%m/%Y}"
    first, *rest = story.paragraphs
    return "\n\n".join(
        [story.title, "EmailPrintAa", day, first, f"{story.caption}\n{story.caption}", *rest]
        + [f"Bài, ảnh: {story.author}", "Chia sẻ", "Tin liên quan", "Mở rộng quốc lộ qua thị trấn"]
    )


def page_json_ld(story: Story) -> str:
    """A site of today: JSON-LD, share bars, related links, comments, a footer."""
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "BreadcrumbList", "itemListElement": []},
            {
                "@type": "NewsArticle",
                "headline": story.title,
                "datePublished": f"{story.published}T{story.time}:00+07:00",
                "dateModified": "2024-01-01T00:00:00+07:00",
                "author": [{"@type": "Person", "name": story.author}],
                "publisher": {"@type": "Organization", "name": story.outlet},
            },
        ],
    }
    head = (
        f'<link rel="canonical" href="{story.url}">'
        f'<script type="application/ld+json">{json.dumps(data)}</script>'
    )
    return _page(story, head)


def page_open_graph(story: Story) -> str:
    head = (
        f'<meta property="og:title" content="{story.title} - {story.outlet}">'
        f'<meta property="og:site_name" content="{story.outlet}"><meta property="og:url" content="{story.url}">'
        f'<meta property="article:published_time" content="{story.published} {story.time}:00">'
        f'<meta name="author" content="{story.author}">'
    )
    return _page(story, head)


def page_microdata(story: Story) -> str:
    head = f'<meta property="og:url" content="{story.url}"><meta property="og:site_name" content="{story.outlet}">'
    meta = (
        f'<time itemprop="datePublished" datetime="{story.published}T{story.time}+07:00">hôm qua</time>'
        f'<span itemprop="author">{story.author}</span>'
    )
    return _page(story, head, meta)


def page_by_its_text(story: Story) -> str:
    """No data at all: the date stands as text, the byline below the story."""
    day = f"<div class='date'>{story.time} {story.published:%d/%m/%Y}</div>"
    return _page(story, f"<!-- saved from url=(0050){story.url} -->", day, byline=True)


def page_old(story: Story) -> str:
    """A layout of tables, of the years around 2003."""
    rows = "".join(f"<p align=justify><font size=2>{p}</font></p>" for p in story.paragraphs)
    menu = "".join(f"<tr><td><a href='{n}.htm'>Chuyên mục {n}</a></td></tr>" for n in range(8))
    return (
        f"<html><head><title>{story.title}</title></head><body bgcolor=white><table width=760><tr>"
        f"<td width=150 valign=top><table>{menu}</table></td><td valign=top><p class=Title><b>{story.title}</b></p>"
        f"<p>{story.time} {story.published:%d/%m/%Y}</p>{rows}<p align=right><b>{story.author}</b></p></td></tr>"
        "</table><p align=center>[Trang chủ] [Về đầu trang]</p></body></html>"
    )


def _page(story: Story, head: str, meta: str = "", byline: bool = False) -> str:
    first, *rest = (f"<p>{paragraph}</p>" for paragraph in story.paragraphs)
    signed = f"<p style='text-align:right'><strong>{story.author}</strong></p>" if byline else ""
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{story.title} | {story.outlet}</title>'
        f"{head}<style>p{{margin:0}}</style><script>var ads = 'Quảng cáo ở đây';</script></head><body>"
        "<header><nav><ul><li><a href='/'>Trang chủ</a></li><li><a href='/ct'>Chính trị</a></li>"
        "<li><a href='/kt'>Kinh tế</a></li></ul></nav></header><main><article>"
        f"<h1>{story.title}</h1>{meta}<div class='share-bar'><a>Facebook</a> <a>Zalo</a> <a>Sao chép liên kết</a></div>"
        f"<div class='content'>{first}<figure><img src='a.jpg' alt='{story.caption}'><figcaption>{story.caption}"
        f"</figcaption></figure>{''.join(rest)}{signed}</div>"
        "<div class='related'><h3>Tin liên quan</h3><ul><li><a href='/1'>Mở rộng quốc lộ qua thị trấn</a></li>"
        "<li><a href='/2'>Giá tiêu tăng trở lại sau ba tháng giảm</a></li></ul></div>"
        "<div id='comments' class='comments'><h3>Bình luận</h3><div class='comment'><b>Bạn đọc A</b> Tin rất hay, "
        "mong báo đăng thêm!</div></div></article></main>"
        "<aside class='sidebar'><h3>Đọc nhiều</h3><ul><li><a href='/3'>Lịch cắt điện tuần tới</a></li></ul></aside>"
        "<footer><p>Giấy phép hoạt động báo điện tử số 12/GP-BTTTT. Cấm sao chép dưới mọi hình thức.</p></footer>"
        "</body></html>"
    )


def markdown(story: Story) -> str:
    """As a clipper of web pages writes it."""
    text = "\n\n".join(story.paragraphs).replace("2018", "**2018**", 1)
    return (
        f"---\ntitle: {json.dumps(story.title, ensure_ascii=False)}\nsource: {story.url}\npublisher: {story.outlet}\n"
        f"author:\n  - {story.author}\npublished: {story.published}T{story.time}:00+07:00\n"
        f"created: 2024-02-03\ntags: [clippings]\n---\n# {story.title}\n\n{text}\n\n[Xem ảnh](a.jpg)\n"
    )


def mhtml(story: Story) -> bytes:
    page = quopri.encodestring(page_by_its_text(story).encode()).decode("ascii")
    return (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {story.url}\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--Boundary--1"\r\n\r\n'
        "----Boundary--1\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f"Content-Location: {story.url}\r\n\r\n{page}\r\n"
        "----Boundary--1\r\nContent-Type: text/css\r\n\r\np {}\r\n----Boundary--1--\r\n"
    ).encode()


def pdf(story: Story, columns: int = 1, password: str = "") -> bytes:
    """A printed page; in columns with running heads on every page, the paragraphs three times over."""
    import matplotlib
    from reportlab.lib import pdfencrypt
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    for name, file in VN.items():
        pdfmetrics.registerFont(TTFont(name, f"{matplotlib.get_data_path()}/fonts/ttf/{file}"))
    heading = ParagraphStyle("h", fontName="B", fontSize=16, leading=20, spaceAfter=8)
    text = ParagraphStyle("t", fontName="D", fontSize=10, leading=13, spaceAfter=6)

    def furniture(canvas, document) -> None:  # type: ignore[no-untyped-def]
        canvas.setFont("D", 8)
        canvas.drawString(60, 820, f"{story.outlet} - số ra ngày {story.published:%d-%m-%Y}")
        canvas.drawString(280, 20, f"Trang {document.page}")

    out = io.BytesIO()
    encrypt = pdfencrypt.StandardEncryption(password) if password else None
    document = BaseDocTemplate(out, encrypt=encrypt)
    width = 495 / columns - 10
    frames = [
        Frame(50 + n * (width + 20), 50, width, 750 if columns == 1 else 250)
        for n in range(columns)
    ]
    document.addPageTemplates([PageTemplate(frames=frames, onPage=furniture)])
    flow = [Paragraph(story.title, heading), *(Paragraph(p, text) for p in story.paragraphs)]
    document.build(flow)
    return out.getvalue()


def docx(story: Story, font: Callable[[str], bytes] | None = None) -> bytes:
    """A Word file; with `font` typed in an old font, as windows-1252 characters."""
    from docx import Document

    def typed(text: str) -> str:
        return font(text).decode("cp1252") if font else text

    document = Document()
    document.core_properties.author = "python-docx"
    document.add_heading(typed(story.title), level=1)
    document.add_paragraph(typed(f"{story.time} {story.published:%d/%m/%Y}"))
    for paragraph in story.paragraphs:
        document.add_paragraph(typed(paragraph))
    document.add_paragraph(typed(story.author or ""))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def epub(stories: list[Story]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/content.opf"/></rootfiles></container>',
        )
        items = "".join(f'<item id="c{n}" href="c{n}.xhtml"/>' for n in range(len(stories)))
        spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(stories)))
        book.writestr(
            "OEBPS/content.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            "<dc:publisher>Báo Đồng Xuân</dc:publisher></metadata><manifest>"
            f'<item id="nav" href="nav.xhtml" properties="nav"/>{items}</manifest>'
            f'<spine><itemref idref="nav"/>{spine}</spine></package>',
        )
        book.writestr("OEBPS/nav.xhtml", "<html><body><h1>Mục lục</h1></body></html>")
        for n, story in enumerate(stories):
            day = f"{story.time} {story.published:%d/%m/%Y}"
            text = "".join(f"<p>{p}</p>" for p in (day, *story.paragraphs, story.author))
            book.writestr(
                f"OEBPS/c{n}.xhtml",
                '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
                f"<title>{story.title}</title></head><body><h2>{story.title}</h2>{text}</body></html>",
            )
    return out.getvalue()


def row(story: Story, names: dict[str, str]) -> dict[str, str]:
    values = {
        "title": story.title, "body": story.body, "outlet": story.outlet, "author": story.author,
        "published": f"{story.published}T{story.time}:00", "place": story.place, "url": story.url,
    }  # fmt: skip
    return {theirs: values[ours] or "" for ours, theirs in names.items()}


ENGLISH = {
    name: name for name in ("title", "body", "outlet", "author", "published", "place", "url")
}
VIETNAMESE = {
    "title": "Tiêu đề", "body": "Nội dung", "outlet": "Báo", "author": "Tác giả",
    "published": "Ngày đăng", "place": "Tỉnh", "url": "Link",
}  # fmt: skip
USUAL = {"title": "headline", "body": "content", "outlet": "publisher", "author": "byline",
         "published": "date", "place": "province", "url": "link"}  # fmt: skip


def jsonl(stories: list[Story], names: dict[str, str]) -> bytes:
    return "\n".join(json.dumps(row(s, names), ensure_ascii=False) for s in stories).encode()


def rows_csv(stories: list[Story], names: dict[str, str], delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(names.values()), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(row(story, names) for story in stories)
    return out.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


# -- the set -----------------------------------------------------------------------------------


def write(folder: Path) -> Iterator[tuple[str, Story, tuple[str, ...]]]:
    """Writes the files; yields each article's source below the folder, what is expected of it, and
    lines that the kind of file may keep between the paragraphs (bylines, captions)."""
    for number, story in enumerate(STORIES):
        # What a text says by itself: no outlet, no address.
        said = replace(story, outlet=None, url=None)
        byline = (f"Bài, ảnh: {story.author}", story.author or "")
        for name, encode in ENCODINGS.items():
            if name in ("tcvn3", "vni", "cp1258"):
                said_here = replace(said, title=said.title.replace("–", "-"))
            else:
                said_here = said
            yield (
                _put(folder, f"{number}-{name}.txt", encode(copied_text(story))),
                said_here,
                (*byline, story.caption),
            )
        pages = {
            "jsonld": page_json_ld, "og": page_open_graph, "micro": page_microdata,
            "text": page_by_its_text,
        }  # fmt: skip
        for name, make in pages.items():
            known = story
            if name == "text":
                known = replace(story, outlet=(story.url or "").split("/")[2])
            yield (
                _put(folder, f"{number}-{name}.html", make(story).encode()),
                known,
                (*byline, story.caption),
            )
        old = page_old(story)
        for name in ("utf8", "cp1258", "tcvn3", "vni"):
            data = ENCODINGS[name](old)
            yield _put(folder, f"{number}-old-{name}.htm", data), said, byline
        yield _put(folder, f"{number}.md", markdown(story).encode()), story, (*byline, "Xem ảnh")
        by_address = replace(story, outlet=(story.url or "").split("/")[2])
        shown = (*byline, story.caption)
        yield _put(folder, f"{number}.mhtml", mhtml(story)), by_address, shown
        undated = replace(said, published=None, time=None, author=None)
        yield _put(folder, f"{number}.pdf", pdf(story)), undated, byline
        yield _put(folder, f"{number}-columns.pdf", pdf(story, columns=2)), undated, byline
        yield _put(folder, f"{number}.docx", docx(story)), said, byline
        yield _put(folder, f"{number}-abc.docx", docx(story, to_tcvn3)), said, byline
    half = len(STORIES) // 2
    book = "book.epub"
    _put(folder, book, epub(STORIES[:half]))
    for n, story in enumerate(STORIES[:half]):
        known = replace(story, outlet="Báo Đồng Xuân", url=None)
        yield f"{book}#OEBPS/c{n}.xhtml", known, (story.author or "",)
    for name, data, first in (
        ("english.jsonl", jsonl(STORIES, ENGLISH), 1),
        ("usual.jsonl.gz", gzip.compress(jsonl(STORIES, USUAL)), 1),
        ("comma.csv", rows_csv(STORIES, VIETNAMESE, ",").encode("utf-8-sig"), 2),
        ("semicolon.csv", rows_csv(STORIES, USUAL, ";").encode("utf-16"), 2),
    ):
        _put(folder, name, data)
        for n, story in enumerate(STORIES, first):
            yield f"{name}#{n}", story, ()
    inner = {f"bao/{n}.html": page_json_ld(s).encode() for n, s in enumerate(STORIES)}
    _put(
        folder,
        "saved.zip",
        zipped({**inner, "bao/logo.png": b"\x89PNG", "rows.jsonl": jsonl(STORIES[:1], ENGLISH)}),
    )
    for n, story in enumerate(STORIES):
        yield f"saved.zip#bao/{n}.html", story, (story.caption,)
    yield "saved.zip#rows.jsonl#1", STORIES[0], ()


def _put(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    return name
