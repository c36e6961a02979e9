"""Tables as text: a row is a line that names its columns, so that a sentence, a quote and an answer can be made
of it as of any other line.

What the format of a file says of a table (what spans what, which rows are its head) is told by its reader; the
rest is seen from the cells.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import regex as re

from index.config import LIMITS, TEXT
from index.language.text import fold
from index.reading.grid import MERGED

_FIGURE = re.compile(r"[(+\-−–]?\s*\d[\d.,]*(?:\s\d{3})*\s*%?\)?")
_YEAR = re.compile(r"(?:năm\s+)?(?:19|20)\d\d", re.IGNORECASE)
# What a row of them sums up is no part of the section that it stands behind.
_TOTAL = re.compile(r"(?:tổng|toàn|chung)(?!\p{L})", re.IGNORECASE)
# A row that numbers the columns: "A | B | 1 | 2 | 3=2/1".
_ORDINAL = re.compile(r"\(?(?:[A-ZĐ]|\d{1,2})\)?(?:\s*=.*)?")
_UNIT = re.compile(r"(?:đơn vị(?: tính)?|đvt)\s*[:：]\s*(?P<unit>[^.;,:()\n]{1,30})", re.IGNORECASE)
_UNIT_COLUMN = re.compile(r"(?:đơn vị(?: tính)?|đvt)", re.IGNORECASE)
_SERIAL = re.compile(r"(?:stt|tt|số tt|số thứ tự|s\.t\.t|no\.?|#)", re.IGNORECASE)
# A column that says itself what it counts, or that counts nothing of the table's unit.
_OWN_UNIT = re.compile(
    r"%|\((?:\p{L}|\d|/|\s){1,20}\)$|(?:^|\s)(?:km|ha|m2|m²|m3|tấn|kg|usd|năm|ngày|tỷ lệ|điện thoại|hạng|mã"
    r"|ghi chú|(?:tỷ|triệu|nghìn) đồng)(?:$|[\s,])",
    re.IGNORECASE,
)
# What is no money, where the table's unit is.
_NO_MONEY = re.compile(
    r"(?:^|, )(?:(?:tổng )?số (?!liệu|tiền|vốn|thu|chi|kinh phí|dư|nợ|thuế|phải|đã|nộp|còn)"
    r"|(?:hộ|người|dân số|lao động|diện tích|sản lượng|năng suất|học sinh|lượt)(?!\p{L}))",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:tên )?(?P<sort>xã|phường|thị trấn|huyện|quận|thị xã|tỉnh|thành phố|thôn|bản)",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"(?:xã|phường|thị trấn|huyện|quận|thị xã|tỉnh|thành phố|tp|tổng|toàn|cộng|cả)(?!\p{L})",
    re.IGNORECASE,
)
# What heads a column of labels and says nothing of them.
_PLAIN = re.compile(
    r"(?:tên|(?:các )?(?:khoản mục|nội dung|chỉ tiêu|danh mục|hạng mục|tiêu chí|mục|loại|địa phương|địa bàn"
    r"|đơn vị|lĩnh vực|tên gọi|diễn giải|xã, phường|xã, thị trấn|xã/phường|xã/thị trấn))",
    re.IGNORECASE,
)
# What the head of a table of words begins with.
_HEADING = re.compile(
    r"(?:s?tt|số|họ|tên|chức|ngày|thời|địa|nội|ghi chú|đơn vị|năm|xã|huyện|người|cán bộ|loại|kết quả|tỷ lệ|lịch"
    r"|thứ|điện thoại|email|nơi|giờ|buổi|môn|hạng|giải|tác giả|cơ quan|lĩnh vực|văn bản|trích yếu)(?!\p{L})",
    re.IGNORECASE,
)
# How a row is numbered that heads others.
_GROUP = re.compile(r"(?:[IVX]{1,5}|[A-ZĐ])[.)/]?")
_GROUPED = re.compile(r"(?:[IVX]{1,5}|[A-ZĐ])[.)/]\s")
_NUMBERING = re.compile(r"(?:[IVX]{1,5}|[A-ZĐ]|\d{1,2})[.)/]\s+|[-–•*]\s+")
#: A longer cell heads no column or section, in characters.
_LONGEST_HEAD = 150
#: Rows of a head, at most.
_HEADS = 10


def unit_in(text: str) -> str:
    """The unit that a caption gives for a whole table, "" where it gives none.

    >>> unit_in("Bảng 2. Phân bổ vốn (Đơn vị tính: triệu đồng)")
    'triệu đồng'
    """
    found = list(_UNIT.finditer(text[-1_000:]))
    return " ".join(found[-1]["unit"].split()) if found else ""


def header_rows(cells: Sequence[Sequence[str]], marked: int = 0) -> int:
    """How many of the first rows are the table's head; `marked`: how many its format calls so."""
    rows = _filled(cells[:50])
    marked, title = min(marked, _HEADS), 0
    while title < min(len(rows), _HEADS) and _spanning(rows[title]):
        title += 1
    head = marked if marked > title else title + _is_head(rows[title:])
    if head == title:
        return title
    while head < min(len(rows) - 1, _HEADS) and (
        _numbers(rows[head]) or (_joined(rows[title:head], rows[head]) and not _figures(rows[head]))
    ):
        head += 1
    return head if head < len(rows) else marked if marked < len(rows) else 0


