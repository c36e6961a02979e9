"""What Gradio does beside each event, and nothing of this page wants: it made each later one slower, and all of
them wait meanwhile, for only one thread of Python computes at a time."""

import gc
import os
import sys
from types import SimpleNamespace
from typing import Any

from gradio import state_holder

from index.alone import give_back
from ui.config import TURNS


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
