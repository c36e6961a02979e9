"""What is in a Word file and not its text: heads and feet of pages, comments, what was deleted."""

from collections import defaultdict
from typing import Any

from index.language.encodings import mend
from index.language.text import nfc
from index.types import LeftOut

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = {"header": "running_head", "footer": "running_head", "comments": "notes"}
#: More such parts than these, or deleted words, are not looked at.
_MOST = 200


def around(opened: Any) -> list[LeftOut]:
    """It, each kind once."""
    from docx.oxml.parser import parse_xml

    found: dict[str, list[str]] = defaultdict(list)
    for one in list(opened.part.rels.values())[:_MOST]:
        kind = _PARTS.get(one.reltype.rpartition("/")[2])
        if kind and not one.is_external:
            root = parse_xml(one.target_part.blob)
            found[kind] += [_text(block, _W + "t") for block in root.iter(_W + "p")]
    for _, deleted in zip(range(_MOST), opened.element.body.iter(_W + "del")):
        found["deleted"].append(_text(deleted, _W + "delText"))
    told = {kind: list(dict.fromkeys(filter(None, lines))) for kind, lines in found.items()}
    return [
        LeftOut(kind, mend(nfc("\n".join(lines))), 0 if kind == "running_head" else len(lines))
        for kind, lines in told.items()
        if lines
    ]


def _text(element: Any, tag: str) -> str:
    return " ".join("".join(one.text or "" for one in element.iter(tag)).split())
