"""`make bench`: what is slow and how much faster it is than a plain program of this kind, in one run.

    make bench                                   everything, in ~/.cache/hoibao-bench; an hour
    python tests/quality/bench.py DIR [PART...]  embedding, answers, decoding, start, page, growth; only these

Every figure stands beside a baseline that is measured in turn with it, in the same process where it can be: the
ratios count, the seconds are this machine's at this moment. The results are kept in DIR/bench.json and the next
run says what changed; `growth` also draws DIR/growth.png. The data are those of $HOIBAO_DATA."""

import json
import os
import random
import secrets
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from index.adding import document  # noqa: E402
from index.chunk import chunks  # noqa: E402
from index.embed import SentenceEmbedder  # noqa: E402
from index.library import Library  # noqa: E402
from index.models import registry, tuning  # noqa: E402
from index.types import Filter  # noqa: E402
from rag import prompts  # noqa: E402
from rag.assistant import Assistant  # noqa: E402
from rag.count import answer as counted  # noqa: E402
from rag.evaluation.questions import read  # noqa: E402
from rag.llm.copying import Copier  # noqa: E402
from rag.llm.local import LlamaModel  # noqa: E402
from rag.question import parse  # noqa: E402
from rag.reader.card import shipped  # noqa: E402
from rag.reader.read import Reader  # noqa: E402
from rag.retrieve import retrieve  # noqa: E402
from rag.types import Message  # noqa: E402
from tests.quality.corpus import DATA, news, vietnews, xquad  # noqa: E402
from tests.quality.large import CHROMA, made  # noqa: E402

Figures = dict[str, Any]
SIZES = (1_000, 10_000, 100_000)
REPEATS, TEXTS = 3, 120
XQUAD, NEWS = 50, 300
#: What articles are counted about: rare and frequent, names, many words, either of two.
COUNTED = (
    "cháy rừng", "cầu dân sinh", "giá vàng tăng", "tai nạn giao thông", "nhà ở xã hội", "bão hoặc lũ", "AI",
    "U23 Việt Nam", "người dân và chính quyền", "đầu tư xây dựng nhà máy xử lý rác thải", "Hà Nội", "Việt Nam",
)  # fmt: skip


def main(folder: Path, parts: Sequence[str]) -> None:
    """Runs the parts, prints what they measured beside what the last run did, and keeps it."""
    if not DATA.is_dir():
        sys.exit(f"{DATA} is not here; the benchmark needs its real text")
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "bench.json"
    before: Figures = json.loads(kept.read_text("utf-8")) if kept.is_file() else {}
    results = dict(before)
    for name in parts:
        print(f"\n{name} …", flush=True)
        results[name] = PARTS[name](folder)
        for key, value in results[name].items():
            old = before.get(name, {}).get(key)
            print(f"  {key}: {value}" + (f"   (last: {old})" if old not in (None, value) else ""))
        kept.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _models() -> tuple[SentenceEmbedder, LlamaModel]:
    embedding, language = registry.active("embedding"), registry.active("language")
    return (
        SentenceEmbedder(embedding.path, embedding.identity),
        LlamaModel(language.path, language.identity),
    )


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


# -- embedding ---------------------------------------------------------------------------------


