"""A measurement as a table for the terminal and as one HTML page with a plot, nothing from the network."""

import io
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from rag.evaluation.metrics import Asked, Figures
from ui.templates import filled, static


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
    return filled(
        "evaluation",
        title=title,
        style=static("evaluation.css"),
        figures=[
            (group, [(name, _number(value)) for name, value in values.items()])
            for group, values in figures.items()
        ],
        plot=Markup(_plot(points, figures)),
        rows=[
            {
                "question": one.question.text,
                "expected": "; ".join(one.question.answers or one.question.must)
                if one.held
                else "—",
                "answer": one.text,
                "probability": one.probability,
                "good": one.recall == 1 if one.held else not one.answered,
            }
            for one in asked
        ],
    )


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
