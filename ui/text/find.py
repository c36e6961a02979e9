"""The words of exact search."""

TEXT: dict[str, tuple[str, str]] = {
    "find": ("Tìm", "Search"),
    "find_query": ("Câu tìm", "Query"),
    "find_hint": (
        '"cầu An Hòa" date:2019..2021 NOT title:lũ',
        '"cầu An Hòa" date:2019..2021 NOT title:lũ',
    ),
    "find_send": ("Tìm", "Find"),
    "find_by": ("Xếp theo", "Sorted by"),
    "find_date": ("mới nhất trước", "newest first"),
    "find_relevance": ("sát nhất trước", "most relevant first"),
    "find_csv": ("Tải về CSV", "Download CSV"),
    "find_follow": ("Theo dõi câu tìm này", "Follow this query"),
    "find_followed": (
        "Đã theo dõi: có bài mới khớp sẽ báo ở nơi bắt đầu cuộc hỏi.",
        "Followed: new articles that match are told where a conversation begins.",
    ),
    "find_help": ("Cách viết câu tìm", "How to write a query"),
    "find_help_words": (
        "các từ phải có đủ; gõ dấu thì khớp đúng dấu, không dấu thì khớp mọi dấu",
        "all of the words; marks that are typed are honoured, a word without any matches all",
    ),
    "find_help_phrase": ("cụm từ liền nhau", "a phrase"),
    "find_help_operators": (
        "và, hoặc, không có; ngoặc đơn để gộp",
        "and, or, not; parentheses to group",
    ),
    "find_help_near": ("cách nhau nhiều nhất 5 từ", "at most 5 words apart"),
    "find_help_star": ("mọi từ bắt đầu như vậy", "every word that begins so"),
    "find_help_fields": (
        "trong tiêu đề, tên báo, tác giả, tỉnh, ngày đăng",
        "in the title, outlet, author, province, day of publication",
    ),
    "find_count": ("{matching:,} trong {of:,} bài", "{matching:,} of {of:article|articles}"),
    "find_undated": ("{count:,} bài không rõ ngày", "{count:,} undated"),
    "find_unknown": (
        "{count:,} bài không rõ báo, tác giả hoặc tỉnh",
        "{count:,} with outlet, author or province unknown",
    ),
    "find_unreadable": ("{count:,} bài chưa tìm được", "{count:,} not searchable yet"),
    "find_shown": ("hiện {shown:,} bài đầu", "the first {shown:,} are shown"),
    "find_titled": ("trong tiêu đề", "in the title"),
    "find_more": ("còn {count:,} chỗ nữa", "{count:more place|more places}"),
    "find_by_month": ("Theo tháng", "By month"),
    "find_by_outlet": ("Theo báo", "By outlet"),
    "find_by_place": ("Theo tỉnh", "By province"),
    "find_group_unknown": ("không rõ", "unknown"),
    "find_narrow": ("Chỉ tìm ở đây", "Search only here"),
    "find_none": (
        "Không bài nào khớp câu tìm này.",
        "No article matches this query.",
    ),
}
