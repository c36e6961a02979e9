"""The words of the reading pane."""

TEXT: dict[str, tuple[str, str]] = {
    "citation_at": ("Trích dẫn {at} / {of}", "Citation {at} / {of}"),
    "citations_here": ("Trích dẫn trong bài: {of}", "Citations here: {of}"),
    "cited_for": ("Trả lời câu hỏi: {questions}", "Answers: {questions}"),
    "article_tools": ("Công cụ đọc bài", "Reading tools"),
    "find_in_article": ("Tìm trong bài", "Find in the article"),
    "find_hint": (
        "Gõ chữ cần tìm, có dấu hay không dấu đều được",
        "Words to find, with or without diacritics",
    ),
    "hits_at": ("{at} / {of}", "{at} / {of}"),
    "hits_none": ("Không thấy", "Not found"),
    "hit_previous": ("Chỗ trước", "Previous match"),
    "hit_next": ("Chỗ sau", "Next match"),
    "find_close": ("Thôi tìm", "Close the search"),
    "text_smaller": ("Chữ nhỏ hơn", "Smaller text"),
    "text_normal": ("Cỡ chữ thường", "Normal text size"),
    "text_larger": ("Chữ lớn hơn", "Larger text"),
    "text_size": ("Cỡ chữ", "Text size"),
    "copy_quote": ("Chép lời trích kèm nguồn", "Copy the quote with its source"),
    "quote_copied": ("Đã chép kèm nguồn", "Copied with its source"),
    "quote_not_copied": (
        "Trình duyệt chưa cho chép; bấm lần nữa",
        "The browser did not let it be copied; click again",
    ),
    "quote_none": (
        "Hãy chọn (bôi đen) lời cần chép trong bài",
        "Select the words to copy in the article",
    ),
    "close_article": ("Đóng bài", "Close the article"),
    "open_original": ("Mở tệp gốc", "Open the original file"),
    "open_page": ("Trang gốc", "Original page"),
    "opens_outside": (
        "Mở {address} trên mạng, trong thẻ khác",
        "Opens {address} on the web, in another tab",
    ),
    "not_known": ("Không rõ: {fields}", "Unknown: {fields}"),
    "original_gone": (
        "Tệp gốc không còn ở chỗ đã thêm vào; nội dung bài vẫn còn trong kho",
        "The original file is no longer where it was added from; the article itself is still in the library",
    ),
}
