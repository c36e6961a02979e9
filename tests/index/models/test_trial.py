"""Children that really crash, hang, raise and answer."""

import os
import signal
import time
from pathlib import Path

import numpy as np
import pytest

from index.errors import InputError, ModelError
from index.models.trial import TrialFailed, TrialTimeout, attempt


def add(one: int, other: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    print("not to be seen")
    os.write(2, b"nor this\n")
    return np.array([one + other])


def signalled(number: int) -> None:
    os.kill(os.getpid(), number)


def hang() -> None:
    time.sleep(600)


def parent() -> None:
    """Crashes, and leaves a child behind that holds all that it inherited."""
    if os.fork():
        os.kill(os.getpid(), signal.SIGABRT)
    time.sleep(600)


def left() -> None:
    os._exit(3)


def raised(error: BaseException) -> None:
    raise error


class PanicException(BaseException):
    """As pyo3 raises for a panic of Rust code."""


def test_what_it_returns_comes_back_and_what_it_prints_does_not(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert attempt(add, 2, 3, seconds=60).tolist() == [5]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["SIGSEGV", "SIGILL", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL"])
def test_every_signal_is_a_failure_with_its_name(name: str) -> None:
    with pytest.raises(TrialFailed, match=rf"^crashed \({name}\)$"):
        attempt(signalled, int(getattr(signal, name)), seconds=60)


def test_a_child_that_hangs_is_ended() -> None:
    with pytest.raises(TrialTimeout, match="not done within 1 s"):
        attempt(hang, seconds=1)


def test_a_grandchild_is_not_waited_for() -> None:
    with pytest.raises(TrialFailed, match="SIGABRT"):
        attempt(parent, seconds=60)


def test_a_child_that_leaves_without_a_word_failed() -> None:
    with pytest.raises(TrialFailed, match="ended with status 3"):
        attempt(left, seconds=60)


def test_errors_for_the_user_pass_and_all_others_are_one_line() -> None:
    with pytest.raises(ModelError, match="^no such model$"):
        attempt(raised, ModelError("no such model"), seconds=60)
    for error in (ValueError("a\nb"), PanicException("a\nb")):
        with pytest.raises(TrialFailed, match=f"^{type(error).__name__}: a b$"):
            attempt(raised, error, seconds=60)


def test_a_file_that_is_missing_in_the_child_is_the_same_error() -> None:
    with pytest.raises(InputError):
        attempt(raised, InputError(str(Path("x"))), seconds=60)
