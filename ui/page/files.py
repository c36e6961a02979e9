"""What the page's server gives out beside Gradio: the face that articles are set in, and the files that they
were read from."""

from importlib import resources
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from index.errors import HoiBaoError
from index.library import Library
from index.reading import kind
from index.reading.files import read_bytes
from index.types import Article
from ui.door import is_local, who
from ui.seal import SANDBOX
from ui.text import both

_FONTS = resources.files("ui.static").joinpath("fonts")
_YEAR = 365 * 86_400


def original_of(article: Article) -> Path | None:
    """The file that an article was read from ("FILE#PART" names a part of one), where it still lies there."""
    source, at = article.source, 0
    while at >= 0:
        at = source.find("#", at + 1)
        path = Path(source if at < 0 else source[:at])
        if path.is_absolute() and ".." not in path.parts and kind(path.name) and _is_file(path):
            return path
    return None


def gives(app: FastAPI, library: Library | None, local: bool) -> FastAPI:
    """The application with our own routes before all others. `local`: whether it is served to this machine
    only; to others, to people who log in, and without a library, no file is given."""

    def font(request: Request) -> Response:
        found = _FONTS.joinpath(request.path_params["name"])
        if not found.is_file():
            return PlainTextResponse(both("door_route"), 404)
        kept = {"cache-control": f"max-age={_YEAR}, immutable"}
        return Response(found.read_bytes(), 200, kept, "font/woff2")

    def original(request: Request) -> Response:
        here = request.client is not None and is_local(request.client.host)
        if library is None or not local or not here or who(request.scope).id:
            return PlainTextResponse(both("door_route"), 404)
        try:
            path = original_of(library.article(request.path_params["article"]))
            if path is not None:
                _, data = read_bytes(path)
                return Response(data, 200, _saved_as(path.name), "application/octet-stream")
        except HoiBaoError:  # the article, or its file meanwhile
            pass
        return PlainTextResponse(both("original_gone"), 404)

    app.add_route("/fonts/{name}", font)
    app.add_route("/original/{article}", original)
    return app


def _saved_as(name: str) -> dict[str, str]:
    """The headers of a file that is saved and never shown in the page's place, whatever is in it."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in ".-_") else "_" for c in name)
    return {
        "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "content-security-policy": SANDBOX,
        "cache-control": "no-store",
    }


def _is_file(path: Path) -> bool:
    """A link may lead elsewhere by now."""
    try:
        return path.is_file() and not path.is_symlink()
    except (OSError, ValueError):
        return False
