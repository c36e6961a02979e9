"""Hostile mails, feeds, and Word's older and other kinds (`tests.hostile.corpus` writes them)."""

from tests.hostile.parts import GOOD, STORY, Made, odt, packed

_HEAD = b"From: a@b\nSubject: Tin\n"


def mails() -> Made:
    """Mails: deep, endless heads, broken codes, files that are none."""
    yield "empty.eml", b""
    yield "no-mail.eml", b"\x00\x01" * 500
    yield "head-only.eml", _HEAD
    yield "long-head.eml", b"Subject: " + b"=?utf-8?B?4bq/?= " * 1_000 + b"\n\n" + GOOD
    yield "folded.eml", _HEAD + b"X: a\n" + b" a\n" * 50_000 + b"\n" + GOOD
    yield "from.eml", b"From: " + b"<(\"'" * 2_000 + b"\n\n" + GOOD
    yield "date.eml", _HEAD + b"Date: " + b"9" * 5_000 + b"\n\n" + GOOD
    yield "charset.eml", _HEAD + b"Content-Type: text/plain; charset=nosuch\n\n" + GOOD
    yield "utf7.eml", _HEAD + b"Content-Type: text/plain; charset=utf-7\n\n+AGE" * 50
    yield "codec.eml", _HEAD + b"Content-Type: text/plain; charset=zlib\n\n" + GOOD
    yield "base64.eml", _HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"!!!=" * 5_000
    deep = b"".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n".encode() for n in range(600)
    )
    yield "deep.eml", _HEAD + deep
    yield "deep-mails.eml", _HEAD + b"Content-Type: message/rfc822\n\n" * 2_000 + GOOD
    parts = b"--b\nContent-Disposition: attachment; filename=a.txt\n\n\n" * 300
    yield "many.eml", _HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + parts
    slip = b'--b\nContent-Disposition: attachment; filename="../../../x\x1b[2J.txt"\n\n' + GOOD
    yield "slip.eml", _HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + slip + b"\n--b--\n"
    yield "no-mail.mbox", GOOD
    yield "nul.mbox", b"From a\n" + b"\0" * 10_000
    yield "empty-mails.mbox", b"From a\n" * 500
    yield "broken-and-good.mbox", b"From a\n" + deep + b"\nFrom a\n" + _HEAD + b"\n" + GOOD


def feeds() -> Made:
    """Feeds: bombs of references, endless and broken entries."""
    item = f"<item><title>a</title><description>{STORY}</description></item>"
    rss = '<rss version="2.0"><channel><title>a</title>{}</channel></rss>'
    yield "empty.rss", b""
    yield "no-feed.xml", b"<a>" * 50_000
    yield "address.rss", b"http://127.0.0.1:9/rss"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>'
    yield "laughs.rss", (bomb + rss.format("<item><title>&l11;</title></item>" + item)).encode()
    secret = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    yield "xxe.rss", (secret + rss.format(f"<item><title>&e;</title></item>{item}")).encode()
    yield "cut.rss", rss.format(item * 3).encode()[:400]
    yield (
        "deep.atom",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><content>' + b"<a>" * 5_000,
    )
    inner = "&lt;div&gt;" * 2_000
    yield "deep-entry.rss", rss.format(f"<item><description>{inner}</description></item>").encode()
    yield (
        "title.rss",
        rss.format(f"<item><title>{'&amp;lt;b' * 9_000}</title></item>{item}").encode(),
    )
    yield "date.rss", rss.format(f"<item><pubDate>{'9' * 5_000}</pubDate>{item[6:]}").encode()
    yield "code.rss", b'<?xml version="1.0" encoding="nosuch"?>' + rss.format(item).encode()


def offices() -> Made:
    """OpenDocument, RTF and old Word files."""
    yield "bomb.odt", packed({"META-INF/manifest.xml": b"a", "content.xml": b"a" * 20_000_000})
    yield "laughs.odt", odt(f"<text:p>&l11;{STORY}</text:p>", bomb=True)
    yield (
        "deep.odt",
        odt("<text:list><text:list-item>" * 200 + "</text:list-item></text:list>" * 200),
    )
    yield "spaces.odt", odt('<text:p>a<text:s text:c="999999999"/>b</text:p>')
    wide = 'table:number-columns-repeated="999999" table:number-columns-spanned="999999"'
    cell = f'<table:table-cell {wide} table:number-rows-spanned="99999"><text:p>a</text:p></table:table-cell>'
    yield (
        "span.odt",
        odt(f"<table:table>{f'<table:table-row>{cell}</table:table-row>' * 50}</table:table>"),
    )
    nested = "<table:table><table:table-row><table:table-cell>"
    yield (
        "deep-table.odt",
        odt(nested * 60 + "</table:table-cell></table:table-row></table:table>" * 60),
    )
    yield "cut.odt", odt(STORY)[:200]
    yield "empty.rtf", b""
    yield "open.rtf", b"{\\rtf1 " + b"{" * 100_000
    yield "closed.rtf", b"{\\rtf1 " + b"}" * 100_000 + GOOD
    yield "binary.rtf", b"{\\rtf1 {\\pict\\bin999999999 abc}}"
    yield "unicode.rtf", b"{\\rtf1 " + b"\\u-9999999999 \\u55357?\\u9999999999?" * 500 + b"}"
    yield "skip.rtf", b"{\\rtf1 \\uc999999999 \\u7871 " + GOOD + b"}"
    yield "code.rtf", b"{\\rtf1\\ansicpg99999 \\'e1\\'ff " + GOOD + b"}"
    yield "uc.rtf", b"{\\rtf1 \\uc\\f\\ansicpg " + GOOD + b"}"
    yield "rows.rtf", b"{\\rtf1 " + b"\\trowd\\cell" * 20_000 + b"\\row}"
    edges = b"".join(b"\\trowd\\cellx%d a\\cell\\row " % (50 * n) for n in range(3_000))
    yield "edges.rtf", b"{\\rtf1 " + edges + b"}"
    yield "links.rtf", b"{\\rtf1 " + b"{\\field{\\*\\fldinst{" * 1_000 + b"}"
    yield "nothing.doc", b"\0" * 5_000
    yield "renamed.doc", GOOD
    yield "zip.doc", packed({"a.txt": GOOD})
