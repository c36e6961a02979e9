"""Compares the pins with the known weaknesses: `python .ci/audit.py PINS...`, with pip-audit's own Python.

pip-audit takes a library of which it cannot ask for one without weaknesses. Here that is said, in one line, and
the exit status is 2; 1: a weakness is known; 0: every library was asked for, and none is known.
"""

import json
import subprocess
import sys

COMMAND = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes"]
COMMAND += ["--progress-spinner=off", "--format=json"]


def main() -> int:
    """The exit status."""
    command = [*COMMAND, *(part for pins in sys.argv[1:] for part in ("--requirement", pins))]
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        asked = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        last = [line for line in done.stderr.splitlines() if line.strip()] or ["no word of it"]
        print(f"audit: pip-audit could not compare ({last[-1].strip()[:200]})", file=sys.stderr)
        return 2
    known = [(one, flaw) for one in asked for flaw in one.get("vulns", ())]
    for one, flaw in known:
        mended = ", ".join(flaw["fix_versions"]) or "no version yet"
        print(f"{one['name']} {one['version']}: {flaw['id']}, mended in {mended}")
    unasked = sum("skip_reason" in one for one in asked)
    if unasked:
        print(
            f"audit: {unasked} of {len(asked)} libraries could not be asked for: the list of known weaknesses "
            "is not reached from here; run it where PyPI's is",
            file=sys.stderr,
        )
    elif not known:
        print(f"audit: {len(asked)} libraries, no known weakness")
    return 1 if known else 2 if unasked else 0


if __name__ == "__main__":
    sys.exit(main())
