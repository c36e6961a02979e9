from index.chunk import chunks
from index.config import ChunkSettings
from index.language.sentences import sentences
from index.metadata import parse
from tests.conftest import SAMPLES


def test_every_sentence_of_the_samples_lies_in_exactly_one_chunk() -> None:
    for path in SAMPLES.glob("*.txt"):
        _, body = parse(path.read_text("utf-8"))
        spans = chunks(body, ChunkSettings(words=40))
        for start, end in sentences(body):
            assert sum(a <= start and end <= b for a, b in spans) == 1
        assert [*spans] == sorted(spans) and spans[0][0] == 0 and spans[-1][1] == len(body)


def test_nothing_gives_nothing() -> None:
    assert chunks("") == chunks("\n \n") == []
