"""Some of the kills of `tests.kills`; more by hand."""

import subprocess
import sys

from tests.conftest import ROOT


def test_killed_in_the_middle_nothing_confirmed_is_lost_and_nothing_is_half_done() -> None:
    command = [sys.executable, "-m", "tests.kills", "14", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "14 kills, 0 times" in done.stdout and done.stdout.count(": 2 kills") == 7
