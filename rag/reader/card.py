"""The card that lies beside the weights: what they are, what they were trained on, what they hash to."""

import json
from pathlib import Path
from typing import Any

from index.errors import ModelError
from index.models.registry import sha256

_CARD = "card.json"
WEIGHTS = "reader.safetensors"


def shipped() -> Path:
    """Where the weights and the card lie that come with the program."""
    return Path(__file__).parent


def card(folder: Path) -> dict[str, Any]:
    """What the card says.

    Raises:
        ModelError: there is none, or it cannot be read.
    """
    try:
        found: dict[str, Any] = json.loads((folder / _CARD).read_text("utf-8"))
        if not all(isinstance(found[name], str) for name in ("name", "base", "sha256")):
            raise ValueError("no card")
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise ModelError(f"{folder / _CARD} cannot be read; install Hỏi Báo again") from error
    return found


def intact(folder: Path) -> Path:
    """The file of the weights.

    Raises:
        ModelError: it is missing, or is not what the card says.
    """
    path, told = folder / WEIGHTS, card(folder)
    try:
        whole = sha256(path) == told["sha256"]
    except OSError:
        whole = False
    if not whole:
        raise ModelError(f"{path} is missing or damaged; install Hỏi Báo again")
    return path


def identity(folder: Path) -> str:
    """The reader's name and the beginning of its weights' SHA-256.

    Raises:
        ModelError: there is no card, or it cannot be read.
    """
    told = card(folder)
    return f"{told['name']}@{told['sha256'][:12]}"


def tell(folder: Path, **figures: float) -> None:
    """Adds figures to the card."""
    known = card(folder)
    known["figures"] = {**known.get("figures", {}), **figures}
    write(folder, known)


def write(folder: Path, told: dict[str, Any]) -> None:
    """Writes the card."""
    (folder / _CARD).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")
