"""What the search page says: key: (Vietnamese, English)."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "search": ("Tìm văn bản", "Find papers"),
    "search.go": ("Tìm", "Search"),
    "search.text": (
        'Số, trích yếu, nội dung; gõ có dấu hay không dấu; "cụm từ" trong ngoặc kép',
        'Number, title, text; with or without marks; "phrases" in quotes',
    ),
    "search.more-fields": ("Lọc theo trường", "Narrow down"),
    "search.number": ("Số, ký hiệu", "Number, symbol"),
    "search.type": ("Loại", "Type"),
    "search.issuer": ("Cơ quan ban hành", "Issuer"),
    "search.signer": ("Người ký", "Signer"),
    "search.cited": ("Viện dẫn văn bản", "Cites"),
    "search.first": ("Từ ngày", "From"),
    "search.last": ("Đến ngày", "To"),
    "search.year": ("Năm", "Year"),
    "search.found": ("{count} văn bản", "{count} documents"),
    "search.found-more": ("hơn {count} văn bản", "more than {count} documents"),
    "search.none": ("Không tìm thấy văn bản nào.", "No document was found."),
    "search.too-much": (
        "Câu hỏi quá dài, hoặc ngày không viết như 2025-03-05.",
        "The question is too long, or a day is not written like 2025-03-05.",
    ),
    "search.page": ("trang {page}", "page {page}"),
    "search.earlier": ("Trước", "Back"),
    "search.later": ("Sau", "Next"),
    "search.picture": ("Chỗ tìm thấy trên bản quét", "Where it stands on the scan"),
    "search.no-number": ("(chưa rõ số)", "(no number)"),
}


def say(key: str, language: str, **values: object) -> str:
    """The message under ``key``; ``KeyError`` for one that nobody wrote."""
    text = WORDS[key][0 if language == "vi" else 1]
    return text.format(**values) if values else text
