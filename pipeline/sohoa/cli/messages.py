"""What the command line says, in Vietnamese and in English, chosen by the locale."""

from __future__ import annotations

import os
from collections.abc import Mapping

from sohoa.cli.messages_archive import ARCHIVE_MESSAGES
from sohoa.cli.messages_batch import BATCH_MESSAGES
from sohoa.cli.messages_review import REVIEW_MESSAGES
from sohoa.cli.messages_search import SEARCH_MESSAGES

Catalogue = Mapping[str, tuple[str, str]]

# key: (Vietnamese, English)
MESSAGES: Catalogue = {
    **REVIEW_MESSAGES,
    **ARCHIVE_MESSAGES,
    **SEARCH_MESSAGES,
    **BATCH_MESSAGES,
    "app": (
        "Số hoá văn bản hành chính và văn bản của Đảng: từ bản quét đến văn bản đáng tin cậy.",
        "Digitize Vietnamese official papers: from a scan to a document that can be trusted.",
    ),
    "digitize": (
        "Số hoá tệp hoặc thư mục. Mỗi tệp cho một thư mục kết quả gồm record.json, text.txt, "
        "text.md. Tệp gốc không bao giờ bị thay đổi.",
        "Digitize files or folders. Each source becomes a folder with record.json, text.txt and "
        "text.md. Originals are never changed.",
    ),
    "restore": (
        "Khôi phục dấu và chữ sai trong văn bản thuần; số dòng giữ nguyên. Số, ngày, tiền, mã và "
        "tên không bị sửa.",
        "Restore lost marks and misread words in plain text, line for line. Numbers, dates, "
        "money, codes and names are left alone.",
    ),
    "evaluate": (
        "So kết quả với bản chuẩn: CER, WER, tỉ lệ từ đúng, từng trường, cấu trúc.",
        "Compare results with truth: CER, WER, word recall, each field, the outline.",
    ),
    "inspect": (
        "Vẽ những gì tìm thấy lên bản quét, thành một trang HTML để xem.",
        "Draw what was found over the scan, as one HTML page to look at.",
    ),
    "verify": (
        "Xem điều gì làm chứng cho văn bản: con dấu, chữ ký, khối sao y, chữ ký số. Mã thoát: 0 "
        "nhất quán, 1 mâu thuẫn, 3 không kết luận được.",
        "Tell what vouches for a paper: seals, signatures, the copy block, digital signatures. "
        "Exit codes: 0 consistent, 1 contradicted, 3 cannot tell.",
    ),
    "schema": ("In JSON Schema của record.json.", "Print the JSON Schema of record.json."),
    "arg.sources": ("Tệp hoặc thư mục cần số hoá.", "Files or folders to digitize."),
    "arg.source": ("Tệp cần xem.", "The file to look at."),
    "arg.files": ("Các tệp cần xem.", "The files to look at."),
    "arg.texts": (
        "Tệp văn bản (.txt, UTF-8) hoặc thư mục; không có hoặc - thì đọc từ stdin.",
        "Text files (.txt, UTF-8) or folders; none or - for standard input.",
    ),
    "opt.texts-out": (
        "Thư mục nhận văn bản đã khôi phục; không có thì in ra stdout.",
        "Folder that takes the restored texts; without it they go to standard output.",
    ),
    "opt.explain": (
        "Cho xem từng chỗ sửa: có màu trên màn hình, hoặc một trang HTML cạnh mỗi tệp.",
        "Show every change: in colour on the terminal, or as an HTML page beside each file.",
    ),
    "restore.many": (
        "Nhiều tệp cần một thư mục nhận kết quả.",
        "Several texts need a folder for their results.",
    ),
    "restore.many.remedy": ("Thêm --out THƯ_MỤC.", "Add --out FOLDER."),
    "restore.onto-itself": (
        "{name} sẽ bị ghi đè; tệp gốc không bao giờ bị thay đổi.",
        "{name} would be written over; originals are never changed.",
    ),
    "restore.onto-itself.remedy": (
        "Chọn thư mục khác cho --out.",
        "Give another folder as --out.",
    ),
    "arg.truth": ("Thư mục bản chuẩn.", "Folder of the truth."),
    "arg.results": ("Thư mục kết quả.", "Folder of the results."),
    "opt.out": ("Thư mục nhận kết quả.", "Folder that takes the results."),
    "opt.page": ("Tệp HTML; mặc định TÊN.html.", "The HTML file; default: NAME.html."),
    "opt.settings": ("Tệp thiết lập TOML.", "A settings file (TOML)."),
    "opt.engine": (
        "Bộ nhận dạng: tesseract (mặc định) hoặc lines (của chúng tôi).",
        "The recognizer: tesseract (the default) or lines (our own).",
    ),
    "opt.jobs": ("Số tiến trình; mặc định bằng số nhân.", "Worker processes; default: cores."),
    "opt.limit": ("Giới hạn giây cho mỗi văn bản.", "Seconds allowed for one document."),
    "opt.json": ("In kết quả dạng JSON, mỗi dòng một tệp.", "Print one JSON line a source."),
    "opt.json-report": ("In báo cáo dạng JSON.", "Print the report as JSON."),
    "opt.html": ("Ghi thêm báo cáo HTML có đánh dấu chỗ khác.", "Write an HTML report as well."),
    "opt.html-verify": (
        "Ghi thêm một trang HTML có hình cắt từ bản quét (nhiều tệp: một thư mục).",
        "Write an HTML page with cut-outs of the scan as well (several files: a folder).",
    ),
    "opt.roots": (
        "Thư mục chứng thư gốc mà cơ quan tin cậy.",
        "Folder of the root certificates that the office trusts.",
    ),
    "opt.version": ("In phiên bản.", "Print the version."),
    "progress": ("Đang số hoá", "Digitizing"),
    "col.source": ("Tệp", "Source"),
    "col.pages": ("Trang", "Pages"),
    "col.number": ("Số, ký hiệu", "Number"),
    "col.type": ("Loại", "Type"),
    "col.date": ("Ngày", "Date"),
    "col.issuer": ("Cơ quan ban hành", "Issuer"),
    "col.status": ("Kết quả", "Result"),
    "col.event": ("Về", "About"),
    "col.standing": ("Tình trạng", "Standing"),
    "col.statement": ("Nội dung", "Statement"),
    "col.value": ("Giá trị", "Value"),
    "status.done": ("xong", "done"),
    "status.partial": ("thiếu trang", "partial"),
    "status.failed": ("lỗi", "failed"),
    "status.quarantined": ("để riêng", "set aside"),
    "skipped": ("Bỏ qua {name}: {reason}", "Skipped {name}: {reason}"),
    "total": (
        "{done} xong, {partial} thiếu trang, {failed} lỗi; {pages} trang trong {seconds:.0f} giây. "
        "Kết quả ở {out}.",
        "{done} done, {partial} partial, {failed} failed; {pages} pages in {seconds:.0f} s. "
        "Results in {out}.",
    ),
    "error": ("Lỗi: {message}", "Error: {message}"),
    "nothing": ("Không tìm thấy tài liệu nào.", "No documents were found."),
}


def language() -> str:
    """``vi`` where the locale asks for Vietnamese, ``en`` otherwise."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "vi" if value.lower().startswith("vi") else "en"
    return "en"


def say(key: str, **values: object) -> str:
    """The message under ``key`` in the language of the locale."""
    vietnamese, english = MESSAGES[key]
    text = vietnamese if language() == "vi" else english
    return text.format(**values) if values else text
