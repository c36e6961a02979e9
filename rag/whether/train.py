"""Trains the writer's adapter for yes/no questions: `python -m rag.whether.train WORK [--passes N]`.

The weights are those of the installed GGUF file and stay as they are (transformers reads them, `gguf_file=`);
beside the matrices of its last layers lie two small ones each (LoRA: Hu et al. 2021, arXiv:2106.09685), which
learn to tell yes, no and "the article does not say" on the lessons beside this file. What the layers before
make of a lesson is computed once. llama.cpp loads what comes out beside the GGUF (`rag/llm/runtime.py`).

Needs gguf and accelerate (pip install gguf accelerate) beside what the program needs.
"""

import argparse
import json
import math
import random
import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from index.language.words import Language
from index.models import registry
from index.models.registry import sha256
from index.models.tuning import Tuning
from rag import prompts
from rag.llm.local import LlamaModel
from rag.types import Shown

_RANK = 8
_SCALE = 2.0  # alpha / rank, as llama.cpp computes it
_LAYERS = 16  # the last ones
_RATE = 2e-4
_WARM_UP = 20
_BATCH = 8
_SEED = 1
#: Where a matrix is in transformers, and what the GGUF calls it.
_MATRICES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
_VERDICTS = ("yes", "no", "none")
# Two more kinds of lessons: is this the answer, is there one?
_IS_IT: dict[Language, str] = {
    "vi": "{question} Có phải “{answer}” không?",
    "en": "{question} Is it “{answer}”?",
}
_IS_TOLD: dict[Language, str] = {
    "vi": "{question} Trích đoạn có trả lời câu này không?",
    "en": "{question} Does the excerpt answer this?",
}


class Adapted(nn.Module):
    """A linear layer that stays, and the product of two small ones that is added."""

    def __init__(self, of: nn.Linear) -> None:
        super().__init__()
        self.of = of
        self.a = nn.Parameter(torch.randn(_RANK, of.in_features) / math.sqrt(of.in_features))
        self.b = nn.Parameter(torch.zeros(of.out_features, _RANK))

    def forward(self, x: Tensor) -> Tensor:
        """What both make of `x`."""
        added = (x @ self.a.to(x.dtype).T) @ self.b.to(x.dtype).T
        whole: Tensor = self.of(x) + _SCALE * added
        return whole


class Network:
    """The model in torch, cut where the adapted layers begin."""

    def __init__(self, file: Path) -> None:
        from transformers import AutoModelForCausalLM

        torch.manual_seed(_SEED)
        whole: Any = AutoModelForCausalLM.from_pretrained(
            str(file.parent), gguf_file=file.name, dtype=torch.bfloat16
        )
        whole.requires_grad_(False)
        self._model = whole.model
        self._head = whole.lm_head
        self.first = len(self._model.layers) - _LAYERS
        self.adapted: dict[str, Adapted] = {}
        for n, layer in enumerate(self._model.layers[self.first :], self.first):
            for name, called in _MATRICES.items():
                parent, _, last = name.rpartition(".")
                made = Adapted(layer.get_submodule(name))
                setattr(layer.get_submodule(parent), last, made)
                self.adapted[f"blk.{n}.{called}.weight"] = made

    def parameters(self) -> list[nn.Parameter]:
        """What is trained."""
        return [p for one in self.adapted.values() for p in (one.a, one.b)]

    def begun(self, tokens: list[int]) -> Tensor:
        """What the layers before the adapted ones make of a prompt: tokens × width."""
        with torch.no_grad():
            x = self._model.embed_tokens(torch.tensor([tokens]))
            return self._through(x, self._model.layers[: self.first])[0]

    def logits(self, begun: list[Tensor], among: Tensor) -> Tensor:
        """Of each prompt the logits of some tokens behind it: prompts × tokens."""
        x = nn.utils.rnn.pad_sequence(begun, batch_first=True)
        x = self._through(x, self._model.layers[self.first :])
        last = torch.stack([x[i, len(one) - 1] for i, one in enumerate(begun)])
        last = self._model.norm(last)
        scores: Tensor = last.float() @ self._head.weight[among].float().T
        return scores

    def _through(self, x: Tensor, layers: Any) -> Tensor:
        # Nothing is masked but what comes later: what pads a prompt stands behind it.
        at = torch.arange(x.shape[1])[None]
        turned = self._model.rotary_emb(x, at)
        for layer in layers:
            x = layer(x, attention_mask=None, position_ids=at, position_embeddings=turned)
        return x


