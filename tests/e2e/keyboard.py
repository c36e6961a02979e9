"""The five tasks of docs/comparison.md by keys alone, step by step: what is pressed, what then has the focus,
what is seen. `make screenshot` writes docs/keyboard.md.

No mouse, and no script moves the focus: it is asked only where it is (as a screen reader is told, through
Chromium's accessibility tree). At each stop on the way what has the focus must be seen, in the window and
covered by nothing.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, expect  # noqa: E402

from tests.e2e.browser import CITATION, chromium, served, still, with_token  # noqa: E402
from tests.e2e.tasks import COMPARE, FIGURE  # noqa: E402

#: Presses of one key after which what is looked for is taken for out of reach.
_FAR = 40
_NOWHERE = "nothing has the focus"
#: Of what has the focus: whether it can be seen, else why not.
_UNSEEN = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return 'nothing has the focus';
  const box = e.getBoundingClientRect();
  if (box.width < 1 || box.height < 1) return 'it has no size';
  if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) return 'outside';
  const [x, y] = [Math.max(box.left, 0) + 2, Math.max(box.top, 0) + 2];
  const top = document.elementFromPoint(
    (x + Math.min(box.right, innerWidth)) / 2, (y + Math.min(box.bottom, innerHeight)) / 2);
  return top && (e.contains(top) || top.contains(e)) ? '' : 'covered';
}"""


@dataclass(slots=True)
class Step:
    """Keys that were pressed, what had the focus behind them, and what was seen then."""

    keys: str
    focus: str
    seen: str = ""


@dataclass(slots=True)
class Hands:
    """Two hands on the keys of a page; notes what they do. `lost`: where the focus could not be seen."""

    page: Page
    steps: list[Step] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def press(self, key: str, times: int = 1) -> None:
        """Presses a key."""
        for _ in range(times):
            self.page.keyboard.press(key)
        self._note(key if times == 1 else f"{key} × {times}")

    def type(self, text: str) -> None:
        """Types into what has the focus."""
        self.page.keyboard.type(text)
        self._note(f"“{text}”")

    def to(self, name: str, key: str = "Tab") -> None:
        """Presses a key until something of this name has the focus."""
        way: list[str] = []
        past = False
        while not way or name not in way[-1]:
            self.page.keyboard.press(key)
            way.append(self.focus())
            unseen = self.page.evaluate(_UNSEEN)
            ended = unseen == _NOWHERE and not past  # behind the last stop the browser's own come
            past |= ended
            if unseen and not ended:
                self.lost.append(f"{key} to {name}: {way[-1]}: {unseen}")
            if len(way) > _FAR:
                raise AssertionError(f"{name} is out of reach: {way}")
        self.steps.append(Step(key if len(way) == 1 else f"{key} × {len(way)}", way[-1]))

    def see(self, where: str, what: str) -> None:
        """Waits for what is to be seen."""
        expect(self.page.locator(where).first).to_contain_text(what)
        self.saw(what)

    def saw(self, what: str) -> None:
        """Notes what is seen, and where the focus is by then."""
        still(self.page)
        if not self.steps:
            self._note("nothing")
        self.steps[-1].seen = what
        self.steps[-1].focus = self.focus()
        if unseen := self.page.evaluate(_UNSEEN):
            self.lost.append(f"{self.steps[-1].keys}: {unseen}")

    def focus(self) -> str:
        """Role and accessible name of what has the focus."""
        told = self.page.context.new_cdp_session(self.page)
        active = told.send("Runtime.evaluate", {"expression": "document.activeElement"})
        found = told.send(
            "Accessibility.getPartialAXTree",
            {"objectId": active["result"]["objectId"], "fetchRelatives": False},
        )["nodes"][0]
        told.detach()
        name = " ".join(found.get("name", {}).get("value", "").split())
        role = found.get("role", {}).get("value", "?")
        return f"{role} “{name[:60]}{'…' if len(name) > 60 else ''}”"

    def _note(self, keys: str) -> None:
        self.steps.append(Step(keys, self.focus()))


def find(hands: Hands) -> None:
    hands.type(FIGURE)
    hands.press("Enter")
    hands.see("#hb-chat .bot", "486 m")


