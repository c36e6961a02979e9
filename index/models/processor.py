"""Which processor this is, and for which one llama.cpp was built here.

Compiled code and measured settings belong to a processor: a home folder or a virtual environment that is moved,
or a virtual machine that is started elsewhere, meets another one. Standard library only: the Makefile runs this
file before anything is installed, with -P: `index/types.py` would stand before the library's own `types`.
"""

import hashlib
import json
import platform
import re
import sys
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

#: The flags that name instructions a compiler may use; others (of the kernel, of virtual machines) come and go.
_INSTRUCTIONS = re.compile(
    r"(sse|ssse|avx|amx|fma|f16c|bmi|adx|aes|vaes|pclmul|vpclmul|gfni|sha|popcnt|movbe|abm|lzcnt"
    r"|movdir|asimd|neon|sve|i8mm|bf16)"
)
#: x86-64-v3: what llama.cpp's portable build assumes (Intel since 2013, AMD since 2015).
_PORTABLE = ("avx", "avx2", "bmi2", "f16c", "fma", "sse4_2")


@dataclass(frozen=True, slots=True)
class Processor:
    """A processor's model name and the instructions that it has, sorted."""

    model: str
    flags: tuple[str, ...]

    @property
    def key(self) -> str:
        """A short name for it, for files: 12 hexadecimal digits."""
        return hashlib.sha256(repr((self.model, self.flags)).encode()).hexdigest()[:12]


@cache
def here() -> Processor:
    """The processor that this runs on."""
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8", errors="replace")
    except OSError:  # not Linux
        text = ""
    fields = dict(re.findall(r"^([^\t:]+?)\s*:[ \t]*(.*)$", text, re.MULTILINE))
    model = fields.get("model name") or platform.processor() or platform.machine()
    flags = (fields.get("flags") or fields.get("Features") or "").split()
    return Processor(model, tuple(sorted(f for f in flags if _INSTRUCTIONS.match(f))))


def built_for() -> Processor | None:
    """The processor that this environment's llama.cpp was compiled for; None where nothing says so (it was
    not set up by the Makefile)."""
    try:
        raw = json.loads(_record().read_text("utf-8"))
        return Processor(str(raw["model"]), tuple(map(str, raw["flags"])))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def lacking(build: Processor | None) -> tuple[str, ...]:
    """The instructions that a build may use and this processor does not have. Running such a build ends
    in "Illegal instruction"."""
    return tuple(sorted(set(build.flags) - set(here().flags))) if build else ()


def record(portable: bool) -> None:
    """Writes down, in this environment, what llama.cpp was just compiled for."""
    build = Processor("portable", _PORTABLE) if portable else here()
    _record().write_text(json.dumps(asdict(build)) + "\n", "utf-8")


def _record() -> Path:
    return Path(sys.prefix) / "llama-build.json"


if __name__ == "__main__":
    if sys.argv[1:2] == ["record"]:
        record(portable=sys.argv[2:] == ["portable"])
    else:
        print(here().key)
