"""The words of correction notices and of what papers changed in a story."""

TEXT: dict[str, tuple[str, str]] = {
    "corrected_by": ("Bài này đã được đính chính", "This article was corrected"),
    "corrects": ("Đây là đính chính của bài", "This corrects the article"),
    "corrects_itself": (
        "Bài này có đính chính ở cuối",
        "This article has a correction at its foot",
    ),
    "correction_offered": (
        "Có thể là đính chính của bài (chưa xác nhận)",
        "It may correct the article (not confirmed)",
    ),
    "correction_may_be": (
        "Có thể đã được đính chính (chưa xác nhận)",
        "It may have been corrected (not confirmed)",
    ),
    "corrected_value": ("“{wrong}” sửa thành “{right}”", "“{wrong}” to “{right}”"),
    "state_linked": ("đã nối", "linked"),
    "state_offered": ("chờ xác nhận", "to be confirmed"),
    "state_confirmed": ("đã xác nhận", "confirmed"),
    "reprints": (
        "{count:,} báo cùng đăng: mỗi báo đổi gì",
        "The same in {count:paper|papers}: what each changed",
    ),
    "reprints_none": ("Không báo nào khác đăng bài này.", "No other paper printed this."),
    "reprints_first": ("So với bài đăng sớm nhất: {title}", "Against the first one: {title}"),
    "reprints_longest": (
        "So với bài dài nhất (có bài không rõ ngày): {title}",
        "Against the longest one (not all are dated): {title}",
    ),
    "reprints_same": ("không đổi gì", "nothing changed"),
    "reprints_changed": ("{count:,} chỗ khác chữ", "{count} worded otherwise"),
    "reprints_left_out": ("bỏ {count:,} câu", "{count} left out"),
    "reprints_added": ("thêm {count:,} câu", "{count} added"),
    "reprints_reordered": ("đổi thứ tự câu", "sentences in another order"),
    "reprints_lost": ("Mất số liệu, tên: {values}", "Figures and names lost: {values}"),
    "reprints_new": ("Thêm số liệu, tên: {values}", "New figures and names: {values}"),
    "reprints_title": ("tiêu đề khác: {title}", "another title: {title}"),
}
