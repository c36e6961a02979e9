"""Writes pins with the SHA-256 of every file that the package index has of each: `python .ci/pins.py < FREEZE`.

Every file, so that the pins hold for other processors and newer versions of Python; pip takes no other one.
Left out: PyTorch, whose builds for one processor come from an index of their own (TORCH_INDEX), and with it
what only its other builds need.
"""

import json
import os
import re
import sys
import urllib.request

INDEX = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/")
LEFT_OUT = re.compile(r"(torch|triton|nvidia-.*|cuda-.*)==")
HEAD = """\
# Made by `make requirements`: every library with all that it drags in, PyTorch excepted, and what its files may
# hash to. Installed by the Makefile with --require-hashes --no-deps.
"""


def hashes(name: str, version: str) -> list[str]:
    """The SHA-256 of each file of a version, sorted."""
    plain = re.sub(r"[-_.]+", "-", name).lower()
    asked = urllib.request.Request(
        f"{INDEX}/{plain}/", headers={"Accept": "application/vnd.pypi.simple.v1+json"}
    )
    with urllib.request.urlopen(asked, timeout=60) as answer:
        files = json.load(answer)["files"]
    # "name-1.0-py3-none-any.whl", "name-1.0.tar.gz"
    mine = re.compile(
        rf"{re.sub('-', '[-_.]+', re.escape(plain).replace(chr(92), ''))}-{re.escape(version)}"
        r"(-.*\.whl|\.tar\.gz|\.zip)",
        re.IGNORECASE,
    )
    return sorted(f["hashes"]["sha256"] for f in files if mine.fullmatch(f["filename"]))


def main() -> None:
    """A pin a line on standard input, the file on standard output."""
    pins = sorted({line.strip() for line in sys.stdin if "==" in line}, key=str.lower)
    print(HEAD, end="")
    for pin in pins:
        if LEFT_OUT.match(pin):
            continue
        name, version = pin.split("==")
        found = hashes(name, version)
        if not found:
            sys.exit(f"the package index has no {pin}")
        print(pin, *(f"--hash=sha256:{one}" for one in found), sep=" \\\n    ")


if __name__ == "__main__":
    main()
