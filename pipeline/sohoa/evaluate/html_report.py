"""The evaluation as one HTML page, in Vietnamese and English, with the differences marked."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from sohoa.evaluate.differences import Kind, Span, find_differences
from sohoa.evaluate.fields import FieldResult, Outcome
from sohoa.evaluate.html_page import document, field_label, label, table, tile
from sohoa.evaluate.report import DocumentReport, PageReport, Report

_OUTCOMES = {
    Outcome.EXACT: "đúng / exact",
    Outcome.FOLDED: "đúng, khác kiểu chữ / right but for style",
    Outcome.WRONG: "sai / wrong",
    Outcome.MISSED: "thiếu / missed",
    Outcome.INVENTED: "thừa / invented",
    Outcome.ABSENT: "không có / absent",
}
_COUNTS = (
    label("Từ", "words"), "WER", "CER", label("Độ phủ", "recall"),
    label("Độ chính xác", "precision"), label("WER nguyên dạng", "WER unfolded"),
)  # fmt: skip


def to_html(report: Report) -> bytes:
    """One self-contained page; all text in it is escaped."""
    body = [f"<h1>{label('Kết quả đánh giá', 'Evaluation')}</h1>", *_summary(report)]
    body += [*_problems(report), *_pages_section(report)]
    body += [*_fields_section(report), *_lists_section(report)]
    body.append(f"<h2>{label('Từng văn bản', 'Each document')}</h2>")
    body.append(_legend())
    for number, each in enumerate(report.documents):
        body += _document(f"d{number}", each)
    return document("Kết quả đánh giá – Evaluation", body)


def _summary(report: Report) -> Iterator[str]:
    text, strict = report.text(folded=True), report.text(folded=False)
    restoration = report.restoration()
    yield '<div class="tiles">'
    yield tile(f"{len(report.documents)}", label("văn bản", "documents"))
    yield tile(f"{text.recall:.3f}", label("độ phủ từ", "word recall"))
    yield tile(f"{text.precision:.3f}", label("độ chính xác từ", "word precision"))
    yield tile(f"{text.wer:.3f}", label("lỗi từ", "WER"))
    yield tile(f"{text.cer:.3f}", label("lỗi chữ", "CER"))
    yield tile(f"{strict.wer:.3f}", label("lỗi từ nguyên dạng", "WER unfolded"))
    yield tile(f"{restoration.mended}", label("từ được sửa đúng", "words mended"))
    yield tile(f"{restoration.harmed}", label("từ bị làm hỏng", "words harmed"))
    yield tile(f"{restoration.numbers_harmed}", label("số bị làm hỏng", "numbers harmed"))
    yield "</div>"


def _problems(report: Report) -> Iterator[str]:
    if report.problems or report.without_truth:
        yield f"<section><h3>{label('Không đo được', 'Not measured')}</h3><ul>"
        yield from (f"<li>{escape(line)}</li>" for line in report.problems)
        if count := len(report.without_truth):
            name = label(f"{count} kết quả không có đối chứng", "results without truth")
            yield f"<li>{name}</li>"
        yield "</ul></section>"


def _pages_section(report: Report) -> Iterator[str]:
    rows = [
        (_page_class(page), [f"{escape(document.name)}, {page.number}", *_page_cells(page)])
        for document, page in report.pages()
    ]
    if rows:
        yield f"<h2>{label('Chữ trên từng trang', 'Text of each page')}</h2><section>"
        yield table((label("Trang", "page"), *_COUNTS), rows) + "</section>"


def _page_cells(page: PageReport) -> list[str]:
    text = page.folded
    rates = (text.wer, text.cer, text.recall, text.precision, page.strict.wer)
    return [str(text.words), *(f"{rate:.3f}" for rate in rates)]


def _page_class(page: PageReport) -> str:
    if page.problem or page.folded.recall < 0.9:
        return "bad"
    return "fair" if page.folded.recall < 0.95 else ""


def _fields_section(report: Report) -> Iterator[str]:
    headings = (
        label("Trường", "field"), label("Có trên giấy", "on paper"), label("Đúng hẳn", "exact"),
        label("Đúng", "folded"), label("Sai", "wrong"), label("Thiếu", "missed"),
        label("Thừa", "invented"), label("Chắc mà sai", "sure and wrong"),
    )  # fmt: skip
    rows = []
    for row in report.field_rows():
        name = field_label(row.name, handwritten=row.handwritten)
        counts = [row.count(o) for o in (Outcome.WRONG, Outcome.MISSED, Outcome.INVENTED)]
        rates = [f"{row.exact:.3f}", f"{row.folded:.3f}"]
        kind = "" if row.folded >= 0.97 else "fair" if row.folded >= 0.8 else "bad"
        cells = [name, str(row.on_paper), *rates, *map(str, counts), str(row.sure_and_wrong)]
        rows.append((kind, cells))
    if rows:
        yield f"<h2>{label('Thông tin văn bản', 'Fields')}</h2><section>"
        yield table(headings, rows) + "</section>"


def _lists_section(report: Report) -> Iterator[str]:
    headings = (
        label("Danh sách", "list"), label("Cách so", "matched by"),
        label("Đối chứng", "in truth"), label("Kết quả", "in output"),
        label("Độ chính xác", "precision"), label("Độ phủ", "recall"), "F1",
    )  # fmt: skip
    rows = []
    for name, way, counts in report.list_rows():
        rates = [f"{rate:.3f}" for rate in (counts.precision, counts.recall, counts.f1)]
        rows.append(
            ("", [field_label(name), way, str(counts.in_truth), str(counts.in_output), *rates])
        )
    if rows:
        yield f"<h2>{label('Danh sách và bố cục', 'Lists and outline')}</h2><section>"
        yield table(headings, rows, words=2) + "</section>"


def _document(anchor: str, each: DocumentReport) -> Iterator[str]:
    names = f"{escape(each.name)} <small>{escape(each.output or '–')}</small>"
    yield f'<section id="{anchor}"><h3>{names}</h3>'
    for problem in each.problems:
        yield f"<p><del>{escape(problem)}</del></p>"
    if each.fields:
        headings = (
            label("Trường", "field"), label("Đối chứng", "truth"), label("Kết quả", "output"),
            label("Nhận xét", "outcome"), label("Độ tin", "confidence"),
        )  # fmt: skip
        shown = [field for field in each.fields if field.outcome is not Outcome.ABSENT]
        yield table(headings, [_field_row(field) for field in shown], words=4)
    for result in each.lists:
        if result.missed or result.extra:
            right = len(result.missed), len(result.extra)
            name = f"{field_label(result.name)} −{right[0]} +{right[1]}"
            yield f"<details><summary>{name}</summary><ul>"
            yield from (f"<li><del>{escape(item)}</del></li>" for item in result.missed)
            yield from (f"<li><ins>{escape(item)}</ins></li>" for item in result.extra)
            yield "</ul></details>"
    for page in each.pages:
        yield from _page(page)
    yield "</section>"


def _field_row(field: FieldResult) -> tuple[str, list[str]]:
    kind = "" if field.is_right else "bad" if field.is_sure_and_wrong else "fair"
    name = field_label(field.name, handwritten=field.handwritten)
    values = [field.truth or "–", field.value or "–", _OUTCOMES[field.outcome]]
    return kind, [name, *values, f"{field.confidence:.2f}" if field.value else ""]


def _page(page: PageReport) -> Iterator[str]:
    rates = f"WER {page.folded.wer:.3f} · CER {page.folded.cer:.3f} · "
    rates += f"{page.folded.recall:.3f} / {page.folded.precision:.3f}"
    yield f"<h3>{label(f'Trang {page.number}', 'page')} <small>{rates}</small></h3>"
    if page.restoration and page.restoration.harmed_words:
        words = escape(" · ".join(page.restoration.harmed_words))
        yield f"<p>{label('Bị làm hỏng', 'harmed by restoration')}: <del>{words}</del></p>"
    yield f'<div class="page">{_marked(find_differences(page.truth, page.output))}</div>'


def _marked(spans: tuple[Span, ...]) -> str:
    parts = []
    line = 0
    for span in spans:
        if span.line > line:
            parts.append("<br>")
        line = max(line, span.line)
        parts.append(_mark(span) + " ")
    return "".join(parts)


def _mark(span: Span) -> str:
    truth, output = escape(span.truth.replace("\ufffc", "✎")), escape(span.output)
    if span.kind is Kind.EQUAL:
        return output
    if span.kind is Kind.STYLE:
        return f'<span class="style" title="{truth}">{output}</span>'
    if span.kind is Kind.UNPRINTED:
        return f'<span class="unprinted">{truth} {output}</span>'
    marked = (f"<del>{truth}</del>" if truth else "") + (f"<ins>{output}</ins>" if output else "")
    if span.kind is Kind.MOVED:
        return marked.replace("<del>", '<del class="moved">').replace(
            "<ins>", '<ins class="moved">'
        )
    return f'<span class="changed">{marked}</span>' if span.kind is Kind.CHANGED else marked


def _legend() -> str:
    return (
        '<p class="legend">'
        f"<span><del>từ</del> {label('thiếu trong kết quả', 'missed')}</span>"
        f"<span><ins>từ</ins> {label('thừa trong kết quả', 'extra')}</span>"
        '<span><span class="changed"><del>từ</del><ins>tù</ins></span> '
        f"{label('đọc sai', 'changed')}</span>"
        f'<span><ins class="moved">từ</ins> {label("sai thứ tự đọc", "moved")}</span>'
        f'<span><span class="style">hòa</span> {label("khác kiểu chữ", "style only")}</span>'
        f'<span><span class="unprinted">✎ 12</span> {label("viết tay", "handwriting")}</span></p>'
    )
