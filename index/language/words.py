"""What language a text is in, and which words say nothing by themselves."""

import re
from typing import Literal

from index.language.names import is_syllable
from index.language.text import has_marks, nfc, strip_marks

Language = Literal["vi", "en"]

_ASKING = frozenset("what which who whom whose when where why how".split())
# Function words that are no Vietnamese syllable typed without marks ("the" is one, thế): they tell English
# apart.
_ENGLISH = _ASKING | frozenset(
    "of is are was were many did does and or for with from this these those has have had will could should "
    "tell give list compare between people".split()
)
# Small words of both languages typed without marks; two of them with two foreign words are English.
_SHARED = frozenset("on at by in as".split())
#: Words that a question or sentence is built with; they tell nothing of what it is about.
FUNCTION_WORDS = frozenset(
    """là ai nào gì khi ở đâu của có được trong và các những này đó cho với như thế mấy tại sao vì đã
    một bao nhiêu về theo ra vào từ đến do bởi hay hoặc không thì mà để trên dưới sau trước cái
    người việc điều loại cách làm hãy nêu biết kể cả đang sẽ bị cùng""".split()
)
#: The same as typed without diacritics.
BARE_FUNCTION_WORDS = frozenset(map(strip_marks, FUNCTION_WORDS))
#: Words a sentence often begins with; any other word at its beginning may be a name.
OPENERS = FUNCTION_WORDS | frozenset(
    """ban báo bên bộ bài buổi bởi bằng bước bà bạn anh ông chị em cô chú bác chính chủ chương chiều chi
    chỉ con còn công cơ cuối cuộc căn cũng cần cấp cụ dù dự dưới dịp giai giá giám giải giữa gần hai
    hàng hiện hoạt hội hôm họ hơn hầu hệ hằng khoảng khu khi khối kinh kế kể kết ba bốn năm sáu bảy
    tám chín mười lãnh lúc lễ lần lực lý ít mặc mặt một mỗi mọi mới mục nay nâng nên nếu ngay nghị
    nguyên người ngoài ngày nhiều nhiệm nhân nhà nhóm như nhưng nhờ nhằm nhận nội phát phong phía
    phó phần phấn phối phương qua quy quá quý riêng rất rồi sáng số sản song sơ sở sự tất tham thay
    theo thi thu thông thêm thứ thực thời thị thủ tiếp tiến tin tiền toàn tình tính tuy tuần tuyên
    tăng giảm tại tập tết tháng thành tối tổ tổng tỉnh tỷ tỉ trao triển trung trước trường trưởng
    trong trên tuổi tôi tới từ tự vào vì vấn về việc vụ với vốn vừa xã xây xin xét ý đa đại đáng đây
    để đến đạt đảng đầu đặc định đối đồng đội đợt động được đó đơn đánh đẩy đề đoàn ủy ước ưu ảnh bí
    thư huyện thôn ấp phường quận dân nước nông học giáo y bệnh doanh nghiệp hợp tác đêm trưa lớp
    khóa khoá hỗ trợ tặng thăm mở khai bế ký cán chiến sĩ ngành nghề giao lưu mùa mưa bão lũ đường
    cầu""".split()
)
#: More of them, which alone at the beginning of a sentence are no name: news sentences begin with them, and
#: hardly ever have them with a capital elsewhere (most are small in 97% of the cases, in 6,000 articles).
STARTERS = OPENERS | frozenset(
    """binh biên biển biểu biện bàn bán bánh bây bãi bé bảng bấm bất bậc bắt bị bỏ bố bức camera cha chia chiếc
    chiếu chuyên chuyến chuyện chuẩn chuỗi cháu chân chúng chưa chất chắc chẳng chọn chốt chồng chứ chứng
    clip càng cá cánh cáo câu cây căng cơn cạnh cảm cảng cảnh cấp cấu cậu cặp cố cổ cộng cột cục cứ cử cửa
    cựu diễn diện dòng dùng dư dường dấu dầu dẫn dẫu dịch dọc dữ dựa ghi giá gió giả giảng giọng giống giới
    giờ gây gói gặp gỗ gửi hiệu hoàn hung hành hãng hình hướng hạ hạn hạng hạt hầm hậu hắn hết họa hỏa hỏi
    hồi hộ khoản khoảnh khung khuya khác khách khám khán khí khó khói khả khảo khẩu khẳng khối khởi khủng
    kiểm kê kênh kẻ kỹ liệu lo loài luật lá lái lính lô lúa lý lượng lại lấy lập lệnh lộ lời lửa lựa mang
    mong mua muốn màn mái máy mâu mình món mô mảnh mẫu mẹ mối mức mực nghe nghiên nghĩ ngoại nguy nguồn
    ngôi ngược ngọn ngồi nhiệt nhu nhìn nhạc nhấn nhất nhắc nhớ niềm nó nói năng nơi nạn nắm nằm nền nổi nỗ
    nỗi nửa nữ phe phim phiên phiến phán phân phòng phóng phải phản phụ quan quyết quán quả rau rác rõ rút
    rừng sai sinh siêu so suốt sách sân sóng súng sắc sắp sống sợ sức sử ta tai tang thiết thiệt thuyền
    thuốc thí thùng thương thường thấy thầy thẩm thậm thật thỏa thống thợ thử tinh tiêm tiêu tiếng tiết
    tiểu tra tranh truyền trách trái trình trò trạm trả trải trận trẻ trời trở trụ trừ trực tuyến tuyển tàu
    tên tìm tòa tù tùy tương tượng tạm tạp tấm tầng tận tốc tốt tội tờ tức từng vai video viên vui vài vé
    ví vòng vùng vơ vượt vẫn vậy vẻ vết vị vốn vợ xe xem xung xuất xác xử yêu án áp ôtô đi điểm điển điện
    đoạn đàn đành đám đáp đê đón đóng đôi đúng đưa đương đạo đảm đất đấy đặt đỉnh địa đọc đồ đổi đời đứng
    đừng ấy ứng""".split()
)


def language(text: str) -> Language:
    """English where English function words and words that are no Vietnamese syllables are in the majority of
    what tells the languages apart: without diacritics, they are a third of the words, the text begins with
    an English question word, or half of it is no Vietnamese; with some (in names), they are more than the words
    that have any, and at least two, or it begins with one.

    >>> language("cong trinh the nao va do ai xay"), language("How many people live in Hóc Môn?")
    ('vi', 'en')
    """
    found = re.findall(r"[^\W\d_]+", nfc(text).lower())
    english = sum(word in _ENGLISH for word in found)
    marked = sum(has_marks(word) for word in found)
    foreign = sum(not has_marks(word) and not is_syllable(word) for word in found)
    asking = bool(found) and found[0] in _ASKING
    if foreign >= 2 and sum(word in _SHARED for word in found) >= 2:
        english += 2
    if marked:
        opens = asking or foreign >= 2 and not is_syllable(strip_marks(found[0]))
        return "en" if (english >= 2 or opens) and english + foreign > marked else "vi"
    mostly = 2 * foreign >= len(found) > 3
    told = english >= 2 or english and (asking or 3 * foreign >= len(found))
    return "en" if told or mostly else "vi"
