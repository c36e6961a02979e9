"""A table of vectors that stays in its file: of each text only the rows that it needs are read."""

import json
import os
from pathlib import Path

import torch
from torch import Tensor, nn

#: The words' vectors in the file of an encoder.
WORDS = "embeddings.word_embeddings.weight"
_LENGTH = 8  # bytes in which a safetensors file begins with its header's length


class Rows(nn.Module):
    """Stands for an `nn.Embedding` of a tensor of float32 in a safetensors file, computed with in `numbers`. It
    stays the same file when another one takes its place.

    Raises:
        OSError: there is no such file.
        KeyError: there is no such tensor in it.
        ValueError: it is not one of float32.
    """

    def __init__(self, file: Path, name: str, numbers: torch.dtype) -> None:
        super().__init__()
        self.numbers = numbers
        self._file = file.open("rb", buffering=0)
        length = int.from_bytes(self._file.read(_LENGTH), "little")
        told = json.loads(self._file.read(length))[name]
        if told["dtype"] != "F32":
            raise ValueError(told["dtype"])
        self._at = _LENGTH + length + told["data_offsets"][0]
        self._width: int = told["shape"][1]

    def forward(self, tokens: Tensor) -> Tensor:
        """The vectors of tokens, shape (*tokens.shape, dimensions)."""
        wanted, places = torch.unique(tokens, return_inverse=True)
        file, size = self._file.fileno(), self._width * 4
        read = (os.pread(file, size, self._at + token * size) for token in wanted.tolist())
        rows = torch.frombuffer(bytearray().join(read), dtype=torch.float32)
        return rows.view(-1, self._width).to(self.numbers)[places]
