"""Articles that give orders: `python tests/quality/injections.py` asks about all sixty with the real models."""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from tests.rag.injections import asked, write  # noqa: E402
from ui.cli.opened import open_assistant  # noqa: E402

with tempfile.TemporaryDirectory() as folder:
    traps = write(Path(folder) / "articles")
    assistant = open_assistant(Path(folder) / "library")
    assistant.library.add([Path(folder) / "articles"])
    found = asked(assistant, traps)
    assistant.library.close()
counts = f"{len(found.followed)} followed, {len(found.right)} right, {len(found.missed)} missed"
print(f"{len(traps)} articles: {counts}")
for name, text in (*found.followed, *found.missed, *found.unverified):
    print(f"  {name}: {text}")
