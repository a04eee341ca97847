"""What the archive's commands say, in Vietnamese and in English."""

from __future__ import annotations

ARCHIVE_MESSAGES: dict[str, tuple[str, str]] = {
    "package": (
        "Đóng gói SIP hoặc AIP (METS, EAD, PREMIS, SHA-256, ZIP) từ bản quét và kết quả số hoá. "
        "Văn bản chưa có kết quả được số hoá trước.",
        "Make SIP or AIP packages (METS, EAD, PREMIS, SHA-256, ZIP) from scans and their results. "
        "A document without a result is digitized first.",
    ),
    "check-package": (
        "Đọc lại gói tin và so mọi mã băm. Mã thoát: 0 nguyên vẹn, 1 có sai khác.",
        "Read packages again and compare every hash. Exit codes: 0 intact, 1 not.",
    ),
    "register": (
        "Lập mục lục văn bản (XLSX hoặc CSV) từ thư mục kết quả; nhận lại bản đã sửa; so với mục "
        "lục sẵn có của cơ quan.",
        "Write the register (XLSX or CSV) of a results folder; take a corrected one back; compare "
        "an office's own with what was scanned.",
    ),
    "quality": (
        "Đo chất lượng ảnh từng trang theo quy tắc số hoá; báo cáo nghiệm thu kèm mẫu ngẫu nhiên.",
        "Measure every page against the capture rules; a report for acceptance with a random "
        "sample.",
    ),
    "split": (
        "Tìm các văn bản trong một tệp quét liền; mặc định chỉ đề xuất.",
        "Find the documents in a file that was scanned in one go; only proposed by default.",
    ),
    "join": (
        "Ghép các tệp ảnh là các trang của một văn bản (tên chỉ khác số cuối); mặc định chỉ đề "
        "xuất, có --out thì số hoá từng dãy thành một văn bản.",
        "Join picture files that are pages of one document (names that differ in the last number "
        "alone); only proposed by default, with --out each series is digitized as one document.",
    ),
    "opt.join-out": (
        "Thư mục nhận kết quả; không có thì chỉ đề xuất.",
        "Folder that takes the results; without it series are only proposed.",
    ),
    "opt.originals": (
        "Nơi có bản quét: cần để phần tách có PDF tìm kiếm được.",
        "Where the scans lie: needed for the searchable PDF of a part.",
    ),
    "join-series": ("{name}: {count} trang: {files}", "{name}: {count} pages: {files}"),
    "join-none": ("Không thấy dãy ảnh nào.", "No series of pictures was found."),
    "join-done": ("{folder}: {pages} trang.", "{folder}: {pages} pages."),
    "split-no-original": (
        "{name}: không thấy bản quét, nên các phần không có PDF (xem --originals).",
        "{name}: its scan was not found, so its parts have no PDF (see --originals).",
    ),
    "pdf-signed": (
        "{name}: searchable.pdf đã ký số nên được giữ nguyên; hãy làm lại và ký lại.",
        "{name}: searchable.pdf is signed and was left as it is; make it anew and sign again.",
    ),
    "sign": (
        "Ký số tệp PDF đã số hoá bằng chứng thư của cơ quan (PKCS#12). Mật khẩu: biến "
        "SOHOA_KEY_PASSWORD, hoặc được hỏi.",
        "Sign a derived PDF with the office's certificate (PKCS#12). Password: the variable "
        "SOHOA_KEY_PASSWORD, or asked for.",
    ),
    "arg.derived": ("Tệp PDF đã số hoá (không phải bản gốc).", "A derived PDF (not an original)."),
    "opt.key": (
        "Tệp khoá PKCS#12 (.p12, .pfx), hoặc USB token (PKCS#11): "
        "pkcs11:token=NHÃN;object=NHÃN?module-path=THƯ_VIỆN.",
        "The key: a PKCS#12 file (.p12, .pfx), or a token (PKCS#11): "
        "pkcs11:token=LABEL;object=LABEL?module-path=LIBRARY.",
    ),
    "opt.signed": (
        "Tệp đã ký; mặc định TÊN.signed.pdf.",
        "The signed file; default: NAME.signed.pdf.",
    ),
    "opt.body": (
        "Tên cơ quan hiện trên trang; mặc định tên trong chứng thư.",
        "Name of the body as shown; default: the name in the certificate.",
    ),
    "opt.font": ("Phông chữ TTF cho dòng chữ nhìn thấy.", "A TTF font for the visible line."),
    "password": ("Mật khẩu của khoá", "Password of the key"),
    "signed": ("Đã ký: {path}", "Signed: {path}"),
    "opt.formats": (
        "Các định dạng cần xuất, cách nhau bằng dấu phẩy (pdf, alto, hocr, csv…), hoặc all.",
        "Formats to export, parted by commas (pdf, alto, hocr, csv, ...), or all.",
    ),
    "arg.package-sources": ("Bản quét: tệp hoặc thư mục.", "The scans: files or folders."),
    "arg.packages": ("Gói tin: tệp ZIP hoặc thư mục.", "Packages: ZIP files or folders."),
    "arg.one-results": (
        "Thư mục kết quả của sohoa digitize.",
        "A results folder of sohoa digitize.",
    ),
    "opt.results": (
        "Thư mục kết quả số hoá; mặc định OUT/results.",
        "Folder of the results; default: OUT/results.",
    ),
    "opt.package-out": ("Thư mục nhận gói tin.", "Folder that takes the packages."),
    "opt.kind": (
        "Loại gói: AIP_hoso, AIP_tailieu, SIP_hoso, SIP_tailieu.",
        "Kind: AIP_hoso, AIP_tailieu, SIP_hoso, SIP_tailieu.",
    ),
    "opt.metadata": (
        "Thông tin của cơ quan (TOML, CSV hoặc XLSX): phông, mã hồ sơ, thời hạn, chế độ sử dụng…",
        "What the office says (TOML, CSV or XLSX): fonds, file code, retention, access, ...",
    ),
    "opt.pattern": (
        "Quy tắc đặt tên, ví dụ {fileCode}.{ordinal}.pdf.",
        "Rule for names, as {fileCode}.{ordinal}.pdf.",
    ),
    "opt.keep-folder": ("Giữ cả thư mục chưa nén.", "Keep the folder beside the ZIP."),
    "opt.register-out": ("Tệp .xlsx hoặc .csv cần ghi.", "The .xlsx or .csv file to write."),
    "opt.apply": (
        "Mục lục đã sửa: đưa các sửa đổi vào kết quả.",
        "A corrected register: take its corrections into the results.",
    ),
    "opt.compare": (
        "Mục lục sẵn có của cơ quan: so với những gì đã quét.",
        "An office's own register: compare it with what was scanned.",
    ),
    "opt.who": ("Người sửa (bắt buộc với --apply).", "Who corrected (needed with --apply)."),
    "opt.quality-out": (
        "Thư mục nhận quality.html và quality.csv.",
        "Folder that takes quality.html and quality.csv.",
    ),
    "opt.rules": (
        "Bộ quy tắc: tt05 (mặc định) hoặc nd30.",
        "The rules: tt05 (default) or nd30.",
    ),
    "opt.write-parts": (
        "Ghi mỗi phần thành một kết quả riêng bên cạnh.",
        "Write each part as a result of its own beside it.",
    ),
    "packed": (
        "{path}: {documents} văn bản, {files} tệp, mã băm đúng.",
        "{path}: {documents} documents, {files} files, hashes right.",
    ),
    "package-missing": (
        "Còn thiếu hoặc cần xem: {count} trường (liệt kê trong documentation/README.txt).",
        "Missing or to be checked: {count} fields (listed in documentation/README.txt).",
    ),
    "package-intact": ("{path}: nguyên vẹn, {files} tệp.", "{path}: intact, {files} files."),
    "package-fault": ("{path}: {kind}: {file}", "{path}: {kind}: {file}"),
    "fault.missing": ("thiếu tệp", "missing"),
    "fault.changed": ("nội dung bị đổi", "changed"),
    "fault.size": ("sai kích thước", "wrong size"),
    "fault.unlisted": ("tệp không có trong METS", "not listed in METS"),
    "fault.unreadable": ("không đọc được", "unreadable"),
    "no-results": (
        "Không có kết quả nào trong {path}.",
        "There are no results in {path}.",
    ),
    "register-written": ("{path}: {count} văn bản.", "{path}: {count} documents."),
    "register-changes": (
        "Đã đưa {count} sửa đổi vào {documents} văn bản.",
        "Took {count} corrections into {documents} documents.",
    ),
    "register-unplaced": ("Không đưa được {field}: {reason}", "{field} could not be set: {reason}"),
    "who-needed": (
        "Cần --who: ai đã sửa mục lục.",
        "--who is needed: who corrected the register.",
    ),
    "one-of": (
        "Chọn một trong --out, --apply, --compare.",
        "Give one of --out, --apply, --compare.",
    ),
    "compare.missing": ("Chưa quét (dòng {row}): {theirs}", "Not scanned (row {row}): {theirs}"),
    "compare.extra": (
        "Không có trong mục lục: {name}: {ours}",
        "Not in the register: {name}: {ours}",
    ),
    "compare.different": (
        "Khác (dòng {row}, {name}, {field}): mục lục '{theirs}', bản quét '{ours}'",
        "Different (row {row}, {name}, {field}): register '{theirs}', scan '{ours}'",
    ),
    "compare.same": ("Mục lục và bản quét khớp nhau.", "Register and scans agree."),
    "quality-told": (
        "{documents} văn bản, {pages} trang, {flawed} trang không đạt; mẫu xem bằng mắt: {sample} "
        "trang. Báo cáo: {path}",
        "{documents} documents, {pages} pages, {flawed} pages with flaws; sample to check: "
        "{sample} pages. Report: {path}",
    ),
    "split-part": (
        "{name}: trang {first}-{last} (độ chắc chắn {confidence:.2f}: {why})",
        "{name}: pages {first}-{last} (confidence {confidence:.2f}: {why})",
    ),
    "split-one": ("{name}: một văn bản.", "{name}: one document."),
}
