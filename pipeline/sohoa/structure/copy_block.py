"""The block of a certified copy (sao y, sao lục, trích sao): a paper of its own after the paper."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sohoa.directive import CopyBlock, Family, Leaf, absent
from sohoa.structure.bodies import read_bodies
from sohoa.structure.closing import find_closing
from sohoa.structure.columns import Letterhead, is_number_row, read_letterhead
from sohoa.structure.draft import Draft, leaf
from sohoa.structure.number import read_number
from sohoa.structure.paragraphs import join_rows
from sohoa.structure.place_date import read_place_date
from sohoa.structure.rows import Role, Row
from sohoa.structure.signature import read_recipients, read_signature

_KIND = re.compile(r"^\W*(?:ban\s+)?(sao y ban chinh|sao y|sao luc|trich sao|ban sao)\W*$")
_STATEMENT = re.compile(r"^\W*(?:sao y|sao luc|trich sao)\b.+(?:so|ngay|cua)\b")
_COPY_CODE = re.compile(r"(?:[-–]\s*bs\s*/|/\s*(?:sy|sl|trs)\s*[-–])")


def find_copy_block(draft: Draft) -> Draft:
    """Set ``copy_block`` from the rows after the closing part; claim them.

    Its number, date, body and signer never touch those of the paper.
    """
    rows = draft.after_closing()
    start = next((row for row in rows if _KIND.match(row.folded) and row.is_caps), None)
    coded = next(
        (row for row in rows if is_number_row(row) and _COPY_CODE.search(row.folded)), None
    )
    anchor = start or coded
    if anchor is None:
        return _electronic(draft)
    sheet = draft.sheet(anchor.page)
    own = [row for row in rows if row.page >= anchor.page]
    if not sheet.plain:
        top = anchor.bbox.top - 2.5 * sheet.line_height
        own = [row for row in own if row.page > anchor.page or row.bbox.center_y > top]
    head = read_letterhead([r for r in own if r.page == anchor.page], sheet, limit=1.0)
    head = head or Letterhead(number=coded)
    rest = [row for row in own if row not in head.rows and _KIND.match(row.folded) is None]
    closing = find_closing(rest, {s.page: s for s in draft.sheets})
    block = _block(draft, start, head, own)
    claimed = [*head.rows, *([start] if start else [])]
    if closing is not None:
        signed = read_signature([row for row in closing.right if not _STATEMENT.match(row.folded)])
        block = CopyBlock(
            block.kind, block.superior, block.issuer, block.number, block.symbol, block.place,
            block.date, _copied_to(closing.left), signed.authority, signed.position,
            signed.signer, block.statement,
        )  # fmt: skip
        claimed += closing.rows
    claimed += _statement_rows(own)
    return draft.claim(claimed, Role.COPY).found(copy_block=block)


def _copied_to(rows: Sequence[Row]) -> tuple[Leaf, ...]:
    return read_recipients([row for row in rows if not _STATEMENT.match(row.folded)])


def _block(draft: Draft, kind: Row | None, head: Letterhead, own: Sequence[Row]) -> CopyBlock:
    titles = tuple(row for row in head.left if not _KIND.match(row.folded))
    superior, issuer = read_bodies(Letterhead(titles, head.right, None, head.number, head.date))
    reason = "not in the copy block"
    number, symbol, place, date = (absent(reason),) * 4
    if head.number is not None:
        party = draft.directive.family.value == Family.PARTY
        number, symbol = read_number(head.number, head.rows, draft.settings, party=party)
    if head.date is not None:
        place, date = read_place_date(head.date, head.rows, draft.settings)
    named = _KIND.match(kind.folded) if kind is not None else None
    said = leaf(kind.text.strip(" .*:;"), [kind], "copy-row") if kind and named else None
    statement = _statement_rows(own)
    return CopyBlock(
        kind=said or absent(reason), superior=superior, issuer=issuer, number=number,
        symbol=symbol, place=place, date=date,
        statement=leaf(join_rows(statement), statement, "copy-statement")
        if statement
        else absent(reason),
    )  # fmt: skip


def _statement_rows(rows: Sequence[Row]) -> list[Row]:
    """(Sao y Chỉ thị số …, ngày … của …), also over two rows."""
    for place, row in enumerate(rows):
        if _STATEMENT.match(row.folded) and not (row.is_caps and len(row.words) < 5):
            found = [row]
            for other in rows[place + 1 : place + 3]:
                if found[-1].text.rstrip().endswith(")") or "(" not in row.text:
                    break
                found.append(other)
            return found
    return []


_ELECTRONIC = re.compile(
    r"^\W*(sao y|sao luc|trich sao)\s*[;,:]\s*(?P<body>[^;]{3,80}?)\s*[;,]\s*(?P<time>.*\d{4}.*)$"
)
_TIME = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})|(\d{4})-(\d\d)-(\d\d)")


def _electronic(draft: Draft) -> Draft:
    """SAO Y; <body>; <time> at the top right of page 1: the line of an electronic copy."""
    first = draft.rows[0].page if draft.rows else 0
    for row in draft.rows[:40]:
        match = _ELECTRONIC.match(row.folded)
        if (
            row.page != first
            or match is None
            or row.role not in (Role.BODY, Role.FURNITURE, Role.LETTERHEAD)
        ):
            continue
        kind = row.text[match.start(1) : match.end(1)]
        body = row.text[match.start("body") : match.end("body")]
        time = _TIME.search(match["time"])
        date = absent("no time in the line")
        if time:
            day, month, year, *iso = time.groups()
            value = "-".join(iso) if iso[0] else f"{year}-{int(month):02d}-{int(day):02d}"
            date = leaf(value, [row], "electronic-copy-line")
        block = CopyBlock(
            kind=leaf(kind, [row], "electronic-copy-line"),
            issuer=leaf(body, [row], "electronic-copy-line"),
            date=date,
        )
        return draft.claim([row], Role.COPY).found(copy_block=block)
    return draft
