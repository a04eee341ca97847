"""What the commands for finding and handing on say: key: (Vietnamese, English)."""

from __future__ import annotations

SEARCH_MESSAGES: dict[str, tuple[str, str]] = {
    "search": (
        "Tìm trong thư mục kết quả, gõ có dấu hay không dấu; chỉ mục tự cập nhật trước khi tìm.",
        "Search a folder of results, typed with or without marks; the index follows by itself.",
    ),
    "publish": (
        "Xem điều gì ngăn từng văn bản được công bố, và quyết định công bố hay giữ lại.",
        "See what keeps each document from being published, and decide to publish or withhold.",
    ),
    "export": (
        "Xuất cả tập văn bản: jsonl, opensearch, postgresql, legislation, graph. Mặc định chỉ "
        "gồm văn bản đã quyết định công bố.",
        "Export a whole collection: jsonl, opensearch, postgresql, legislation, graph. Only "
        "documents marked publishable, unless told otherwise.",
    ),
    "changes": (
        "In các thay đổi kể từ một con trỏ, mỗi dòng một JSON, để nơi khác theo kịp.",
        "Print what changed since a cursor as JSON lines, for another site to follow.",
    ),
    "api": (
        "Mở API chỉ đọc (REST, OpenAPI) với các văn bản đã công bố; không cần đăng nhập.",
        "Serve the read-only API (REST, OpenAPI) of the published documents; without a login.",
    ),
    "arg.query": (
        'Từ cần tìm; cụm từ đặt trong "ngoặc kép".',
        'What to find; phrases stand in "quotes".',
    ),
    "arg.papers": (
        "Văn bản: thư mục của nó trong thư mục kết quả, hoặc mã.",
        "Documents: their folder below the results, or their id.",
    ),
    "opt.find-number": ("Số, ký hiệu.", "Number, symbol."),
    "opt.find-type": ("Loại văn bản.", "Type of paper."),
    "opt.find-issuer": ("Cơ quan ban hành.", "Issuing body."),
    "opt.find-signer": ("Người ký.", "Signer."),
    "opt.find-cited": ("Văn bản được viện dẫn.", "A paper that it cites."),
    "opt.from": ("Từ ngày (2025-03-05).", "From this day (2025-03-05)."),
    "opt.to-day": ("Đến hết ngày.", "Up to this day, included."),
    "opt.start": ("Bỏ qua bấy nhiêu kết quả đầu.", "Leave out so many first results."),
    "opt.count": ("Số kết quả.", "How many results."),
    "opt.search-json": ("In kết quả dạng JSON.", "Print the results as JSON."),
    "opt.rebuild": ("Lập lại chỉ mục từ đầu.", "Build the index anew."),
    "opt.secret-too": ("Kể cả văn bản có dấu mật.", "Papers with a secrecy mark, too."),
    "opt.form": (
        "jsonl, opensearch, postgresql, legislation hoặc graph.",
        "jsonl, opensearch, postgresql, legislation or graph.",
    ),
    "opt.export-out": ("Thư mục nhận các tệp.", "The folder that takes the files."),
    "opt.audience": (
        "Cho ai: public (đã công bố), office (mọi văn bản không mật), all.",
        "For whom: public (published), office (all but secret ones), all.",
    ),
    "opt.redact": (
        "Che dữ liệu cá nhân.",
        "Make personal data unreadable.",
    ),
    "opt.base": ("Địa chỉ trang web, đặt trước URI.", "Address of the site, put before URIs."),
    "opt.by": ("Ai quyết định.", "Who decides."),
    "opt.why": ("Vì sao.", "Why."),
    "opt.withhold": ("Giữ lại, không công bố.", "Withhold it."),
    "opt.despite": (
        "Công bố dù có mã này (đã xem xét).",
        "Publish in spite of this code, which was considered.",
    ),
    "opt.all-clear": (
        "Mọi văn bản không có gì ngăn và chưa ai quyết định.",
        "Every document that nothing blocks and nobody has decided about.",
    ),
    "opt.since": ("Con trỏ của lần trước; không có thì từ đầu.", "Cursor of the last time."),
    "opt.with-documents": ("Kèm nội dung văn bản.", "With the documents themselves."),
    "search.indexing": ("Đang lập chỉ mục", "Indexing"),
    "search.unreadable": ("Không đọc được kết quả: {name}", "The result cannot be read: {name}"),
    "search.found": ("{total}{more} văn bản.", "{total}{more} documents."),
    "search.page": ("trang {page}", "page {page}"),
    "search.number": ("số {number}", "no. {number}"),
    "publish.state.public": ("công bố", "published"),
    "publish.state.redacted": ("công bố, có che", "published, redacted"),
    "publish.state.withheld": ("giữ lại", "withheld"),
    "publish.state.blocked": ("bị ngăn", "blocked"),
    "publish.state.open": ("chưa quyết định", "not decided"),
    "publish.done": ("Đã ghi {count} quyết định.", "{count} decisions written down."),
    "publish.still": (
        "{name} chưa được công bố: {codes}.",
        "{name} is not published: {codes}.",
    ),
    "opt.rate": (
        "Số lần gọi mỗi giây mà một địa chỉ được phép; 0: không giới hạn.",
        "Calls a second that one address may make; 0: no bound.",
    ),
    "publish.unknown": ("Không có văn bản {name}.", "There is no document {name}."),
    "export.done": (
        "{count} văn bản, {files} tệp trong {out}.",
        "{count} documents, {files} files in {out}.",
    ),
    "export.none": (
        "Chưa văn bản nào được công bố: xem sohoa publish, hoặc dùng --audience office.",
        "No document is published yet: see sohoa publish, or use --audience office.",
    ),
    "api.open": (
        "API ở {address} (mô tả: {address}v1/openapi.json)",
        "The API is at {address} (described in {address}v1/openapi.json)",
    ),
    "publish.col.paper": ("Văn bản", "Document"),
    "publish.col.state": ("Công bố", "Publication"),
    "publish.col.reasons": ("Điều ngăn công bố", "What blocks it"),
}
