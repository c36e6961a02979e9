"""Who paints a page: the frames of whoever came last are the last that the page is sent."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.ui.page.told import LIMIT
from ui.config import WAITS
from ui.page.view import Frame, Painter, View


def test_the_next_painter_begins_when_the_last_frame_before_has_left() -> None:
    view = View()
    order: list[object] = []
    painters: list[Painter] = []

    def first(painter: Painter) -> Iterator[Frame]:
        painters.append(painter)
        yield {"chat": 1}
        yield {"chat": 2}  # comes too late

    def second() -> None:
        order.extend(frame["chat"] for frame in view.paint(lambda _: iter([{"chat": 3}])))

    frames = view.paint(first)
    order.append(next(frames)["chat"])
    thread = threading.Thread(target=second)
    thread.start()
    while not painters[0].gone:
        thread.join(0.01)
    order.append("left")  # Gradio asks for the next frame when it has sent the one before
    order.extend(frame["chat"] for frame in frames)
    thread.join(LIMIT)
    assert order == [1, "left", 3]


def test_a_frame_that_comes_after_the_next_painters_is_followed_by_that_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ui.page.view.WAITS", replace(WAITS, painter=0.01))
    view = View()
    late = view.paint(lambda _: iter([{"chat": "before", "current": "c"}, {"chat": "more"}]))
    shown = next(late)  # still on its way to the page, longer than is waited for
    now = view.paint(lambda _: iter([{"chat": "", "current": ""}, {"note": "deleted"}]))
    painted = dict(next(now)) | next(now)
    for frame in (shown, *late, *now):
        painted |= frame
    assert painted == {"chat": "", "current": "", "note": "deleted"}
    assert [*view.paint(lambda _: iter([{"chat": "next"}]))] == [{"chat": "next"}]
