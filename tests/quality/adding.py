"""Measures adding on real text: `python tests/quality/adding.py DIR [encodings|many|copies|kills]...`
(the real text must be there; DIR is made; all four without a name, a quarter of an hour).

encodings: 50 paragraphs in four legacy encodings through `add`. many: 2,000 articles, then again.
copies: 200 of these with 4 edited reprints each (in the library of `many`). kills: 20 times kill -9 at random
points of a run of 500 articles."""

import itertools
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.embed import SentenceEmbedder  # noqa: E402
from index.language.sentences import sentences  # noqa: E402
from index.language.text import nfc  # noqa: E402
from index.library import Library  # noqa: E402
from index.models import registry  # noqa: E402
from index.types import Filter  # noqa: E402
from rag.retrieve import retrieve  # noqa: E402
from tests.conftest import FakeEmbedder  # noqa: E402
from tests.e2e.test_kill_and_offline import contents  # noqa: E402
from tests.index.stories import ENCODINGS  # noqa: E402
from tests.quality.corpus import news, vietnews  # noqa: E402

MANY, RUN, KILLS = 2000, 500, 20
REPRINTED, REPRINTS, ASKED = 200, 4, 500


def embedder() -> SentenceEmbedder:
    model = registry.active("embedding")
    return SentenceEmbedder(model.path, model.identity)


def hoibao(library: Path, *arguments: str) -> Any:
    """What a verb says with --json, run in a process of its own."""
    environment = {**os.environ, "HOIBAO_LIBRARY": str(library), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "ui.cli", *arguments, "--json"]
    done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=False)
    return json.loads(done.stdout)


def legacy_encodings(folder: Path) -> None:
    """The words of the fonts' encodings only: other letters (ü, €) none of them can say."""
    paragraphs = []
    for item in news(3000):
        text = nfc(max(item["body"].split("\n"), key=len)).strip()
        text = text.replace("“", '"').replace("”", '"').replace("–", "-").replace("…", "...")
        if len(text.split()) >= 40 and not any(c in text for c in "\u00ad\u200b"):
            paragraphs.append(" ".join(text.split()))
    paragraphs = random.Random(4).sample(paragraphs, 50)
    for name in ("tcvn3", "vni", "cp1258", "utf16"):
        files = folder / name
        files.mkdir(parents=True)
        expected = {}
        for number, text in enumerate(paragraphs):
            path = files / f"{number:02}.txt"
            path.write_bytes(ENCODINGS[name](text))
            expected[str(path)] = text
        library = Library(folder / f"library-{name}", FakeEmbedder())
        library.add([files])
        same = sum(
            library.article(row.id).body == expected[row.source] for row in library.articles()
        )
        library.close()
        print(f"encodings: {name}: {same} of {len(paragraphs)} paragraphs the same")


def many(folder: Path) -> None:
    vietnews(folder / "many", MANY)
    added = hoibao(folder / "library", "add", str(folder / "many"))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"many: {added['added']} added, {len(added['failed'])} failed, {added['embedded_chunks']} chunks in "
        f"{added['seconds']:.0f} s; peak memory {peak:.0f} MB"
    )
    listed = hoibao(folder / "library", "list")
    print(f"many: {len(listed)} listed, {sum(row['chunks'] for row in listed)} chunks")
    print(f"many: doctor: {hoibao(folder / 'library', 'doctor')}")
    again = hoibao(folder / "library", "add", str(folder / "many"))
    rate = again["unchanged"] / again["seconds"]
    print(
        f"many: again: {again['unchanged']} unchanged, {again['embedded_chunks']} embedded, "
        f"{rate:.0f} articles a second"
    )


