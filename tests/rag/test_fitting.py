"""Words that can be what a question's own words ask for."""

import pytest

from rag.fitting import fitting
from rag.question import parse

BODY = (
    "Sáng 13/11, đoàn xe rời Huế. Đến 6h45, một chiếc đâm vào cột mốc. Thượng tá Huỳnh Quốc kể lại. "
    "Ông Lê An trao bằng khen của Chủ tịch UBND tỉnh. Ông Lê An, Phó Chủ tịch UBND tỉnh, dự lễ. "
    "Bà Vũ Na, tỉnh ủy viên, bí thư huyện Ba Vì, vắng. Pho tượng cao 2 m. "
    "Người giữ đền, cụ Đỗ Tới (82 tuổi), đi vắng."
)


@pytest.mark.parametrize(
    ("question", "marked", "found"),
    [
        ("Xe đâm vào cột mốc hôm nào?", "6h45", "13/11"),  # of the day that was told last
        ("Xe đâm vào cột mốc lúc mấy giờ?", "6h45", "6h45"),
        ("Xe rời Huế lúc mấy giờ?", "Sáng 13/11", None),
        ("Huỳnh Quốc mang quân hàm gì?", "cột mốc", None),
        ("Huỳnh Quốc mang quân hàm gì?", "kể lại", "Thượng tá"),
        ("Lê An giữ chức vụ gì?", "Chủ tịch UBND tỉnh.", None),  # another's
        ("Lê An giữ chức vụ gì?", "Chủ tịch UBND tỉnh,", "Phó Chủ tịch UBND tỉnh,"),
        ("Vũ Na giữ chức vụ gì?", "ủy viên", "ủy viên, bí thư huyện Ba Vì"),
        ("Pho tượng bao nhiêu tuổi?", "2", None),
        ("Cụ Đỗ Tới bao nhiêu tuổi?", "82", "82"),
        ("Đoàn xe rời đâu?", "Huế", "Huế"),
    ],
)
def test_what_can_be_what_is_asked_for(question: str, marked: str, found: str | None) -> None:
    from index.language.sentences import sentences

    start = BODY.index(marked)
    sentence = next(one for one in sentences(BODY) if one[0] <= start < one[1])
    told = fitting(parse(question), BODY, sentence, (start, start + len(marked)))
    assert (told and BODY[slice(*told[1])]) == found
    assert not told or told[0][0] <= told[1][0] < told[1][1] <= told[0][1]
