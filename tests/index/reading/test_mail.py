"""Mails and feeds: each with its details, the files that a mail brings along, and what is refused."""

from datetime import date
from email.message import EmailMessage

import pytest

from index import reading
from index.errors import InputError
from index.reading import Bad, Document
from tests.index import stories

STORY = stories.STORIES[0]
TEXT = STORY.body + "\n"


def read(name: str, data: bytes) -> list[Document | Bad]:
    return list(reading.read(name, data, {}))


def mail(text: str = TEXT, kind: str = "plain", **fields: str) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = STORY.title
    made["From"] = fields.get("sender", "Tòa soạn Báo Bắc Sơn <tin@bacson.example>")
    made["Date"] = fields.get("date", "Fri, 28 Sep 2018 17:20:00 +0700")
    made.set_content(text, subtype=kind)
    return made


def test_a_mail_gives_its_details_and_its_plain_text() -> None:
    made = mail()
    made.add_alternative(f"<p>{TEXT}</p><p>Hủy đăng ký</p>", subtype="html")
    (found,) = read("a.eml", made.as_bytes())
    assert isinstance(found, Document)
    assert found.text.split("\n") == list(STORY.paragraphs) and found.part == ""
    told = found.details
    assert (told.title, told.author) == (STORY.title, "Tòa soạn Báo Bắc Sơn")
    assert (told.published, told.time) == (date(2018, 9, 28), "17:20")


def test_a_mail_of_a_page_alone_is_read_as_a_page() -> None:
    page = stories.page_by_its_text(STORY)
    made = mail("Xem thư này trong trình duyệt.", date="Fri, 28 Sep 2018 10:20:00 +0000")
    made.add_alternative(page, subtype="html")
    (found,) = read("a.eml", made.as_bytes())
    assert isinstance(found, Document) and STORY.paragraphs[1] in found.text
    assert "trình duyệt" not in found.text and found.details.time == "17:20"


def test_a_head_that_is_not_encoded_and_a_vietnamese_date_are_read() -> None:
    for code in ("utf-8", "cp1258"):
        head = "Subject: {}\r\nFrom: Hà Thu <ha@x.example>\r\nDate: 28/09/2018 17:20\r\n\r\n"
        text = (head.format(STORY.title) + TEXT).encode("utf-8")
        data = stories.to_1258(text.decode()) if code == "cp1258" else text
        (found,) = read("a.eml", data)
        assert isinstance(found, Document)
        assert (found.details.title, found.details.author) == (STORY.title, "Hà Thu")
        assert found.details.published == date(2018, 9, 28)
        assert STORY.paragraphs[1] in found.text


def test_files_of_a_mail_are_articles_and_what_is_packed_is_told() -> None:
    made = mail()
    files = {"Bài gửi.docx": stories.docx(STORY), "ảnh.png": b"\x89PNG", "hỏng.docx": b"PK",
             "tin.zip": b"PK", "tin.jsonl": stories.jsonl(stories.STORIES[:2], stories.ENGLISH)}  # fmt: skip
    for name, data in files.items():
        made.add_attachment(data, maintype="application", subtype="x", filename=name)
    other = mail("Trồng 2.300 cây thông ba lá.\n")
    made.add_attachment(other)
    found = read("a.eml", made.as_bytes())
    assert [one.part for one in found if isinstance(one, Document)] == [
        "", "Bài gửi.docx", "tin.jsonl#1", "tin.jsonl#2", f"{STORY.title}.eml",
    ]  # fmt: skip
    bad = {one.part: str(one.reason) for one in found if isinstance(one, Bad)}
    assert (
        bad.keys() == {"ảnh.png", "hỏng.docx", "tin.zip"} and "packed in a mail" in bad["tin.zip"]
    )


def test_a_box_of_mails_goes_on_behind_a_broken_one() -> None:
    begun: list[str] = []

    def begin(part: str) -> bool:
        begun.append(part)
        return part != "3"

    mails = [
        mail().as_bytes(),
        b"Subject: a\n\n",
        mail().as_bytes(),
        mail("From đâu?\n").as_bytes(),
    ]
    box = b"".join(
        b"From a@b Fri Sep 28 17:20:00 2018\n" + one.replace(b"\nFrom ", b"\n>From ") + b"\n"
        for one in mails
    )
    found = list(reading.read("a.mbox", box, {}, begin))
    assert [(one.part, isinstance(one, Document)) for one in found] == [
        ("1", True), ("2", False), ("4", True),
    ]  # fmt: skip
    assert begun == ["1", "2", "3", "4"]
    last = found[-1]
    assert isinstance(last, Document) and last.text == "From đâu?"