def embedding(folder: Path) -> Figures:
    """Chunks a second, ours and the baseline's in turns; the recall of both; the roof."""
    from tests.quality.plain import PlainProgram

    plain = PlainProgram(registry.active("embedding").path, None)
    ours, _ = _models()
    texts = [
        document(item["title"], item["body"][a:b])
        for item in news(60)
        for a, b in chunks(item["body"])
    ][:TEXTS]
    ours.documents(texts[:8]), plain.embed(texts[:8])
    pairs = [
        (_seconds(lambda: ours.documents(texts)), _seconds(lambda: plain.embed(texts)))
        for _ in range(REPEATS)
    ]
    ratios = sorted(base / mine for mine, base in pairs)
    rates = [TEXTS / statistics.median(column) for column in zip(*pairs)]
    tokens = [len(ids) for ids in ours.load().tokenizer(texts)["input_ids"]]
    work = [_multiplications(count) for count in tokens]
    roof = {numbers: _peak(numbers) for numbers in ("float32", "bfloat16")}
    numbers = tuning.kept().embedding
    found = {
        "numbers": numbers,
        "chunks": len(texts),
        "tokens per chunk": round(statistics.mean(tokens)),
        "chunks a second": round(rates[0], 1),
        "baseline": round(rates[1], 1),
        "times the baseline": [
            round(ratio, 2) for ratio in (ratios[len(ratios) // 2], *ratios[::2])
        ],
        "multiply-adds per chunk, million": round(statistics.mean(work) / 1e6),
        "roof, billion multiply-adds a second": {k: round(v / 1e9) for k, v in roof.items()},
        "share of the roof": round(rates[0] * statistics.mean(work) / roof[numbers], 2),
    }
    return found | _recalls(folder, ours, plain)


def _recalls(folder: Path, ours: SentenceEmbedder, plain: Any) -> Figures:
    """recall@5 by vectors alone of 400 questions among their paragraphs and news, for both."""
    questions = random.Random(1).sample(xquad(folder / "files" / "xquad"), 400)
    files = sorted((folder / "files" / "xquad").glob("*.txt"))
    texts = [path.read_text("utf-8") for path in files] + [item["body"][:900] for item in news(200)]
    names = [path.name for path in files] + [""] * 200
    found = {}
    for name, vectors, query in (
        ("recall@5", ours.documents(texts), ours.query),
        ("recall@5, baseline", plain.embed(texts), plain.query),
    ):
        hits = 0
        for question in questions:
            best = np.argsort(-(vectors @ query(question.text)))[:5]
            hits += any(names[i] == question.file for i in best)
        found[name] = round(hits / len(questions), 4)
    return found


def _multiplications(tokens: int) -> int:
    """Multiply-adds of the default embedding model (12 layers of 384, inner 1,536) for a text."""
    layer = 4 * 384 * 384 + 2 * 384 * 1536
    return 12 * (tokens * layer + 2 * tokens * tokens * 384)


def _peak(numbers: str) -> float:
    """Multiply-adds a second that all cores reach in one large product of matrices."""
    import torch

    matrix = torch.ones(2048, 2048, dtype=getattr(torch, numbers))
    torch.mm(matrix, matrix)
    return float(2048**3 / min(_seconds(lambda: torch.mm(matrix, matrix)) for _ in range(3)))


# -- answers -----------------------------------------------------------------------------------


def answers(folder: Path) -> Figures:
    """Seconds to the first evidence, the first token and the end, and F1, on the development and XQuAD
    questions, beside the plain program's: each question is asked of both, one after the other."""
    from rag.evaluation.metrics import scores
    from tests.quality.plain import PlainProgram

    ours, model = _models()
    work = folder / "answers"
    questions = random.Random(1).sample(read(DATA / "xquad-vi.dev.json", work / "files"), XQUAD)
    development = read(DATA / "questions.dev.jsonl", work / "unused")
    vietnews(work / "files" / "news", NEWS)
    library = Library(work / "library", ours)
    library.add([work / "files", DATA.parent / "articles"])
    assistant = Assistant(library, ours, Reader(shipped()), model)
    plain = PlainProgram(registry.active("embedding").path, registry.active("language").path)
    plain.add([library.article(row.id).body for row in library.articles()])
    assistant.warm()
    *_, _ = assistant.ask("Ai là tác giả?")
    plain.ask("Ai là tác giả?")
    rows: list[dict[str, float]] = []
    for question in [*development, *questions]:
        *_, answer = assistant.ask(question.text, question.history)
        base = plain.ask(question.text)
        seconds = answer.seconds
        total = seconds.total or 0.0
        row = {
            "evidence": seconds.first_evidence or 0.0,
            "first": seconds.first_token or total,
            "total": total,
            "evidence base": base.evidence,
            "first base": base.first_token,
            "total base": base.total,
        }
        if question.answers:
            said = " ".join(statement.text for statement in answer.statements)
            row |= {"f1": scores(question, said)[1], "f1 base": scores(question, base.text)[1]}
        rows.append(row)
    library.close()
    found: Figures = {"questions": len(rows)}
    for name, label in (("evidence", "first evidence"), ("first", "first token"), ("total", "end")):
        mine = [row[name] for row in rows]
        base_ = [row[f"{name} base"] for row in rows]
        ratios = sorted(b / m for m, b in zip(mine, base_))
        found |= {
            f"{label}, median seconds": round(statistics.median(mine), 2),
            f"{label}, baseline": round(statistics.median(base_), 2),
            f"{label}, times sooner (median, quartiles)": [
                round(statistics.median(ratios), 1),
                round(ratios[len(ratios) // 4], 1),
                round(ratios[3 * len(ratios) // 4], 1),
            ],
        }
    scored = [row for row in rows if "f1" in row]
    found["F1"] = round(statistics.mean(row["f1"] for row in scored), 3)
    found["F1, baseline"] = round(statistics.mean(row["f1 base"] for row in scored), 3)
    return found


# -- decoding ----------------------------------------------------------------------------------


def decoding(folder: Path) -> Figures:
    """Tokens a second of a copied answer, beside the bare loop that llama.cpp's own benchmark times
    (`llama-bench -n`: decode one token after another, no sampling), and the roof of the memory."""
    import llama_cpp

    _, model = _models()
    runtime = model.open()
    slot = runtime.slots[0]
    sentence = " ".join(news(1)[0]["body"].split()[:60])
    copier = Copier([sentence], runtime.vocabulary)
    pairs = []
    for _ in range(REPEATS):
        count = 48
        slot.forget(0)
        llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(runtime.context), True)
        tokens = runtime.tokenized(sentence)[:count]
        batch = [(llama_cpp.llama_token * 1)(token) for token in tokens]

        def bare(batch: list[Any] = batch) -> None:
            for one in batch:
                llama_cpp.llama_decode(runtime.context, llama_cpp.llama_batch_get_one(one, 1))

        seconds = _seconds(bare)
        llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(runtime.context), True)
        pairs.append((count / seconds, _copying(model, slot, copier, count)))
    bare_rate = statistics.median(one for one, _ in pairs)
    ours = statistics.median(one for _, one in pairs)
    size = registry.active("language").path.stat().st_size
    block = np.ones(64 * 1024 * 1024, np.float32)
    out = np.empty_like(block)
    copied = min(_seconds(lambda: np.copyto(out, block)) for _ in range(3))
    bandwidth = 2 * block.nbytes / copied
    return {
        "tokens a second, copying": round(ours, 1),
        "llama.cpp alone": round(bare_rate, 1),
        "share": round(ours / bare_rate, 2),
        "memory, GB a second": round(bandwidth / 1e9, 1),
        "bytes per token, GB": round(size / 1e9, 2),
        "roof, tokens a second": round(bandwidth / size, 1),
    }


def _copying(model: LlamaModel, slot: Any, copier: Copier, count: int) -> float:
    """Tokens a second of copies of a sentence, behind the prompt that every answer has; a copy that the model
    ends is begun again at a later word."""
    asked = [*prompts.constant("vi"), Message("user", "Câu hỏi: Bài báo viết gì?")]
    slot.read(model.tokenized(asked))
    steps = copier.beginnings()
    written, passed, length = 0, 0.0, len(slot.tokens)
    for token in sorted(steps, key=lambda one: min(steps[one])):
        slot.forget(length)
        began = time.perf_counter()
        for _ in model.continued(slot, copier, token, 0.0, steps[token]):
            written += 1
            if written == count:
                return count / (passed + time.perf_counter() - began)
        passed += time.perf_counter() - began
    return written / passed


# -- start and memory --------------------------------------------------------------------------


def start(folder: Path) -> Figures:
    """Seconds from `hoibao serve` to the page and to the first answer, with 100,000 chunks, and the memory
    then; from a warm disk cache."""
    library = folder / "large" / "100000"
    made(library, 100_000)
    environment = {**os.environ, "HOIBAO_LIBRARY": str(library), "PYTHONPATH": str(ROOT)}
    environment["HOIBAO_TOKEN"] = token = secrets.token_urlsafe()
    allowed = {"Authorization": f"Bearer {token}"}
    asked = urllib.request.Request("http://127.0.0.1:7894/", headers=allowed)
    command = [sys.executable, "-m", "ui.cli", "serve", "--no-browser", "--port", "7894"]
    from gradio_client import Client

    page, answered, memory = [], [], []
    for _ in range(REPEATS):
        began = time.perf_counter()
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
        while True:
            try:
                urllib.request.urlopen(asked, timeout=5).read()
                break
            except OSError:
                time.sleep(0.02)
        page.append(time.perf_counter() - began)
        client = Client("http://127.0.0.1:7894", headers=allowed, verbose=False)
        client.predict("Tổng thống Mỹ phát biểu khi nào?", api_name="/ask")
        answered.append(time.perf_counter() - began)
        lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
        memory.append(next(int(one.split()[1]) for one in lines if one.startswith("VmHWM")) / 1e6)
        process.terminate()
        process.wait()
    return {
        "page, seconds": round(statistics.median(page), 1),
        "first answer, seconds": round(statistics.median(answered), 1),
        "peak memory, GB": round(max(memory), 2),
    }


# -- the page -----------------------------------------------------------------------------------


def page(folder: Path) -> Figures:
    """The first page with 20,000 articles beside a plain Gradio chat, and each of its functions."""
    from tests.quality.page import measured

    return measured(folder / "page")


# -- growth ------------------------------------------------------------------------------------


def growth(folder: Path) -> Figures:
    """Time to evidence (all, and a tenth by date), `add` of one more article, start, memory, by size."""
    found: Figures = {}
    for size in SIZES + ((450_000,) if (folder / "large" / "450000").is_dir() else ()):
        library = folder / "large" / str(size)
        made(library, size)
        command = [sys.executable, __file__, str(library), "--one"]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
        found[f"{size} chunks"] = json.loads(done.stdout.splitlines()[-1])
        print(f"  {size} chunks: {found[f'{size} chunks']}", flush=True)
    _plot(found, folder / "growth.png")
    return found


def one(folder: Path) -> None:
    """The figures of one library, as JSON, from a process of its own."""
    ours, _ = _models()
    ours.query("khởi động")
    began = time.perf_counter()
    library = Library(folder, ours)
    small = library.counts()[1] <= CHROMA
    if small:
        library.warm()
    library.search_vectors(ours.query("khởi động"), 1)
    opened = time.perf_counter() - began
    asked = [question.text for question in xquad(folder.parent / "xquad")]
    asked = random.Random(2).sample(asked, 60)
    for question in asked[:5]:
        retrieve(library, ours, question, 8, Filter())
    tenth = Filter(since=date(2012, 1, 1), until=date(2013, 9, 12))
    seconds = {
        "evidence": [_seconds(lambda q=q: retrieve(library, ours, q, 8, Filter())) for q in asked],
        "count": [_seconds(lambda t=t: _count(library, t)) for t in COUNTED],
        "of a tenth": [_seconds(lambda q=q: retrieve(library, ours, q, 8, tenth)) for q in asked],
    }
    new = folder.parent / "new"
    new.mkdir(exist_ok=True)
    added = []
    for number, item in enumerate(news(7 if small else 0)):
        path = new / f"{time.time_ns()}.txt"
        path.write_text(f"Bài mới số {time.time_ns()}\n\n{item['body'][::-1]}", "utf-8")
        began = time.perf_counter()
        report = library.add([path])
        if number > 1:  # the first ones open what is opened once
            added.append(time.perf_counter() - began)
        library.remove([article.id for article in report.articles])
        path.unlink()
    lines = Path("/proc/self/status").read_text().splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1e6
    result: Figures = {
        "open": round(opened, 2),
    }
    if added:
        result["add one"] = round(statistics.median(added), 2)
    for name, values in seconds.items():
        values.sort()
        result[f"{name} p50"] = round(statistics.median(values), 3)
        result[f"{name} p95"] = round(values[int(0.95 * len(values))], 3)
    library.close()
    print(json.dumps(result | {"memory GB": round(peak, 2)}))


def _count(library: Library, about: str) -> None:
    question = parse(f"Có bao nhiêu bài nói về {about}?")
    counted(question, library, Filter(), threading.Event())


def _plot(found: Figures, file: Path) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    sizes = [int(name.split()[0]) for name in found]
    figure, axes = pyplot.subplots(figsize=(7, 4))
    for key in next(iter(found.values())):
        axes.plot(sizes, [row.get(key, np.nan) for row in found.values()], marker="o", label=key)
    axes.set(xscale="log", yscale="log", xlabel="chunks", ylabel="seconds (memory: GB)")
    axes.legend(fontsize=8)
    axes.grid(visible=True, alpha=0.3)
    figure.tight_layout()
    figure.savefig(file, dpi=120)


PARTS: dict[str, Callable[[Path], Figures]] = {
    "embedding": embedding,
    "answers": answers,
    "decoding": decoding,
    "start": start,
    "page": page,
    "growth": growth,
}

if __name__ == "__main__":
    if sys.argv[-1] == "--one":
        one(Path(sys.argv[1]))
    else:
        where = Path(sys.argv[1]) if len(sys.argv) > 1 else Path.home() / ".cache" / "hoibao-bench"
        main(where, sys.argv[2:] or list(PARTS))
