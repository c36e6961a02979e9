"""Every word of the interface, Vietnamese first, English second, in one table."""

from typing import Literal

Language = Literal["vi", "en"]

TEXT: dict[str, tuple[str, str]] = {
    "title": ("Hỏi Báo", "Hỏi Báo"),
    "tagline": (
        "Hỏi kho báo của bạn. Mỗi câu trả lời dẫn nguyên văn bài báo.",
        "Ask your newspapers. Every answer quotes the article word for word.",
    ),
    "question": ("Câu hỏi", "Question"),
    "placeholder": ("Hỏi về các bài báo…", "Ask about the articles…"),
    "send": ("Hỏi", "Ask"),
    "stop": ("Dừng", "Stop"),
    "new_chat": ("Cuộc trò chuyện mới", "New chat"),
    "chat": ("Hỏi đáp", "Chat"),
    "articles": ("Bài báo", "Articles"),
    "conversation": ("Trò chuyện", "Conversation"),
    "evidence": ("Đoạn tìm thấy", "Passages found"),
    "source": ("Bài báo nguồn", "Source article"),
    "source_hint": (
        "Bấm vào số trong câu trả lời, hoặc vào một đoạn tìm thấy, để đọc bài báo tại đúng chỗ.",
        "Click a number in the answer, or a passage found, to read the article at that place.",
    ),
    "evidence_hint": (
        "Các đoạn liên quan hiện ở đây ngay khi tìm thấy.",
        "Passages appear here as soon as they are found.",
    ),
    "searched_as": ("Đã tìm với", "Searched as"),
    "nearest": ("Bài gần nhất:", "Nearest articles:"),
    "unverified": ("chưa kiểm chứng được", "not verified"),
    "thinking": ("Đang đọc các đoạn trích…", "Reading the passages…"),
    "searching": ("Đang tìm…", "Searching…"),
    "stopped": ("Đã dừng.", "Stopped."),
    "no_title": ("(không có tiêu đề)", "(no title)"),
    "unknown": ("không rõ", "unknown"),
    "outlet": ("Báo", "Outlet"),
    "author": ("Tác giả", "Author"),
    "published": ("Ngày đăng", "Published"),
    "file": ("Tệp", "File"),
    "address": ("Địa chỉ", "Address"),
    "name": ("Tiêu đề", "Title"),
    "id": ("Mã", "ID"),
    "count": ("{count} bài báo trong kho.", "{count} articles in the library."),
    "empty": (
        "Kho báo đang trống. Thêm bài bằng lệnh: hoibao add THƯ_MỤC",
        "The library is empty. Add articles with: hoibao add FOLDER",
    ),
    "open_hint": ("Chọn một dòng để đọc bài.", "Select a row to read the article."),
    "language": ("English", "Tiếng Việt"),
    "seconds": ("{seconds} giây", "{seconds} s"),
    "row": ("Nơi, bài báo", "Place, article"),
    "value": ("Câu trả lời", "Answer"),
    "check": ("Kiểm tra bản thảo", "Check a draft"),
    "draft": ("Bản thảo của bạn", "Your draft"),
    "draft_hint": (
        "Dán một đoạn văn; từng câu sẽ được đối chiếu với kho báo.",
        "Paste a paragraph; each sentence is compared with the articles.",
    ),
    "check_send": ("Kiểm tra", "Check"),
    "said": ("Có trong bài:", "Said by an article:"),
    "wrong": ("Khác với bài:", "Differs from the article:"),
    "unsaid": ("Không có bài nào nói:", "No article says:"),
    "checking": ("Đang đối chiếu…", "Comparing…"),
    "bug": (
        "Có lỗi trong chương trình; câu hỏi của bạn không bị mất. Xem cửa sổ lệnh để biết chi tiết.",
        "Something broke in the program; your question is not lost. See the terminal for details.",
    ),
}


def say(key: str, language: Language, **values: object) -> str:
    """The words for `key` in a language, with `values` filled in."""
    return TEXT[key][0 if language == "vi" else 1].format(**values)
