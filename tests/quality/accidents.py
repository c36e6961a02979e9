"""Native accidents, done for real, and what a user sees of each.

    python tests/quality/accidents.py [NUMBER...]

Each row damages a file or a setting that native code trusts (llama.cpp, Chroma, PyTorch, SQLite, tokenizers)
in a copy of the models and of a library of the samples, runs one command, and prints a row of a table: what was
done, the exit status, the last line on standard error (or the first on standard output), how many articles are
there afterwards. Exits with 1 where a signal ended a process, a traceback was seen or an article is gone.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index import config  # noqa: E402
from index.models import registry  # noqa: E402
from tests.index.models.test_proof import gguf  # noqa: E402
from tests.index.vectors.test_chroma import DAMAGES  # noqa: E402

ASK = ("ask", "Cầu An Hòa dài bao nhiêu mét?")
HALF, NOISE = DAMAGES["half"], DAMAGES["noise"]


@dataclass(frozen=True)
class Scene:
    """A copy of all that a command uses."""

    models: Path
    library: Path
    extra: Path  # a folder for files of the user's own

    @property
    def language(self) -> Path:
        """The GGUF file."""
        return next(self.models.glob("qwen*/*.gguf"))

    @property
    def embedding(self) -> Path:
        """The folder of the embedding model."""
        return self.models / "multilingual-e5-small"

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """The program itself, on the copies."""
        places = {"HOIBAO_MODELS": str(self.models), "HOIBAO_LIBRARY": str(self.library)}
        path = os.pathsep.join((str(self.extra), str(ROOT)))
        return subprocess.run(
            [sys.executable, "-m", "ui.cli", *command],
            env={**os.environ, **places, "PYTHONPATH": path},
            cwd=ROOT,
            capture_output=True,
            text=True,
        )


def change(path: Path, how: Callable[[bytes], bytes]) -> None:
    """Writes a file anew (the copies are links: the originals stay)."""
    data = how(path.read_bytes())
    path.unlink()
    path.write_bytes(data)


def head(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def own(make: Callable[[Scene], bytes]) -> Callable[[Scene], None]:
    """A model file of the user's own, at `extra/own.gguf`."""
    return lambda scene: (scene.extra / "own.gguf").write_bytes(make(scene)) and None


def epsilon(scene: Scene) -> bytes:
    """The whole model, with a number that llama.cpp refuses by ending the process."""
    data = scene.language.read_bytes()
    key = b"qwen2.attention.layer_norm_rms_epsilon"
    at = data.index(key) + len(key) + 4
    return data[:at] + b"\xff" * 4 + data[at + 4 :]


def fault(where: str, what: str) -> Callable[[Scene], None]:
    """A child that really does `what` where a trial has the setting `where`."""

    def arrange(scene: Scene) -> None:
        (scene.models / "tuning.json").unlink(missing_ok=True)
        (scene.extra / "sitecustomize.py").write_text(
            "import os, signal, sys, time\n"
            "if sys.argv[0] == '-c':\n"
            "    from dataclasses import replace\n"
            "    from index import embed\n"
            "    from rag.llm import local\n"
            "    from rag.llm import tune\n"
            "    def wrapped(module):\n"
            "        original = module.trial\n"
            "        def trial(path, name, setting):\n"
            f"            if {where}:\n"
            f"                {what}\n"
            "            return original(path, name, setting)\n"
            "        trial.__module__ = module.__name__\n"
            "        module.trial = trial\n"
            "    wrapped(embed), wrapped(local)\n",
            "utf-8",
        )

    return arrange


REPACKED = "getattr(setting, 'repack', False)"
OTHER = (
    "found = original(path, name, replace(setting, repack=False)); "
    "return replace(found, tokens=found.tokens[::-1])"
)


def state(how: Callable[[bytes], bytes]) -> Callable[[Scene], None]:
    def arrange(scene: Scene) -> None:
        scene.run(*ASK)  # writes it
        for path in (scene.models / "states").glob("*.kv"):
            change(path, how)

    return arrange


def chroma(name: str, how: Callable[[bytes], bytes]) -> Callable[[Scene], None]:
    def arrange(scene: Scene) -> None:
        for path in (scene.library / "chroma").rglob(name):
            change(path, how)

    return arrange


def elsewhere(scene: Scene) -> None:
    """What was measured, as from another processor."""
    file = scene.models / "tuning.json"
    change(file, lambda data: json.dumps({**json.loads(data), "machine": "another"}).encode())


def chroma_is_a_file(scene: Scene) -> None:
    shutil.rmtree(scene.library / "chroma")
    (scene.library / "chroma").write_text("x")