def test_a_flowed_paragraph_is_one_line() -> None:
    head = 'Subject: a\nContent-Type: text/plain; charset="utf-8"; format=flowed\n\n'
    (found,) = read("a.eml", (head + "Cầu An Hòa \nDài 486 m.\nHết.\n").encode())
    assert isinstance(found, Document) and found.text == "Cầu An Hòa Dài 486 m.\nHết."


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Báo Bắc Sơn - RSS</title>
<item><title>Tin &amp;amp; ảnh</title><link>https://bacson.example/1</link><dc:creator>Hà Thu</dc:creator>
<pubDate>Fri, 28 Sep 2018 17:20:00 +0700</pubDate><description>
<![CDATA[<a href="/"><img src="a"></a>TEXT]]></description></item>
<item><title>Hai</title><link>javascript:x</link>
<dc:date>2018-09-29T08:00:00+07:00</dc:date>
<description>Tóm tắt.</description><content:encoded><![CDATA[<p>TEXT</p><table><tr><th>Xã</th><th>Vốn (tỷ
đồng)</th></tr><tr><td>An Hòa</td><td>10</td></tr><tr><td>Cư Lam</td><td>12</td></tr></table>]]>
</content:encoded></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Báo Bắc Sơn</title><entry><title type="html">Một
&lt;b&gt;tin&lt;/b&gt;</title><link href="https://bacson.example/3"/><updated>2018-09-30T00:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>TEXT</p></div></content></entry></feed>"""


def test_entries_of_a_feed_are_articles() -> None:
    text = " ".join(STORY.paragraphs)
    one, two = read("tin.xml", RSS.replace("TEXT", text).encode())
    assert isinstance(one, Document) and isinstance(two, Document)
    assert one.text == text and one.details.title == "Tin & ảnh"
    assert (one.details.outlet, one.details.author) == ("Báo Bắc Sơn", "Hà Thu")
    assert (one.details.published, one.details.time) == (date(2018, 9, 28), "17:20")
    assert one.details.url == "https://bacson.example/1" and two.details.url is None
    assert two.details.published == date(2018, 9, 29)
    assert two.text.split("\n") == [
        "Tóm tắt.", text, "Xã An Hòa · Vốn (tỷ đồng): 10", "Xã Cư Lam · Vốn (tỷ đồng): 12",
    ]  # fmt: skip
    (three,) = read("tin.atom", ATOM.replace("TEXT", text).encode())
    assert isinstance(three, Document) and three.text == text
    # When it was changed is not when it appeared.
    assert (three.details.title, three.details.published) == ("Một tin", None)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.eml", b"nothing", "no mail"),
        ("a.eml", b"Subject: a\n\n", "no text"),
        ("a.mbox", b"nothing", "no mails"),
        ("a.xml", b"<a><b/></a>", "no RSS or Atom"),
        ("a.rss", b"https://bacson.example/rss", "no RSS or Atom"),
        ("a.rss", b"/etc/passwd", "no RSS or Atom"),
    ],
)
def test_what_is_none_is_refused_in_one_line(name: str, data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read(name, data)


def test_a_page_saved_in_one_file() -> None:
    picture = "data:image/png;base64," + "A" * 11_000_000  # more than the parser takes at once
    text = "".join(f"<p>{line}</p>" for line in STORY.paragraphs)
    page = f"""<!DOCTYPE html> <html lang=vi style><!--
 Page saved with SingleFile
 url: https://bacson.example/tin.html
 saved date: Thu Sep 21 2023 10:00:00 GMT+0700 (Giờ Đông Dương)
--><meta charset=utf-8><title>{STORY.title}</title><style>.sf-hidden{{display:none!important}}</style><body>
<div class=sf-hidden>Giảm giá 50% tại cửa hàng</div><h1>{STORY.title}</h1><img src="{picture}">{text}"""
    (found,) = read("a.html", page.encode())
    assert isinstance(found, Document)
    assert found.text.split("\n") == list(STORY.paragraphs)
    told = found.details
    assert (told.url, told.published) == ("https://bacson.example/tin.html", None)
