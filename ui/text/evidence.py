"""The words of evidence that is handed over, and of a Word draft's comments."""

TEXT: dict[str, tuple[str, str]] = {
    "evidence_what": (
        "Mỗi câu dẫn nguyên văn bài báo; toàn văn các bài ở dưới, đoạn được dẫn có tô màu. "
        "Kiểm tra trên máy khác: hoibao verify TỆP.zip",
        "Every statement quotes its article word for word; the articles are below, whole, the quotes marked. "
        "To check it on another machine: hoibao verify FILE.zip",
    ),
    "evidence_created": ("Lập lúc", "Made at"),
    "evidence_program": ("Chương trình", "Program"),
    "evidence_model_reader": ("Mô hình đọc", "Reader"),
    "evidence_model_embedding": ("Mô hình tìm", "Embedding model"),
    "evidence_answers": ("Câu hỏi và trả lời", "Questions and answers"),
    "evidence_articles": ("Các bài báo được dẫn", "The articles quoted"),
    "evidence_page": ("tr. {page}", "p. {page}"),
    "evidence_gone": (
        "bài này không còn trong kho khi lập hồ sơ: chỉ có câu đã dẫn",
        "the article was no longer in the library when this was made: the quote alone is left",
    ),
    "evidence_changed": (
        "bài này đã thay đổi: câu dẫn không còn trong bài khi lập hồ sơ",
        "the article had changed: the quote was no longer in it when this was made",
    ),
    "evidence_outlet": ("Báo", "Outlet"),
    "evidence_author": ("Tác giả", "Author"),
    "evidence_published": ("Ngày đăng", "Published"),
    "evidence_address": ("Địa chỉ", "Address"),
    "evidence_text": ("Toàn văn", "Text"),
    "evidence_original": ("Tệp gốc", "Original file"),
    "evidence_holds": ("đúng nguyên văn", "stands there"),
    "evidence_misses": ("KHÔNG đúng nguyên văn", "does NOT stand there"),
    "evidence_file": ("Tệp", "File"),
    "evidence_ok": (
        "Hồ sơ nguyên vẹn: {quotes} câu dẫn đều đúng chỗ trong bài, {members} tệp bên trong đều đúng mã băm.",
        "Whole: all {quotes} quotes stand in their articles, all {members} hashes are right.",
    ),
    "evidence_not_ok": (
        "Hồ sơ KHÔNG còn đúng như khi lập, hoặc có câu dẫn không đúng.",
        "NOT as it was made, or a quote does not stand.",
    ),
    "evidence_compare": (
        "Ai cũng có thể lập một hồ sơ khác; hãy so mã băm của tệp này với mã mà người gửi báo.",
        "Anybody can make other evidence: compare this file's hash with the one that its sender tells.",
    ),
}
