from index.language.words import language


def test_languages() -> None:
    assert language("Cầu dài bao nhiêu mét?") == "vi"
    assert language("cau dai bao nhieu met") == "vi"
    assert language("How long is the bridge?") == "en"
    assert language("Was the An Hòa bridge opened in 2021?") == "en"
    assert language("Summarize the article about the An Hòa bridge") == "en"
    assert language("Number 1 Active đồng hành cùng giải nào?") == "vi"
    assert language("Facebook, Google nộp thuế bao nhiêu?") == "vi"
