from index.chunk import chunks
from index.config import ChunkSettings
from index.language.sentences import clauses, sentences
from index.metadata import parse
from tests.conftest import SAMPLES


def texts(body: str) -> list[str]:
    return [body[start:end] for start, end in sentences(body)]


def test_sentences_end_where_vietnamese_ones_do() -> None:
    body = (
        "TP. Đông Xuân có ThS. Lê Na. Đồng chí nói: “Tốt.” Năm 2020. Tỷ lệ 98.4%... Ông N.D. vắng."
    )
    assert texts(body) == [
        "TP. Đông Xuân có ThS. Lê Na.",
        "Đồng chí nói: “Tốt.”",
        "Năm 2020.",
        "Tỷ lệ 98.4%...",
        "Ông N.D. vắng.",
    ]


def test_a_line_ends_a_sentence() -> None:
    assert texts("Quang cảnh hội nghị\nĐảng bộ khóa XII. Đại hội bế mạc./.") == [
        "Quang cảnh hội nghị",
        "Đảng bộ khóa XII.",
        "Đại hội bế mạc./.",
    ]


def test_every_sentence_of_the_samples_lies_in_exactly_one_chunk() -> None:
    for path in SAMPLES.glob("*.txt"):
        _, body = parse(path.read_text("utf-8"))
        spans = chunks(body, ChunkSettings(words=40))
        for start, end in sentences(body):
            assert sum(a <= start and end <= b for a, b in spans) == 1
        assert [*spans] == sorted(spans) and spans[0][0] == 0 and spans[-1][1] == len(body)


def test_clauses_of_a_list_are_its_items() -> None:
    text = "Dự có các ông: " + "; ".join(f"Nguyễn Văn {x} - Phó Bí thư, Chủ tịch" for x in "ABCDE")
    cut = [text[start:end].strip() for start, end in clauses(text)]
    assert len(cut) == 5 and cut[1] == "Nguyễn Văn B - Phó Bí thư, Chủ tịch;"
    assert "".join(text[start:end] for start, end in clauses(text)) == text


def test_nothing_gives_nothing() -> None:
    assert sentences("") == chunks("") == [] and sentences("\n \n") == []
