"""What the commands for checking by people say: key: (Vietnamese, English)."""

from __future__ import annotations

REVIEW_MESSAGES: dict[str, tuple[str, str]] = {
    "serve": (
        "Mở trang kiểm tra, sửa và ký duyệt kết quả của sohoa digitize trong trình duyệt.",
        "Open the pages to check, correct and sign off what sohoa digitize made, in a browser.",
    ),
    "account": (
        "Thêm hoặc sửa một tài khoản của trang kiểm tra; mật khẩu được hỏi.",
        "Add or change an account of the review pages; the password is asked for.",
    ),
    "backup": (
        "Sao lưu các chỗ đã sửa, tài khoản và sổ theo dõi, kể cả khi trang đang chạy.",
        "Back up corrections, accounts and the ledger, also while the pages are served.",
    ),
    "recover": (
        "Khôi phục từ bản sao lưu, kể cả khi trang đang chạy.",
        "Bring a backup back, also while the pages are served.",
    ),
    "corrections": (
        "In mọi chỗ đã sửa, mỗi dòng một JSON; hoặc đặt lại chúng lên kết quả mới.",
        "Print every correction as JSON lines; or replay such lines on fresh results.",
    ),
    "arg.folder": (
        "Thư mục kết quả của sohoa digitize.",
        "The folder of results that sohoa digitize made.",
    ),
    "arg.account": ("Tên đăng nhập, chữ thường.", "User name, in small letters."),
    "arg.backup": ("Thư mục của bản sao lưu.", "The folder of the backup."),
    "opt.host": ("Địa chỉ lắng nghe.", "Address to listen on."),
    "opt.port": ("Cổng.", "Port."),
    "opt.originals": (
        "Thư mục hoặc tệp gốc, nếu không ở chỗ cũ.",
        "Folders or files of the originals, where they are not where they were.",
    ),
    "opt.reviewed": (
        "Thư mục nhận kết quả đã ký duyệt; mặc định THƯ_MỤC-reviewed.",
        "Folder for signed-off results; default: FOLDER-reviewed.",
    ),
    "opt.name": (
        "Họ tên người kiểm tra (khi không dùng tài khoản).",
        "The reviewer's name (without accounts).",
    ),
    "opt.secret": ("Cho xem văn bản có dấu mật.", "Show papers that bear a secrecy mark."),
    "opt.public-url": (
        "Địa chỉ https mà máy chủ trung gian nhận.",
        "The https address that a reverse proxy answers to.",
    ),
    "opt.certificate": ("Chứng thư TLS (PEM).", "TLS certificate (PEM)."),
    "opt.key": ("Khoá TLS (PEM).", "TLS key (PEM)."),
    "opt.role": ("reader, reviewer hoặc admin.", "reader, reviewer or admin."),
    "opt.shown": ("Họ tên khi ký duyệt.", "The name under a sign-off."),
    "opt.replay": (
        "Tệp JSONL cần đặt lại lên các kết quả này.",
        "A JSONL file to replay on these results.",
    ),
    "serve.open": (
        "Mở {address} trong trình duyệt. Kết quả đã ký duyệt nằm ở {folder}. Dừng: Ctrl+C.",
        "Open {address} in a browser. Signed-off results go to {folder}. Stop: Ctrl+C.",
    ),
    "serve.password": ("Mật khẩu", "Password"),
    "serve.password-again": ("Nhập lại mật khẩu", "The password again"),
    "serve.account": ("Tài khoản {name} ({role}) đã lưu.", "Account {name} ({role}) is saved."),
    "serve.homeless": (
        "Không có văn bản cho chỗ sửa này, hoặc đã ký duyệt: {name} ({folder})",
        "No document for this correction, or it is signed off: {name} ({folder})",
    ),
    "serve.replayed": ("Đã nhận {count} chỗ sửa.", "{count} corrections taken in."),
    "serve.unplaced": (
        "Không đặt lại được: {folder}, trang {page}: {before} → {after} ({reason})",
        "Not placed: {folder}, page {page}: {before} -> {after} ({reason})",
    ),
}
