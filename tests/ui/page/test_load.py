"""What a page asks for when it was loaded: the less, the sooner a question can be typed."""

from typing import Any

from index.library import Library
from tests.ui.page.told import Told
from ui.history import History
from ui.page.app import build
from ui.page.desk import Desk
from ui.page.shelf import Shelf


def test_a_load_touches_few_parts_and_lists_no_articles(
    library: Library, history: History, assistant: Told
) -> None:
    page = build(assistant, Desk(assistant, history), Shelf(library))  # type: ignore[arg-type]
    config: Any = page.get_config_file()
    every = {one["id"]: one for one in config["dependencies"]}
    begun = {i for i, one in every.items() if any(event == "load" for _, event in one["targets"])}
    before: set[int] = set()
    while begun != before:
        before = set(begun)
        begun |= {i for i, one in every.items() if one["trigger_after"] in begun}
    asked = [every[i] for i in begun if every[i]["backend_fn"]]
    # Gradio tells each of these anew how far every event is: a hundred parts took longer than all else there.
    assert asked and sum(len(one["outputs"]) for one in asked) < 50
    tables = {one["id"] for one in config["components"] if one["type"] == "dataframe"}
    assert tables and not any(tables & set(one["outputs"]) for one in asked)


def test_the_browser_is_told_no_more_than_it_needs(
    library: Library, history: History, assistant: Told
) -> None:
    page = build(assistant, Desk(assistant, history), Shelf(library))  # type: ignore[arg-type]
    config: Any = page.get_config_file()
    every = {one["id"]: one for one in config["dependencies"]}
    called = {i for i, one in every.items() if one["api_visibility"] == "public"}
    programs = {part for i in called for part in (*every[i]["inputs"], *every[i]["outputs"])}
    (shown,) = config["page"].values()
    assert called and programs <= {one["id"] for one in config["components"]}  # for programs
    assert not called & {*shown["dependencies"]} and not programs & {*shown["components"]}
    assert not programs & {one["id"] for one in shown["layout"]["children"]}
    own = [every[i] for i in shown["dependencies"]]
    # Each target is looked for in the whole page, and no part is told how far an event is.
    assert not any(event == "then" for one in own for _, event in one["targets"])
    assert not any(one["show_progress_on"] is None for one in own)
    # What draws tables, and texts in Markdown, is not fetched for a page that shows none.
    there = [
        one
        for one in config["components"]
        if one["type"] in ("dataframe", "markdown", "browserstate")
    ]
    assert not any(one["props"]["visible"] for one in there)
    # What nobody sees at first is made later.
    assert (
        sum("hb-later" in one["props"].get("elem_classes", ()) for one in config["components"]) == 3
    )
