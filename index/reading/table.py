"""A table's rows as lines of text, each with its headers."""

from collections.abc import Sequence


def told_rows(cells: Sequence[Sequence[str]], header: int) -> list[str]:
    """A line for each row below the first `header` rows: "Xã Đông Trấn · vốn huyện: 10.240"."""
    names = [
        " ".join(dict.fromkeys(name for name in column if name))
        for column in zip(*cells[:header], strict=False)
    ]
    told = []
    for row in cells[header:]:
        parts = [
            f"{name}: {cell}" if name and at else cell
            for at, (name, cell) in enumerate(
                zip([*names, *[""] * (len(row) - len(names))], row, strict=False)
            )
            if cell
        ]
        told.append(" · ".join(parts))
    return [line for line in told if line]
