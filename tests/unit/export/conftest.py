"""Papers made up for the tests: a Party copy and a State decision with a table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sohoa.directive import (
    Attachment,
    Citation,
    CopyBlock,
    Directive,
    Leaf,
    Mark,
    MarkKind,
    Unit,
    UnitKind,
)
from sohoa.geometry import BBox
from sohoa.model import Block, BlockKind, Cell, Finding, Line, LineKind, Page, Severity, Word
from sohoa.model import TextSource as From
from sohoa.record import Record, SourceInfo, Step

SOURCE = SourceInfo("mau.pdf", "0" * 64, "application/pdf", 1234, 2)


class PageMaker:
    """Sets lines on a page, one below the other, with word ids ``p1w1`` and so on."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.count = 0

    def line(self, text: str, kind: LineKind = LineKind.TEXT, *, left: int = 100) -> Line:
        words = []
        for text_of_word in text.split():
            self.count += 1
            box = BBox(left, 20 * self.count, left + 50, 20 * self.count + 15)
            words.append(Word(f"p{self.number}w{self.count}", box, text_of_word, 0.96))
            left += 60
        box = words[0].bbox.union(words[-1].bbox)
        return Line(box, tuple(words), kind)

    def block(self, *texts: str) -> Block:
        lines = tuple(self.line(text) for text in texts)
        return Block(lines[0].bbox, lines)

    def table(self, *rows: tuple[str, ...]) -> Block:
        cells = [
            Cell(row, column, lines[0].bbox, lines)
            for row, texts in enumerate(rows)
            for column, text in enumerate(texts)
            if text
            for lines in [tuple(self.line(each) for each in text.split("\n"))]
        ]
        return Block(cells[0].bbox, kind=BlockKind.TABLE, cells=tuple(cells))

    def page(self, *blocks: Block) -> Page:
        return Page(self.number, 1654, 2339, 200.0, blocks, From.OCR)


def leaf(value: str, printed: str | None = None, **more: object) -> Leaf:
    return replace(Leaf(value, 0.95, "line", ("p1w1",), printed), **more)  # type: ignore[arg-type]


def record_of(pages: tuple[Page, ...], directive: Directive) -> Record:
    steps = (Step("made-up", "1", (("dpi", "200"),)),)
    found = (Finding("handwritten-number", Severity.WARNING, "The number is written by hand.", 1),)
    return Record("mau-1", SOURCE, steps, pages, directive, found)


@pytest.fixture
def party_copy() -> Record:
    """A Party directive with dash items, and the block of a certified copy."""
    maker = PageMaker(1)
    notice = maker.line("Tài liệu này thuộc sở hữu của các cơ quan Đảng", LineKind.OWNERSHIP)
    first = maker.page(
        maker.block("BAN CHẤP HÀNH TRUNG ƯƠNG", "*", "Số 91-CT/TW"),
        maker.block("ĐẢNG CỘNG SẢN VIỆT NAM", "Hà Nội, ngày 05 tháng 3 năm 2024"),
        maker.block("CHỈ THỊ", "về chăm sóc cây xanh"),
        maker.block("1. Trồng cây ở mọi nơi:", "- Ở trường học;", "+ Ở sân trường;"),
        Block(notice.bbox, (notice,)),
    )
    maker = PageMaker(2)
    folio = maker.line("2", LineKind.FOLIO)
    second = maker.page(
        Block(folio.bbox, (folio,)),
        maker.block("2. Tưới cây mỗi ngày.", "Nơi nhận:", "- Các tỉnh uỷ,", "- Lưu Văn phòng."),
        maker.block("T/M BAN BÍ THƯ", "Nguyễn Văn Mẫu"),
    )
    plus = Unit(UnitKind.INDENT, "+", text="Ở sân trường;")
    dash = Unit(UnitKind.INDENT, "-", text="Ở trường học;", children=(plus,))
    task = Unit(UnitKind.PARAGRAPH, "1.", text="Trồng cây ở mọi nơi:", children=(dash,))
    directive = Directive(
        family=leaf("party"),
        issuer=leaf("BAN CHẤP HÀNH TRUNG ƯƠNG"),
        number=leaf("91"),
        symbol=leaf("CT/TW", "91-CT/TW"),
        place=leaf("Hà Nội"),
        date=leaf("2024-03-05", "ngày 05 tháng 3 năm 2024"),
        type=leaf("Chỉ thị"),
        title=leaf("về chăm sóc cây xanh"),
        body=(task, Unit(UnitKind.PARAGRAPH, "2.", text="Tưới cây mỗi ngày.")),
        recipients=(leaf("Các tỉnh uỷ,"), leaf("Lưu Văn phòng.")),
        authority=(leaf("T/M BAN BÍ THƯ"),),
        signer=leaf("Nguyễn Văn Mẫu"),
        marks=(Mark(MarkKind.OWNERSHIP, leaf("Tài liệu này thuộc sở hữu …"), 1),),
        copy_block=CopyBlock(
            kind=leaf("SAO Y"),
            issuer=leaf("TỈNH UỶ MẪU"),
            number=leaf("7", confidence=0.3, handwritten=True),
            symbol=leaf("BS/TU", "7-BS/TU"),
            place=leaf("Mẫu"),
            date=leaf("2024-03-20", "ngày 20 tháng 3 năm 2024"),
            recipients=(leaf("Các huyện uỷ,"),),
            authority=(leaf("T/L BAN THƯỜNG VỤ"),),
            position=leaf("CHÁNH VĂN PHÒNG"),
            signer=leaf("Trần Thị Thử"),
            statement=leaf("(Sao y Chỉ thị số 91-CT/TW)"),
        ),
    )
    return record_of((first, second), directive)


