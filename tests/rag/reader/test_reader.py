"""The reader, with a tiny network and tokenizer of its own: what is where, and that nothing is lost."""

import hashlib
import json
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from index.errors import ModelError
from rag.reader import END, RELEVANT, START, SUPPORT, data, measure, model, stream, train, weights
from rag.reader.card import card as read_card
from rag.reader.read import Reader
from rag.types import Excerpt
from tests.conftest import DATA, SAMPLES

READING = DATA / "reading"
SIZES = {"hidden_size": 16, "num_hidden_layers": 3, "num_attention_heads": 2}
SIZES |= {"intermediate_size": 32, "vocab_size": 400, "max_position_embeddings": 512}


def made_tokenizer() -> Tokenizer:
    made = Tokenizer(models.Unigram())
    made.normalizer = normalizers.Replace("\n", " ")
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.decoder = decoders.Metaspace()
    texts = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    made.train_from_iterator(
        texts,
        trainers.UnigramTrainer(
            vocab_size=400,
            initial_alphabet=["?"],
            special_tokens=special,
            unk_token="<unk>",
            show_progress=False,
        ),
    )
    return made


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedding model's folder as the catalogue's, of random numbers and tiny."""
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("models") / model.BASE
    torch.manual_seed(0)
    bert = BertModel(BertConfig(**SIZES, layer_norm_eps=1e-12))
    bert.save_pretrained(folder)
    made_tokenizer().save(str(folder / "tokenizer.json"))
    record = {"name": model.BASE, "revision": "tiny"}
    (folder / "hoibao.json").write_text(json.dumps(record))
    return folder


@pytest.fixture(autouse=True)
def installed(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOIBAO_MODELS", str(base.parent))


@pytest.fixture
def samples() -> list[data.Sample]:
    """Questions of a kind about the sample articles: the first words, asked for by the next ones."""
    made: list[data.Sample] = []
    for path in sorted(SAMPLES.glob("*.txt")):
        text = path.read_text("utf-8")
        for start, end in data.spans(text, "vi")[:8]:
            head = text[start:end].split(" ")
            if len(head) > 6:
                answer = " ".join(head[:2])
                asked = " ".join(head[2:6]) + "?"
                if asked.lower() in {sample.question.lower() for sample in made}:
                    continue
                made.append(
                    data.Sample(
                        asked, text, start, start + len(answer), "tin", path.stem, "vi", "made"
                    )
                )
    return made


def test_the_encoder_is_bert(base: Path) -> None:
    from transformers import BertModel

    bert = BertModel.from_pretrained(base).eval()
    network = model.on_base(base).eval()
    tokens = torch.randint(3, 400, (2, 11))
    tokens[1, 7:] = 1
    mask = torch.ones(2, 11)
    mask[1, 7:] = 0
    with torch.no_grad():
        expected = bert(tokens, mask).last_hidden_state
        network.head.weight.copy_(torch.eye(16)[:4])
        read = network(tokens, torch.tensor([11, 7]))
    learnt = network(tokens, torch.tensor([11, 7]))
    for found in (read, learnt):
        assert torch.allclose(found[0], expected[0, :, :4], atol=1e-5)
        assert torch.allclose(found[1, :7], expected[1, :7, :4], atol=1e-5)


class Pointing(torch.nn.Module):
    """A network that knows the answer: logits are high at certain tokens."""

    def __init__(self, first: int, last: int) -> None:
        super().__init__()
        self.head = torch.nn.Linear(1, 4)
        self.first, self.last = first, last

    def forward(self, tokens: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        logits = torch.zeros(*tokens.shape, 4)
        logits[..., START] = 9.0 * (tokens == self.first)
        logits[..., END] = 9.0 * (tokens == self.last)
        logits[..., SUPPORT] = 5.0 * (tokens == self.first)
        logits[..., 0, RELEVANT] = 2.0
        return logits


@pytest.mark.parametrize("before", [0, 30, 200], ids=["short", "middle", "in parts"])
@pytest.mark.parametrize("header", ["", "Cầu An Hòa · 2021-09-02 · Huế"])
def test_spans_are_exact_words_of_the_passage(before: int, header: str) -> None:
    words = made_tokenizer()
    filler = "Cả nước có thêm nhiều cây cầu. " * before
    text = f"{filler}Tổng vốn là 3.400 tỷ đồng,\n  khởi công ngày 14-1-2016 tại đây."
    start = text.index("3.400")
    encoding = words.encode(text, add_special_tokens=False)
    first, last = data.answer_tokens(encoding.offsets, start, start + len("3.400 tỷ đồng"))
    # Only tokens that stand nowhere else can be pointed at.
    numbers = encoding.ids
    while numbers.count(numbers[first]) > 1:
        first += 1
    assert first <= last
    while numbers.count(numbers[last]) > 1:
        last -= 1
    expected = text[encoding.offsets[first][0] : encoding.offsets[last][1]].strip()
    reader = Reader.of(Pointing(numbers[first], numbers[last]), words)  # type: ignore[arg-type]
    (reading,) = reader.read("Tổng vốn là bao nhiêu?", [Excerpt(text, header)])
    best = reading.spans[0]
    assert text[best.start : best.end] == expected and best.score == pytest.approx(18)
    where = data.spans(text, "vi")
    supported = where[int(np.argmax(reading.support))]
    assert len(reading.support) == len(where)
    assert supported[0] <= best.start < supported[1] and reading.relevance == 2.0


def test_spans_do_not_overlap_and_come_best_first(base: Path) -> None:
    reader = Reader.of(model.on_base(base), made_tokenizer())
    texts = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt"))[:3]]
    readings = reader.read("Ai là chủ tịch?", [Excerpt(t[:1500]) for t in texts], spans=4)
    assert len(readings) == 3
    for text, reading in zip(texts, readings):
        assert len(reading.spans) == 4
        scores = [span.score for span in reading.spans]
        assert scores == sorted(scores, reverse=True)
        taken = sorted((span.start, span.end) for span in reading.spans)
        assert all(a[1] <= b[0] for a, b in zip(taken, taken[1:]))
        assert all(text[a:b] and text[a:b] == text[a:b].strip() for a, b in taken)


def test_a_passage_reads_the_same_alone_and_among_others(base: Path) -> None:
    reader = Reader.of(model.on_base(base), made_tokenizer())
    texts = ["Cầu dài 486 m.", "Lễ khánh thành diễn ra sáng 2/9 tại xã Bình Điền, có 215 người."]
    together = reader.read("Cầu dài bao nhiêu?", [Excerpt(t) for t in texts])
    for text, reading in zip(texts, together):
        (alone,) = reader.read("Cầu dài bao nhiêu?", [Excerpt(text)])
        assert alone.spans[0].score == pytest.approx(reading.spans[0].score, abs=1e-4)
        assert alone.support == pytest.approx(reading.support, abs=1e-4)


def test_nothing_to_read() -> None:
    reader = Reader.of(Pointing(5, 6), made_tokenizer())  # type: ignore[arg-type]
    assert reader.read("Ai?", []) == []
    (reading,) = reader.read("Ai?", [Excerpt("  ")])
    assert reading.spans == () and reading.support == ()


def test_rows_hold_the_answer_or_are_not_here(samples: list[data.Sample]) -> None:
    words = made_tokenizer()
    corpus = data.encode(samples, words)
    assert len(corpus.questions) == len(samples)
    rows = [row for batch in stream.Stream(corpus, 1, 3).round(0) for row in batch]
    answers = {words.decode(corpus.text(row.question).tolist()) for row in rows}
    by_question = {
        words.decode(corpus.text(n).tolist()): s.answer
        for s, q in zip(samples, corpus.questions)
        for n in q
    }
    assert answers <= by_question.keys()
    missing = 0
    for row in rows:
        passage = corpus.text(row.context)[row.low : row.high].tolist()
        answer = by_question[words.decode(corpus.text(row.question).tolist())]
        if row.first < 0:
            missing += 1
            assert answer.lower() not in words.decode(passage).lower()
        else:
            said = words.decode(passage[row.first : row.last + 1]).strip()
            assert answer in said and row.begin <= row.first <= row.last
        assert row.length <= 320
    assert 0 < missing < len(rows) / 2


def test_a_question_as_long_as_a_row_leaves_room_for_its_passage(
    samples: list[data.Sample],
) -> None:
    asked = replace(samples[0], question="Trong bài báo này, ai là người " * 60 + "chủ trì?")
    corpus = data.encode([asked, *samples], made_tokenizer())
    made = stream.Stream(corpus, 1, 3)
    batches = list(islice(made.batches(0), len(made.round(0))))
    assert max(batch.tokens.shape[1] for batch in batches) > 320
    for batch in batches:
        assert (batch.passages[:, 1] >= batch.passages[:, 0]).all()


def test_questions_lose_their_marks_and_passages_do_not(samples: list[data.Sample]) -> None:
    words = made_tokenizer()
    corpus = data.encode(samples, words)
    asked, lower, bare = (corpus.questions[:, n] for n in range(3))
    assert words.decode(corpus.text(lower[0]).tolist()) == samples[0].question.lower()
    assert (asked != bare).all()
    assert set(corpus.contexts.tolist()).isdisjoint(bare.tolist())


def training(base: Path) -> tuple[model.Network, train.State]:
    network = model.on_base(base)
    return network, train.State(network)


def test_training_that_was_stopped_ends_as_if_it_had_not_been(
    base: Path, samples: list[data.Sample], tmp_path: Path
) -> None:
    corpus = data.encode(samples, made_tokenizer())
    steps, file = 6, tmp_path / "state.pt"
    begun = model.on_base(base).above[0].qkv.weight.clone()
    network, through = training(base)
    train.run(through, network, stream.Stream(corpus, 2, 1), 2, steps, tmp_path / "whole.pt")

    network, first = training(base)
    batches = stream.Stream(corpus, 2, 1).batches(0)
    for _ in range(3):
        train.loss(network, next(batches)).backward()  # type: ignore[no-untyped-call]
        first.update(train.rate(2, first.step, steps))
    first.save(file)
    network, second = training(base)
    second.load(file)
    train.run(second, network, stream.Stream(corpus, 2, 1), 2, steps, file)
    assert second.step == through.step == steps
    assert torch.equal(second.master, through.master)
    assert torch.equal(second.average, through.average)
    assert not torch.equal(network.above[0].qkv.weight, begun)


def test_only_what_is_trained_moves(base: Path, samples: list[data.Sample], tmp_path: Path) -> None:
    corpus = data.encode(samples, made_tokenizer())
    before = {n: p.detach().clone() for n, p in model.on_base(base).named_parameters()}
    network, state = training(base)
    train.run(state, network, stream.Stream(corpus, 1, 1), 1, 2, tmp_path / "state.pt")
    moved = {n for n, p in network.named_parameters() if not torch.equal(p, before[n])}
    assert moved == set(network.trained())
    assert not any(name.startswith(("words", "places", "norm", "below")) for name in moved)


def test_training_learns_to_point(base: Path, samples: list[data.Sample], tmp_path: Path) -> None:
    corpus = data.encode(samples[:4], made_tokenizer())
    network, state = training(base)
    batch = next(stream.Stream(corpus, 1, 1).batches(0))
    before = float(train.loss(network, batch))
    for _ in range(30):
        train.loss(network, batch).backward()  # type: ignore[no-untyped-call]
        state.update(5e-3)
    assert float(train.loss(network, batch)) < 0.8 * before


def test_eight_bits_keep_the_weights(base: Path, tmp_path: Path) -> None:
    network = model.on_base(base)
    weights.save(network, tmp_path, {"name": "tiny"})
    told = read_card(tmp_path)
    assert told["name"] == "tiny" and told["base"] == f"{model.BASE}@tiny"
    found = weights.load(tmp_path)
    for name, given in network.trained().items():
        off = (found.trained()[name] - given).abs()
        step = given.abs().max(-1, keepdim=True).values / 127 if given.ndim == 2 else 1e-3
        assert (off <= 0.51 * step + 1e-3 * given.abs()).all(), name


def test_damaged_weights_are_refused(base: Path, tmp_path: Path) -> None:
    weights.save(model.on_base(base), tmp_path, {})
    path = tmp_path / "reader.safetensors"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelError, match="damaged"):
        weights.load(tmp_path)


def test_weights_of_another_base_are_refused(base: Path, tmp_path: Path) -> None:
    weights.save(model.on_base(base), tmp_path, {"name": "trial"})
    told = read_card(tmp_path) | {"base": "another@1"}
    (tmp_path / "card.json").write_text(json.dumps(told))
    with pytest.raises(ModelError, match="another@1"):
        weights.load(tmp_path)


def test_f1_as_mlqa_counts_it() -> None:
    assert measure.f1("Những cây cầu.", "cây cầu", "vi") == 1.0
    assert measure.f1("486 m", "dài 486 m", "vi") == pytest.approx(0.8)
    assert measure.f1("", "486", "vi") == 0.0
    assert measure.auroc([2.0, 3.0], [1.0, 2.0]) == pytest.approx(0.875)


def digests(texts: set[str]) -> set[str]:
    return {hashlib.sha256(" ".join(t.lower().split()).encode()).hexdigest() for t in texts}


@pytest.mark.skipif(not READING.is_dir(), reason="the question sets are not here")
def test_training_choices_and_reports_share_no_paragraph_and_no_question() -> None:
    learnt, chosen = data.splits(READING)
    reported = [
        s for name in data.REPORT for s in data.read_set(READING / f"{name}.report.jsonl.gz", name)
    ]
    for one, other in ((learnt, chosen), (learnt, reported), (chosen, reported)):
        assert not digests({s.context for s in one}) & digests({s.context for s in other})
        assert not digests({s.question + s.answer for s in one}) & digests(
            {s.question + s.answer for s in other}
        )
