"""Files made to end, block or fill what reads them: `python -m tests.hostile.corpus FOLDER` writes them.

Each is refused in one line or read as text; none is large.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from tests.hostile.containers import archives, books, papers
from tests.hostile.letters import feeds, mails, offices
from tests.hostile.parts import GOOD, STORY, TITLE, Made, html, packed, pdf
from tests.hostile.pictures import pictures

MANY = 200_000


def texts() -> Made:
    """Plain text: encodings, endless lines, marks, odd characters."""
    yield "empty.txt", b""
    yield "blank.txt", b" \r\n\t\n" * 100
    yield "nul.txt", b"\0" * 4000
    yield "nul-inside.txt", GOOD.replace(b" ", b"\0", 5)
    yield "half-utf8.txt", GOOD[:-1] + b"\xe1\xba"
    yield "mixed.txt", GOOD + STORY.encode("cp1258", "replace") + b"\xff\xfe\xc3"
    yield "utf16-odd.txt", b"\xff\xfe" + STORY.encode("utf-16-le") + b"\x00"
    yield "utf16-surrogate.txt", b"\xff\xfe" + STORY.encode("utf-16-le") + b"\x00\xd8"
    yield "utf32.txt", STORY.encode("utf-32")
    yield "surrogates.txt", (STORY + "\ud800\udc00\udfff").encode("utf-8", "surrogatepass")
    yield "png.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
    yield "elf.txt", b"\x7fELF" + bytes(range(256)) * 8
    yield "escape.txt", GOOD + b"\n\x1b]0;owned\x07\x1b[2J\x08\x7f"
    yield "bidi.txt", (STORY + "\u202e\u2066\u200b\ufeff" * 500).encode()
    yield "marks.txt", ("a" + "\u0323\u0301" * MANY).encode()
    yield "marks-only.txt", ("\u0301\u0323" * MANY).encode()
    yield "hangul.txt", ("\u1100\u1161\u11a8" * 50_000).encode()
    yield "initials.txt", b"TP. A. B. TS. " * 4_000
    yield "stops.txt", b". " * MANY
    yield "quotes.txt", "“A. ".encode() * 40_000
    yield "brackets.txt", b"(A. " * 40_000
    yield "list.txt", b"gom: 1. A 2. B 3. C " * 10_000
    yield "one-line.txt", b"tinh " * 100_000
    yield "one-word.txt", b"a" * MANY
    yield "long-title.txt", b"T" * 5_000 + b"\n\n" + GOOD
    yield "digits.txt", b"9" * MANY + b" ha. " + GOOD
    yield "groups.txt", b"1.000" * 20_000 + b" " + GOOD
    yield "dates.txt", b"1/1/2000 - 2/2/2001, " * 8_000
    yield "lines.txt", b"a\n" * MANY
    yield "open-lines.txt", b"a,\n" * 100_000
    yield "separators.txt", "\u2028\u2029\x85\x0b\x0c".encode() * 20_000
    yield "names.txt", "Hồ Chí Minh ".encode() * 10_000
    yield "byline.txt", ("Lê " * 3_000).encode() + b"\n" + GOOD
    yield "too-long.txt", "một hai ba bốn. ".encode() * 70_000
    yield "astral.txt", ("𝐀. 😀 " * 20_000).encode()
    yield "control.txt", b"\x01\x02\x11\x17" * 2_000
    yield "latin.txt", bytes(range(160, 256)) * 500
    yield "vni.txt", "aøaùaûaõaï".encode("latin-1") * 5_000
    yield "furniture.txt", b"Email\nPrint\nFacebook\n" * 100
    yield "wrong-magic.txt", pdf("BT ET")
    yield "zip.txt", packed({"a.txt": GOOD})


def marked_up() -> Made:
    """Pages, Markdown, MHTML: deep, wide, bombs of references and spans."""
    yield "empty.html", b""
    yield "only-declaration.html", b'<?xml version="1.0"?>'
    yield "nul.html", html("<p>a\0b</p>" + STORY)
    yield "not-html.html", b"\x00\x01\x02" * 500
    yield "deep.html", b"<div>" * 50_000 + GOOD
    yield "deep-inline.html", b"<b><i>" * 20_000 + GOOD
    yield "deep-table.html", b"<table><tr><td>" * 500 + GOOD
    yield "deep-list.html", b"<ul><li>" * 3_000 + GOOD
    yield (
        "span.html",
        html('<table><tr><td colspan="1000000000" rowspan="99999999">a</table>' + STORY),
    )
    yield "wide.html", html("<table><tr>" + "<td>a" * 20_000 + "</table>" + STORY)
    yield "headings.html", html("<h1>" * 3_000 + STORY)
    yield "attributes.html", html("<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">" + STORY)
    yield "entities.html", html("&lt;&#x110000;&#xd800;&#0;&nosuch;" * 5_000 + STORY)
    yield "comment.html", html("<!--" + "-" * 50_000 + STORY)
    yield "unclosed.html", b"<html><body><p" + GOOD
    yield "script.html", html("<script>" + "x" * 100_000 + "</script>" + STORY)
    yield "charset.html", b'<meta charset="utf-7">' + GOOD
    yield "charset-lie.html", b'<meta charset="utf-16">' + GOOD
    yield (
        "xxe.xhtml",
        (
            b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
            b"<html><body><p>&e;</p>" + GOOD + b"</body></html>"
        ),
    )
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    yield (
        "laughs.xhtml",
        (
            f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]><html><body>&l11;'.encode()
            + GOOD
        ),
    )
    linked = '<script type="application/ld+json">{}</script>'
    yield "linked-deep.html", html(linked.format("[" * 50_000) + STORY)
    nested = '{"@type":"NewsArticle","headline":' + "[" * 900 + '"a"' + "]" * 900 + "}"
    yield "linked-nested.html", html(linked.format(nested) + STORY)
    yield "linked-wide.html", html(linked.format("[" + "1," * 100_000 + "1]") + STORY)
    yield (
        "linked-surrogate.html",
        html(linked.format('{"@type":"NewsArticle","headline":"A\\ud800"}') + STORY),
    )
    yield "long-title.html", html("<title>" + "T" * 100_000 + "</title>" + STORY)
    yield "spaces-title.html", html("<title>" + "a - " * 20_000 + "</title>" + STORY)
    yield (
        "date.html",
        html('<meta property="article:published_time" content="' + "9" * 60 + '">' + STORY),
    )
    yield "date-long.html", html('<meta name="date" content="' + " 1" * 50_000 + '">' + STORY)
    yield "url.html", html('<link rel="canonical" href="https://' + "a" * 50_000 + '">' + STORY)
    yield "url-bad.html", html('<link rel="canonical" href="https://[::1">' + STORY)
    page = html(STORY).decode()
    yield "empty.mhtml", b""
    yield "no-page.mhtml", b"Content-Type: text/plain\n\n" + GOOD
    yield (
        "nested.mhtml",
        b"".join(
            f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n".encode()
            for n in range(2_000)
        ),
    )
    yield "headers.mhtml", b"A: b\n" * 20_000 + b"Content-Type: text/html\n\n" + page.encode()
    yield "charset.mht", b"Content-Type: text/html; charset=nosuch\n\n" + page.encode()
    yield (
        "base64.mht",
        (b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + b"!!!" * 2_000),
    )
    yield "boundary.mht", b"Content-Type: multipart/mixed\n\n--\n" * 50
    lines = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 25))
    yield "yaml-bomb.md", f"---\na0: &a0 [lol]\n{lines}\ntitle: *a24\n---\n{STORY}".encode()
    yield "yaml-deep.md", b"---\ntitle: " + b"[" * 5_000 + b"\n---\n" + GOOD
    yield "yaml-self.md", b"---\na: &a [*a]\ntitle: *a\n---\n" + GOOD
    yield "yaml-tag.md", b"---\ntitle: !!python/object/apply:os.system [id]\n---\n" + GOOD
    yield "yaml-long.md", b"---\n" + b"a: b\n" * 20_000 + b"---\n" + GOOD
    yield "yaml-open.md", b"---\n" + b"- " * 10_000
    yield "yaml-list.md", b"---\n- a\n- b\n---\n" + GOOD
    yield "links.md", b"[" * 20_000 + GOOD
    yield "stars.md", b"*a **b " * 5_000 + GOOD
    yield "ticks.md", b"`a``b" * 5_000 + GOOD
    yield "quotes.md", b"> " * 5_000 + GOOD
    yield "lists.md", b"- " * 5_000 + GOOD
    yield "html.md", b"<div>" * 5_000 + GOOD
    yield "image.md", b"![a](" * 5_000 + GOOD


def rows() -> Made:
    """Rows: broken, deep, giant, endless."""
    row = json.dumps({"title": TITLE, "body": STORY})
    yield "broken.jsonl", b'{"body": "a'
    yield "deep.jsonl", b'{"body": ' + b"[" * 100_000
    yield "deep-closed.jsonl", b'{"body": ' + b"[" * 900 + b'"a"' + b"]" * 900 + b"}"
    yield (
        "surrogate.jsonl",
        b'{"title": "\\ud83d", "body": "\\udfff ' + json.dumps(STORY)[1:-1].encode() + b'"}',
    )
    yield "number.jsonl", b'{"body": ' + b"9" * 10_000 + b"}"
    yield "infinite.jsonl", b'{"body": NaN, "title": Infinity}'
    yield "nul.jsonl", row.replace(TITLE, "A\\u0000\\u001bB").encode()
    yield "no-text.jsonl", b'{"title": "a"}\n' * 2_000
    yield "bad-lines.jsonl", row.encode() + b"\n{" * 5_000
    yield "fields.jsonl", json.dumps({f"f{n}": n for n in range(20_000)}).encode()
    yield "field-name.jsonl", json.dumps({"b" * 100_000: STORY}).encode()
    yield (
        "marks.jsonl",
        json.dumps({"title": "a" + "\u0323\u0301" * 50_000, "body": STORY}).encode(),
    )
    yield "long-title.jsonl", json.dumps({"title": "t " * 50_000, "body": STORY}).encode()
    yield (
        "breaks-title.jsonl",
        json.dumps({"title": "A\r\nER  - \nTY  - JOUR", "body": STORY}).encode(),
    )
    yield "date.jsonl", json.dumps({"date": "0000-00-00T99:99", "body": STORY}).encode()
    yield "date-number.jsonl", json.dumps({"date": 10**300, "body": STORY}).encode()
    yield "too-long.jsonl", json.dumps({"body": "a b c d. " * 120_000}).encode()
    yield "list.jsonl", b"[1, 2]\n" * 100
    yield "array.jsonl", b"[" + row.encode() + b"]"
    yield "same-field.jsonl", b'{"body": 1, "body": 2, "body": {"name": {"name": []}}}'
    yield "lines.jsonl", b"\n" * MANY
    yield "head-only.csv", b"title,body\n"
    yield "no-body.csv", b"a,b\n1,2\n"
    yield "quote.csv", b'title,body\na,"' + GOOD * 20
    yield "quotes.csv", b"title,body\n" + b'"a""' * 20_000
    yield "wide.csv", b",".join(b"body" for _ in range(50_000)) + b"\n"
    yield "ragged.csv", b"title,body\n" + b"a," * 50_000
    yield "nul.csv", b"title,body\na\0,b\0\n"
    yield "sniff.csv", b"body'" * 4_000 + b"\n" + GOOD
    yield "carriage.csv", b"title,body\ra,b\rc,d"
    yield "long-field.csv", b"title,body\na," + b"x" * 1_200_000
    yield "empty.csv", b"\n\n\n"


ROOMS: tuple[Callable[[], Made], ...] = (
    texts,
    marked_up,
    rows,
    archives,
    books,
    papers,
    mails,
    feeds,
    offices,
    pictures,
)


def write(folder: Path) -> list[str]:
    """Writes all of them; returns their names."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [one for room in ROOMS for one in room()]
    for name, data in made:
        (folder / name).write_bytes(data)
    names = [name for name, _ in made]
    assert len(set(names)) == len(names)
    return names


if __name__ == "__main__":
    print(len(write(Path(sys.argv[1]))))