@pytest.fixture
def state_decision() -> Record:
    """A State decision: legal bases, articles and clauses, a table in an annex."""
    maker = PageMaker(1)
    stamp = maker.line("CÔNG VĂN ĐẾN Số 12", LineKind.STAMP)
    first = maker.page(
        maker.block("ỦY BAN NHÂN DÂN", "TỈNH MẪU", "Số: 15/QĐ-UBND"),
        maker.block("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Mẫu, ngày 01 tháng 02 năm 2024"),
        Block(stamp.bbox, (stamp,)),
        maker.block("QUYẾT ĐỊNH", "Về việc trồng cây", "Căn cứ Luật Lâm nghiệp;"),
        maker.block("Điều 1. Trồng cây", "1. Mỗi trường 10 cây.", "a) Cây bàng;"),
    )
    maker = PageMaker(2)
    table = maker.table(("TT", "Cây", "Số lượng"), ("1", "Bàng\nlá nhỏ", "1.250"), ("2", "", "3"))
    second = maker.page(maker.block("PHỤ LỤC I", "Danh sách cây"), table)
    words = tuple(word.id for line in table.all_lines() for word in line.words)
    point = Unit(UnitKind.POINT, "a)", text="Cây bàng;")
    clause = Unit(UnitKind.PARAGRAPH, "1.", text="Mỗi trường 10 cây.", children=(point,))
    directive = Directive(
        family=leaf("state"),
        superior=leaf("ỦY BAN NHÂN DÂN"),
        issuer=leaf("TỈNH MẪU"),
        number=leaf("15"),
        symbol=leaf("QĐ-UBND", "15/QĐ-UBND"),
        place=leaf("Mẫu"),
        date=leaf("2024-02-01", "ngày 01 tháng 02 năm 2024"),
        type=leaf("Quyết định"),
        title=leaf("Về việc trồng cây"),
        addressees=(leaf("Sở Nông nghiệp"), leaf("Sở Tài chính")),
        legal_bases=(leaf("Căn cứ Luật Lâm nghiệp;"),),
        body=(
            Unit(UnitKind.TEXT, text="QUYẾT ĐỊNH:"),
            Unit(UnitKind.CHAPTER, "Chương I", "QUY ĐỊNH CHUNG"),
            Unit(UnitKind.ARTICLE, "Điều 1.", "Trồng cây", "", (clause,), wrap_up="Hết Điều 1."),
        ),
        authority=(leaf("TM. ỦY BAN NHÂN DÂN"),),
        position=leaf("CHỦ TỊCH"),
        signer=leaf("Lê Văn Ví"),
        recipients=(leaf("Như trên;"),),
        attachments=(
            Attachment(
                leaf("PHỤ LỤC I"),
                leaf("Danh sách cây"),
                (Unit(UnitKind.TABLE, words=words, page=2),),
                2,
            ),
        ),
        citations=(Citation("Luật Lâm nghiệp", "Luật"),),
        marks=(Mark(MarkKind.URGENCY, leaf("KHẨN"), 1),),
    )
    return record_of((first, second), directive)


@pytest.fixture
def nothing_read() -> Record:
    """A blank page: no words, no fields."""
    return record_of((Page(1, 1654, 2339, 200.0),), Directive())


@pytest.fixture
def made_up_records(
    party_copy: Record, state_decision: Record, nothing_read: Record
) -> dict[str, Record]:
    return {
        "party_copy": party_copy,
        "state_decision": state_decision,
        "nothing_read": nothing_read,
    }
