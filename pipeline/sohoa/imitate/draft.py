"""What a made paper says, before it is set: its kind, its parts, the choices of its typist.

A ``Draft`` holds text and choices only; where each word stands is the typesetter's work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sohoa.directive import Family, Unit


class DocumentKind(StrEnum):
    """Kinds of papers that can be made."""

    PARTY_COPY = "party-copy"  # bản sao y chỉ thị của Ban Bí thư
    PARTY_DIRECTIVE = "party-directive"  # chỉ thị
    PARTY_GUIDANCE = "party-guidance"  # hướng dẫn
    PARTY_NOTICE = "party-notice"  # thông báo
    PARTY_PLAN = "party-plan"  # kế hoạch
    PARTY_REPORT = "party-report"  # báo cáo
    PARTY_LETTER = "party-letter"  # công văn
    STATE_DECISION = "state-decision"  # quyết định
    STATE_DIRECTIVE = "state-directive"  # chỉ thị
    STATE_LETTER = "state-letter"  # công văn
    STATE_NOTICE = "state-notice"  # thông báo
    STATE_PLAN = "state-plan"  # kế hoạch
    STATE_REPORT = "state-report"  # báo cáo
    STATE_PROPOSAL = "state-proposal"  # tờ trình

    @property
    def family(self) -> Family:
        return Family.PARTY if self.value.startswith("party") else Family.STATE


class Writing(StrEnum):
    """How the number or the day came onto the paper."""

    TYPED = "typed"
    PEN = "pen"


class FolioPlace(StrEnum):
    NONE = "none"
    TOP = "top"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Style:
    """The typist's choices; sizes in points, margins in millimetres, spacing in single lines."""

    size_pt: float = 14.0
    spacing: float = 1.15
    gap_pt: float = 6.0
    indent_mm: float = 10.0
    left_mm: float = 30.0
    right_mm: float = 15.0
    top_mm: float = 20.0
    bottom_mm: float = 20.0
    folio: FolioPlace = FolioPlace.TOP
    number: Writing = Writing.TYPED
    day: Writing = Writing.TYPED
    old_tones: bool = False  # hòa, ủy in place of hoà, uỷ
    rule_share: float = 0.4  # length of the rule under issuer and title, share of the line
    head_share: float = 0.42  # width of the left letterhead column, share of the text width
    underlined_label: bool = False  # "Nơi nhận:" underlined in place of bold italic
    bold_position: bool = True
    head_size_pt: float = 13.0
    closing_mark: str = "./."
    en_dash: bool = False  # "Độc lập – Tự do – Hạnh phúc"
    italic_summary: bool = False  # "V/v …" under the number in italics


@dataclass(frozen=True, slots=True)
class Signing:
    """The closing right column: who signs for whom, as which officer, under which name."""

    authority: tuple[str, ...]
    position: str
    signer: str


@dataclass(frozen=True, slots=True)
class CopyPart:
    """The block of a certified copy (sao y): a paper of its own below a full-width rule."""

    kind: str
    issuer: tuple[str, ...]
    number: str
    symbol: str
    place: str
    date: date
    recipients: tuple[str, ...]
    signing: Signing
    statement: str
    seal_text: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex (phụ lục): its label, its title, the line in brackets, a table."""

    label: str
    title: tuple[str, ...]
    reference: str
    header: tuple[str, ...]
    widths: tuple[float, ...]  # shares of the text width
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Incoming:
    """The stamp (dấu đến) of the office that received the paper; number and day by pen."""

    body: str
    number: str
    date: date


@dataclass(frozen=True, slots=True)
class Draft:
    """One paper to be set. Tuples of lines are lines as they will be printed.

    ``number`` is the number alone, ``symbol`` what follows it as in ``sohoa.directive.Directive``;
    ``type_name`` is the name of the type ("Chỉ thị"), printed in capitals except on letters.
    """

    kind: DocumentKind
    seed: int
    superior: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str
    symbol: str
    place: str
    date: date
    type_name: str
    title: tuple[str, ...]
    body: tuple[Unit, ...]
    recipients: tuple[str, ...]
    signing: Signing
    seal_text: tuple[str, str]  # text along the ring, text in the middle ("" for a star)
    type_suffix: str = ""  # "CỦA BAN BÍ THƯ" under the type name
    addressees: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    preamble: tuple[str, ...] = ()  # "Theo đề nghị của …" after the legal bases
    acting: str = ""  # "CHỦ TỊCH ỦY BAN NHÂN DÂN …" before the legal bases
    enacting: str = ""  # "QUYẾT ĐỊNH:"
    citations: tuple[str, ...] = ()
    copy: CopyPart | None = None
    annex: Annex | None = None
    ownership_notice: str = ""
    secrecy: str = ""  # "MẬT": the whole paper must then be set aside by a reader
    urgency: str = ""  # "KHẨN", "THƯỢNG KHẨN", "HOẢ TỐC"
    incoming: Incoming | None = None
    edge_seal: bool = False  # dấu giáp lai over the edges of the sheets
    style: Style = field(default_factory=Style)

    @property
    def family(self) -> Family:
        return self.kind.family

    @property
    def full_number(self) -> str:
        """Number and symbol as printed."""
        joint = "-" if self.family is Family.PARTY else "/"
        return f"{self.number}{joint}{self.symbol}"
