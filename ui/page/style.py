"""The page's own style and script; both small, both inline, neither from the network."""

import gradio as gr

from ui.templates import static

CSS = "\n".join(static(f"{part}.css") for part in ("page", "find", "dossiers"))
JS = "\n".join(static(f"{part}.js") for part in ("page", "dossiers"))


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
