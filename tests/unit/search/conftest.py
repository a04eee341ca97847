"""Small papers made by hand, and folders of results made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from sohoa.directive import Citation, Directive, Leaf, Mark, Relation, Unit, UnitKind
from sohoa.geometry import BBox
from sohoa.model import Block, Line, Page, TextSource, Word
from sohoa.record import Record, SourceInfo, to_json
from sohoa.search import Entry, Index, entry_of

Make = Callable[..., Record]
WIDTH, HEIGHT = 1654, 2339


def make_page(number: int, lines: Sequence[str]) -> Page:
    """A page with these lines, one below the other; every word 100 px wide, 30 px high."""
    found, count = [], 0
    for row, text in enumerate(lines):
        words = []
        for column, part in enumerate(text.split()):
            count += 1
            left, top = 100 + 110 * column, 100 + 50 * row
            box = BBox(left, top, left + 100, top + 30)
            words.append(Word(f"p{number}w{count}", box, part, 0.9))
        box = BBox(100, 100 + 50 * row, 100 + 110 * len(words), 130 + 50 * row)
        found.append(Line(box, tuple(words)))
    whole = BBox(100, 100, WIDTH - 100, HEIGHT - 100)
    return Page(number, WIDTH, HEIGHT, 200.0, (Block(whole, tuple(found)),), TextSource.OCR)


def make_record(
    name: str = "a.pdf",
    *,
    number: str = "52",
    symbol: str = "CT/TW",
    type: str = "Chỉ thị",  # noqa: A002 (the name of the field)
    title: str = "về phòng, chống tham nhũng",
    issuer: str = "Ban Bí thư",
    date: str = "2025-03-05",
    signer: str = "Nguyễn Văn Mẫu",
    uri: str | None = None,
    lines: Sequence[str] = ("Các cấp uỷ tổ chức thực hiện chỉ thị này.",),
    more_pages: Sequence[Sequence[str]] = (),
    marks: tuple[Mark, ...] = (),
    citations: tuple[Citation, ...] = (),
) -> Record:
    between = "-" if symbol.endswith("/TW") else "/"
    directive = Directive(
        family=Leaf("party", 0.9),
        issuer=Leaf(issuer, 0.9),
        number=Leaf(number, 0.9),
        symbol=Leaf(symbol, 0.9, printed=f"{number}{between}{symbol}"),
        date=Leaf(date, 0.9),
        type=Leaf(type, 0.9),
        title=Leaf(title, 0.9),
        signer=Leaf(signer, 0.9),
        body=(Unit(UnitKind.ARTICLE, "Điều 1.", "", " ".join(lines), page=1),),
        marks=marks,
        citations=citations,
        uri=uri,
    )
    pages = tuple(
        make_page(count, texts) for count, texts in enumerate((lines, *more_pages), start=1)
    )
    source = SourceInfo(name, f"{abs(hash(name)) % 16**8:064x}", "application/pdf", 1, len(pages))
    return Record("0" * 32, source, (), pages, directive)


def cites(number: str, symbol: str, relation: Relation, uri: str | None = None) -> Citation:
    return Citation(f"số {number}/{symbol}", None, number, symbol, relation=relation, uri=uri)


@pytest.fixture
def paper() -> Make:
    """Makes the record of a paper."""
    return make_record


@pytest.fixture
def entry() -> Callable[..., Entry]:
    """Makes the entry of a paper, its name for its key and folder."""

    def make(name: str, **values: Any) -> Entry:
        return entry_of(make_record(name, **values), name, name)

    return make


@pytest.fixture
def put_result() -> Callable[[Path, str, Record], None]:
    return put


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A folder of results with three papers."""
    root = tmp_path / "out"
    put(root, "a.pdf", make_record("a.pdf"))
    put(root, "sub/b.pdf", make_record(
        "b.pdf", number="05", symbol="QĐ-UBND", type="Quyết định", issuer="UBND tỉnh Hoà Bình",
        title="về việc hoà giải ở cơ sở", date="2020-04-15", signer="Trần Thị Hoa",
        lines=("Căn cứ Luật Hòa giải ở cơ sở;", "Xét đề nghị của Sở Tư pháp"),
        more_pages=(("Điều 2. Chánh Văn phòng chịu trách", "nhiệm thi hành quyết định này"),),
        citations=(cites("52", "CT/TW", Relation.BASIS),),
    ))  # fmt: skip
    put(root, "c.pdf", make_record("c.pdf", number="7", symbol="TB/TU", type="Thông báo",
        issuer="Tỉnh uỷ", title="kết luận về tiền lương", date="2021-12-31",
        lines=("Chí thì nhỏ, tiền lương tháng này chưa có 52 đồng nào",)))  # fmt: skip
    return root


def put(root: Path, folder: str, record: Record) -> None:
    target = root / folder
    target.mkdir(parents=True, exist_ok=True)
    (target / "record.json").write_bytes(to_json(record))


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    made = Index(tmp_path / "index" / "search.db")
    yield made
    made.close()
