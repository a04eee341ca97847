"""What the review page says; its scripts know these too: key: (Vietnamese, English)."""

from __future__ import annotations

from sohoa.wording import TERMS

_OWN: dict[str, tuple[str, str]] = {
    "tab.text": ("Chữ", "Text"),
    "tab.fields": ("Trường", "Fields"),
    "tab.outline": ("Bố cục", "Outline"),
    "tab.edits": ("Máy đã sửa", "Changes"),
    "tab.evidence": ("Dấu, chữ ký", "Seals"),
    "tab.history": ("Nhật ký", "History"),
    "scan": ("Bản quét", "Scan"),
    "scan.none": (
        "Không có ảnh: tệp gốc không còn ở chỗ cũ, hoặc đã thay đổi. Vẫn xem và sửa được chữ.",
        (
            "No picture: the original is not where it was, or has changed. The text can still be "
            "read and corrected."
        ),
    ),
    "scan.loading": ("Đang vẽ trang…", "Drawing the page…"),
    "page": ("Trang", "Page"),
    "page.previous": ("Trang trước (Page Up)", "Previous page (Page Up)"),
    "page.next": ("Trang sau (Page Down)", "Next page (Page Down)"),
    "zoom.in": ("Phóng to (+)", "Zoom in (+)"),
    "zoom.out": ("Thu nhỏ (−)", "Zoom out (−)"),
    "zoom.fit": ("Vừa chiều ngang (0)", "Fit the width (0)"),
    "rotate": ("Xoay (])", "Turn (])"),
    "boxes": ("Hiện khung chữ", "Show boxes"),
    "legend.sure": ("chắc", "sure"),
    "legend.fair": ("ngờ", "doubtful"),
    "legend.poor": ("rất ngờ", "very doubtful"),
    "legend.locked": ("đã xem", "looked at"),
    "word": ("Chữ đang xem", "The word"),
    "word.crop": ("Nét chữ trên bản quét", "The ink on the scan"),
    "word.type": ("Gõ chữ đúng", "Type what stands there"),
    "word.right": ("Đúng, tiếp ↵", "Right, next ↵"),
    "word.save": ("Lưu, tiếp ↵", "Save, next ↵"),
    "word.not-text": ("Không phải chữ", "No text"),
    "word.doubt": ("mức ngờ {doubt} %", "doubt {doubt} %"),
    "word.read": ("máy đọc: {text}", "engine read: {text}"),
    "word.locked": ("đã xem", "looked at"),
    "word.none-left": (
        "Không còn chữ nghi ngờ. Xem các trường rồi ký duyệt.",
        "No doubtful words are left. Look at the fields, then sign off.",
    ),
    "word.pick": (
        "Chọn một chữ, hoặc bấm ↓ để đến chữ nghi ngờ tiếp theo.",
        "Pick a word, or press ↓ for the next doubtful one.",
    ),
    "word.count": ("Còn {left} chữ nghi ngờ", "{left} doubtful words left"),
    "word.next": ("Chữ nghi ngờ tiếp theo (↓)", "Next doubtful word (↓)"),
    "word.choices": ("Chọn 1, 2, 3", "Choose 1, 2, 3"),
    "saved": ("Đã lưu", "Saved"),
    "saving": ("Đang lưu…", "Saving…"),
    "undo": ("Hoàn tác", "Undo"),
    "undone": ("Đã hoàn tác", "Undone"),
    "undo.nothing": ("Không còn gì để hoàn tác", "There is nothing to undo"),
    "accept": ("Đúng", "Accept"),
    "revert": ("Trả lại", "Undo"),
    "accepted": ("đã nhận", "accepted"),
    "show": ("Xem", "Show"),
    "save": ("Lưu", "Save"),
    "confirm": ("Đúng", "Right"),
    "add": ("Thêm", "Add"),
    "empty": ("(không có)", "(none)"),
    "fields.intro": (
        "So từng trường với ảnh. Trường đã xem có dấu ✓ và không bị thay khi máy đọc lại.",
        (
            "Compare each field with its ink. A field that was looked at bears ✓, and stays when "
            "the paper is read again."
        ),
    ),
    "field.family": ("Hệ văn bản", "Kind of rules"),
    "field.superior": ("Cơ quan chủ quản", "Superior body"),
    "field.issuer": ("Cơ quan ban hành", "Issuing body"),
    "field.number": ("Số", "Number"),
    "field.symbol": ("Ký hiệu", "Symbol"),
    "field.place": ("Địa danh", "Place"),
    "field.date": ("Ngày ban hành", "Date"),
    "field.type": ("Loại văn bản", "Type"),
    "field.title": ("Trích yếu", "Title"),
    "field.addressees": ("Kính gửi", "Addressees"),
    "field.legal_bases": ("Căn cứ", "Legal bases"),
    "field.recipients": ("Nơi nhận", "Recipients"),
    "field.authority": ("Quyền hạn ký", "Signing authority"),
    "field.position": ("Chức vụ", "Position"),
    "field.signer": ("Người ký", "Signer"),
    "field.kind": ("Hình thức sao", "Kind of copy"),
    "field.statement": ("Lời sao", "Copy statement"),
    "field.copy_block": ("Bản sao", "Copy"),
    "family.party": ("Văn bản của Đảng", "Party"),
    "family.state": ("Văn bản hành chính", "State"),
    "family.unknown": ("Chưa rõ", "Not known"),
    "level.sure": ("chắc", "sure"),
    "level.fair": ("chưa chắc", "unsure"),
    "level.poor": ("đoán", "a guess"),
    "level.missing": ("không thấy", "not found"),
    "level.none": ("không có", "none"),
    "level.locked": ("đã xem", "looked at"),
    "handwritten": ("viết tay", "handwritten"),
    "invalid": ("Giá trị không hợp lệ: {reason}", "This value cannot be: {reason}"),
    "outline.up": ("Lên một cấp", "One level up"),
    "outline.down": ("Xuống một cấp", "One level down"),
    "outline.empty": ("Không thấy bố cục.", "No outline was found."),
    "outline.refused": ("Không chuyển được mục này.", "This unit cannot go there."),
    "outline.kind": ("Loại mục", "Kind of unit"),
    "unit.part": ("phần", "part"),
    "unit.chapter": ("chương", "chapter"),
    "unit.section": ("mục", "section"),
    "unit.subsection": ("tiểu mục", "subsection"),
    "unit.article": ("điều", "article"),
    "unit.paragraph": ("khoản", "paragraph"),
    "unit.subparagraph": ("khoản con", "subparagraph"),
    "unit.point": ("điểm", "point"),
    "unit.indent": ("gạch đầu dòng", "indent"),
    "unit.text": ("đoạn văn", "text"),
    "unit.table": ("bảng", "table"),
    "edits.intro": (
        "Những chữ mà máy đã tự sửa, chỗ ít chắc nhất ở trên.",
        "Words that the machine changed by itself, the least sure ones first.",
    ),
    "edits.none": ("Máy không tự sửa chữ nào.", "The machine changed no word."),
    "evidence.none": (
        "Chưa thấy con dấu, chữ ký nào được ghi nhận cho văn bản này.",
        "No seal or signature is noted for this document.",
    ),
    "evidence.statements": ("Nhận định", "Statements"),
    "evidence.marks": ("Trên giấy", "On the paper"),
    "evidence.signatures": ("Chữ ký số", "Digital signatures"),
    "sort.seal": ("Con dấu", "Seal"),
    "sort.stamp": ("Dấu khác", "Stamp"),
    "sort.hand": ("Nét bút", "Pen"),
    "kind.signature": ("chữ ký", "signature"),
    "kind.initials": ("ký nháy", "initials"),
    "kind.note": ("bút phê", "note"),
    "findings": ("Cần lưu ý", "To look at"),
    "findings.none": ("Không có cảnh báo.", "No warnings."),
    "unplaced": (
        "Không đặt lại được trên bản đọc mới; hãy xem từng chỗ:",
        "These could not be placed on the new reading; look at each:",
    ),
    "newer": (
        (
            "Đã ký duyệt trên bản đọc cũ; máy đã đọc lại sau đó. Bản ký duyệt được giữ nguyên. "
            "Mở lại để chuyển các chỗ đã sửa sang bản đọc mới."
        ),
        (
            "Signed off on an earlier reading; the paper was read again since. The signed text is "
            "kept. Reopen it to carry the corrections over to the new reading."
        ),
    ),
    "history.none": ("Chưa có ai sửa gì.", "Nobody has changed anything yet."),
    "act.word": ("sửa chữ", "word"),
    "act.confirm": ("xác nhận chữ", "word confirmed"),
    "act.field": ("trường", "field"),
    "act.outline": ("bố cục", "outline"),
    "act.undo": ("hoàn tác", "undo"),
    "act.sign-off": ("ký duyệt", "signed off"),
    "act.reopen": ("mở lại", "reopened"),
    "act.undone": ("đã hoàn tác", "taken back"),
    "others": ("{names} cũng đang mở văn bản này", "{names} has this document open too"),
    "others.changed": (
        "{names} vừa sửa văn bản này; trang đã cập nhật.",
        "{names} changed this document just now; the page shows it.",
    ),
    "conflict": ("Hai người cùng sửa một chỗ", "Two people changed the same thing"),
    "conflict.told": (
        "{who} đã sửa chỗ này thành “{theirs}”. Bạn muốn ghi “{mine}”.",
        "{who} changed this to “{theirs}”. You want “{mine}”.",
    ),
    "conflict.mine": ("Ghi của tôi", "Take mine"),
    "conflict.theirs": ("Giữ của người kia", "Keep theirs"),
    "sign": ("Ký duyệt…", "Sign off…"),
    "sign.title": ("Ký duyệt văn bản", "Sign the document off"),
    "sign.as": ("Người ký duyệt: {name}", "Signed off by: {name}"),
    "sign.left": (
        "Còn {words} chữ nghi ngờ và {fields} trường chưa chắc chưa xem.",
        "{words} doubtful words and {fields} unsure fields were not looked at.",
    ),
    "sign.clear": ("Mọi chỗ nghi ngờ đã được xem.", "Everything doubtful was looked at."),
    "sign.note": ("Ghi chú (không bắt buộc)", "Note (if any)"),
    "sign.do": ("Ký duyệt", "Sign off"),
    "sign.done": ("{name} đã ký duyệt, {when}", "Signed off by {name}, {when}"),
    "results.writing": ("đang lập kết quả…", "making the results…"),
    "results.written": ("kết quả đã ghi", "results written"),
    "results.failed-short": ("chưa ghi được kết quả", "results not written"),
    "results.show": ("Xem kết quả", "See the results"),
    "reopen": ("Mở lại", "Reopen"),
    "signed.locked": (
        "Văn bản đã ký duyệt. Mở lại để sửa.",
        "The document is signed off. Reopen it to change it.",
    ),
    "read-only": ("Bạn chỉ được xem.", "You may only look."),
    "cancel": ("Thôi", "Cancel"),
    "close": ("Đóng", "Close"),
    "back": ("Danh sách", "List"),
    "offline": (
        "Chưa lưu được: mất kết nối. Sẽ thử lại, xin đừng đóng trang.",
        "Not saved yet: no connection. It is tried again; please keep the page open.",
    ),
    "expired": (
        "Phiên làm việc đã hết. Hãy đăng nhập lại ở một thẻ khác, rồi tải lại trang.",
        "The session has ended. Log in again in another tab, then load this page again.",
    ),
    "failed": ("Không làm được: {reason}", "This did not work: {reason}"),
    "tab.list": ("Các phần của văn bản", "Parts of the document"),
    "tools": ("Công cụ xem bản quét", "Tools for the scan"),
    "keys": (
        (
            "↵ đúng, tiếp · 1 2 3 chọn · gõ chữ để sửa · ↓ ↑ chữ nghi ngờ · ← → chữ bên cạnh · "
            "Delete không phải chữ · Ctrl+Z hoàn tác"
        ),
        (
            "↵ right, next · 1 2 3 choose · type to correct · ↓ ↑ doubtful words · "
            "← → neighbours · Delete no text · Ctrl+Z undo"
        ),
    ),
}
# What vouches for a paper is told in the same words as by the commands and the reports.
_SHARED = ("standing.", "verdict.", "outcome.", "presence.", "seal.", "stamp.")
REVIEW: dict[str, tuple[str, str]] = {
    **_OWN,
    **{key: pair for key, pair in TERMS.items() if key.startswith(_SHARED)},
}
