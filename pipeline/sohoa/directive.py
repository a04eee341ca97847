"""The legal document (văn bản): its parties, its fields with evidence, its tree of units.

Every leaf keeps the ids of the words it came from, a confidence 0..1 and how it was found. A leaf
whose ``value`` is None says in ``reason`` why: unknown is never a guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Family(StrEnum):
    """Whose rules of form the paper follows."""

    PARTY = "party"
    STATE = "state"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One field: the normalized value, as printed, and the evidence.

    ``printed`` is set where it differs in form from ``value`` (dates). ``candidates`` are other
    readings, best first, of a spot that was written by hand or is in doubt.
    """

    value: str | None = None
    confidence: float = 0.0
    found_by: str = ""
    words: tuple[str, ...] = ()
    printed: str | None = None
    candidates: tuple[str, ...] = ()
    handwritten: bool = False
    reason: str | None = None


def absent(reason: str) -> Leaf:
    """A field that is not on the paper, or could not be read, and why."""
    return Leaf(value=None, reason=reason)


class UnitKind(StrEnum):
    """Kinds of units, named as in Akoma Ntoso where it has a word for them."""

    PART = "part"  # phần
    CHAPTER = "chapter"  # chương
    SECTION = "section"  # mục, or I.
    SUBSECTION = "subsection"  # tiểu mục
    ARTICLE = "article"  # điều
    PARAGRAPH = "paragraph"  # khoản, or 1.
    SUBPARAGRAPH = "subparagraph"  # 1.1.
    POINT = "point"  # điểm, a)
    INDENT = "indent"  # - or +
    TEXT = "text"  # a paragraph without a label
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Unit:
    """A numbered unit or a plain paragraph of the body.

    ``label`` as printed ("Điều 1.", "a)", "-"), empty for ``TEXT``. ``heading`` is the unit's own
    title where it has one, ``text`` its text before the first child. ``wrap_up`` is text of the
    unit that follows its last child.
    """

    kind: UnitKind
    label: str = ""
    heading: str = ""
    text: str = ""
    children: tuple[Unit, ...] = ()
    words: tuple[str, ...] = ()
    wrap_up: str = ""
    page: int | None = None

    @property
    def wording(self) -> str:
        """Heading and text of the unit itself: what the offsets of citations and tasks count in."""
        return (
            f"{self.heading} {self.text}"
            if self.heading and self.text
            else self.heading + self.text
        )

    def walk(self) -> Iterator[Unit]:
        """Yield the unit and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class CopyBlock:
    """The block of a certified copy (sao y, sao lục, trích sao).

    A paper of its own, never mixed with the document that it copies.
    """

    kind: Leaf = field(default_factory=Leaf)
    superior: Leaf = field(default_factory=Leaf)
    issuer: Leaf = field(default_factory=Leaf)
    number: Leaf = field(default_factory=Leaf)
    symbol: Leaf = field(default_factory=Leaf)
    place: Leaf = field(default_factory=Leaf)
    date: Leaf = field(default_factory=Leaf)
    recipients: tuple[Leaf, ...] = ()
    authority: tuple[Leaf, ...] = ()
    position: Leaf = field(default_factory=Leaf)
    signer: Leaf = field(default_factory=Leaf)
    statement: Leaf = field(default_factory=Leaf)


@dataclass(frozen=True, slots=True)
class Attachment:
    """An annex (phụ lục) or a text issued with the document (quy chế kèm theo)."""

    label: Leaf = field(default_factory=Leaf)
    title: Leaf = field(default_factory=Leaf)
    body: tuple[Unit, ...] = ()
    page: int | None = None


class MarkKind(StrEnum):
    SECRECY = "secrecy"  # MẬT, TỐI MẬT, TUYỆT MẬT
    URGENCY = "urgency"  # KHẨN, THƯỢNG KHẨN, HOẢ TỐC
    CIRCULATION = "circulation"  # TÀI LIỆU HỘI NGHỊ, LƯU HÀNH NỘI BỘ
    DRAFT = "draft"  # DỰ THẢO
    OWNERSHIP = "ownership"  # the ownership notice of Party papers


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark set on the page: its kind, its words, where."""

    kind: MarkKind
    value: Leaf
    page: int


