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