def told_rows(cells: Sequence[Sequence[str]], header: int, unit: str = "") -> list[str]:
    """A line for each row below the first `header` ones: what it is of, then each figure with the head of its
    column; before them the table's title where the first rows are one. `cells` are all rows, spans filled
    in (or `MERGED`). `unit`: what a caption gives.

    >>> told_rows([["Xã", "Vốn huyện (triệu đồng)"], ["Đông Trấn", "10.240"]], 1)
    ['Xã Đông Trấn · vốn huyện (triệu đồng): 10.240']
    """
    return [line for _row, line in numbered_rows(cells, header, unit)]


def numbered_rows(
    cells: Sequence[Sequence[str]], header: int, unit: str = ""
) -> list[tuple[int, str]]:
    """The same, each line with the number of its row in `cells`."""
    rows = _filled(cells)
    header = min(header, _HEADS)
    if not rows or not rows[0]:
        return []
    titles = [(n, row[0]) for n, row in enumerate(rows[:header]) if _spanning(row)]
    unit = (
        unit_in(" ".join(title for _, title in titles))
        or unit
        or unit_in(" ".join(cell for row in rows[:header] for cell in row))
    )
    heads = _heads(rows[:header], len(rows[0]))
    if len(rows) * sum(map(len, heads)) > TEXT.article:  # more than any article may have
        heads = [""] * len(heads)
    columns = _columns(rows[header:], heads)
    section, lines = "", list(titles)
    for number, row in enumerate(rows[header:], header):
        if row in rows[:header]:  # the head, again on the next page
            continue
        if _spanning(row):
            lines.append((number, row[0]))
            section = _NUMBERING.sub("", row[0], count=1) if row[0].count(" ") < 12 else section
            continue
        if group := _group(row, columns):
            lines.append((number, group))
            section = _NUMBERING.sub("", group, count=1)
            continue
        lines.append((number, _told(cells[number], row, columns, heads, unit, section)))
    return [(number, line[0].upper() + line[1:]) for number, line in lines if line]


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the columns are for."""

    label: int
    #: The one that tells rows apart where the label does not: that of several rows is one.
    within: int | None
    unit: int | None
    left_out: frozenset[int]


def _columns(rows: Sequence[Sequence[str]], heads: Sequence[str]) -> _Columns:
    width = len(heads)
    serial = {n for n, head in enumerate(heads) if _SERIAL.fullmatch(head)} if width > 2 else set()
    if not serial and width > 2 and not heads[0] and len(rows) > 2:
        counted = [row[0].rstrip(".") for row in rows]
        serial = {0} if counted == [str(n) for n in range(1, len(rows) + 1)] else set()
    unit = next((n for n, head in enumerate(heads) if n and _UNIT_COLUMN.fullmatch(head)), None)
    label = next((n for n in range(width) if n not in serial), 0)
    behind = label + 1
    within = None
    if label == 0 and behind < width - 1 and behind != unit:
        repeated = any(
            one[label] and one[label] == other[label] for one, other in zip(rows, rows[1:])
        )
        texts = all(not _FIGURE.fullmatch(row[behind]) for row in rows)
        within = behind if repeated and texts else None
    left_out = serial | {label} | ({within} if within is not None else set())
    return _Columns(
        label, within, unit, frozenset(left_out | ({unit} if unit is not None else set()))
    )


def _group(row: Sequence[str], columns: _Columns) -> str:
    """What the rows below belong to, where a row without figures says so by its number ("II", "B")."""
    label = row[columns.label]
    bare = not any(cell for n, cell in enumerate(row) if n not in columns.left_out)
    serial = next((row[n] for n in range(columns.label) if row[n]), "")
    numbered = _GROUP.fullmatch(serial) or (not serial and _GROUPED.match(label))
    return label if bare and numbered and label and label != serial else ""


def _told(
    raw: Sequence[str],
    row: Sequence[str],
    columns: _Columns,
    heads: Sequence[str],
    unit: str,
    section: str,
) -> str:
    unit = (row[columns.unit] if columns.unit is not None else "") or unit
    label = _label(row[columns.label], heads[columns.label])
    inner = row[columns.within] if columns.within is not None else ""
    if inner and inner != row[columns.label]:
        assert columns.within is not None
        label = f"{_label(inner, heads[columns.within])}, {label}" if label else inner
    if section and section != label and not _TOTAL.match(label):
        label = f"{label}, {section}" if label else section
    values = []
    at = 0
    while at < len(row):
        end = at + 1
        while end < len(raw) and raw[end] == MERGED:
            end += 1
        if row[at] and at not in columns.left_out:
            parts = dict.fromkeys(
                part for head in heads[at:end] for part in head.split(", ") if part
            )
            values.append(_value(", ".join(parts), row[at], unit))
        at = end
    if not values or not label:
        return label or "; ".join(values)
    if len(heads) == 2 and not any(heads):
        return f"{label.rstrip(' :')}: {values[0]}"
    return f"{label.rstrip(' :')} · {'; '.join(values)}"


def _label(cell: str, head: str) -> str:
    """What a row is of, with its column's head where that says something of it."""
    if not cell or not head:
        return cell
    if _FIGURE.fullmatch(cell):
        return f"{head} {cell}"
    place = _PLACE.fullmatch(head)
    if place:
        sort = place["sort"]
        return (
            cell
            if _PLACED.match(cell) or fold(cell).startswith(fold(sort))
            else f"{sort[0].upper()}{sort[1:].lower()} {cell}"
        )
    if _PLAIN.fullmatch(head) or fold(cell).startswith(fold(head)):
        return cell
    return f"{head}: {cell}"


