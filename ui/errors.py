"""What went wrong, in the language of the interface; `index` and `rag` say it in English (`Line`)."""

from index.errors import Line
from ui.text import Language

#: By its English template, the Vietnamese one.
VIETNAMESE = {
    # People.
    "you have {limit} questions under way; wait for one of them": (
        "bạn có {limit} câu hỏi đang chờ trả lời; hãy đợi một câu xong"
    ),
    "only editors change the library; ask one of them": (
        "chỉ biên tập viên mới được thay đổi kho báo; hãy nhờ họ"
    ),
    "the evidence has {size:.0f} MB, {limit:.0f} are the limit; make it without --originals, or of "
    "one answer": "hồ sơ có {size:.0f} MB, quá mức {limit:.0f} MB; hãy xuất từng câu trả lời",
    "there is no sentence in it to check": "trong tệp không có câu nào để kiểm tra",
    # A file that is not read.
    "a PDF that cannot be read ({why}); print it to PDF again": "PDF không đọc được; hãy in lại thành PDF",
    "a broken .gz; fetch it again": "tệp .gz hỏng; hãy tải lại",
    "a broken EPUB ({why}); fetch it again": "tệp EPUB hỏng; hãy tải lại",
    "a broken PDF without a page; save or download it again": "PDF hỏng; hãy lưu hoặc tải lại",
    "a broken PDF; save or download it again": "PDF hỏng; hãy lưu hoặc tải lại",
    "a broken Word file ({why}); open it in Word and save it again": (
        "tệp Word hỏng; hãy mở bằng Word rồi lưu lại"
    ),
    "a broken zip; make it again, or unpack it and add the folder": (
        "tệp zip hỏng; hãy nén lại, hoặc giải nén rồi thêm thư mục"
    ),
    "a scan, which Tesseract reads, and it is not installed; install it (Debian, Ubuntu: sudo apt install "
    "tesseract-ocr tesseract-ocr-vie) and add the file again": (
        "ảnh quét, cần Tesseract để đọc mà máy chưa có; hãy cài đặt (Debian, Ubuntu: sudo apt install "
        "tesseract-ocr tesseract-ocr-vie) rồi thêm lại tệp"
    ),
    "a page of a scan that Tesseract cannot read; scan it again": (
        "một trang ảnh quét mà Tesseract không đọc được; hãy quét lại"
    ),
    "a picture of {count:.0f} million pixels is over the limit of {limit:.0f}; scan it at {dpi} dpi": (
        "ảnh {count:.0f} triệu điểm, quá mức {limit:.0f}; hãy quét ở {dpi} dpi"
    ),
    "a picture that cannot be read ({why}); save it again as PNG": (
        "ảnh không đọc được; hãy lưu lại dạng PNG"
    ),
    "no text to be read in it, nor in its pictures; scan it again": (
        "không đọc được chữ nào, kể cả trong ảnh; hãy quét lại"
    ),
    "a scan": "ảnh quét",
    "binary data, not text; export it as text": "không phải văn bản; hãy xuất ra dạng chữ",
    "broken CSV ({why}); save it again as CSV": "CSV hỏng; hãy lưu lại dạng CSV",
    "broken in the zip; make the zip again": "hỏng bên trong tệp zip; hãy nén lại",
    "broken {name} (byte {at}); save it again as UTF-8": "chữ bị hỏng; hãy lưu lại dạng UTF-8",
    "it has more than {limit} pages; split it, an article a file": (
        "quá {limit} trang; hãy tách ra, mỗi bài một tệp"
    ),
    "it unpacks to more than the limit; split it": "giải nén ra quá lớn; hãy tách nhỏ",
    "it unpacks to more than the limit; save it again without pictures": (
        "giải nén ra quá lớn; hãy lưu lại không kèm ảnh"
    ),
    "it unpacks to {total:.0f} MB from {size:.1f} MB (a zip bomb?); unpack it yourself and "
    "add the folder": (
        "giải nén ra {total:.0f} MB từ {size:.1f} MB; hãy tự giải nén rồi thêm thư mục"
    ),
    "{count} files in it are over the limit of {limit}; unpack it": (
        "có {count} tệp bên trong, quá mức {limit}; hãy giải nén rồi thêm thư mục"
    ),
    "{size:.0f} MB is over the limit of {limit:.0f} MB for this kind; split it": (
        "tệp {size:.0f} MB, quá mức {limit:.0f} MB; hãy tách ra"
    ),
    "its encoding is none of UTF-8, UTF-16, windows-1258, TCVN3, VNI; open it in an editor and "
    "save it as UTF-8": "không nhận ra bảng mã; hãy mở ra và lưu dạng UTF-8",
    "mixed encodings: a part is UTF-8, a part is not; open it in an editor, mend the "
    "broken letters and save it as UTF-8": (
        "lẫn nhiều bảng mã; hãy mở ra, sửa chữ hỏng và lưu dạng UTF-8"
    ),
    "neither a file nor a folder; not read": "không phải tệp hay thư mục",
    "no articles in its lines; line {number}: {why}": "không dòng nào là một bài báo (dòng {number})",
    "no column for the text among {names!r}; name it: --fields body=COLUMN": (
        "không có cột nào là thân bài ({names}); dùng lệnh: hoibao add --fields body=CỘT"
    ),
    "no field with {looked}; name it: --fields body=NAME": (
        "không có trường nào là thân bài; dùng lệnh: hoibao add --fields body=TÊN"
    ),
    "no page in it; save the page again": "không có trang nào bên trong; hãy lưu lại trang",
    "no page in it; nothing to index": "không có trang nào bên trong",
    "no permission to read it; change its permissions": "không có quyền đọc; hãy đổi quyền của tệp",
    "no such file or folder; check the path": (
        "không có tệp hay thư mục này; hãy kiểm tra đường dẫn"
    ),
    "not a kind that can be read ({kinds}); save it as one of these": (
        "loại tệp này không đọc được; hãy lưu thành một trong các loại: {kinds}"
    ),
    "no JSON object on this line; mend it or take it out": (
        "dòng này không phải một đối tượng JSON; hãy sửa hoặc bỏ đi"
    ),
    "no JSON object on this line; write {{...}} with the fields": (
        "dòng này không phải một đối tượng JSON; hãy ghi {{...}} với các trường"
    ),
    "its name leads out of the zip; not read": "tên tệp dẫn ra ngoài tệp zip; không đọc",
    "a link, not a file; not read": "là liên kết, không phải tệp; không đọc",
    "a zip in a zip; unpack the outer one and add the folder": (
        "tệp zip trong tệp zip; hãy giải nén tệp ngoài rồi thêm thư mục"
    ),
    "packed in a mail; save it from there and add it": (
        "tệp nén trong thư; hãy lưu ra ngoài rồi thêm"
    ),
    "no mail in it; save the mail again as .eml": (
        "không có thư nào bên trong; hãy lưu lại thư thành .eml"
    ),
    "no mails in it; export the folder again as .mbox": (
        "không có thư nào bên trong; hãy xuất lại hộp thư thành .mbox"
    ),
    "no RSS or Atom feed in it; save the page or the feed again": (
        "không phải nguồn tin RSS hay Atom; hãy lưu lại trang hoặc nguồn tin"
    ),
    "no RTF in it; open it in Word and save it again": (
        "không phải tệp RTF; hãy mở bằng Word rồi lưu lại"
    ),
    "a broken RTF file; open it in Word and save it again": (
        "tệp RTF hỏng; hãy mở bằng Word rồi lưu lại"
    ),
    "a broken OpenDocument file ({why}); open it and save it again": (
        "tệp OpenDocument hỏng ({why}); hãy mở ra rồi lưu lại"
    ),
    "no text document in it; save it as .odt or .docx": (
        "không có văn bản bên trong; hãy lưu thành .odt hoặc .docx"
    ),
    "no Word file; open it and save it as .docx": (
        "không phải tệp Word; hãy mở ra rồi lưu thành .docx"
    ),
    "an old Word file (.doc), for which LibreOffice is needed: install it "
    "(apt install libreoffice-writer), or save the file as .docx": (
        "tệp Word cũ (.doc), cần LibreOffice để đọc: hãy cài đặt "
        "(apt install libreoffice-writer), hoặc lưu tệp thành .docx"
    ),
    "LibreOffice cannot open it; open it in Word and save it as .docx": (
        "LibreOffice không mở được; hãy mở bằng Word rồi lưu thành .docx"
    ),
    "protected (DRM); save a copy without it": "tệp được bảo vệ (DRM); hãy lưu một bản không có",
    "protected by a password; save a copy without one": (
        "tệp có mật khẩu; hãy lưu một bản không có mật khẩu"
    ),
    "protected by a password; unpack it yourself and add the folder": (
        "tệp có mật khẩu; hãy tự giải nén rồi thêm thư mục"
    ),
    "protected by a password, or an old .doc; open it in Word and save it as .docx without one": (
        "tệp có mật khẩu, hoặc là .doc cũ; hãy mở bằng Word rồi lưu thành .docx không có mật khẩu"
    ),
    "cannot be read: {why}": "không đọc được ({why})",
    "no article in it; nothing to index": "không có bài báo nào bên trong",
    "no text in it; nothing to index": "không có chữ nào bên trong",
    "the file is empty; nothing to index": "tệp trống",
    "no article in it, only page furniture; check the file": (
        "không có bài báo nào bên trong, chỉ có khung trang; hãy xem lại tệp"
    ),
    "cannot be read ({why}); save it again, or as plain text": (
        "không đọc được ({why}); hãy lưu lại, hoặc lưu dạng văn bản thuần"
    ),
    "it takes more than {seconds:.0f} s to read; split it, or save it as plain text": (
        "đọc quá {seconds:.0f} giây chưa xong; hãy tách ra, hoặc lưu dạng văn bản thuần"
    ),
    "it needs more memory than a file may take; split it, or save it as plain text": (
        "cần nhiều bộ nhớ hơn mức cho một tệp; hãy tách ra, hoặc lưu dạng văn bản thuần"
    ),
    "the program that reads it crashed ({how}); save it again, or as plain text": (
        "làm hỏng chương trình đọc ({how}); hãy lưu lại, hoặc lưu dạng văn bản thuần"
    ),
    "it holds more than {limit:.0f} million characters; the rest is not read: split it": (
        "quá {limit:.0f} triệu ký tự; phần còn lại không đọc: hãy tách ra"
    ),
    "it holds more than {limit} articles; the rest is not read: split it": (
        "quá {limit} bài; phần còn lại không đọc: hãy tách ra"
    ),
    "an article of {count} characters is over the limit of {limit}; split it": (
        "bài có {count} ký tự, quá mức {limit}; hãy tách ra"
    ),
    "a row of more than {limit} columns; export fewer": (
        "một hàng có hơn {limit} cột; hãy xuất ít cột hơn"
    ),
    "{count} more parts of it cannot be read; mend the first ones": (
        "còn {count} phần nữa không đọc được; hãy sửa những phần đầu"
    ),
    "it changed while it was read; add it again": "tệp thay đổi trong lúc đọc; hãy thêm lại",
    "its name, or a folder's, is not UTF-8; rename it": (
        "tên tệp hoặc thư mục không phải UTF-8; hãy đổi tên"
    ),
    "a link that leads out of the folder; not followed: add what it leads to": (
        "là liên kết dẫn ra ngoài thư mục, không đọc; hãy thêm chính nơi mà nó dẫn tới"
    ),
    # A query of exact search.
    "the query has {count} characters, {limit} are the limit; look for less at a time": (
        "câu tìm có {count} ký tự, tối đa là {limit}; hãy tìm ít hơn mỗi lần"
    ),
    "column {at} of the query, at “{near}”: {why}": "câu tìm sai ở cột {at}, chỗ “{near}”: {why}",
    "here a word is missing": "thiếu một từ ở đây",
    "this parenthesis was not opened": "dấu ngoặc này chưa được mở",
    "here a closing parenthesis is missing": "thiếu dấu đóng ngoặc ở đây",
    "too deep in parentheses": "quá nhiều lớp ngoặc",
    "here begins a quotation that does not end": "dấu ngoặc kép mở ở đây chưa đóng",
    "there is no word in this": "không có từ nào ở đây",
    "a star stands at the end of a word: từ*": "dấu * chỉ đứng ở cuối một từ: từ*",
    "a star needs two letters or more before it": "trước dấu * phải có ít nhất hai chữ cái",
    "too many words; look for fewer at a time": "quá nhiều từ; hãy tìm ít hơn mỗi lần",
    "in NEAR(…) only words and phrases can stand": "trong NEAR(…) chỉ có từ và cụm từ",
    "NEAR needs two words or more: NEAR(a b, 5)": "NEAR cần ít nhất hai từ: NEAR(a b, 5)",
    'there is no such field, only title: outlet: author: place: date:; else write "…"': (
        'không có mục này, chỉ có title: outlet: author: place: date:; nếu là chữ thường, hãy ghi "…"'
    ),
    "behind the colon a word or a phrase is missing": "sau dấu hai chấm thiếu một từ hoặc cụm từ",
    "this is no day: 2019, 2019-03, 2019-03-31, 2019..2021": (
        "không phải ngày; hãy ghi như 2019, 2019-03, 2019-03-31, 2019..2021"
    ),
    # A question, a draft, a detail, a conversation that cannot be used.
    "the question is empty; ask in words": "câu hỏi trống; hãy hỏi bằng chữ",
    "the question has {count} characters, {limit} are the limit; ask for one thing at a time": (
        "câu hỏi có {count} ký tự, tối đa là {limit}; hãy hỏi từng điều một"
    ),
    "this question is gone from the conversation; ask it anew": (
        "câu hỏi này không còn trong cuộc trò chuyện; hãy hỏi mới"
    ),
    "the text to check is empty; paste a paragraph": "bản thảo trống; hãy dán một đoạn văn",
    "the text has {count} characters, {limit} are the limit; check it in parts": (
        "bản thảo có {count} ký tự, tối đa là {limit}; hãy kiểm tra từng phần"
    ),
    "{value!r} is no date; write YYYY-MM-DD or DD/MM/YYYY": (
        "“{value}” không phải ngày; hãy ghi như 31/1/2020"
    ),
    "{value!r} is no time; write HH:MM": "“{value}” không phải giờ; hãy ghi như 17:05",
    "{value!r} is no province; write its name, as in: Bắc Kạn": "không có tỉnh “{value}”",
    "{field!r} is no field; these can be corrected: {fields}": "không sửa được mục “{field}”",
    "the name is empty; write one": "tên trống; hãy ghi một tên",
    "no conversation {id!r} here; it may have been deleted": "cuộc trò chuyện này đã bị xóa",
    "no article {id!r} here; hoibao list shows the ids": "bài này không còn trong kho",
    # Pruning and the trash.
    "gone or empty (a drive that is not mounted?); nothing was dropped for it": (
        "không còn hoặc trống (ổ đĩa chưa gắn?); không bỏ bài nào"
    ),
    "{gone} of {count} articles would go, more than half of the library; nothing was dropped; if they are to "
    "go: hoibao add --prune --yes": (
        "{gone} trong {count} bài sẽ bị bỏ, quá nửa kho; chưa bỏ bài nào; nếu thật muốn bỏ: "
        "hoibao add --prune --yes"
    ),
    "no {id!r} in the trash; hoibao trash shows what is": "mục này không còn trong thùng rác",
    "it is erased, but traces are left in {name} ({why}); free some space; they go when the "
    "library is opened next": (
        "đã xóa, nhưng còn dấu vết trong {name}; hãy dành thêm chỗ trống; lần mở sau sẽ xóa nốt"
    ),
    "it is erased, but {name} is read by another process; traces go when the library is opened "
    "next": "đã xóa, nhưng {name} đang được đọc ở nơi khác; lần mở sau sẽ xóa nốt dấu vết",
    "it is erased here; the Chroma server {url} forgets it when it is back": (
        "đã xóa hẳn ở đây; máy chủ Chroma {url} sẽ quên nó khi hoạt động trở lại"
    ),
    "the embeddings server {url} does not answer ({why}); questions are answered by words alone, {add}": (
        "máy chủ embedding {url} không trả lời; câu hỏi được tìm theo từ, còn thêm bài thì phải chờ: hãy khởi "
        "động nó rồi thêm lại, những gì đã xác nhận vẫn còn"
    ),
    "the embeddings server {url} refuses the key; write the right one into the file that {key} names": (
        "máy chủ embedding {url} từ chối khóa; hãy ghi khóa đúng vào tệp mà {key} chỉ tới"
    ),
    "the embeddings server {url} refuses the model {model}, or a text ({why}); name one of its models "
    "with {variable}": (
        "máy chủ embedding {url} không nhận mô hình {model}, hoặc một đoạn văn; hãy đặt tên mô hình của nó "
        "trong {variable}"
    ),
    "the embeddings server {url} gives no vectors ({why}); is it one with /v1/embeddings?": (
        "máy chủ embedding {url} không trả về vectơ; nó có /v1/embeddings không?"
    ),
    "the embeddings server {url} gives other vectors than {identity}, with which the library was made "
    "(cosine {cosine}, it must be {least}); have it serve that model, or unset HOIBAO_EMBEDDINGS": (
        "máy chủ embedding {url} cho vectơ khác với {identity}, mô hình đã dựng kho (cosine {cosine}); hãy "
        "chạy đúng mô hình đó, hoặc bỏ HOIBAO_EMBEDDINGS"
    ),
    "it is erased, but Chroma is open in another process; traces go when hoibao serve is stopped": (
        "đã xóa, nhưng Chroma đang mở ở nơi khác; khi nơi đó dừng, dấu vết sẽ mất nốt"
    ),
    "an address is not fetched; save the page and add its file": (
        "không tải từ địa chỉ mạng; hãy lưu trang rồi thêm tệp"
    ),
    # Names and standing questions.
    "no name {name!r} in the articles; hoibao names shows them": "không bài nào có tên “{name}”",
    "{name!r} is more than one name; say which by its id: {ids}": (
        "“{name}” là nhiều tên khác nhau; hãy ghi mã: {ids}"
    ),
    "{a!r} and {b!r} are of two kinds": "“{a}” và “{b}” không cùng loại",
    "{a!r} and {b!r} are one name already": "“{a}” và “{b}” đã là một tên",
    "nothing was merged into {name!r}": "chưa gộp gì vào “{name}”",
    "no standing question {id}; hoibao standing shows them": "không còn câu hỏi theo dõi này",
    # Dossiers and notes.
    "a dossier's name has 1 to {most} characters": "tên hồ sơ phải có từ 1 đến {most} ký tự",
    "no dossier {name!r}; there are: {names}": "không có hồ sơ {name!r}; hiện có: {names}",
    "there is a dossier {name!r} already; choose another name": (
        "đã có hồ sơ {name!r}; hãy chọn tên khác"
    ),
    "no article of the library came from {folder}": "không bài nào trong kho lấy từ {folder}",
    "nothing to note; write a text, a tag or a star": "chưa có gì để ghi; hãy viết ghi chú hoặc nhãn",
    "that is too long: {count} of {most} characters": "dài quá: {count} ký tự, nhiều nhất là {most}",
    "these words are not in the article; copy them from it": (
        "bài không có những từ này; hãy chép từ bài"
    ),
    "choose a dossier first": "hãy chọn một hồ sơ trước",
    "no note {number} here; hoibao notes shows them": "không có ghi chú số {number}",
    "the chosen dossier was deleted; take it out of the filters": (
        "hồ sơ đang chọn đã bị xóa; hãy bỏ nó khỏi bộ lọc"
    ),
    # The machine.
    "the library cannot be written ({why}); {do}; what was confirmed is kept": (
        "không ghi được vào kho; hãy dành thêm chỗ trống trên đĩa, hoặc thử lại sau"
    ),
    "{where} cannot be used ({said}); {do}{also}": (
        "không dùng được cơ sở dữ liệu {where}; hãy báo người quản trị, rồi thử lại"
    ),
    "{where} went away while something was being confirmed; when it is back, look whether it was, "
    "and do it again where it was not": (
        "mất kết nối với {where} trong lúc đang ghi; khi có lại, hãy xem đã ghi chưa, nếu chưa thì làm lại"
    ),
    "the {kind} model {name} is not installed; run: hoibao models pull": (
        "mô hình {name} chưa được cài; hãy chạy: hoibao models pull"
    ),
    "the prompt has {count} tokens, {name} has room for {room}": (
        "câu hỏi và các đoạn trích quá dài cho mô hình; hãy hỏi ngắn hơn"
    ),
    "the model has no room for more; ask for one thing at a time": (
        "mô hình không còn chỗ; hãy hỏi từng điều một"
    ),
}


def told(said: str, language: Language) -> str:
    """A line in the language of the interface; as it is where the table does not have it."""
    if language == "en" or not isinstance(said, Line) or said.template not in VIETNAMESE:
        return said
    values = {
        name: told(value, language) if isinstance(value, Line) else value
        for name, value in said.values.items()
    }
    return VIETNAMESE[said.template].format(**values)


def warned(said: str, language: Language) -> str:
    """A line as a warning on the page: a sentence of its own, behind the sign."""
    line = told(said, language)
    return f"⚠ {line[:1].upper()}{line[1:]}"
