"""Compares pins with the known weaknesses, by pip-audit's own Python: `.ci/audit.py FILE|NAME==VERSION...`

pip-audit takes a library that it cannot ask for to be one without weaknesses. Here that is said, in one line,
and the exit status is 2; 1: a weakness is known; 0: every library was asked for, and none is known.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

COMMAND = [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps"]
COMMAND += ["--progress-spinner=off", "--format=json"]


def asked(pins: list[str]) -> list[dict[str, Any]]:
    """What pip-audit says of each pin; ends with status 2 where it says nothing."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(pins))
        file.flush()
        command = [*COMMAND, "--requirement", file.name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        last = [line for line in done.stderr.splitlines() if line.strip()] or ["no word of it"]
        print(f"audit: pip-audit could not compare ({last[-1].strip()[:200]})", file=sys.stderr)
        sys.exit(2)
    return found


def main() -> int:
    """The exit status."""
    given = {"": [one for one in sys.argv[1:] if "==" in one]}
    for path in sys.argv[1:]:
        if "==" not in path:
            given[path] = re.findall(r"^[\w.-]+==[^\s;]+", Path(path).read_text(), re.MULTILINE)
    # Each by itself: what looks at the libraries may have other versions of them.
    told = [one for pins in given.values() if pins for one in asked(pins)]
    known = [(one, flaw) for one in told for flaw in one.get("vulns", ())]
    for one, flaw in known:
        mended = ", ".join(flaw["fix_versions"]) or "no version yet"
        print(f"{one['name']} {one['version']}: {flaw['id']}, mended in {mended}")
    unasked = sum("skip_reason" in one for one in told)
    if unasked:
        print(
            f"audit: {unasked} of {len(told)} libraries could not be asked for: the list of known weaknesses "
            "is not reached from here; run it where PyPI's is",
            file=sys.stderr,
        )
    elif not known:
        print(f"audit: {len(told)} libraries, no known weakness")
    return 1 if known else 2 if unasked else 0


if __name__ == "__main__":
    sys.exit(main())
