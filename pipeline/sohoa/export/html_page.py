"""``text.html``: the paper as a page to read: outline, text, what it orders, what to check.

Self-contained: no script, nothing loaded from anywhere, and the page forbids both. Every unit has
its address as an anchor (``#art_5__para_2``), every page its number (``#page-3``). Furniture stays
out. OCR text is foreign input: all of it is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sohoa.addresses import attachment_address
from sohoa.directive import Attachment, CopyBlock, Directive, Family, Leaf, MarkKind, Task
from sohoa.explain import explain
from sohoa.export.html_body import Body, table_of
from sohoa.export.html_style import STYLE
from sohoa.export.html_text import safe, shown
from sohoa.export.plain_text import line_text
from sohoa.model import Finding, LineKind
from sohoa.record import Record

_SHOWN_MARKS = (MarkKind.SECRECY, MarkKind.URGENCY, MarkKind.CIRCULATION, MarkKind.DRAFT)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def export(record: Record) -> bytes:
    """UTF-8 HTML 5, one trailing newline."""
    text = "\n".join(piece for piece in _page(record) if piece)
    return (text + "\n").encode("utf-8", errors="replace")


def _page(record: Record) -> Iterator[str]:
    paper = record.directive
    body = Body(record)
    name = " ".join(filter(None, (paper.type.value, paper.symbol.printed))) or record.source.name
    yield "<!doctype html>"
    yield "<html lang='vi'><head><meta charset='utf-8'>"
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield "<meta name='viewport' content='width=device-width, initial-scale=1'>"
    yield f"<title>{safe(name)}</title><style>{STYLE}</style></head><body><main>"
    yield from _head(paper, _is_party(paper), _marks(paper))
    yield f"<h1>{shown(paper.type) or safe(record.source.name)}</h1>"
    yield f"<p class='title'>{shown(paper.title)}</p>" if paper.title.value else ""
    outline = "".join(body.outline())
    yield f"<nav><details><summary>Mục lục</summary>{outline}</details></nav>" if outline else ""
    yield from _addressees(paper.addressees)
    yield from body.units("preamble")
    yield from body.units("") if paper.body else _printed_lines(record)
    yield from _closing(paper)
    for number, attachment in enumerate(paper.attachments, start=1):
        yield from _attachment(attachment, number, body)
    if paper.copy_block is not None:
        yield from _copy(paper.copy_block, _is_party(paper))
    yield from _tasks(paper.tasks)
    yield from _notes(record.findings)
    yield "</main></body></html>"


def _is_party(paper: Directive) -> bool:
    return paper.family.value == Family.PARTY.value


def _marks(paper: Directive) -> list[str]:
    return [shown(mark.value) for mark in paper.marks if mark.kind in _SHOWN_MARKS]


def _head(paper: Directive | CopyBlock, party: bool, marks: Iterable[str]) -> Iterator[str]:
    number = paper.symbol.printed or ""
    if not number and (paper.number.value or paper.symbol.value):
        dash = "-" if party else "/"
        number = f"{paper.number.value or '…'}{dash}{paper.symbol.value or '…'}"
    doubt = Leaf(number, paper.number.confidence, candidates=paper.number.candidates)
    place_date = ", ".join(part for part in (shown(paper.place), shown(paper.date)) if part)
    yield "<header class='head'><div>"
    yield f"<p>{shown(paper.superior)}</p>" if paper.superior.value else ""
    yield f"<p class='issuer'>{shown(paper.issuer)}</p>" if paper.issuer.value else ""
    yield f"<p>{'Số' if party else 'Số:'} {shown(doubt)}</p>" if number else ""
    yield f"</div><div class='right'><p>{place_date}</p>"
    for mark in marks:
        yield f"<p class='mark'>{mark}</p>"
    yield "</div></header>"


def _addressees(addressees: tuple[Leaf, ...]) -> Iterator[str]:
    names = [shown(leaf) for leaf in addressees if leaf.value]
    if names:
        items = "".join(f"<li>{name}</li>" for name in names)
        yield f"<div class='addressees'><strong>Kính gửi:</strong><ul>{items}</ul></div>"


def _printed_lines(record: Record) -> Iterator[str]:
    """Where no body was made out: the printed lines, so that nothing that was read is lost."""
    if any(attachment.body for attachment in record.directive.attachments):
        return
    for page in record.pages:
        yield f"<p class='page' id='page-{page.number}'>trang {page.number}</p>"
        for block in page.blocks:
            if block.cells:
                yield table_of(block)
            lines = [safe(line_text(ln)) for ln in block.lines if ln.kind is LineKind.TEXT]
            yield f"<p>{'<br>'.join(lines)}</p>" if lines else ""


def _closing(paper: Directive | CopyBlock) -> Iterator[str]:
    names = [shown(leaf) for leaf in paper.recipients if leaf.value]
    items = "".join(f"<li>{name}</li>" for name in names)
    several = paper.signatures if isinstance(paper, Directive) else ()
    blocks = [(each.authority, each.position, each.signer) for each in several]
    blocks = blocks or [(paper.authority, paper.position, paper.signer)]
    signed = "".join(_signature(*block) for block in blocks)
    if not items and not signed:
        return
    yield "<div class='closing'><div class='recipients'>"
    yield f"<strong><em>Nơi nhận:</em></strong><ul>{items}</ul>" if items else ""
    yield f"</div><div class='signatures'>{signed}</div></div>"


def _signature(authority: tuple[Leaf, ...], position: Leaf, signer: Leaf) -> str:
    lines = [shown(leaf) for leaf in (*authority, position) if leaf.value]
    name = f"<div class='signer'>{shown(signer)}</div>" if signer.value else ""
    return f"<div>{'<br>'.join(lines)}{name}</div>" if lines or name else ""


def _attachment(attachment: Attachment, number: int, body: Body) -> Iterator[str]:
    yield from body.page_marks_to(attachment.page or 0)
    yield f"<div class='annex' id='{attachment_address(number)}'>"
    heading = " ".join(filter(None, (shown(attachment.label), shown(attachment.title))))
    yield f"<h2>{heading}</h2>" if heading else ""
    yield from body.units(attachment_address(number), level=3)
    yield "</div>"


def _copy(block: CopyBlock, party: bool) -> Iterator[str]:
    yield f"<aside id='copy'><h2>{shown(block.kind) or 'Bản sao'}</h2>"
    yield from _head(block, party, ())
    yield f"<p>{shown(block.statement)}</p>" if block.statement.value else ""
    yield from _closing(block)
    yield "</aside>"


def _tasks(tasks: tuple[Task, ...]) -> Iterator[str]:
    if not tasks:
        return
    yield "<details class='notes'><summary>Nhiệm vụ được giao</summary><table class='tasks'>"
    yield "<tr><th>Mục</th><th>Cơ quan</th><th>Việc</th><th>Thời hạn</th><th>Chỉ tiêu</th></tr>"
    for task in tasks:
        doubt = " <span class='unsure' title='cần kiểm tra'>(?)</span>" if task.doubt else ""
        cells = (
            f"<a href='#{safe(task.unit)}'>↑</a>{doubt}",
            safe("; ".join(quote.text for quote in task.bodies)),
            safe(task.action.text),
            safe("; ".join(quote.text for quote in task.deadlines)),
            safe("; ".join(quote.text for quote in task.targets)),
        )
        yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    yield "</table></details>"


def _notes(findings: tuple[Finding, ...]) -> Iterator[str]:
    if not findings:
        return
    yield "<details class='notes'><summary>Cần xem lại</summary><ul>"
    for finding in findings:
        where = f"trang {finding.page}: " if finding.page else ""
        yield f"<li>{where}{safe(explain(finding.code, 'vi'))}</li>"
    yield "</ul></details>"