def check(hands: Hands) -> None:
    hands.see("#hb-source .hb-quote", "486 m")  # it opens by itself
    hands.to("1 ·", "Shift+Tab")
    hands.press("Enter")
    expect(hands.page.locator("#hb-source mark.hb-quote").first).to_be_focused()
    hands.saw("the quote in the article")
    hands.press("Escape")
    hands.saw("back at the citation")


def compare(hands: Hands) -> None:
    hands.press("/")
    hands.type(COMPARE)
    hands.press("Enter")
    hands.see("#hb-chat table", "178")
    hands.to("2 ·", "Shift+Tab")
    hands.press("Enter")
    expect(hands.page.locator("#hb-source mark.hb-quote").first).to_be_focused()
    hands.saw("the quote of the other province")


def come_back(hands: Hands) -> None:
    hands.press("Shift+Tab")
    hands.press("t")
    hands.type("cau an hoa dai")
    expect(hands.page.locator("#hb-talks .hb-talk")).to_have_count(1)
    hands.saw("one conversation in the list")
    hands.to("Cầu An Hòa dài")
    hands.press("Enter")
    hands.see("#hb-chat", "486 m")
    hands.to(hands.page.locator(CITATION).first.inner_text(), "Shift+Tab")
    hands.press("Enter")
    hands.see("#hb-source .hb-quote", "486 m")  # kept with the answer
    hands.press("Escape")


def cite(hands: Hands) -> None:
    hands.to("Chép kèm nguồn")
    hands.press("Enter")
    hands.see("#hb-note", "Đã chép")


TASKS: dict[str, Callable[[Hands], None]] = {
    "Find a figure": find,
    "Check it": check,
    "Compare two provinces": compare,
    "Come back a week later": come_back,
    "Cite in a paper": cite,
}


def run(page: Page, again: str) -> tuple[dict[str, list[Step]], list[str]]:
    """The steps of each task, on a page that was just opened; `again`: its address, for a week later. And where
    the focus was lost on the way."""
    told: dict[str, list[Step]] = {}
    lost: list[str] = []
    for name, task in TASKS.items():
        if task is come_back:
            page.goto(again)
            expect(page.locator("#hb-talks .hb-talk").first).to_be_attached()
        expect(page.locator("#hb-question textarea")).to_be_visible()
        hands = Hands(page)
        task(hands)
        told[name], lost = hands.steps, [*lost, *hands.lost]
    return told, lost


def written(told: dict[str, list[Step]]) -> str:
    """docs/keyboard.md."""
    lines = [
        "# Five tasks by keys alone", "",
        "The tasks of [the comparison](comparison.md), played by `tests/e2e/keyboard.py` (`make screenshot`)",
        "in the running product on the ten samples, in Debian's Chromium at 1280×860: no mouse, and no script",
        "moves the focus. Each line is what was pressed, the role and name that a screen reader is told of",
        "what has the focus then, and what is seen. On every stop, also those passed by, what has the focus",
        "lies in the window and is covered by nothing, else the run fails. `?` outside a field shows all keys.",
    ]  # fmt: skip
    for number, (name, steps) in enumerate(told.items(), 1):
        counts = [int(one.keys.rpartition("× ")[2]) if "×" in one.keys else 1 for one in steps]
        pressed = sum(counts) - sum(one.keys == "nothing" for one in steps)
        typed = sum(one.keys.startswith("“") for one in steps)
        lines += ["", f"## {number}. {name}", ""]
        lines += [
            f"{pressed - typed} keys, {typed} typed.",
            "",
            "| pressed | has the focus | seen |",
            "|---|---|---|",
        ]
        lines += [f"| {one.keys} | {one.focus} | {one.seen} |" for one in steps]
    return "\n".join(lines) + "\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "HOIBAO_LIBRARY": folder, "PYTHONPATH": str(ROOT)}
        add = [sys.executable, "-m", "ui.cli", "add", "index/samples"]
        subprocess.run(add, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        with served(environment) as address, chromium() as browser:
            context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="vi-VN")
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            page = context.new_page()
            page.goto(with_token(address))
            told, lost = run(page, address)
    assert not lost, "\n".join(lost)
    (ROOT / "docs" / "keyboard.md").write_text(written(told), "utf-8")


if __name__ == "__main__":
    main()
