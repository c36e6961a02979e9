"""The page's own style, icons and script; all small, all inline, none from the network."""

import re
from typing import Any
from urllib.parse import quote

import gradio as gr

from ui.templates import static

_STYLES = (
    *("tokens", "frame", "early", "answer", "forms", "find", "scan", "start", "reading"),
    *("dossiers", "story", "names"),
)
_SCRIPTS = ("frame", "early", "focus", "answer", "keys", "start", "reading", "dossiers", "names")


def _icons() -> str:
    """A class `hb-i-NAME` for each symbol of `icons.svg`: its picture is a mask, so that it has the colour of
    the words beside it."""
    whole = str(static("icons.svg"))
    head = re.search(r"<svg[^>]*>", whole)
    assert head
    rules = []
    for name, inner in re.findall(r'<symbol id="(\w+)"[^>]*>(.*?)</symbol>', whole, re.S):
        drawn = f'{head[0][:-1]} viewBox="0 0 24 24">{inner}</svg>'
        rules.append(f'.hb-i-{name} {{ --hb-icon: url("data:image/svg+xml,{quote(drawn)}"); }}')
    return "\n".join(rules)


_CSS = "\n".join([*(static(f"{part}.css") for part in _STYLES), _icons()])
_JS = "\n".join(static(f"{part}.js") for part in _SCRIPTS)
#: What stands at the end of the page's head.
HEAD = f"<title>Hỏi Báo</title><style>{_CSS}</style><script>{_JS}</script>"


def drawn(elem_id: str, value: str = "", **how: Any) -> gr.HTML:
    """A place for HTML of the page's own, without Gradio's style for texts."""
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, **how)


def later() -> gr.Accordion:
    """What stands in it is made when the page is at rest, or when it is opened (frame.js): a question can be
    typed the sooner. It has no looks of its own."""
    return gr.Accordion("", open=False, elem_classes="hb-later")


def channel(name: str) -> gr.HTML:
    """An empty component through which the page's script tells the server what was clicked: a call of
    `hoibao.NAME(text)` sets its value and clicks it."""
    script = (
        "window.hoibao = window.hoibao || {};"
        f"window.hoibao.{name} = text => {{ props.value = text; trigger('click'); }};"
    )
    return gr.HTML(
        "", html_template=" ", js_on_load=script, elem_id=f"hb-{name}", elem_classes="hb-channel"
    )
