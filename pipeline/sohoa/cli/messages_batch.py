"""What the commands for whole folders say: ``sohoa batch`` and ``sohoa watch``."""

from __future__ import annotations

# key: (Vietnamese, English)
BATCH_MESSAGES: dict[str, tuple[str, str]] = {
    "batch": (
        "Số hoá cả kho qua đêm: gọi lại lệnh thì làm tiếp, không mất gì, không làm hai lần.",
        "Digitize a whole store overnight: called again it goes on; nothing is lost or done twice.",
    ),
    "batch.run": (
        "Số hoá mọi thứ chưa làm trong các thư mục. Mã thoát: 0 xong hết, 1 có tài liệu lỗi, "
        "130 bị ngắt.",
        "Digitize all that is not done yet below the folders. Exit codes: 0 all done, 1 some "
        "failed, 130 interrupted.",
    ),
    "batch.plan": (
        "Xem trước: bao nhiêu trang, mấy giờ, bao nhiêu đĩa, bỏ qua những gì. Không ghi gì.",
        "Look ahead: pages, hours, disk, what will be skipped. Nothing is written.",
    ),
    "batch.status": (
        "Tình hình của một thư mục kết quả, cả khi đang chạy.",
        "How a folder of results stands, also while a run goes on.",
    ),
    "batch.check": (
        "Xem sổ và thư mục kết quả có khớp nhau không. Mã thoát: 0 khớp, 1 không.",
        "Whether the ledger and the results agree. Exit codes: 0 they do, 1 they do not.",
    ),
    "batch.report": (
        "Ghi báo cáo: report.html (có biểu đồ), report.csv, report.json.",
        "Write a report: report.html (with plots), report.csv, report.json.",
    ),
    "watch": (
        "Canh một thư mục: bản quét nào chép xong thì số hoá ngay. Dừng bằng Ctrl-C.",
        "Watch a folder: digitize each new scan once it is there whole. Ctrl-C ends it.",
    ),
    "arg.results-out": ("Thư mục kết quả.", "Folder of the results."),
    "arg.watched": ("Thư mục cần canh.", "The folder to watch."),
    "opt.retry": (
        "Làm lại cả những tài liệu chắc sẽ lại lỗi hoặc đã để riêng.",
        "Also try again what failed for good or was set aside.",
    ),
    "opt.cluster": (
        "Địa chỉ cụm máy Ray; mặc định chỉ dùng máy này.",
        "Address of a Ray cluster; default: this machine alone.",
    ),
    "opt.quiet": ("Chỉ in lỗi.", "Print errors only."),
    "opt.deep": ("So từng byte của kết quả.", "Compare the results byte for byte."),
    "opt.report": (
        "Thư mục nhận báo cáo; mặc định OUT/.sohoa.",
        "Folder for it; default OUT/.sohoa.",
    ),
    "opt.json-lines": ("In dạng JSON.", "Print JSON."),
    "opt.move": (
        "Chuyển bản gốc đã xong vào thư mục này; mặc định để yên.",
        "Move finished originals into this folder; default: leave them.",
    ),
    "opt.poll": ("Số giây giữa hai lần nhìn.", "Seconds between two looks."),
    "opt.once": ("Làm hết những gì đang có rồi thôi.", "Do what is there, then end."),
    "batch.found": (
        "{total} tài liệu: {todo} cần làm, {done} đã xong, {failures} đã biết là lỗi; "
        "{skipped} thứ không phải tài liệu.",
        "{total} documents: {todo} to do, {done} done before, {failures} known to fail; "
        "{skipped} things that are no document.",
    ),
    "batch.line": (
        "{ended}/{total} tài liệu, {pages} trang, {rate:.2f} trang/giây, còn {left}, "
        "bộ nhớ {memory} MB, có vấn đề {failed}{reasons}",
        "{ended}/{total} documents, {pages} pages, {rate:.2f} pages/s, {left} left, "
        "memory {memory} MB, {failed} with trouble{reasons}",
    ),
    "batch.finishing": (
        "Đang kết thúc những tài liệu đang làm; bấm lần nữa để dừng ngay.",
        "Finishing the documents at hand; once more to stop at once.",
    ),
    "batch.interrupted": (
        "Đã dừng theo yêu cầu. Gọi lại lệnh này để làm tiếp.",
        "Stopped as asked. Call the same command again to go on.",
    ),
    "batch.halted": (
        "Dừng lại: {message} Sửa xong thì gọi lại lệnh này để làm tiếp.",
        "Stopped: {message} Put it right, then call the same command again to go on.",
    ),
    "batch.again": ("Thử lại riêng: {name}: {why}", "To be tried again alone: {name}: {why}"),
    "batch.total": (
        "{done} xong, {partial} thiếu trang, {failed} lỗi, {quarantined} để riêng; từ trước: "
        "{before} xong, {known} lỗi; {pages} trang trong {seconds:.0f} giây. Kết quả ở {out}.",
        "{done} done, {partial} partial, {failed} failed, {quarantined} set aside; before: "
        "{before} done, {known} failed; {pages} pages in {seconds:.0f} s. Results in {out}.",
    ),
    "plan.sources": ("Tài liệu", "Documents"),
    "plan.new": ("mới", "new"),
    "plan.changed": ("đã thay đổi", "changed"),
    "plan.again": ("làm lại", "again"),
    "plan.done": ("đã xong, bỏ qua", "done, skipped"),
    "plan.known-failure": ("đã biết là lỗi, bỏ qua", "known to fail, skipped"),
    "plan.passed-over": ("không phải tài liệu", "no documents"),
    "plan.pages": ("Trang cần đọc", "Pages to read"),
    "plan.unreadable": ("tài liệu không mở được", "documents that do not open"),
    "plan.hours": ("Giờ ({workers} tiến trình)", "Hours ({workers} workers)"),
    "plan.disk": ("Đĩa cho kết quả", "Disk for results"),
    "plan.free": ("còn trống", "free"),
    "plan.measured": ("theo những gì đã làm", "from what was done before"),
    "plan.guessed": ("ước đoán", "a guess"),
    "plan.sampled": ("ước từ {count} tài liệu", "from {count} documents"),
    "state.done": ("xong", "done"),
    "state.partial": ("thiếu trang", "partial"),
    "state.failed": ("lỗi", "failed"),
    "state.quarantined": ("để riêng", "set aside"),
    "state.running": ("đang làm", "running"),
    "state.pending": ("chờ", "waiting"),
    "state.skipped": ("không phải tài liệu", "no document"),
    "status.run": (
        "Lần chạy {number} trên {host} (tiến trình {pid}, {workers} luồng): {reason}.",
        "Run {number} on {host} (process {pid}, {workers} workers): {reason}.",
    ),
    "status.left": (
        "Đã chạy {time}; còn {left} tài liệu.",
        "For {time} by now; {left} documents are left.",
    ),
    "status.links": ("{count} tài liệu trùng một văn bản khác.", "{count} twins of another paper."),
    "vouched.consistent": (
        "Dấu, chữ ký, khối sao y nhất quán",
        "Seals, signatures, copy block consistent",
    ),
    "vouched.contradicted": (
        "Dấu, chữ ký, khối sao y mâu thuẫn",
        "Seals, signatures, copy block contradicted",
    ),
    "vouched.cannot-tell": (
        "Dấu, chữ ký, khối sao y không kết luận được",
        "Seals, signatures, copy block cannot tell",
    ),
    "reason.": ("bị cắt ngang; gọi lại lệnh này để làm tiếp", "cut off; call it again to go on"),
    "reason.running": ("đang chạy", "going on"),
    "reason.done": ("xong", "done"),
    "reason.interrupted": ("dừng theo yêu cầu", "stopped as asked"),
    "reason.no-room": ("dừng vì không ghi được kết quả", "stopped: results could not be written"),
    "reason.failed": ("dừng vì lỗi", "stopped by an error"),
    "col.state": ("Tình trạng", "State"),
    "col.reason": ("Lý do", "Reason"),
    "col.sources": ("Tài liệu", "Documents"),
    "check.missing": ("sổ ghi có, thư mục không có", "in the ledger, not in the folder"),
    "check.changed": ("tệp kết quả đã bị thay đổi", "files are not those that were written"),
    "check.unknown": ("thư mục có, sổ không ghi", "in the folder, not in the ledger"),
    "check.leftover": ("phần dở dang của lần bị ngắt", "left by a crash; the next run removes it"),
    "check.agree": ("Sổ và thư mục khớp nhau.", "The ledger and the folder agree."),
    "watch.waiting": ("Đang canh {folder}.", "Watching {folder}."),
}
