"""Makes the README's screenshot from the running product: `make screenshot`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.e2e.browser import chromium, served  # noqa: E402


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "HOIBAO_LIBRARY": folder, "PYTHONPATH": str(ROOT)}
        add = [sys.executable, "-m", "ui.cli", "add", "index/samples"]
        subprocess.run(add, env=environment, cwd=ROOT, check=True)
        with served(environment) as address, chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(address)
            page.fill("#hb-question textarea", "Cầu An Hòa dài bao nhiêu mét?")
            page.click("#hb-send")
            page.click('#hb-chat a[href*="#cite-"]', timeout=120_000)
            page.wait_for_selector("#hb-source .hb-quote")
            page.wait_for_timeout(1000)
            page.screenshot(path=str(ROOT / "tests/e2e/screenshot.png"))


if __name__ == "__main__":
    main()
