"""Chunks of a body: runs of whole sentences, as offsets into it."""

from index.config import CHUNKS, ChunkSettings
from index.language.sentences import Span, sentences


def chunks(body: str, settings: ChunkSettings = CHUNKS) -> list[Span]:
    """Spans of runs of whole sentences, at least `settings.words` words each where the body goes
    on that long; the last one may be shorter. A rest of less than a third is joined to the chunk
    before it. Every sentence lies in exactly one chunk."""
    result: list[Span] = []
    begin, count = -1, 0
    for start, end in sentences(body):
        if begin < 0:
            begin = start
        count += len(body[start:end].split())
        if count >= settings.words:
            result.append((begin, end))
            begin, count = -1, 0
    if begin >= 0:
        last = sentences(body)[-1][1]
        if result and count < settings.words // 3:
            result[-1] = (result[-1][0], last)
        else:
            result.append((begin, last))
    return result
