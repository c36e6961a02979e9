"""Pictures of the page for the documents."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.e2e.browser import still

DESK, PHONE = (1440, 900), (390, 844)


def taken(page: Page, file: Path, phone: bool = False) -> None:
    """Keeps what the page looks like, light at the left and dark at the right, at half its size on a desk."""
    width, height = PHONE if phone else DESK
    page.set_viewport_size({"width": width, "height": height})
    sides = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        dark = "document.body.classList.contains('dark')"
        page.wait_for_function(dark if scheme == "dark" else f"!{dark}")
        still(page)
        sides.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    both = Image.new("RGB", (2 * width + 8, height), "#888888")
    both.paste(sides[0], (0, 0))
    both.paste(sides[1], (width + 8, 0))
    if not phone:
        both = both.resize((both.width // 2, both.height // 2), Image.Resampling.LANCZOS)
    both.quantize(128).save(file, optimize=True)
