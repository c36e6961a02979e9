"""What the checker found wrong, in words: Vietnamese first, English second, in one table."""

from rag.check.problem import Key, Problem
from ui.text import Language

#: The Vietnamese line; what English puts before its own; the English line. `{0}`, `{1}`: the words that a
#: problem is about.
PROBLEMS: dict[Key, tuple[str, str, str]] = {
    "absent": ("“{0}” không có trong đoạn trích", "“{0}” ", "is not in the quote"),
    "differs": ("“{0}” không đúng như đoạn trích", "“{0}” ", "is not what the quote says"),
    "inexact": ("“{0}”: mức độ không đúng như đoạn trích", "“{0}” ", "not as exact as the quote"),
    "degree": (
        "“{0}”: mức độ không đúng như đoạn trích (“{1}”)",
        "“{0}” ",
        "not as exact as the quote",
    ),
    "apart": (
        "“{0}” và “{1}” không cùng một câu",
        "“{0}” and “{1}” ",
        "do not stand in one sentence",
    ),
    "denied": ("đoạn trích nói “{0}”", "", "the quote denies it"),
    "opposite": ("“{0}” ngược với đoạn trích", "“{0}” ", "contradicts the quote"),
    "miscounted": ("“{0}”: tính lại không ra kết quả này", "“{0}” ", "does not come out so"),
    "unsaid": ("đoạn trích không nói điều này", "", "the quote does not say this"),
    "unsupported": (
        "không bài nào trong kho nói điều này",
        "",
        "no article in the library says this",
    ),
    "scanned": (
        "“{0}”: chữ đọc từ ảnh, chưa chắc; hãy xem ảnh bên cạnh bài",
        "“{0}” ",
        "was read from a picture and is not sure; see the picture in the article",
    ),
    "corrected": ("“{0}” đã được đính chính thành “{1}”", "“{0}” ", "was corrected by its paper"),
}


def worded(problem: Problem | str, language: Language) -> str:
    """A problem in a language; one that a version before 0.6 kept is words already, in both."""
    if isinstance(problem, str):
        return problem
    vietnamese, about, english = PROBLEMS[problem.key]
    return (vietnamese if language == "vi" else about + english).format(*problem.words)


def both(problem: Problem | str) -> str:
    """A problem as one line, Vietnamese and English, for programs and the terminal.

    >>> both(Problem("absent", ("846",)))
    '“846” không có trong đoạn trích / is not in the quote'
    """
    if isinstance(problem, str):
        return problem
    return f"{worded(problem, 'vi')} / {PROBLEMS[problem.key][2]}"
