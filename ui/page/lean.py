"""What Gradio does beside each event, and nothing of this page wants: it made each later one slower, and all of
them wait meanwhile, for only one thread of Python computes at a time."""

import gc
import os
import sys
import threading
from types import SimpleNamespace
from typing import Any

from gradio import Blocks, state_holder

from index.alone import give_back
from ui.config import TURNS, WAITS

#: What is told of a component for the documentation of an interface, three times.
_DOCUMENTED = ("api_info", "api_info_as_input", "api_info_as_output", "example_inputs")


class Page(Blocks):
    """A page that tells the browser what it needs of itself: Gradio's script goes through all of its parts for
    each listener, before a question can be typed. Programs are told of all that they can call, as before."""

    def get_config_file(self) -> Any:
        """What is told of the page."""
        config: Any = super().get_config_file()
        programs = {one["id"] for one in config["components"] if one["type"] == "api"}
        for one in config["components"]:
            if one["id"] not in programs:
                for key in _DOCUMENTED:
                    one.pop(key, None)
        for one in config["dependencies"]:
            # What comes behind another is begun by that one (`trigger_after`): nobody else tells of it.
            one["targets"] = [target for target in one["targets"] if target[1] != "then"]
        called = {
            one["id"]
            for one in config["dependencies"]
            if programs & {*one["inputs"], *one["outputs"]}
        }
        for page in config["page"].values():
            shown = page["layout"]["children"]
            page["layout"]["children"] = [one for one in shown if one["id"] not in programs]
            page["components"] = [one for one in page["components"] if one not in programs]
            page["dependencies"] = [one for one in page["dependencies"] if one not in called]
        return config


class Session(state_holder.SessionState):
    """What Gradio keeps of a page, or of one call by a program, without its copy of every component: that is
    for links into a page, of which there are none here, and weighs 0.4 MB (Gradio keeps those of 10,000)."""

    def __init__(self, blocks: Any) -> None:
        bare: Any = SimpleNamespace(default_config=blocks.default_config, blocks=())
        super().__init__(bare)


def lean() -> None:
    """Leaves it out. Before the page's queue is made."""
    vars(state_holder)["SessionState"] = Session
    # Figures for its monitoring, which is off: a table of all events so far, made anew after each of them.
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**12)
    # Who computes in Python lets others in after so long: a reply takes tens of such turns.
    sys.setswitchinterval(TURNS.seconds)


def settle() -> None:
    """Once all is loaded: what is there now stays, so that Python need not look through it again and again for
    what can go (half a second, in which nobody is answered)."""
    gc.collect()
    gc.freeze()
    give_back()


def stay_lean(stop: threading.Event) -> None:
    """From time to time, until it is to stop, what was used and is free goes back to the system: each answer
    leaves some of it behind in other places, 60 MB after fifty."""
    while not stop.wait(WAITS.gives_back):
        give_back()
