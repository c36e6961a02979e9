"""The words of standing questions."""

TEXT: dict[str, tuple[str, str]] = {
    "standing": ("Câu hỏi theo dõi", "Standing questions"),
    "standing_say": (
        "Hỏi lại mỗi khi có bài mới; chỉ báo khi có bài khác nội dung hoặc số liệu khác.",
        "Asked again whenever articles were added; told only of another story or another figure.",
    ),
    "standing_add": ("Theo dõi", "Follow"),
    "standing_question": ("Câu hỏi cần theo dõi", "A question to follow"),
    "standing_article": ("Bài mới: {value}", "A new article: {value}"),
    "standing_found": ("Bài mới khớp: {value}", "A new article matches: {value}"),
    "standing_value": ("Nay là {value}, trước là {before}", "Now {value}, before {before}"),
    "standing_nothing": ("Chưa có gì mới.", "Nothing new yet."),
    "standing_waiting": ("Chưa hỏi lần nào.", "Not asked yet."),
    "standing_seen": ("Đã đọc", "Read"),
    "standing_remove": ("Bỏ theo dõi", "Stop following"),
    "standing_search": ("Tìm chính xác", "Exact search"),
}