MEND = ("doctor", "--repair")
USE = ("models", "use", "{extra}/own.gguf")
PULL = ("models", "pull")
ACCIDENTS: list[tuple[str, Callable[[Scene], None], tuple[str, ...]]] = [
    ("GGUF: nothing behind its magic", own(lambda s: b"GGUF"), USE),
    ("GGUF: cut in its metadata", own(lambda s: head(s.language, 100_000)), USE),
    ("GGUF: cut in its weights", own(lambda s: head(s.language, 9_000_000)), USE),
    ("GGUF: an unknown architecture", own(lambda s: gguf(architecture="hoibao")), USE),
    ("GGUF: a newer format", own(lambda s: gguf(version=99)), USE),
    ("GGUF: 2^60 keys", own(lambda s: gguf(pairs=2**60)), USE),
    ("GGUF: a number that makes llama.cpp abort", own(epsilon), USE),
    ("GGUF in use: cut to half", lambda s: change(s.language, HALF), ASK),
    ("KV state: cut to half", state(HALF), ASK),
    ("KV state: noise", state(NOISE), ASK),
    ("Chroma: half a header (ends a process that opens it)", chroma("header.bin", HALF), MEND),
    ("Chroma: noise in its vectors (likewise)", chroma("data_level0.bin", NOISE), MEND),
    ("Chroma: noise in its database", chroma("chroma.sqlite3", NOISE), MEND),
    ("Chroma: a file in the place of its folder", chroma_is_a_file, MEND),
    ("trial of repacked weights: SIGSEGV", fault(REPACKED, "os.kill(os.getpid(), 11)"), PULL),
    ("trial of repacked weights: SIGILL", fault(REPACKED, "os.kill(os.getpid(), 4)"), PULL),
    ("trial of repacked weights: other tokens", fault(REPACKED, OTHER), PULL),
    ("trial of repacked weights: hangs", fault(REPACKED, "time.sleep(9999)"), PULL),
    ("trial of bfloat16: SIGILL", fault("setting == 'bfloat16'", "os.kill(os.getpid(), 4)"), PULL),
    ("every trial of llama.cpp: SIGILL", fault("hasattr(setting, 'repack')", "os.kill(os.getpid(), 4)"), PULL),
    ("tuning.json of another processor", elsewhere, ("doctor",)),
    ("tuning.json: noise", lambda s: change(s.models / "tuning.json", NOISE), ASK),
    ("embedding model: weights cut to half", lambda s: change(s.embedding / "model.safetensors", HALF), ASK),
    ("embedding model: noise in its tokenizer", lambda s: change(s.embedding / "tokenizer.json", NOISE), ASK),
    ("library.db: noise", lambda s: change(s.library / "library.db", NOISE), ("search", "cầu")),
]  # fmt: skip


def prepared(folder: Path) -> Scene:
    """Links to the models, and a library of the samples whose Chroma index is on disk."""
    scene = Scene(folder / "models", folder / "library", folder / "extra")
    scene.extra.mkdir()
    shutil.copytree(config.models_dir(), scene.models, copy_function=os.link)
    files = folder / "files"
    files.mkdir()
    for number in range(130):  # more than a thousand chunks: Chroma writes its graph out
        words = "\n\n".join(f"{number} {part} " + "cầu " * 150 for part in range(8))
        (files / f"{number}.txt").write_text(f"Bài {number}\n\n{words}", "utf-8")
    done = scene.run("add", str(ROOT / "index" / "samples"), str(files), "--json")
    assert done.returncode == 0, done.stderr
    return scene


def main(numbers: list[int]) -> int:
    """Prints the table; 1 where a row is not as it must be."""
    bad = 0
    assert all(registry.installed(known.name) for known in registry.catalogue() if known.default)
    with tempfile.TemporaryDirectory(dir=config.models_dir().parent) as temporary:
        whole = prepared(Path(temporary))
        count = len(json.loads(whole.run("list", "--json").stdout))
        print(
            "| | accident | command | exit | what is seen | articles |\n|---|---|---|---|---|---|"
        )
        for number, (name, arrange, command) in enumerate(ACCIDENTS, 1):
            if numbers and number not in numbers:
                continue
            folder = Path(temporary) / f"{number}"
            scene = Scene(folder / "models", folder / "library", folder / "extra")
            shutil.copytree(whole.models, scene.models, copy_function=os.link)
            shutil.copytree(whole.library, scene.library)
            scene.extra.mkdir()
            arrange(scene)
            filled = [part.format(extra=scene.extra) for part in command]
            done = scene.run(*filled)
            (scene.extra / "sitecustomize.py").unlink(missing_ok=True)
            listed = scene.run("list", "--json")
            there = len(json.loads(listed.stdout)) if listed.returncode == 0 else 0
            seen = [line for line in done.stderr.splitlines() if "not used" in line]
            seen = seen or done.stderr.strip().splitlines()[-1:] or done.stdout.splitlines()[:2]
            line = " / ".join(seen).replace(temporary, "…")
            print(
                f"| {number} | {name} | {command[0]} | {done.returncode} | {line} | {there} |",
                flush=True,
            )
            lost = there != count and "library.db" not in name
            if done.returncode not in (0, 1, 2) or "Traceback" in done.stderr or lost:
                bad += 1
                print(done.stderr[-1500:], file=sys.stderr)
            shutil.rmtree(folder)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main([int(argument) for argument in sys.argv[1:]]))