def lessons() -> list[dict[str, str]]:
    """The rows of `lessons.jsonl`: "title" and "excerpt" of an article, "question", "verdict" ("yes", "no",
    "none")."""
    text = resources.files("rag.whether").joinpath("lessons.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def asked(lesson: dict[str, str]) -> str:
    """The yes/no question of a lesson: its own, whether its "answer" is right, or whether it is "told"."""
    language: Language = "en" if lesson["language"] == "en" else "vi"
    if "answer" in lesson:
        return _IS_IT[language].format(question=lesson["question"], answer=lesson["answer"])
    if lesson.get("form") == "told":
        return _IS_TOLD[language].format(question=lesson["question"])
    return lesson["question"]


def batches(count: int, lengths: list[int], seed: int) -> Iterator[list[int]]:
    """All of `count` lessons in random batches of about the same length."""
    draw = random.Random(seed)
    order = sorted(range(count), key=lambda i: lengths[i] + draw.random() * 30)
    cut = [order[i : i + _BATCH] for i in range(0, count, _BATCH)]
    draw.shuffle(cut)
    yield from cut


def write(network: Network, name: str, out: Path) -> None:
    """The adapter as llama.cpp reads it, in float16."""
    from gguf import GGUFWriter

    writer = GGUFWriter(out, "qwen2")
    writer.add_type("adapter")
    writer.add_name(f"yes or no, for {name}")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", _SCALE * _RANK)
    for tensor, one in network.adapted.items():
        writer.add_tensor(f"{tensor}.lora_a", one.a.detach().half().numpy())
        writer.add_tensor(f"{tensor}.lora_b", one.b.detach().half().numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def card(file: Path, base: str, count: int, passes: int) -> dict[str, object]:
    """What ships beside the adapter: what it is for, and what it was made from."""
    return {
        "name": "hoibao-whether",
        "licence": "the project's own, of its own text; used with the base model, under that one's licence",
        "base": base,
        "lessons": count,
        "passes": passes,
        "seed": _SEED,
        "rank": _RANK,
        "layers": _LAYERS,
        "bytes": file.stat().st_size,
        "sha256": sha256(file),
    }


def main() -> None:
    """Trains, and writes WORK/adapter.gguf and WORK/card.json after each pass."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--held", type=int, default=64, help="lessons that only tell how it goes")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    model = registry.active("language")
    reads = LlamaModel(model.path, model.identity, Tuning())
    rows = lessons()
    random.Random(_SEED).shuffle(rows)
    prompt = [
        reads.tokenized(prompts.verdict(asked(r), Shown(r["title"], r["excerpt"]))) for r in rows
    ]
    among = torch.tensor([reads.open().tokenized(word)[0] for word in prompts.VERDICTS])
    right = torch.tensor([_VERDICTS.index(r["verdict"]) for r in rows])
    network = Network(model.path)
    began = time.monotonic()
    begun = []
    for n, tokens in enumerate(prompt):
        begun.append(network.begun(tokens))
        if n % 50 == 0:
            print(f"begun {n} of {len(prompt)}, {time.monotonic() - began:.0f} s", flush=True)
    held = len(rows) - options.held
    adam = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=0.01)
    steps = options.passes * math.ceil(held / _BATCH)
    step = 0
    for turn in range(options.passes):
        total = 0.0
        for chosen in batches(held, [len(p) for p in prompt], turn):
            warm, left = min(1.0, (step + 1) / _WARM_UP), 1 - step / steps
            adam.param_groups[0]["lr"] = _RATE * warm * left
            scores = network.logits([begun[i] for i in chosen], among)
            loss = functional.cross_entropy(scores, right[chosen])
            adam.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            adam.step()
            step += 1
            total += float(loss.detach()) * len(chosen)
            if step % 10 == 0:
                left_s = (time.monotonic() - began) / step * (steps - step)
                print(
                    f"step {step} of {steps}, loss {float(loss.detach()):.3f}, {left_s:.0f} s left",
                    flush=True,
                )
        with torch.no_grad():
            last = range(held, len(rows))
            scores = torch.cat(
                [network.logits(begun[i : i + _BATCH], among) for i in last[::_BATCH]]
            )
        found = float((scores.argmax(1) == right[held:]).float().mean())
        loss = functional.cross_entropy(scores, right[held:])
        print(
            f"pass {turn + 1}: loss {total / held:.3f}; held back: {loss:.3f}, {found:.2f} right",
            flush=True,
        )
        file = options.work / "adapter.gguf"
        write(network, model.identity, file)
        told = card(file, model.identity, held, turn + 1)
        (options.work / "card.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
