from index.language.names import mentions, names


def test_names() -> None:
    assert names("Ai là Bí thư tỉnh Lâm Đồng?") == ["Lâm Đồng"]
    assert names("the Party Committee of Lam Dong") == ["Lam Dong"]
    assert mentions("ở LÂM ĐỒNG.", "Lâm Đồng") and mentions("ở Lâm Đồng", "Lam Dong")
    assert not mentions("Phạm Thanh Quang", "Phạm Thanh Quan")