def reprint(
    chance: random.Random, item: dict[str, str], way: int, others: list[dict[str, str]]
) -> str:
    """An article as another paper prints it: cut by a quarter here and there; its first half; one word in
    ten another; its sentences in another order under a new lead."""
    body = item["body"]
    parts = [body[start:end] for start, end in sentences(body)]
    title = item["title"].split(":")[-1].strip() + " - tin tổng hợp"
    if way == 0:
        text = " ".join(part for part in parts if chance.random() > 0.25)
    elif way == 1:
        text = " ".join(parts[: max(3, len(parts) // 2)])
    elif way == 2:
        said = body.split()
        text = " ".join(chance.choice(said) if chance.random() < 0.1 else word for word in said)
    else:
        rest = parts[1:]
        chance.shuffle(rest)
        text = " ".join([chance.choice(others)["summary"], *rest])
    return f"{title}\n\n{text}\n\nNguồn: Báo số {way}"


def copies(folder: Path) -> None:
    items = news(MANY)
    chance = random.Random(6)
    chosen = chance.sample(items, REPRINTED)
    apart = {item["id"] for item in chosen}
    asked = chance.sample([item for item in items if item["id"] not in apart], ASKED)
    model = embedder()
    library = Library(folder / "library", model)

    def recall() -> float:
        ids = {Path(row.source).stem: row.id for row in library.articles()}
        hits = 0
        for item in asked:
            found = retrieve(library, model, item["summary"], 5, Filter())
            hits += ids[item["id"]] in {passage.article.id for passage in found}
        return hits / len(asked)

    before = recall()
    stories = {row.id: row.story for row in library.articles()}
    print(f"copies: {len(stories) - len(set(stories.values()))} of {MANY} articles alike before")
    files = folder / "reprints"
    files.mkdir(exist_ok=True)
    for item in chosen:
        for way in range(REPRINTS):
            path = files / f"{item['id']}-{way}.txt"
            path.write_text(reprint(chance, item, way, items), "utf-8")
    report = library.add([files])
    rows = library.articles()
    of = {row.id: Path(row.source).stem.split("-")[0] for row in rows}
    groups: dict[str, list[str]] = {}
    for row in rows:
        groups.setdefault(row.story, []).append(of[row.id])
    pairs = right = 0
    for members in groups.values():
        for one, other in itertools.combinations(members, 2):
            pairs += 1
            right += one == other
    wanted = REPRINTED * (REPRINTS + 1) * REPRINTS // 2
    print(
        f"copies: {report.added} reprints added; pairs: precision {right / pairs:.3f}, recall "
        f"{right / wanted:.3f}; recall@5 of {len(asked)} others: {recall():.3f} with, {before:.3f} without"
    )
    library.close()


def kills(folder: Path) -> None:
    """Each time a library of its own, killed once, then run again. Real SQLite and Chroma; vectors
    are made up, so that the run is short and most of it writing (the real model is killed in
    tests/e2e)."""
    vietnews(folder / "run", RUN)

    def run(library: Path) -> "subprocess.Popen[bytes]":
        code = (
            "import sys; from pathlib import Path; from index.library import Library\n"
            "from tests.conftest import FakeEmbedder\n"
            "library = Library(Path(sys.argv[1]), FakeEmbedder())\n"
            "library.add([Path(sys.argv[2])]); print(library.check()); library.close()"
        )
        command = [sys.executable, "-c", code, str(library), str(folder / "run")]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)

    began = time.monotonic()
    run(folder / "straight").communicate()
    seconds = time.monotonic() - began
    expected = contents(folder / "straight")
    chance = random.Random(8)
    killed = equal = ok = 0
    for number in range(KILLS):
        process = run(folder / f"killed-{number}")
        try:
            process.communicate(timeout=chance.uniform(0.1, 0.95) * seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            killed += 1
        said, _ = run(folder / f"killed-{number}").communicate()
        ok += b"problems=()" in said
        equal += contents(folder / f"killed-{number}") == expected
    print(
        f"kills: {killed} of {KILLS} killed in the middle; run again, {equal} equal to an undisturbed run, "
        f"{ok} without a problem"
    )


def main(folder: Path, wanted: Sequence[str]) -> None:
    """Runs the measurements that are wanted, all by default."""
    parts: dict[str, Callable[[Path], None]] = {
        "encodings": legacy_encodings, "many": many, "copies": copies, "kills": kills,
    }  # fmt: skip
    for name in wanted or parts:
        began = time.monotonic()
        parts[name](folder)
        print(f"{name}: {time.monotonic() - began:.0f} s in all", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
