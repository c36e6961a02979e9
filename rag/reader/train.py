"""Trains the reader: `python -m rag.reader.train --work DIR --stage 1|2 --steps N`.

Stage 1 goes on at one learning rate, from its checkpoint if there is one, until it has made `--steps`
steps or is stopped; stage 2 begins with stage 1's last checkpoint, wherever that stood, and lets the rate
fall to nothing (the "warm-up, stable, decay" schedule of Hu et al. 2024, MiniCPM, section 4). A kill costs
at most a few minutes.
"""

import argparse
import hashlib
import os
import sys
import time
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from index.config import corpus_dir
from index.errors import HoiBaoError
from index.models.tuning import kept
from rag.reader import END, RELEVANT, START, SUPPORT, card, weights
from rag.reader import data as data_module
from rag.reader.data import TRAIN, Corpus, encode, load_corpus, read_set, save_corpus, splits
from rag.reader.measure import alike, report
from rag.reader.model import Network, base_folder, on_base, tokenizer
from rag.reader.read import Reader
from rag.reader.stream import Batch, Stream

_RATE = 1.2e-4
_WARM_UP = 150
_BETAS = (0.9, 0.98)
_DECAY = 0.01
_CLIP = 1.0
#: Steps over which the averaged weights look back, about.
_AVERAGED = 400
_SAVE_EVERY = 150  # steps
_CODE = [Path(data_module.__file__)]  # what the cache depends on beside the sets


class State:
    """The trained weights behind each other in memory: float32 ones that are stepped, the network's own (of
    whatever numbers it computes with), their gradients, AdamW's two means, an average over the last steps."""

    def __init__(self, network: Network) -> None:
        parameters = list(network.trained().values())
        first = parameters[0]
        flat = torch.cat([p.detach().reshape(-1) for p in parameters])
        self.weights = flat.clone()
        self.gradients = torch.zeros_like(self.weights)
        at = 0
        for p in parameters:
            p.data = self.weights[at : at + p.numel()].view_as(p)
            p.grad = self.gradients[at : at + p.numel()].view_as(p)
            at += p.numel()
        self.master = torch.nn.Parameter(self.weights.float().clone(), requires_grad=True)
        self.average = self.master.detach().clone()
        self.step = 0
        fused = first.device.type in ("cpu", "cuda")
        self.adam = torch.optim.AdamW(
            [self.master], lr=_RATE, betas=_BETAS, weight_decay=_DECAY, fused=fused
        )

    def update(self, rate: float) -> None:
        """One step of AdamW with what the gradients hold; they are nothing afterwards."""
        norm = self.gradients.norm(dtype=torch.float32)
        self.master.grad = self.gradients.float() * (_CLIP / (norm + 1e-6)).clamp(max=1.0)
        self.adam.param_groups[0]["lr"] = rate
        self.adam.step()
        self.step += 1
        with torch.no_grad():
            self.average.lerp_(self.master, max(1 / _AVERAGED, 1 / (self.step + 1)))
            self.weights.copy_(self.master)
        self.gradients.zero_()

    def save(self, path: Path) -> None:
        """Writes all that training needs to go on, in one replacement of the file."""
        partial = path.with_suffix(".part")
        adam = self.adam.state_dict()["state"].get(0, {})
        kept = {
            "step": self.step,
            "master": self.master.detach(),
            "average": self.average,
            "adam": adam,
        }
        torch.save(kept, partial)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(path)

    def load(self, path: Path) -> None:
        """Takes up what `save` wrote."""
        kept = torch.load(path, map_location=self.master.device, weights_only=True)
        self.step = kept["step"]
        with torch.no_grad():
            self.master.copy_(kept["master"])
            self.average.copy_(kept["average"])
            self.weights.copy_(self.master)
        whole = self.adam.state_dict()
        whole["state"] = {0: kept["adam"]} if kept["adam"] else {}
        self.adam.load_state_dict(whole)

    def use_average(self) -> None:
        """Puts the averaged weights into the network."""
        with torch.no_grad():
            self.weights.copy_(self.average)


def loss(network: Network, batch: Batch) -> Tensor:
    """What is to become small: start and end of the answer or "not here" (cross-entropy), whether this
    passage holds the answer, and whether each token stands in the answer's sentence (binary)."""
    device = network.head.weight.device
    tokens = torch.from_numpy(batch.tokens).to(device)
    passages = torch.from_numpy(batch.passages).to(device)
    answers = torch.from_numpy(batch.answers).to(device)
    support = torch.from_numpy(batch.support).to(device)
    logits = network(tokens, torch.from_numpy(batch.lengths).to(device))
    at = torch.arange(tokens.shape[1], device=device)
    inside = (at >= passages[:, :1]) & (at <= passages[:, 1:])
    allowed = inside | (at == 0)
    chosen = logits[..., [START, END]].masked_fill(~allowed[..., None], -1e4)
    spans = functional.cross_entropy(chosen[..., 0], answers[:, 0])
    spans = spans + functional.cross_entropy(chosen[..., 1], answers[:, 1])
    here = (answers[:, 0] > 0).float()
    relevant = functional.binary_cross_entropy_with_logits(logits[:, 0, RELEVANT], here)
    supporting = (at >= support[:, :1]) & (at <= support[:, 1:])
    each = functional.binary_cross_entropy_with_logits(
        logits[..., SUPPORT], supporting.float(), reduction="none"
    )
    sentence = (each * inside).sum(1) / inside.sum(1)
    return spans / 2 + 0.5 * relevant + 0.5 * sentence.mean()


