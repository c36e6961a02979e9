"""The weights that ship: 8 bits each, with a card that says what they are and what they hash to.

A matrix is kept as int8 with one float16 scale a row (symmetric, the row's largest weight is 127), vectors and
the head as float16: 18 MB. What they stand on, the embedding model, is not in the file; the card names it.
"""

import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from index.errors import ModelError
from index.models.registry import sha256
from rag.reader.card import WEIGHTS, card, intact, write
from rag.reader.model import BASE, Network, base_folder, on_base

_MOST = 25_000_000  # bytes


def save(network: Network, folder: Path, told: dict[str, Any]) -> None:
    """Writes the trained weights and the card, which gets `base`, `bytes` and `sha256`.

    Raises:
        ModelError: they would be larger than what ships at most.
    """
    from safetensors.torch import save_file

    tensors: dict[str, Tensor] = {}
    for name, parameter in network.trained().items():
        weight = parameter.detach().float().cpu()
        if weight.ndim == 2 and not name.startswith("head"):
            scale = (weight.abs().amax(1) / 127).clamp(min=1e-7).half()
            tensors[name] = (weight / scale.float()[:, None]).round().clamp(-127, 127).char()
            tensors[f"{name}.scale"] = scale
        else:
            tensors[name] = weight.half()
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{WEIGHTS}.part"
    save_file(tensors, partial)
    size = partial.stat().st_size
    if size > _MOST:
        raise ModelError(f"the reader's weights have {size} bytes; at most {_MOST} ship")
    whole = {**told, "base": _base(), "bytes": size, "sha256": sha256(partial)}
    partial.replace(folder / WEIGHTS)
    write(folder, whole)


def load(folder: Path) -> Network:
    """The network in float32, with the weights of a folder on the installed embedding model.

    Raises:
        ModelError: a file is missing or damaged, or the embedding model is not theirs.
    """
    from safetensors.torch import load_file

    told = card(folder)
    path = intact(folder)
    if told["base"] != _base():
        raise ModelError(
            f"the reader stands on {told['base']}, not on {_base()}; run: hoibao models pull"
        )
    network = on_base(base_folder())
    unpack(network, load_file(path))
    return network


def unpack(network: Network, tensors: dict[str, Tensor]) -> None:
    """Puts 8-bit weights into the network."""
    with torch.no_grad():
        for name, parameter in network.trained().items():
            weight = tensors[name].float()
            if f"{name}.scale" in tensors:
                weight *= tensors[f"{name}.scale"].float()[:, None]
            parameter.copy_(weight)


def _base() -> str:
    """The installed embedding model's name and revision."""
    path = base_folder() / "hoibao.json"
    try:
        record = json.loads(path.read_text("utf-8"))
        return f"{record['name']}@{record['revision']}"
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{path} cannot be read; run: hoibao models pull {BASE}") from error
