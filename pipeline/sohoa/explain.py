"""What the codes of findings and errors mean, in the languages of the people who read them."""

from __future__ import annotations

# code: (Vietnamese, English)
CODES: dict[str, tuple[str, str]] = {
    # findings about the file
    "wrong-suffix": ("đuôi tệp không khớp nội dung", "the suffix does not fit the content"),
    "junk-before-header": ("có dữ liệu lạ trước phần đầu PDF", "stray bytes before the PDF header"),
    "encrypted-without-password": (
        "PDF mã hoá, mở không cần mật khẩu",
        "encrypted, opens without a password",
    ),
    "damaged-pdf-repaired": (
        "PDF hỏng, đã đọc bằng cách sửa tạm",
        "a damaged PDF, read after repair",
    ),
    "extra-pictures-ignored": (
        "bỏ qua ảnh thừa trong tệp",
        "extra pictures in the file were ignored",
    ),
    # findings about a page
    "page-broken": ("trang hỏng, không đọc được", "the page is damaged and could not be read"),
    "page-unreadable": ("không nhận dạng được trang", "the page could not be recognized"),
    "page-scaled-down": ("trang quá lớn, đã thu nhỏ", "a very large page was scaled down"),
    "text-layer-unreadable": (
        "không đọc được lớp chữ kèm theo",
        "the embedded text cannot be read",
    ),
    "page-lost": (
        "trang làm hỏng tiến trình đọc, đã bỏ qua",
        "the page ended the process that read it and was passed over",
    ),
    "blank-page": ("trang không có chữ", "no text on the page"),
    "other-language": (
        "trang có vẻ không phải tiếng Việt, cần xem bằng mắt",
        "the page does not look Vietnamese: check by eye",
    ),
    "reading-cut-short": (
        "hết thời gian cho trang: giữ phần đã đọc, phần còn lại chưa đọc",
        "the page took too long: what was read is kept, a part was not read",
    ),
    "unread-ink": (
        "có chỗ trông như chữ in mà không đọc được, cần xem bằng mắt",
        "there is ink that looks like print and could not be read: check by eye",
    ),
    "orientation-unsure": (
        "không rõ trang đặt đúng chiều chưa, cần xem bằng mắt",
        "it is not sure which way up the page stands: check by eye",
    ),
    "poor-reading": (
        "đọc được rất ít tiếng Việt, cần xem bằng mắt",
        "little Vietnamese was read: check by eye",
    ),
    # findings about the document
    "no-letterhead": ("không thấy phần đầu văn bản", "no letterhead was found"),
    "number-unread": ("không đọc được số văn bản", "the number could not be read"),
    "number-unsure": ("số văn bản đọc không chắc", "the number is a guess"),
    "date-unread": ("không đọc được ngày", "the day could not be read"),
    "date-unsure": ("ngày đọc không chắc", "the date is a guess"),
    "type-conflict": ("tên loại và ký hiệu không khớp", "type and symbol contradict each other"),
    "number-conflict": (
        "số ở đầu văn bản khác số nêu trong phụ lục",
        "the letterhead and an annex give different numbers",
    ),
    "date-conflict": (
        "ngày ở đầu văn bản khác ngày nêu trong phụ lục",
        "the letterhead and an annex give different days",
    ),
    "numbering-gap": ("thiếu số thứ tự trong các mục", "a number is missing in the outline"),
    "numbering-repeat": ("trùng số thứ tự trong các mục", "a number occurs twice in the outline"),
    "secrecy-mark": ("có dấu mật", "a secrecy mark"),
    # what keeps a document from being published
    "ownership-notice": (
        "có thông báo thuộc sở hữu của cơ quan Đảng",
        "a notice that the paper belongs to the Party's bodies",
    ),
    "internal-circulation": ("chỉ lưu hành nội bộ", "for internal circulation only"),
    "personal-id-number": ("số giấy tờ tuỳ thân của cá nhân", "a person's identity number"),
    "personal-phone": ("số di động của cá nhân", "a person's mobile phone"),
    "personal-address": ("nơi ở của cá nhân", "a person's home address"),
    "personal-bank-account": ("tài khoản ngân hàng của cá nhân", "a person's bank account"),
    "page-drawn-anew": (
        "không phải ảnh quét thuần: trang được vẽ lại, không mất gì, trong PDF tìm kiếm được",
        "no plain scan: the page was drawn anew, without loss, in the searchable PDF",
    ),
    "marks-flattened": (
        "chữ ký số nhìn thấy, dấu, ghi chú trên trang được vẽ liền vào ảnh của PDF tìm kiếm được",
        "visible signatures, stamps and notes were drawn into the page of the searchable PDF",
    ),
    "page-without-picture": (
        "trang không có ảnh trong PDF tìm kiếm được",
        "the page has no picture in the searchable PDF",
    ),
    "pdfa-not-claimed": (
        "PDF tìm kiếm được không đạt kiểm tra PDF/A nên không ghi là PDF/A",
        "the searchable PDF did not pass the check and is not called PDF/A",
    ),
    # findings about the digital signatures
    "signature-passed": ("chữ ký số giữ được", "a digital signature holds"),
    "signature-indeterminate": (
        "chưa kết luận được về chữ ký số",
        "a digital signature cannot be told for sure to hold",
    ),
    "signature-failed": ("chữ ký số không giữ được", "a digital signature does not hold"),
    "empty-signature-field": (
        "ô chữ ký số chưa được ký",
        "a signature field that was never signed",
    ),
    "signatures-unreadable": (
        "tệp hỏng, không biết chắc có chữ ký số hay không",
        "a damaged file: whether it is signed cannot be told for sure",
    ),
    "signatures-locked": (
        "tệp có mật khẩu, không biết có chữ ký số hay không",
        "a locked file: whether it is signed cannot be told",
    ),
    # errors
    "bad-settings": ("thiết lập hoặc lời gọi sai", "wrong settings or a wrong call"),
    "source-error": ("không đọc được tài liệu", "the document cannot be read"),
    "source-missing": (
        "không có tệp, hoặc không được phép đọc",
        "no such file, or no leave to read it",
    ),
    "source-empty": ("tệp rỗng hoặc không có trang nào", "an empty file, or no pages"),
    "source-encrypted": ("tệp có mật khẩu", "locked with a password"),
    "source-broken": ("tệp hỏng", "damaged beyond reading"),
    "source-unsupported": ("loại tệp không đọc được", "a kind of file that is not read"),
    "secret-document": ("văn bản mật, đã để riêng", "a secret paper, set aside"),
    "engine-error": ("bộ nhận dạng lỗi", "the recognizer failed"),
    "dictionary-error": ("từ điển thiếu hoặc hỏng", "a dictionary is missing or damaged"),
    "storage-error": ("không ghi được kết quả", "a result cannot be written"),
    "source-changed": (
        "tệp bị thay đổi trong khi đọc",
        "the file was changed while it was read",
    ),
    "too-many-pages": ("quá nhiều trang", "too many pages"),
    "interrupted": ("bị ngắt giữa chừng", "interrupted"),
    "document-timeout": ("quá thời gian cho một văn bản", "the document took too long"),
    "worker-died": ("tiến trình xử lý bị dừng", "the worker process ended"),
    "out-of-memory": ("không đủ bộ nhớ", "not enough memory"),
    "internal-error": ("lỗi của chương trình", "an error of the program"),
    "error": ("lỗi", "error"),
    # what is passed over in a folder
    "skipped-folder-unreadable": ("thư mục không mở được", "a folder that cannot be opened"),
    "skipped-folder-empty": ("thư mục rỗng", "an empty folder"),
    "skipped-folder-link": ("liên kết tới một thư mục", "a link to a folder"),
    "skipped-folder-named": ("thư mục mang tên như một tài liệu", "a folder named like a document"),
    "skipped-dangling-link": ("liên kết tới tệp không có", "a link to a file that is not there"),
    "skipped-no-file": ("không phải tệp thường", "no ordinary file"),
    "skipped-unreadable": ("tệp không mở được", "a file that cannot be opened"),
    "skipped-office": (
        "tệp soạn thảo hoặc tệp nén zip, không phải bản quét",
        "an Office file or a zip archive, no scan",
    ),
    "skipped-picture": ("loại ảnh không đọc được ở đây", "a kind of picture that is not read here"),
    "skipped-archive": ("tệp nén, cần giải nén trước", "an archive: unpack it first"),
    "skipped-markup": ("trang web, XML hoặc PostScript", "a web page, XML or PostScript"),
    "skipped-text": ("tệp chữ không mang đuôi .txt", "a text that is not named .txt"),
    "skipped-unknown": (
        "không phải loại tệp đọc được ở đây",
        "not a kind of file that is read here",
    ),
}


def explain(code: str, language: str) -> str:
    """The meaning of a code in ``vi`` or ``en``; the code itself where nothing is known of it."""
    if code not in CODES:
        return code
    vietnamese, english = CODES[code]
    return vietnamese if language == "vi" else english