def _value(head: str, cell: str, unit: str) -> str:
    if not head:
        return f"{cell} {unit}" if unit and _FIGURE.fullmatch(cell) and "%" not in cell else cell
    own = bool(_OWN_UNIT.search(_YEAR.sub("", head).strip(" ,"))) or fold(unit) in fold(head)
    own = bool(own or ("đồng" in unit and _NO_MONEY.search(head)))
    counts = _FIGURE.fullmatch(cell) and "%" not in cell
    second = head.partition(" ")[2][:1]
    if second.islower() or (second.isdigit() and head[1:2].islower()):
        head = head[0].lower() + head[1:]  # no name, and not the beginning of a sentence
    return f"{head} ({unit}): {cell}" if unit and counts and not own else f"{head}: {cell}"


def _heads(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """The head of each column, of all rows of the head that say something of it."""
    kept = [row for row in rows if not _spanning(row) and not _numbers(row)]
    if not kept:
        return [""] * width
    joined = [", ".join(dict.fromkeys(cell for cell in column if cell)) for column in zip(*kept)]
    plain = [
        _UNIT.sub("", head).replace(" ()", "") if "đồng" not in head else head for head in joined
    ]
    return [
        re.sub(r"\(\s*(?:đơn vị(?: tính)?|đvt)\s*:\s*", "(", head, flags=re.IGNORECASE)
        .replace(";", ",")
        .replace(":", "")
        .strip()
        for head in plain
    ]


def _filled(cells: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows of one width, what is merged filled in."""
    width = min(max(map(len, cells), default=0), LIMITS.columns)
    found = []
    for row in cells:
        line: list[str] = []
        for cell in row[:width]:
            line.append(
                line[-1] if cell == MERGED and line else " ".join(cell.split()).strip(MERGED)
            )
        found.append(line + [""] * (width - len(line)))
    return found


def _spanning(row: Sequence[str]) -> bool:
    """Whether one text takes the whole row: a title, or what the rows below belong to."""
    first = row[0] if row else ""
    return (
        len(row) > 1
        and len(first) > 3
        and not _FIGURE.fullmatch(first)
        and all(cell == first for cell in row)
    )


def _is_head(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is a head: words over figures, or the words that such rows have."""
    if len(rows) < 2:
        return False
    first, below = rows[0], rows[1:50]
    if (
        sum(map(bool, first)) < 2
        or any(len(cell) > _LONGEST_HEAD for cell in first)
        or _figures(first)
    ):
        return False
    if len(first) == 2:
        bare = sum(bool(_FIGURE.fullmatch(row[1])) for row in below)
        named = len(first[1].split()) > 1 and first[1].istitle()
        return (bare == len(below) > 1 and not named) or all(_HEADING.match(cell) for cell in first)
    counted = any(
        first[n] and sum(bool(_FIGURE.fullmatch(row[n])) for row in below) * 2 > len(below)
        for n in range(len(first))
    )
    headed = sum(bool(_HEADING.match(cell)) for cell in first if cell)
    return counted or headed * 2 > sum(map(bool, first))


def _figures(row: Sequence[str]) -> bool:
    """Whether figures stand in it that are no years."""
    return any(_FIGURE.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in row)


def _numbers(row: Sequence[str]) -> bool:
    full = [cell for cell in row if cell]
    digits = [int(found[1]) for found in (re.match(r"\(?(\d+)", cell) for cell in full) if found]
    return (
        len(full) > 2
        and len(digits) > 1
        and all(_ORDINAL.fullmatch(cell) for cell in full)
        and digits == list(range(digits[0], digits[0] + len(digits)))
    )


def _joined(head: Sequence[Sequence[str]], row: Sequence[str]) -> bool:
    """Whether the row goes on with the head above: one that spans several columns here has several."""
    above = head[-1]
    return any(
        above[n] and above[n] == above[n + 1] and row[n] != row[n + 1]
        for n in range(len(above) - 1)
    )