class Relation(StrEnum):
    """What the paper does with another one that it names."""

    BASIS = "basis"  # căn cứ
    AMENDS = "amends"  # sửa đổi, bổ sung
    REPLACES = "replaces"  # thay thế
    REPEALS = "repeals"  # bãi bỏ, hết hiệu lực
    GUIDES = "guides"  # hướng dẫn, triển khai thực hiện: the paper serves the other one
    MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of another document.

    ``raw`` is the span as printed. It stands at ``start`` to ``end`` (characters) of the
    ``wording`` of the unit with the address ``unit`` (``title``: of the paper's title); None where
    the place is unknown. ``title`` is the title of a law without the word Luật, ``year`` the year
    where no day is given. ``short_for`` is the place, in ``Directive.citations``, of the full
    mention that a short name was led back to. ``uri`` is the cited paper's address as a work; where
    too little is said to tell which paper it is, it is None and ``uri_reason`` says why.
    """

    raw: str
    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    date: str | None = None
    issuer: str | None = None
    pinpoint: str | None = None
    words: tuple[str, ...] = ()
    title: str | None = None
    year: str | None = None
    unit: str | None = None
    start: int | None = None
    end: int | None = None
    relation: Relation = Relation.MENTIONS
    short_for: int | None = None
    uri: str | None = None
    uri_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Some words of a unit: ``text`` is its ``wording[start:end]``."""

    text: str
    start: int
    end: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """What the paper orders (nhiệm vụ): who is to do what by when, or how much of it.

    ``unit`` is the address of the unit that says so; quotes count in its ``wording``, those of
    ``bodies`` in the ``wording`` of ``bodies_unit`` (the heading above a list names the body once).
    ``due`` is the latest day that the deadline allows (ISO 8601), None where the wording gives
    none ("hằng năm"). ``doubt`` says why a row must be checked; None for a sure one.
    """

    unit: str
    action: Quote
    bodies: tuple[Quote, ...] = ()
    bodies_unit: str | None = None
    deadlines: tuple[Quote, ...] = ()
    due: str | None = None
    targets: tuple[Quote, ...] = ()
    confidence: float = 0.0
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """One signature of the paper: joint papers bear several, side by side."""

    authority: tuple[Leaf, ...] = ()
    position: Leaf = field(default_factory=Leaf)
    signer: Leaf = field(default_factory=Leaf)


@dataclass(frozen=True, slots=True)
class Identity:
    """A body or a place named on the paper (``field``), as the tables know it.

    The paper's own spelling stays in its field. ``valid_from`` and ``valid_until`` (ISO 8601, as
    exact as known) bound the time in which it bore that name; ``successor`` is what it became.
    """

    field: str
    name: str
    valid_from: str | None = None
    valid_until: str | None = None
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Directive:
    """Everything the paper says of itself, and its body.

    ``number`` is the number alone ("52"); ``symbol`` what follows it: ``CT/TW`` (Party),
    ``QĐ-UBND`` or ``2020/NĐ-CP`` (State); its ``printed`` is the whole "52-CT/TW".
    ``date.value`` is ISO 8601; ``type.value`` the type's name ("Chỉ thị", "Công văn").
    ``uri`` is the paper's address as a work, from its own fields; None where they do not tell it.
    ``authority``, ``position`` and ``signer`` are those of the last signature of ``signatures``
    where several stand side by side: the paper's own body signs at the right.
    """

    family: Leaf = field(default_factory=Leaf)
    superior: Leaf = field(default_factory=Leaf)
    issuer: Leaf = field(default_factory=Leaf)
    number: Leaf = field(default_factory=Leaf)
    symbol: Leaf = field(default_factory=Leaf)
    place: Leaf = field(default_factory=Leaf)
    date: Leaf = field(default_factory=Leaf)
    type: Leaf = field(default_factory=Leaf)
    title: Leaf = field(default_factory=Leaf)
    addressees: tuple[Leaf, ...] = ()
    legal_bases: tuple[Leaf, ...] = ()
    body: tuple[Unit, ...] = ()
    recipients: tuple[Leaf, ...] = ()
    authority: tuple[Leaf, ...] = ()
    position: Leaf = field(default_factory=Leaf)
    signer: Leaf = field(default_factory=Leaf)
    copy_block: CopyBlock | None = None
    attachments: tuple[Attachment, ...] = ()
    citations: tuple[Citation, ...] = ()
    marks: tuple[Mark, ...] = ()
    uri: str | None = None
    effective: Leaf = field(default_factory=Leaf)
    expiry: Leaf = field(default_factory=Leaf)
    tasks: tuple[Task, ...] = ()
    signatures: tuple[SignatureBlock, ...] = ()
    identities: tuple[Identity, ...] = ()
