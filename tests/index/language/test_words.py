from index.language.words import language


def test_languages() -> None:
    assert language("Cầu dài bao nhiêu mét?") == "vi"
    assert language("cau dai bao nhieu met") == "vi"
    assert language("How long is the bridge?") == "en"
