"""``text.md``: the paper as a person reads it, with its outline, paragraphs flowing.

Letterhead as a small table, type and title, addressees, legal bases, the body as headings and
numbered paragraphs with their labels as printed, signature, recipients; annexes after a rule, and
the block of a certified copy set apart as the paper of its own that it is. Furniture stays out.
Where no body was made out, the printed lines stand instead: nothing that was read is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sohoa.directive import Attachment, CopyBlock, Directive, Family, Leaf, MarkKind
from sohoa.export import markdown_body
from sohoa.export.markdown_text import inline, paragraph, strong, table
from sohoa.export.plain_text import line_text
from sohoa.model import LineKind
from sohoa.record import Record

# A number or day written by hand is often misread; under this confidence the reader is told.
UNSURE_BELOW = 0.5

_RULE = "---"
_SHOWN_MARKS = (MarkKind.SECRECY, MarkKind.URGENCY, MarkKind.CIRCULATION, MarkKind.DRAFT)


def export(record: Record) -> bytes:
    """UTF-8 Markdown (CommonMark with tables), one trailing newline."""
    directive = record.directive
    blocks = [*_letterhead(directive), *_title(record), *_addressees(directive)]
    blocks += _legal_bases(directive)
    blocks += _body(record)
    blocks += [*_signature(directive), *_recipients(directive.recipients)]
    for attachment in directive.attachments:
        blocks += _attachment(record, attachment)
    if directive.copy_block is not None:
        blocks += _copy_block(directive.copy_block, _is_party(directive))
    text = markdown_body.join_blocks(block for block in blocks if block)
    return (text + "\n").encode("utf-8", errors="replace")


def _title(record: Record) -> Iterator[str]:
    directive = record.directive
    heading = inline(shown(directive.type)) or inline(record.source.name)
    yield f"# {heading}"
    yield strong(shown(directive.title))


def _letterhead(directive: Directive) -> Iterator[str]:
    marks = [shown(mark.value) for mark in directive.marks if mark.kind in _SHOWN_MARKS]
    yield _head(directive, _is_party(directive), [strong(mark) for mark in marks])


def _head(paper: Directive | CopyBlock, party: bool, marks: list[str]) -> str:
    """Issuer and number at the left, place and date at the right, as on the paper."""
    left = [inline(shown(paper.superior)), strong(shown(paper.issuer))]
    left.append(inline(_number_line(paper, party)))
    place_and_date = ", ".join(part for part in (shown(paper.place), shown(paper.date)) if part)
    right = [inline(place_and_date), *marks]
    left = [cell for cell in left if cell]
    right = [cell for cell in right if cell]
    height = max(len(left), len(right))
    left += [""] * (height - len(left))
    right += [""] * (height - len(right))
    return table(tuple(zip(left, right, strict=True)))


def _number_line(paper: Directive | CopyBlock, party: bool) -> str:
    """``Số 52-CT/TW`` (Party) or ``Số: 05/CT-UBND`` (State); a blank stays a blank."""
    number, symbol = paper.number, paper.symbol
    if number.value is None and symbol.value is None and symbol.printed is None:
        return ""
    whole = symbol.printed or f"{number.value or '…'}{'-' if party else '/'}{symbol.value or '…'}"
    return ("Số " if party else "Số: ") + whole + (" (?)" if _is_unsure(number) else "")


def _addressees(directive: Directive) -> Iterator[str]:
    names = [shown(leaf) for leaf in directive.addressees if leaf.value]
    if len(names) == 1:
        yield f"**Kính gửi:** {inline(names[0])}"
    elif names:
        yield "**Kính gửi:**"
        yield from _items(names)


def _legal_bases(directive: Directive) -> Iterator[str]:
    """Those that do not stand in the body anyway, as they do where it begins with the preamble."""
    in_body = {word for top in directive.body for unit in top.walk() for word in unit.words}
    for leaf in directive.legal_bases:
        if leaf.value and not in_body.intersection(leaf.words):
            yield paragraph(leaf.value)


def _body(record: Record) -> Iterator[str]:
    if record.directive.body:
        yield from markdown_body.unit_blocks(record.directive.body, record.pages)
        return
    if any(attachment.body for attachment in record.directive.attachments):
        return
    for page in record.pages:
        for block in page.blocks:
            if block.cells:
                yield markdown_body.table_of(block)
            yield paragraph(
                " ".join(line_text(ln) for ln in block.lines if ln.kind is LineKind.TEXT)
            )


def _signature(paper: Directive | CopyBlock) -> Iterator[str]:
    """Authority, position and signer, a line each; one block for each of several signatures."""
    several = paper.signatures if isinstance(paper, Directive) else ()
    for each in several or (paper,):
        lines = [*each.authority, each.position, each.signer]
        yield "\\\n".join(filled for leaf in lines if (filled := strong(shown(leaf))))


def _recipients(recipients: tuple[Leaf, ...]) -> Iterator[str]:
    names = [shown(leaf) for leaf in recipients if leaf.value]
    if names:
        yield "***Nơi nhận:***"
        yield from _items(names)


def _attachment(record: Record, attachment: Attachment) -> Iterator[str]:
    yield _RULE
    heading = " ".join(part for part in (shown(attachment.label), shown(attachment.title)) if part)
    if heading:
        yield f"## {inline(heading)}"
    yield from markdown_body.unit_blocks(attachment.body, record.pages, level=3)


def _copy_block(block: CopyBlock, party: bool) -> Iterator[str]:
    yield _RULE
    yield f"## {inline(shown(block.kind)) or 'Bản sao'}"
    yield _head(block, party, [])
    yield from _signature(block)
    yield from _recipients(block.recipients)
    yield paragraph(shown(block.statement))


def _items(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield "- " + paragraph(name.removeprefix("- "))


def _is_party(directive: Directive) -> bool:
    return directive.family.value == Family.PARTY.value


def _is_unsure(leaf: Leaf) -> bool:
    return leaf.confidence < UNSURE_BELOW


def shown(leaf: Leaf) -> str:
    """A field as printed, or else as understood; a doubtful reading carries a ``(?)``."""
    text = leaf.printed or leaf.value or ""
    return f"{text} (?)" if text and _is_unsure(leaf) else text
