"""Figures as newspapers write them, and the sums between them."""

import ast
import math
import operator
from collections.abc import Callable, Mapping
from random import Random

WORDS = "không một hai ba bốn năm sáu bảy tám chín mười".split()
_SUMS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def reckon(formula: str, values: Mapping[str, object]) -> float:
    """The value of a sum over slots (`dead + hurt`, `a * 100 / b`)."""

    def value(node: ast.expr) -> float:
        if isinstance(node, ast.BinOp):
            return _SUMS[type(node.op)](value(node.left), value(node.right))
        if isinstance(node, ast.Name):
            found = values[node.id]
            if isinstance(found, int | float):
                return found
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            return node.value
        raise ValueError(f"not a sum: {formula}")

    return value(ast.parse(formula, mode="eval").body)


def plain(value: int | float, digits: int = 1) -> str:
    """3.400 or 12,5: dots between thousands, a comma before decimals, no idle zeros."""
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    text = f"{value:,.{digits}f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return text.rstrip("0").rstrip(",") if "," in text else text


def told(value: int | float, digits: int, rng: Random) -> str:
    """A figure in one of its spellings: 3.400, 05, ba, 12,4 nghìn, 1,25 triệu."""
    if isinstance(value, int):
        chance = rng.random()
        if 1 <= value <= 10 and chance < 0.14:
            return WORDS[value]
        if 1 <= value <= 9 and chance > 0.9:
            return f"0{value}"
        if value >= 1_000_000 and value % 10_000 == 0 and chance < 0.7:
            return plain(value / 1_000_000, 2) + " triệu"
        if 10_000 <= value < 1_000_000 and value % 100 == 0 and chance < 0.12:
            return plain(value / 1000, 1) + rng.choice((" nghìn", " ngàn"))
    return plain(value, digits)


def hedged(value: int | float, digits: int, rng: Random) -> str:
    """The figure, perhaps rounded, with hơn, gần, khoảng before it."""
    word = rng.choice(("", "", "", "hơn ", "gần ", "khoảng ", "trên "))
    if not word:
        return told(value, digits, rng)
    if isinstance(value, int) and value >= 100:
        step = 10 ** (len(str(value)) - 2)
        turn = math.floor if word in ("hơn ", "trên ") else math.ceil
        value = turn(value / step) * step
        return word + plain(value)
    return word + plain(value, digits)


def roman(value: int) -> str:
    """XIV for 14."""
    out = ""
    for size, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while value >= size:
            out, value = out + letters, value - size
    return out
