"""The words on scans."""

TEXT = {
    "scan_page": ("ảnh quét: trang {page}/{pages}", "scan: page {page} of {pages}"),
    "doubt": (
        "Chữ đọc từ ảnh, chưa chắc (trang {page}, độ chắc {confidence}%)",
        "Read from a picture, not sure (page {page}, confidence {confidence}%)",
    ),
    "doubt_unseen": (
        "Chữ đọc từ ảnh, chưa chắc (trang {page})",
        "Read from a picture, not sure (page {page})",
    ),
    "doubt_crop": ("Ảnh của chữ “{word}”", "Picture of “{word}”"),
}
