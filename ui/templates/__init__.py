"""HTML from the templates in this folder; every value is escaped, whoever wrote it, and without what cannot be
seen."""

from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from index.language.text import visible
from ui.text import say


def filled(name: str, **values: object) -> str:
    """The template `name`.html with these values."""
    return _environment().get_template(f"{name}.html").render(values).strip()


def static(name: str) -> Markup:
    """A file of `ui/static` (style or script), as it is."""
    return Markup(resources.files("ui.static").joinpath(name).read_text("utf-8"))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("ui", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_seen,
    )
    made.globals["say"] = say
    return made


def _seen(value: object) -> object:
    """A value as it is shown: a text without control and direction characters."""
    return visible(value) if type(value) is str else value
