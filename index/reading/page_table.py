"""Tables of web pages: those of data become paragraphs, a row each; those that only arrange a page stay."""

from lxml import etree, html

from index.reading.grid import Cell, cell_text, grid, is_data
from index.reading.table import header_rows, told_rows, unit_in

_LINES = frozenset("p div li br h1 h2 h3 h4 h5 h6 ul ol dd dt blockquote tr".split())
_UNSEEN = frozenset(("script", "style", "noscript", "template"))
_FORMS = ("input", "select", "textarea", "button", "form", "table", "iframe")
#: The most that a cell may say that it spans.
_SPAN = 999
#: A table of whose text a larger share are links, without a head, leads on: no data.
_LINKS = 0.8


def tell_tables(page: html.HtmlElement) -> None:
    """Turns each table of data into a caption and a paragraph for each row, in its place."""
    for table in list(page.iter("table")):
        lines = _told(table)
        if not lines:
            continue
        block = html.Element("div")
        block.tail = table.tail
        for line in lines:
            etree.SubElement(block, "p").text = line
        table.getparent().replace(table, block)
        # A figure is a picture's to what looks for the story, and left out.
        for around in block.iterancestors("figure"):
            around.tag = "div"
            for caption in around.iter("figcaption"):
                caption.tag = "p"


def _told(table: html.HtmlElement) -> list[str]:
    """The lines of a table; none where it is none of data."""
    if table.getparent() is None or table.get("role") in ("presentation", "none"):
        return []
    rows: list[list[Cell]] = []
    marked = 0
    letters = linked = 0
    for part in table.iter():
        if part.tag in _FORMS and part is not table:
            return []
        if part.tag != "tr":
            continue
        cells = [cell for cell in part if cell.tag in ("td", "th")]
        if not cells:
            continue
        rows.append([_cell(cell) for cell in cells])
        letters += sum(len(cell.text) for cell in rows[-1])
        linked += sum(len(" ".join(a.itertext())) for cell in cells for a in cell.iter("a"))
        marked += marked == len(rows) - 1 and _heads(part, cells)
    filled = grid(rows)
    if not is_data(filled):
        return []
    head = header_rows(filled, marked if marked < len(rows) else 0)
    if not head and linked > _LINKS * letters:
        return []
    caption = _caption(table)
    told = told_rows(filled, head, unit_in(caption) or unit_in(_before(table)))
    return [caption, *told] if caption else told


def _cell(cell: html.HtmlElement) -> Cell:
    return Cell(cell_text(_pieces(cell)), _span(cell, "colspan"), _span(cell, "rowspan"))


def _span(cell: html.HtmlElement, name: str) -> int:
    said = (cell.get(name) or "").strip()
    return (
        min(max(int(said), 1), _SPAN) if said.isascii() and said.isdigit() and len(said) < 4 else 1
    )


def _pieces(cell: html.HtmlElement) -> list[tuple[str, bool]]:
    """The lines of a cell, each with whether it is an item of a list."""
    found: list[tuple[list[str], bool]] = [([], False)]
    for event, part in etree.iterwalk(cell, events=("start", "end")):
        if not isinstance(part.tag, str):  # a comment
            if event == "end" and part.tail:
                found[-1][0].append(part.tail)
            continue
        if part.tag in _LINES and part is not cell:
            found.append(([], part.tag == "li" and event == "start"))
        if event == "start":
            if part.tag not in _UNSEEN:
                found[-1][0].append(part.text or "")
        elif part is not cell:
            found[-1][0].append(part.tail or "")
    return [("".join(texts), item) for texts, item in found]


def _heads(row: html.HtmlElement, cells: list[html.HtmlElement]) -> bool:
    """Whether the page calls a row the table's head, or sets all of it in bold."""
    parent = row.getparent()
    if parent is not None and parent.tag == "thead":
        return True
    return all(cell.tag == "th" for cell in cells) or (
        len(cells) > 1
        and all(_bold(cell) or not "".join(cell.itertext()).strip() for cell in cells)
    )


def _bold(cell: html.HtmlElement) -> bool:
    written = "".join("".join(cell.itertext()).split())
    bold = "".join("".join(part.itertext()) for part in cell.iter("strong", "b", "th"))
    return bool(written) and "".join(bold.split()) == written


def _caption(table: html.HtmlElement) -> str:
    found = table.find("caption")
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _before(table: html.HtmlElement) -> str:
    """What is said right before a table, also where it stands alone in a box."""
    at = table
    for _ in range(3):
        previous = at.getprevious()
        if previous is not None:
            return (
                f"{' '.join(previous.itertext())} {previous.tail or ''}"
                if isinstance(previous.tag, str)
                else ""
            )
        parent = at.getparent()
        if parent is None or (parent.text or "").strip():
            return (parent.text or "") if parent is not None else ""
        at = parent
    return ""
