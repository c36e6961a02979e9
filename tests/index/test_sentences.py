"""Sentences: where Vietnamese ones end, what stays in one, and what holds for any text."""

from random import Random

import pytest

from index.language.sentences import clauses, sentences


def texts(body: str) -> list[str]:
    return [body[start:end] for start, end in sentences(body)]


# Each text with ¦ where a sentence ends; " ¦ " stands for a space, "¦" for nothing.
ENDS = """
TP. Vạn Ninh có 3 cầu. ¦ Tp. Hà Lam có một.
Đoàn về TP.Huế lúc tối. ¦ Hôm sau về TP.HCM.
Dân số TP. HCM và T.p. Hà Lam tăng. ¦ TX. Gò Vân giảm.
Ông trình bày với lãnh đạo TP. ¦ Theo ông, đường hẹp quá.
Xe cấm vào trung tâm TP. ¦ Từ 5/6, xe buýt cũng cấm.
PGS.TS. Hoàng Dự và ThS. Lê Na dự. ¦ GS. TSKH. Vũ Ân vắng.
PGS.TS.Trần Văn Gấm chủ trì.¦Ông khen nhóm làm.
BS.CKII. Võ Lan mổ chính. ¦ BS.CK1 Đỗ Tú phụ.
Th.S. Mai Chi nói. ¦ KTS. Đinh Vũ vẽ.
Nhà ở Q.1, P.5 và Q. 7. ¦ Chủ đi vắng.
Nhà ở P. Bến Nghé, Q. 1, TP. Sa Huỳnh. ¦ Giá cao.
Xe dừng ở Q. 1. ¦ Qua kiểm tra, xe chở 3 tấn hàng.
Học ở St.Paul rồi St. Mary. ¦ Sau đó đi làm.
Xem No. 5 và tr. 17. ¦ Tel. 0283 là số cũ.
Chợ có cam, quýt, v.v. và xoài. ¦ Giá rẻ.
Chợ có cam, quýt, v.v. ¦ Chiều muộn chợ tan.
Sách của Nxb. Trẻ, 200 trang. ¦ Đ/c. Tâm tặng.
Số nhà 15, đường Lê Lợi bị sập. ¦ Không ai chết.
Bị cáo là N.T. Hòa. ¦ Nạn nhân L.V.K. vắng mặt.
Công an bắt Lê Văn T. ¦ Theo điều tra, T. nợ tiền.
Chị H. Nga ở ấp 3. ¦ Con chị là Nguyễn Thị Ng. (SN 1990).
Nhà thơ Dwight D. Moss đọc thơ. ¦ Khách vỗ tay.
Sở GD-ĐT. ¦ Hôm qua họp.
Lô B. ¦ Sau đó đến lô C.
Đại hội khóa XII. ¦ Đại hội bầu 15 người.
Vua Henry V. ¦ Sau khi lên ngôi, ông đánh trận.
Cắm biển số P. 117 ở hầm. ¦ Xe dừng.
Vào nhóm A. ¦ Đội gặp khó ở bảng B. ¦ Hết.
Lễ ngày 7. 5 tại Huế đông. ¦ Có 20 xe.
Họp ngày 14. 1. 2016. ¦ Bàn về lũ.
Xã có 3. 400 hộ nghèo. ¦ Tỷ lệ là 98. 4% dân số.
Đội xếp thứ 3. ¦ 400 người đến xem.
Thu năm 2020. ¦ 12 huyện đều đạt.
Lãi 7. 5 tỷ đồng. ¦ Lỗ 0.
Tăng 3.400 ha, tức 98.4%... ¦ Ông vui.
Dài 12 500 m. ¦ Rộng 7 , 4 m.
Lễ lúc 7h30. ¦ Dân đến đông.
Đi từ 7h. 30 phút đến trưa. ¦ Về lúc 9 h. ¦ Mệt.
Vào www.bao.vn hoặc http://a.vn/Tin.Html để xem. ¦ Miễn phí.
Gửi thư cho le.na@hop.vn. ¦ Thư sẽ được đọc.
Vào http://a.vn/?Trang=2 để xem.¦Xong.
Báo VietNam.Net đưa tin. ¦ Báo khác không.
Anh bảo... thôi. ¦ Rồi… đi.
Trồng ngô, khoai… ¦ Ngoài ra còn lúa.
[...] Năm đó mất mùa. ¦ Dân đói.
Mưa ngập nhà dân ở tỉnh.¦Ngày 5/3, nước rút.
Lễ đã kết thúc.¦Theo ban tổ chức, có 90 khách.
Trồng 40 ha.¦Năng suất cao.¦Giá ở xã Phước Đông.¦Bà Lẹ lãi to.
Tăng 5%.¦Giá năm 2020.¦Trong tháng giảm.
Hay quá!¦Cả sân reo.
Thật không?¦Ai biết.
Ông nói: “Tôi vui. Cả nhà mừng. Xin cảm ơn.” ¦ Khách về.
Ông nói: "Tôi vui. Cả nhà mừng". ¦ Khách về.
" Giá có 100.000 đồng. Vụ này lỗ. ", bà kể. ¦ Nhà khác cũng thế.
“Sao lại thế?” Lan hỏi. ¦ “Không biết!” anh đáp.
"Nghề này sống được ư?" tôi hỏi. ¦ "Được chứ," ông cười.
“Tốt.” ¦ Năm sau lại làm.
- Cây dù này bao nhiêu? - bà khách hỏi.
– Ông khỏe không? – Bà Sáu hỏi. ¦ Ông gật.
– Đi đâu đấy? ¦ – Đi chợ.
Cầu mới. - Ảnh: T.L.
Nó chạy (theo lời kể. Không ai thấy) rồi mất. ¦ Hết.
Ban gồm: 1. Ông An; 2. Bà Bình; 3. Anh Cao. ¦ Họp mỗi tháng.
Có hai việc: 1. Xây cầu. 2. Mở đường sá. ¦ Vốn đã đủ.
Có hai việc. ¦ 1. Xây cầu. ¦ 2. Mở đường.
Đơn gồm: a. Tên họ; b. Tuổi tác. ¦ Nộp ở xã.
Hồ sơ có: - Đơn xin. - Bản sao. ¦ Nộp ở xã.
Tỷ số là 8:1. ¦ Trong hiệp hai có 5 bàn.
Điều 5. Phạm vi áp dụng.
2.1. Mục tiêu chung. ¦ II. Kết quả đạt được.
Theo đó: “1. Người nào vi phạm thì bị phạt. 2. Tái phạm thì tù.” ¦ Hết.
Thu nhập cao.[1] ¦ Dân vui.[2][3]
Bế mạc./. ¦ Ban tổ chức.
The U.S. President met Mr. Le. ¦ He left at 5 p.m. on Monday.
Dr. Mai works for Sun Inc. in St. Paul. ¦ It is far.
""".strip().split("\n")


