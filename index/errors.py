"""Everything that can go wrong and that a user can do something about.

Each message is one line: what, where, what to do. The command line prints it and exits with
``exit_status``; the chat shows it. Anything else that is raised is a bug.
"""


class Line(str):
    """A line for the user, in English. `template` is what the interface knows it by in other languages,
    `values` what varies in it.

    >>> said = Line.of("{name} is no date", name="x")
    >>> said, said.template
    ('x is no date', '{name} is no date')
    """

    template: str
    values: dict[str, object]

    @classmethod
    def of(cls, template: str, **values: object) -> "Line":
        """The template, filled in."""
        made = cls(template.format(**values) if values else template)
        made.template, made.values = template, values
        return made


class HoiBaoError(Exception):
    """Base of all errors whose text is meant for the user: `InputError("{n} is too much", n=3)`."""

    exit_status = 2

    def __init__(self, template: str, **values: object) -> None:
        self.line = template if isinstance(template, Line) else Line.of(template, **values)
        super().__init__(self.line)


class InputError(HoiBaoError):
    """A file, argument or question that cannot be used."""


class NoText(InputError):
    """A file in which there is no article."""


class Later(InputError):
    """A file whose pages are pictures, which take long to read, where that is not wanted yet."""


class LibraryError(HoiBaoError):
    """The library is missing, of another format, or made with another model."""


class Damaged(LibraryError):
    """A database of the library that SQLite cannot read, or that is another program's."""


class ModelError(HoiBaoError):
    """A model is missing, broken, or could not be fetched."""


class Away(ModelError):
    """A model's server does not answer, or must not be used as it is."""


class IndexBroken(Exception):
    """Chroma cannot read or write its files. Never shown: all of it can be made anew from `library.db`."""


class IndexRefused(IndexBroken):
    """A vector server that must not be used as it is: its line says why, and what to do."""

    def __init__(self, line: Line) -> None:
        self.line = line
        super().__init__(line)
