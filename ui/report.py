"""A measurement as a table for the terminal and as one HTML page with a plot, nothing from the network."""

import html
import io
from collections.abc import Mapping, Sequence

from rag.evaluation.metrics import Asked, Figures

_STYLE = """body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; } td, th { padding: .2rem .8rem; text-align: left;
border-bottom: 1px solid #ccc; vertical-align: top; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
.bad { background: #fde8e8; }"""


def table_lines(figures: Figures) -> list[str]:
    """The figures as text, a group under its name."""
    lines = []
    for group, values in figures.items():
        lines.append(group)
        lines += [f"  {name:34} {_number(value)}" for name, value in values.items()]
    return lines


def page(
    title: str, figures: Figures, points: Sequence[Mapping[str, float]], asked: Sequence[Asked]
) -> str:
    """The report as an HTML page: tables, the curve, every question with its answer."""
    tables = "".join(
        f"<h2>{html.escape(group)}</h2><table>"
        + "".join(
            f"<tr><td>{html.escape(name)}</td><td class='n'>{_number(value)}</td></tr>"
            for name, value in values.items()
        )
        + "</table>"
        for group, values in figures.items()
    )
    rows = "".join(_row(one) for one in asked)
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{html.escape(title)}"
        f"</title><style>{_STYLE}</style></head><body><h1>{html.escape(title)}</h1>{tables}"
        f"<h2>Refusals against wrong answers</h2>{_plot(points, figures)}"
        "<h2>Questions</h2><table><tr><th>Question</th><th>Expected</th><th>Answer</th>"
        f"<th>Likelihood</th></tr>{rows}</table></body></html>"
    )


def _row(one: Asked) -> str:
    expected = "; ".join(one.question.answers or one.question.must) if one.held else "—"
    good = one.recall == 1 if one.held else not one.answered
    cells = (one.question.text, expected, one.text)
    texts = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
    mark = "" if good else " class='bad'"
    return f"<tr{mark}>{texts}<td class='n'>{one.probability:.2f}</td></tr>"


def _plot(points: Sequence[Mapping[str, float]], figures: Figures) -> str:
    """An inline SVG: what is answered, rightly and wrongly, as the threshold moves."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 4.5), layout="constrained")
    axes = figure.subplots()
    at = [point["threshold"] for point in points]
    for name, label in (
        ("answered", "answerable: answered"),
        ("right", "answerable: answered with the expected words"),
        ("wrongly answered", "unanswerable: answered (wrong)"),
    ):
        axes.plot(at, [100 * point[name] for point in points], label=label)
    axes.axvline(float(figures["refusal"]["threshold"] or 0), color="gray", ls="--", label="in use")
    axes.set(xlabel="threshold of the refusal", ylabel="% of questions", ylim=(0, 101), xlim=(0, 1))
    axes.grid(alpha=0.3)
    axes.legend()
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg")
    text = drawn.getvalue()
    return text[text.index("<svg") :]


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}"
