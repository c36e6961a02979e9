"""What axe-core finds on a page, of any severity; targets under 24 px, too, which it looks for when asked."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Page

from tests.e2e.browser import still

_SCRIPT = Path(__file__).parent / "node_modules/axe-core/axe.min.js"
_HOW = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
#: Light on a desk, dark on a phone: each rule sees both schemes and both layouts.
LOOKS = (("light", 1440), ("dark", 390))


def violations(page: Page, name: str, within: str = "") -> list[str]:
    """One line for each rule that is broken now, in the page or within a part of it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_SCRIPT.read_text("utf-8"))
    where = json.dumps(within) if within else "document"
    result = page.evaluate(f"axe.run({where}, {json.dumps(_HOW)})")
    assert len(result["passes"]) > 5  # it looked
    return [
        f"{name}: {one['impact']} {one['id']}: {[str(node['target']) for node in one['nodes'][:4]]}"
        for one in result["violations"]
    ]


def looks(
    page: Page, height: int = 900, of: Sequence[tuple[str, int]] = LOOKS
) -> Iterator[tuple[str, int]]:
    """Makes the page light or dark, wide or narrow, one after the other; light and wide again at the end."""
    for scheme, width in of:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": height})
        dark = "document.body.classList.contains('dark')"
        page.wait_for_function(dark if scheme == "dark" else f"!{dark}")
        still(page)
        yield scheme, width
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1440, "height": height})