def rate(stage: int, step: int, steps: int) -> float:
    """The learning rate of a step, counted from 0."""
    if stage == 1:
        return _RATE * min(1.0, (step + 1) / _WARM_UP)
    return _RATE * (1 - step / steps)


def run(state: State, network: Network, stream: Stream, stage: int, steps: int, file: Path) -> None:
    """Steps until there are `steps`, saving on the way. Nothing depends on the clock."""
    begun, first, seen, running = time.monotonic(), state.step, 0, 0.0
    for batch in stream.batches(first):
        if state.step >= steps:
            break
        found = loss(network, batch)
        found.backward()  # type: ignore[no-untyped-call]
        state.update(rate(stage, state.step, steps))
        seen += int(batch.lengths.sum())
        running += (float(found.detach()) - running) / min(state.step - first, 50)
        if state.step % 25 == 0:
            seconds = time.monotonic() - begun
            left = seconds / (state.step - first) * (steps - state.step)
            print(
                f"stage {stage} step {state.step}/{steps} loss {running:.3f} "
                f"{seen / seconds:.0f} tokens/s, about {left / 60:.0f} min left",
                flush=True,
            )
        if state.step % _SAVE_EVERY == 0:
            state.save(file)
    state.save(file)


def corpus(data: Path, work: Path, made: Path | None) -> Corpus:
    """All training samples as numbers, kept in the work folder between runs."""
    files = [*sorted(data.glob("*.train.jsonl.gz")), *([made] if made else []), *_CODE]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]
    kept = work / f"corpus-{digest}.npz"
    if not kept.is_file():
        print("reading the question sets (once, about a minute) …", flush=True)
        samples, _ = splits(data)
        if made:
            samples += read_set(made, "made")
        save_corpus(encode(samples, tokenizer(base_folder())), kept)
    return load_corpus(kept)


def main(arguments: list[str] | None = None) -> int:
    """Trains, measures or writes the weights; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m rag.reader.train", description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("~/.cache/hoibao-reader").expanduser())
    parser.add_argument("--made", type=Path, help="further questions to train on (JSON Lines)")
    parser.add_argument("--stage", type=int, choices=(1, 2), help="train: 1, then 2")
    parser.add_argument("--steps", type=int, default=4000, help="of the stage, in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--numbers", choices=("float32", "bfloat16"), default=kept().embedding)
    parser.add_argument(
        "--eval", choices=("dev", "report"), help="print F1 on what choices are made on, or reports"
    )
    parser.add_argument("--raw", action="store_true", help="the last weights, not the average")
    parser.add_argument("--export", type=Path, help="write the weights that ship to this folder")
    chosen = parser.parse_args(arguments)
    try:
        _main(chosen)
    except HoiBaoError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    return 0


def _main(chosen: argparse.Namespace) -> None:
    chosen.work.mkdir(parents=True, exist_ok=True)
    sets = corpus_dir() / "reading"
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = on_base(base_folder()).to(device, getattr(torch, chosen.numbers))
    state = State(network)
    files = [chosen.work / f"stage{n}.pt" for n in (1, 2)]
    there = [file for file in files[: chosen.stage or 2] if file.is_file()]
    if there:
        state.load(there[-1])
        print(f"from {there[-1]}, step {state.step}", flush=True)
    if chosen.stage:
        if chosen.stage == 2 and there[-1:] != files[1:]:
            state.step = 0
        made = chosen.made if chosen.stage == 2 else None
        stream = Stream(corpus(sets, chosen.work, made), chosen.stage, chosen.seed)
        run(state, network, stream, chosen.stage, chosen.steps, files[chosen.stage - 1])
    if not chosen.raw:
        state.use_average()
    if chosen.eval:
        report(Reader.of(network, tokenizer(base_folder())), sets, chosen.eval)
    if chosen.export:
        told = {
            "name": "hoibao-reader",
            # The strictest of what it was trained on.
            "licence": "CC BY-SA 4.0",
            "data": TRAIN | ({"made": f"{chosen.made.name}, the project's"} if chosen.made else {}),
            "weights": sum(p.numel() for p in network.trained().values()),
            "seed": chosen.seed,
            "steps": {file.stem: _steps(file) for file in files if file.is_file()},
        }
        weights.save(network, chosen.export, told)
        # Of the weights as they ship: with 8 bits, read again.
        card.tell(chosen.export, alike=round(alike(Reader(chosen.export, "float32")), 3))


def _steps(file: Path) -> int:
    steps: int = torch.load(file, weights_only=True, mmap=True)["step"]
    return steps


if __name__ == "__main__":
    sys.exit(main())