@pytest.mark.parametrize("marked", ENDS)
def test_a_sentence_ends_where_a_reader_would_end_it(marked: str) -> None:
    expected = [part.strip() for part in marked.split("¦")]
    assert texts(marked.replace(" ¦ ", " ").replace("¦", "")) == expected


def test_a_line_ends_a_sentence() -> None:
    body = "Quang cảnh hội nghị\nĐại hội đề ra:\n- Trồng 60 ha;\n1. Xây cầu.\n\nHết"
    assert texts(body) == [line for line in body.split("\n") if line]


def test_a_long_quotation_is_cut() -> None:
    spoken = "“" + "Chúng tôi đã làm hết sức mình trong năm nay. " * 20 + "”"
    assert len(texts(f"Ông nói: {spoken}")) > 10


def test_a_quotation_that_nothing_closes_is_cut() -> None:
    assert texts("Ông nói: “Tôi vui. Cả nhà mừng.") == ["Ông nói: “Tôi vui.", "Cả nhà mừng."]
    assert texts('Mừng lắm. ", bà kể. Ông cười.') == ['Mừng lắm. ", bà kể.', "Ông cười."]


PIECES = (
    'TP. |Q. 1|ThS.|A. |N.T. |7. 5|3. 400|1. |2. |; |: |a) |- |– |• |. |.|... |… |? |! |“|”|"|(|)|[1]| |  |\n'
    "|\t|\u00a0|Ông |nói |tỉnh|Ngày |hỏi. |v.v. |www.a.vn|98,4%|./.|'|À|x|12|Điều 5. |Lan "
).split("|")


@pytest.mark.parametrize("seed", range(300))
def test_whatever_the_text_every_character_lies_in_one_sentence(seed: int) -> None:
    rng = Random(seed)
    body = "".join(rng.choice(PIECES) for _ in range(rng.randint(0, 60)))
    spans = sentences(body)
    assert all(start < end for start, end in spans)
    assert all(body[start:end] == body[start:end].strip() for start, end in spans)
    assert all(one[1] <= other[0] for one, other in zip(spans, spans[1:], strict=False))
    inside = "".join(body[start:end] for start, end in spans)
    assert "".join(inside.split()) == "".join(body.split())
    assert not any("\n" in body[start:end] for start, end in spans)


@pytest.mark.parametrize("seed", range(50))
def test_a_line_is_cut_the_same_alone_and_among_others(seed: int) -> None:
    rng = Random(seed)
    lines = ["".join(rng.choice(PIECES) for _ in range(20)).replace("\n", " ") for _ in range(4)]
    assert texts("\n".join(lines)) == [one for line in lines for one in texts(line)]


def test_clauses_of_a_list_are_its_items() -> None:
    text = "Dự có các ông: " + "; ".join(f"Nguyễn Văn {x} - Phó Bí thư, Chủ tịch" for x in "ABCDE")
    cut = [text[start:end].strip() for start, end in clauses(text)]
    assert len(cut) == 5 and cut[1] == "Nguyễn Văn B - Phó Bí thư, Chủ tịch;"
    assert "".join(text[start:end] for start, end in clauses(text)) == text


def test_nothing_has_no_sentence() -> None:
    assert sentences("") == sentences("\n \n") == []
