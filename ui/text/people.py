"""The words of people: who is let in, what they may, and how much."""

TEXT: dict[str, tuple[str, str]] = {
    "door_person": (
        "Hãy vào bằng tên và mật khẩu ở trang đầu",
        "Log in on the first page, or send your own token: Authorization: Bearer TOKEN",
    ),
    "door_uploads": (
        "Hôm nay bạn đã gửi quá {limit} MB; hãy gửi tiếp vào ngày mai",
        "You have uploaded more than {limit} MB today; go on tomorrow",
    ),
    "too_many_questions": (
        "Bạn có {limit} câu hỏi đang chờ trả lời; hãy đợi một câu xong",
        "You have {limit:question|questions} under way; wait for one of them",
    ),
    "person_name": ("Tên", "Name"),
    "log_out": ("Đăng xuất", "Log out"),
    "logged_in": ("Đang dùng: {name}", "Logged in: {name}"),
}
