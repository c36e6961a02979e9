"""Why a file was not read, or a thing not done, in Vietnamese: `index` and `rag` say it in English, for the
terminal and the logs."""

from ui.text import Language

#: What an English reason has in it, and what it is in Vietnamese; the first that fits counts.
REASONS = (
    ("a PDF that cannot be read", "PDF không đọc được; hãy in lại thành PDF"),
    ("a broken .gz", "tệp .gz hỏng; hãy tải lại"),
    ("a broken EPUB", "tệp EPUB hỏng; hãy tải lại"),
    ("a broken PDF", "PDF hỏng; hãy lưu hoặc tải lại"),
    ("a broken Word file", "tệp Word hỏng; hãy mở bằng Word rồi lưu lại"),
    ("a broken zip", "tệp zip hỏng; hãy nén lại, hoặc giải nén rồi thêm thư mục"),
    ("a scanned PDF", "PDF quét, chỉ có ảnh mà không có chữ; hãy nhận dạng chữ (OCR) trước"),
    ("broken CSV", "CSV hỏng; hãy lưu lại dạng CSV"),
    ("broken in the zip", "hỏng bên trong tệp zip; hãy nén lại"),
    ("save it again as UTF-8", "chữ bị hỏng; hãy lưu lại dạng UTF-8"),
    ("it has more than", "quá nhiều trang; hãy tách ra, mỗi bài một tệp"),
    ("it unpacks to", "giải nén ra quá lớn; hãy tách nhỏ, hoặc tự giải nén rồi thêm thư mục"),
    ("files in it are over", "quá nhiều tệp bên trong; hãy giải nén rồi thêm thư mục"),
    ("is over the limit", "tệp quá lớn; hãy tách ra"),
    ("its encoding is none of", "không nhận ra bảng mã; hãy mở ra và lưu dạng UTF-8"),
    ("mixed encodings", "lẫn nhiều bảng mã; hãy mở ra, sửa chữ hỏng và lưu dạng UTF-8"),
    ("neither a file nor a folder", "không phải tệp hay thư mục"),
    ("no articles in its lines", "không dòng nào là một bài báo"),
    (
        "no column for the text",
        "không có cột nào là thân bài; dùng lệnh: hoibao add --fields body=CỘT",
    ),
    ("no field with", "không có trường nào là thân bài; dùng lệnh: hoibao add --fields body=TÊN"),
    ("no page in it", "không có trang nào bên trong; hãy lưu lại trang"),
    ("no permission", "không có quyền đọc; hãy đổi quyền của tệp"),
    ("no such file or folder", "không có tệp hay thư mục này; hãy kiểm tra đường dẫn"),
    ("not a kind that can be read", "loại tệp này không đọc được"),
    ("no JSON object on this line", "dòng này không phải một đối tượng JSON"),
    ("its name leads out of the zip", "tên tệp dẫn ra ngoài tệp zip; không đọc"),
    ("a link, not a file", "là liên kết, không phải tệp; không đọc"),
    ("a zip in a zip", "tệp zip trong tệp zip; hãy giải nén tệp ngoài rồi thêm thư mục"),
    ("protected", "tệp được bảo vệ; hãy lưu một bản không có mật khẩu"),
    ("cannot be read", "không đọc được"),
    ("nothing to index", "không có chữ nào bên trong"),
    ("the question is empty", "câu hỏi trống; hãy hỏi bằng chữ"),
    ("the question has", "câu hỏi quá dài; hãy hỏi từng điều một"),
    ("this question is gone", "câu hỏi này không còn trong cuộc trò chuyện; hãy hỏi mới"),
    ("is no date", "ngày không đúng; hãy ghi như 31/1/2020"),
    ("is no time", "giờ không đúng; hãy ghi như 17:05"),
    ("is no province", "không có tỉnh này"),
    ("the name is empty", "tên trống; hãy ghi một tên"),
    ("no conversation", "cuộc trò chuyện này đã bị xóa"),
    ("no article", "bài này không còn trong kho"),
    (
        "the library cannot be written",
        "không ghi được vào kho; hãy dành thêm chỗ trống trên đĩa, hoặc thử lại sau",
    ),
)


def reason(said: str, language: Language) -> str:
    """A reason in the language of the interface; as it is where the table does not have it."""
    if language == "en":
        return said
    return next((vietnamese for english, vietnamese in REASONS if english in said), said)
