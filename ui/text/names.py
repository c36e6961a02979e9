"""The words of names and offices."""

TEXT: dict[str, tuple[str, str]] = {
    "names": ("Tên", "Names"),
    "names_say": (
        "Chỉ hiện tên có trong hai bài trở lên hoặc đã xác nhận; người trùng tên không phân biệt được.",
        "Only names that two or more articles have, or that were confirmed; different people of one name "
        "cannot be told apart.",
    ),
    "names_find": ("Tìm tên", "Find a name"),
    "names_find_hint": ("Lê Văn Tám", "Lê Văn Tám"),
    "names_none": ("Chưa có tên nào ở đây.", "No names here yet."),
    "names_filter": ("Chỉ hỏi các bài có tên này", "Ask only the articles with this name"),
    "names_more": ("còn {count:,} tên nữa", "{count:more name|more names}"),
    "names_articles": ("{count:,} bài", "{count:article|articles}"),
    "names_merge": ("Gộp hai cách viết", "Merge two spellings"),
    "names_into": ("Giữ tên", "Keep the name"),
    "names_other": ("Gộp tên", "Merge the name"),
    "names_merge_do": ("Gộp", "Merge"),
    "names_part_do": ("Tách lại", "Part again"),
    "names_merged": (
        "“{name}” nay có {count:,} bài.",
        "“{name}” now has {count:article|articles}.",
    ),
    "names_parted": ("Đã tách {count:,} cách viết.", "{count:spelling was|spellings were} parted."),
    "name_person": ("Người", "Person"),
    "name_organisation": ("Tổ chức", "Organisation"),
    "name_place": ("Nơi", "Place"),
    "offices": ("Ai giữ chức gì, khi nào", "Who held which office when"),
    "offices_find": ("Chức vụ, cơ quan hoặc người", "Office, organisation or person"),
    "offices_none": ("Không thấy chức vụ nào.", "No offices found."),
    "office": ("Chức vụ", "Office"),
    "organisation": ("Cơ quan, nơi", "Organisation, place"),
    "office_person": ("Người", "Person"),
    "office_first": ("Thấy lần đầu", "First seen"),
    "office_last": ("Thấy lần cuối", "Last seen"),
}
