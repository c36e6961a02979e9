"""The reader's network: a BERT encoder of the embedding model's shape with one linear head.

BERT (Devlin et al. 2018, post-LayerNorm, exact GELU) written out, because training it on two cores needs what
the library's version does not give: query, key and value in one product, no dropout anywhere, the frozen
part in one call, all trained weights behind each other in memory.

The embedding table, its positions and LayerNorm and the first layers are the installed embedding model's
own and stay as they are; only what lies above them is trained and shipped.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from index import config
from index.errors import ModelError
from index.models.rows import WORDS

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from tokenizers.models import Model

#: The catalogue's name of the embedding model on which the reader stands, whichever is in use.
BASE = "multilingual-e5-small"


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the encoder. `frozen`: how many of the first layers are not trained."""

    hidden: int = 384
    layers: int = 12
    heads: int = 12
    inner: int = 1536
    vocabulary: int = 250037
    positions: int = 512
    epsilon: float = 1e-12
    frozen: int = 2


class Layer(nn.Module):
    """Attention over all tokens of a row, then two linear maps, each added and normalised."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.norm1 = nn.LayerNorm(shape.hidden, shape.epsilon)
        self.up = nn.Linear(shape.hidden, shape.inner)
        self.down = nn.Linear(shape.inner, shape.hidden)
        self.norm2 = nn.LayerNorm(shape.hidden, shape.epsilon)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """(rows, tokens, hidden) to the same; `mask` is added to the attention's scores."""
        rows, tokens, hidden = x.shape
        parts = self.qkv(x).view(rows, tokens, 3, self.heads, hidden // self.heads)
        q, k, v = parts.permute(2, 0, 3, 1, 4)
        if torch.is_grad_enabled():
            # Written out: on a CPU in bfloat16 the library's attention trains at half this speed.
            scores = torch.matmul(q * q.shape[-1] ** -0.5, k.transpose(-1, -2))
            if mask is not None:
                scores = scores + mask
            seen = torch.matmul(scores.softmax(-1), v)
        else:
            seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.out(seen.transpose(1, 2).reshape(rows, tokens, hidden)))
        normed: Tensor = self.norm2(x + self.down(functional.gelu(self.up(x))))
        return normed


class Network(nn.Module):
    """Token numbers to four logits a token (`START`, `END`, `SUPPORT`, `RELEVANT`)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words: nn.Module = nn.Embedding(shape.vocabulary, shape.hidden)
        self.places = nn.Embedding(shape.positions, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, shape.epsilon)
        self.below = nn.ModuleList(Layer(shape) for _ in range(shape.frozen))
        self.above = nn.ModuleList(Layer(shape) for _ in range(shape.layers - shape.frozen))
        self.head = nn.Linear(shape.hidden, 4)
        for part in (self.words, self.places, self.norm, self.below):
            part.requires_grad_(False)

    def forward(self, tokens: Tensor, lengths: Tensor) -> Tensor:
        """Logits of shape (rows, tokens, 4), float32.

        `tokens`: (rows, tokens) numbers, each row filled up at its end; `lengths`: how many of each
        row's are its own.
        """
        mask = None
        if int(lengths.min()) < tokens.shape[1]:
            at = torch.arange(tokens.shape[1], device=tokens.device)
            mask = torch.zeros(len(tokens), 1, 1, tokens.shape[1], device=tokens.device)
            mask.masked_fill_((at >= lengths[:, None])[:, None, None], -1e4)
            mask = mask.to(self.head.weight.dtype)
        with torch.no_grad():
            x = self.norm(self.words(tokens) + self.places.weight[: tokens.shape[1]])
            for layer in self.below:
                x = layer(x, mask)
        for layer in self.above:
            x = layer(x, mask)
        # In float32: bfloat16 has steps of 0.06 where logits are compared.
        head = self.head
        return functional.linear(x.float(), head.weight.float(), head.bias.float())

    def trained(self) -> dict[str, nn.Parameter]:
        """The weights that are trained and shipped, by name."""
        return {name: p for name, p in self.named_parameters() if p.requires_grad}


def base_folder() -> Path:
    """Where the embedding model lies on which the reader stands.

    Raises:
        ModelError: it is not installed.
    """
    folder = config.models_dir() / BASE
    if not (folder / "model.safetensors").is_file():
        raise ModelError(f"the reader needs {BASE}; run: hoibao models pull {BASE}")
    return folder


def on_base(folder: Path) -> Network:
    """The network with the embedding model's weights in all layers and a head of small random numbers (of a
    fixed seed): what training starts from."""
    from safetensors.torch import load_file

    raw = json.loads((folder / "config.json").read_text("utf-8"))
    shape = Shape(
        raw["hidden_size"],
        raw["num_hidden_layers"],
        raw["num_attention_heads"],
        raw["intermediate_size"],
        raw["vocab_size"],
        raw["max_position_embeddings"],
        raw["layer_norm_eps"],
    )
    with torch.device("meta"):
        network = Network(shape)
    given = load_file(folder / "model.safetensors")
    kind = given.pop("embeddings.token_type_embeddings.weight")[0]
    weights = {
        "words.weight": given[WORDS],
        # Every token is of the first type, so its vector is part of the position's.
        "places.weight": given["embeddings.position_embeddings.weight"] + kind,
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }
    for number in range(shape.layers):
        below = number < shape.frozen
        name = f"below.{number}" if below else f"above.{number - shape.frozen}"
        weights |= _layer(given, f"encoder.layer.{number}", name)
    seeded = torch.Generator().manual_seed(1)
    weights["head.weight"] = torch.randn(4, shape.hidden, generator=seeded) * 0.02
    weights["head.bias"] = torch.zeros(4)
    network.load_state_dict(weights, assign=True)
    for part in (network.words, network.places, network.norm, network.below):
        part.requires_grad_(False)
    return network


def tokenizer(folder: Path, known: "Model | None" = None) -> "Tokenizer":
    """The embedding model's tokenizer, without special tokens, truncation or filling. `known`: what another
    one of that folder knows of the words, in the place of as much again."""
    from tokenizers import Tokenizer

    found = Tokenizer.from_file(str(folder / "tokenizer.json"))
    if known:
        found.model = known
    found.no_truncation()
    found.no_padding()
    return found


def _layer(given: dict[str, Tensor], old: str, new: str) -> dict[str, Tensor]:
    """One layer's weights under this module's names."""
    weights = {}
    for kind in ("weight", "bias"):
        attention = [f"{old}.attention.self.{part}.{kind}" for part in ("query", "key", "value")]
        weights[f"{new}.qkv.{kind}"] = torch.cat([given[name] for name in attention])
        weights[f"{new}.out.{kind}"] = given[f"{old}.attention.output.dense.{kind}"]
        weights[f"{new}.norm1.{kind}"] = given[f"{old}.attention.output.LayerNorm.{kind}"]
        weights[f"{new}.up.{kind}"] = given[f"{old}.intermediate.dense.{kind}"]
        weights[f"{new}.down.{kind}"] = given[f"{old}.output.dense.{kind}"]
        weights[f"{new}.norm2.{kind}"] = given[f"{old}.output.LayerNorm.{kind}"]
    return weights
