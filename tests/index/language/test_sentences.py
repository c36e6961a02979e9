from index.language.sentences import clauses, sentences


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


def test_clauses_of_a_list_are_its_items() -> None:
    text = "Dự có các ông: " + "; ".join(f"Nguyễn Văn {x} - Phó Bí thư, Chủ tịch" for x in "ABCDE")
    cut = [text[start:end].strip() for start, end in clauses(text)]
    assert len(cut) == 5 and cut[1] == "Nguyễn Văn B - Phó Bí thư, Chủ tịch;"
    assert "".join(text[start:end] for start, end in clauses(text)) == text
