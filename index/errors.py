"""Everything that can go wrong and that a user can do something about.

Each message is one line: what, where, what to do. The command line prints it and exits with
``exit_status``; the chat shows it. Anything else that is raised is a bug.
"""


class HoiBaoError(Exception):
    """Base of all errors whose text is meant for the user."""

    exit_status = 2


class InputError(HoiBaoError):
    """A file, argument or question that cannot be used."""


class NoText(InputError):
    """A file in which there is no article."""


class LibraryError(HoiBaoError):
    """The library is missing, of another format, or made with another model."""


class ModelError(HoiBaoError):
    """A model is missing, broken, or could not be fetched."""


class IndexBroken(Exception):
    """Chroma cannot read or write its files. Never shown: all of it can be made anew from `library.db`."""
