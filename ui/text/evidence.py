"""The words of evidence that is handed over, and of drafts in Word."""

TEXT: dict[str, tuple[str, str]] = {
    "evidence_zip": ("Hồ sơ bằng chứng (.zip)", "Evidence (.zip)"),
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
        "Hồ sơ nguyên vẹn: {quotes:,} câu dẫn đều đúng chỗ trong bài, {members:,} tệp bên trong đều đúng mã "
        "băm.",
        "Whole: {quotes:quote stands in its article|quotes stand in their articles}, "
        "{members:hash is|hashes are} right.",
    ),
    "evidence_not_ok": (
        "Hồ sơ KHÔNG còn đúng như khi lập, hoặc có câu dẫn không đúng.",
        "NOT as it was made, or a quote does not stand.",
    ),
    "evidence_compare": (
        "Ai cũng có thể lập một hồ sơ khác; hãy so mã băm của tệp này với mã mà người gửi báo.",
        "Anybody can make other evidence: compare this file's hash with the one that its sender tells.",
    ),
    "draft_file": ("Hoặc bản thảo Word (.docx)", "Or a draft in Word (.docx)"),
    "draft_file_send": ("Kiểm tra tệp Word", "Check the Word file"),
    "draft_commented": ("Bản có chú thích", "With comments"),
    "draft_no_file": ("Hãy chọn một tệp .docx trước.", "Choose a .docx file first."),
    "draft_at": (
        "Đang đối chiếu: {done:,} trong {count:,} câu…",
        "Comparing: {done:,} of {count:sentence|sentences}…",
    ),
    "draft_done": (
        "{said:,} câu có trong bài, {wrong:,} câu khác với bài, {unsaid:,} câu không bài nào nói; "
        "mỗi câu có một chú thích trong tệp.",
        "{said:sentence is|sentences are} said by an article, {wrong:differs|differ}, {unsaid:is|are} in none; "
        "each has a comment in the file.",
    ),
}
