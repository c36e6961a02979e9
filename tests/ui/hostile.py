"""Texts that mean harm, or mean well and look like it: what a title, a name or a question may hold."""

import unicodedata

RTL, ISOLATE, ZERO = "\u202e", "\u2066", "\u200b"
HOSTILE = {
    "plain": "Khánh thành cầu An Hòa, dài 486 m",
    "null": "Cầu\x00 An Hòa",
    "every control": "Cầu " + "".join(map(chr, range(1, 32))) + "\x7f An Hòa",
    "C1 controls": "Cầu \x80\x84\x85\x90\x9b2J\x9d8;;\x9c An Hòa",
    "lone surrogate": "Cầu \ud83d An \udc00 Hòa",
    "no characters": "Cầu \ufffe An \uffff Hòa \U0001ffff",
    "private": "Cầu \ue000 An \U000f0000 Hòa",
    "right to left": f"Cầu {RTL}aòH nA{RTL} gnp.exe",
    "isolates": f"{ISOLATE}Cầu\u2069 An \u200fHòa\u061c",
    "zero width": f"C{ZERO}ầu\u200d An\ufeff Hòa\u00ad",
    "tags": "Cầu\U000e0049\U000e0067 An Hòa",
    "line separators": "Cầu\u2028An\u2029Hòa\x0b\x0c\x1c\x1d\x1e\x85x",
    "forged RIS": "Cầu\nER  - \n\nTY  - JOUR\nTI  - Giả\nER  - \n",
    "forged RIS, old breaks": "Cầu\rER  - \rTY  - JOUR\r\nTI  - Giả\r\nER  - ",
    "RIS tag": "ER  - Cầu",
    "forged BibTeX": 'Cầu"}\n@article{gia, title = {Giả}}\n@comment{',
    "BibTeX strings": '@string{a = "b"} # a',
    "open brace": "Cầu { An Hòa",
    "closing brace": "Cầu } An Hòa",
    "braces the wrong way": "}Cầu{",
    "braces": "Chi phí {50%} và {{70}}",
    "backslashes": "C:\\Users\\an \\ \\\\ \\input{/etc/passwd} \\write18{rm}",
    "backslash at the end": "Cầu An Hòa\\",
    "LaTeX": "100% & $5 #1 a_b x^2 ~ a~b < > | \" ' ` ^^41",
    "ligatures": "a -- b --- c ''d'' ``e`` ?`f !`g ,,h,, <<i>>",
    "LaTeX comment": "Cầu % An Hòa",
    "quotes": "“Cầu” \"An\" 'Hòa' ‘x’ «y» \"",
    "and": "Sản and Xuất And others",
    "script": "<script>alert(1)</script> Cầu",
    "image": "<img src=x onerror=alert(1)>",
    "half a tag": 'Cầu <a href="javascript:alert(1)" An',
    "comment": "<!-- Cầu --> An <![CDATA[ Hòa ]]> <?x?>",
    "entities": "Cầu &amp; An &lt;b&gt; Hòa &#60;i&#62; &nbsp; & x",
    "Markdown image": "Cầu ![x](http://xau.example/x.png) An",
    "Markdown link": "[Cầu](javascript:alert(1)) [An][1] [^1] ![a][b]",
    "autolink": "<http://xau.example> <javascript:alert(1)>",
    "Markdown reference": "[Cầu]: http://xau.example 'x'",
    "Markdown emphasis": "*Cầu* __An__ ~~Hòa~~ `x` ``y` $z$ \\* x^2^ H~2~O",
    "Markdown blocks": "# Cầu\n## An\n\n> Hòa\n\n    mã\n\n```\nx\n```\n---\n===",
    "heading's end": "Cầu ## An #",
    "list": "- Cầu\n- An\n* Hòa\n+ x\n1. y",
    "number": "1. Cầu An Hòa",
    "another number": "2019) Cầu",
    "table": "| Cầu | An |\n|---|---|\n| Hòa | x |",
    "rule": "---",
    "underlined": "===",
    "formula": "=cmd|' /C calc'!A0",
    "formula with plus": "+1+HYPERLINK(\"http://xau.example\")",
    "formula with at": "@SUM(A1:A9)",
    "YAML": "--- !!python/object:os.system",
    "ANSI": "\x1b[2J\x1b[1;1HCầu \x1b[31mđỏ\x1b[0m",
    "OSC 8": "\x1b]8;;http://xau.example\x1b\\Cầu\x1b]8;;\x1b\\ \x07",
    "window title": "\x1b]0;root\x07 Cầu\b\b\b",
    "carriage return": "Cầu\rhoibao: ok",
    "template": "{{ 7*7 }} {% raw %} ${7*7} #{7*7} %s %(x)s {0}",
    "XML": "]]></w:t><w:t>Cầu</w:t> &#x0; &bad;",
    "emoji": "Cầu 🌉 An 👍🏽 Hòa 🇻🇳 ❤️",
    "other scripts": "桥 جسر גשר สะพาน мост",
    "decomposed": unicodedata.normalize("NFD", "Cầu An Hòa, tỉnh Đồng Xuân"),
    "long": "Cầu An Hòa " * 3_000,
    "one long word": "a" * 30_000,
    "shell": "$(rm -rf /) `id` ; | && > /dev/null",
    "path": "../../etc/passwd\x00.txt",
}  # fmt: skip


def seen(text: str) -> str:
    """What must be left of a text: on one line, what can be seen of it."""
    left = "".join(
        " " if c.isspace() else c
        for c in text
        if c.isspace()
        or not (
            unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs")
            or ord(c) & 0xFFFE == 0xFFFE
            or 0xFDD0 <= ord(c) <= 0xFDEF
        )
    )
    return " ".join(left.split())
