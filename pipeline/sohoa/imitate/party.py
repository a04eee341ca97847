"""Drafts of Party papers: directive and its certified copy, guidance, notice, plan, report."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sohoa.directive import Unit, UnitKind
from sohoa.imitate import phrases
from sohoa.imitate.draft import CopyPart, DocumentKind, Draft, FolioPlace, Signing
from sohoa.imitate.matter import Matter, draw_matter, draw_style, set_slots
from sohoa.imitate.names import draw_person, short_date

_BANS = (
    ("BAN TỔ CHỨC", "Ban Tổ chức", "BTC"),
    ("BAN TUYÊN GIÁO VÀ DÂN VẬN", "Ban Tuyên giáo và Dân vận", "BTGDV"),
    ("BAN NỘI CHÍNH", "Ban Nội chính", "BNC"),
    ("VĂN PHÒNG", "Văn phòng", "VP"),
)
_TYPES = {
    DocumentKind.PARTY_DIRECTIVE: ("CT", "Chỉ thị"),
    DocumentKind.PARTY_GUIDANCE: ("HD", "Hướng dẫn"),
    DocumentKind.PARTY_NOTICE: ("TB", "Thông báo"),
    DocumentKind.PARTY_PLAN: ("KH", "Kế hoạch"),
    DocumentKind.PARTY_REPORT: ("BC", "Báo cáo"),
    DocumentKind.PARTY_LETTER: ("CV", "Công văn"),
}
_CENTRAL_RECIPIENTS = (
    "Các tỉnh uỷ, thành uỷ,",
    "Các đảng uỷ trực thuộc Trung ương,",
    "Các ban đảng Trung ương,",
    "Các cơ quan báo, đài của Đảng ở Trung ương,",
    "Các đồng chí Uỷ viên Ban Chấp hành Trung ương Đảng,",
)
_TASK_BODIES = (
    "Đảng uỷ Quốc hội",
    "Đảng uỷ Chính phủ",
    "Đảng uỷ Mặt trận Tổ quốc, các đoàn thể Trung ương",
    "Ban Tuyên giáo và Dân vận Trung ương",
    "Văn phòng Trung ương Đảng",
)


def draft_central_directive(kind: DocumentKind, seed: int) -> Draft:
    """A directive of the Secretariat (Ban Bí thư) with seven tasks, ownership notice below."""
    matter = draw_matter(kind, seed, "Ban Bí thư")
    set_slots(matter, "Ban Bí thư")
    intro = [
        matter.text(matter.rng.choice(phrases.PARTY_OPENING)),
        matter.text(matter.rng.choice(phrases.PARTY_SHORTCOMING)),
        matter.text(matter.rng.choice(phrases.PARTY_TURN)),
    ]
    body = [Unit(UnitKind.TEXT, text=text) for text in intro]
    headings = matter.grammar.draw(phrases.HEADINGS, 6)
    for index, heading in enumerate(headings, start=1):
        body.append(matter.heading_unit(f"{index}.", heading, matter.rng.randint(5, 7)))
    body.append(_assignment_unit(matter, "7.", _TASK_BODIES))
    body.append(Unit(UnitKind.TEXT, text="Chỉ thị này phổ biến đến chi bộ."))
    style = draw_style(matter.rng, party=True)
    return Draft(
        kind=kind,
        seed=seed,
        superior=(),
        issuer=("BAN CHẤP HÀNH TRUNG ƯƠNG",),
        number=matter.number(98),
        symbol="CT/TW",
        place="Hà Nội",
        date=matter.day,
        type_name="Chỉ thị",
        type_suffix="CỦA BAN BÍ THƯ",
        title=balanced(f"về tăng cường sự lãnh đạo của Đảng đối với {matter.topic.work}"),
        body=tuple(body),
        recipients=(*_CENTRAL_RECIPIENTS, "Lưu Văn phòng Trung ương Đảng."),
        signing=Signing(("T/M BAN BÍ THƯ",), "", draw_person(matter.rng)),
        seal_text=("ĐẢNG CỘNG SẢN VIỆT NAM", "BAN CHẤP HÀNH TRUNG ƯƠNG"),
        citations=tuple(matter.citations),
        ownership_notice=phrases.OWNERSHIP,
        style=replace(style, folio=FolioPlace.TOP, closing_mark="."),
    )


def draft_certified_copy(kind: DocumentKind, seed: int) -> Draft:
    """The same directive as a certified copy (sao y) of a provincial committee."""
    original = draft_central_directive(kind, seed)
    matter = draw_matter(kind, seed + 1_000_003, day=original.date)
    province = matter.province
    day = original.date + timedelta(days=matter.rng.randint(3, 20))
    name = province.committee
    copy = CopyPart(
        kind="SAO Y",
        issuer=(name.upper(),),
        number=matter.number(350),
        symbol="BS/TU",
        place=province.name,
        date=day,
        recipients=(
            f"Các đồng chí Uỷ viên Ban Chấp hành Đảng bộ {province.unit},",
            f"Các ban, cơ quan tham mưu, giúp việc {name.split()[0]} uỷ,",
            f"Các đảng uỷ trực thuộc {name.split()[0]} uỷ,",
            f"Lưu Văn phòng {name.split()[0]} uỷ.",
        ),
        signing=Signing(
            ("T/L BAN THƯỜNG VỤ",),
            matter.rng.choice(("CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG")),
            draw_person(matter.rng),
        ),
        statement=(
            f"(Sao y Chỉ thị số {original.full_number}, ngày {short_date(original.date)} "
            "của Ban Bí thư Trung ương Đảng)"
        ),
        seal_text=("ĐẢNG CỘNG SẢN VIỆT NAM", name.upper()),
    )
    return replace(original, copy=copy)


def draft_provincial(kind: DocumentKind, seed: int) -> Draft:
    """A paper of a provincial committee (tỉnh uỷ, thành uỷ) or of one of its bodies."""
    matter = draw_matter(kind, seed)
    province = matter.province
    committee = province.committee
    own = kind is DocumentKind.PARTY_DIRECTIVE or matter.rng.random() < 0.4
    caps, ban, code = matter.rng.choice(_BANS)
    actor = f"Ban Thường vụ {committee.split()[0]} uỷ" if own else f"{ban} {committee}"
    set_slots(matter, actor)
    type_code, type_name = _TYPES[kind]
    style = draw_style(matter.rng, party=True)
    body = _body(matter, kind, style.closing_mark)
    head = committee.split()[0]
    if own:
        position = matter.rng.choice(("BÍ THƯ", "PHÓ BÍ THƯ"))
        signing = Signing(("T/M BAN THƯỜNG VỤ",), position, draw_person(matter.rng))
    else:
        signing = _ban_signing(matter, code)
    seal = committee.upper() if own else f"{caps} {committee.upper()}"
    letter = kind is DocumentKind.PARTY_LETTER
    return Draft(
        kind=kind,
        seed=seed,
        superior=() if own else (committee.upper(),),
        issuer=(committee.upper(),) if own else (caps,),
        number=matter.number(320),
        symbol=f"{type_code}/{'TU' if own else code + 'TU'}",
        place=province.name,
        date=matter.day,
        type_name=type_name,
        title=balanced(_title(matter, kind), 30 if letter else 62),
        addressees=_addressees(matter, head) if letter else (),
        body=body,
        recipients=_recipients(matter, head, own=own),
        signing=signing,
        seal_text=("ĐẢNG CỘNG SẢN VIỆT NAM", seal),
        citations=tuple(matter.citations),
        ownership_notice=phrases.OWNERSHIP if matter.rng.random() < 0.4 else "",
        style=style,
    )


def _ban_signing(matter: Matter, code: str) -> Signing:
    head, deputy = (
        ("CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG")
        if code == "VP"
        else ("TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")
    )
    if matter.rng.random() < 0.5:
        return Signing((), head, draw_person(matter.rng))
    return Signing((f"K/T {head}",), deputy, draw_person(matter.rng))


def _title(matter: Matter, kind: DocumentKind) -> str:
    work = matter.topic.work
    match kind:
        case DocumentKind.PARTY_GUIDANCE:
            return f"thực hiện {work} trong các cơ quan, tổ chức đảng"
        case DocumentKind.PARTY_NOTICE:
            return f"kết quả kiểm tra {work} năm {matter.day.year}"
        case DocumentKind.PARTY_REPORT:
            return f"kết quả thực hiện {work} năm {matter.day.year}"
        case DocumentKind.PARTY_PLAN:
            return f"triển khai {work} năm {matter.day.year + 1}"
        case DocumentKind.PARTY_LETTER:
            return f"về việc đẩy mạnh {work}"
        case _:
            return f"về tăng cường lãnh đạo {work}"


def _body(matter: Matter, kind: DocumentKind, closing: str) -> tuple[Unit, ...]:
    rng = matter.rng
    opening = [
        matter.text(
            "Thực hiện {cite}; căn cứ tình hình thực tế của địa phương, {actor} "
            "[ban hành văn bản này với các nội dung|thống nhất một số nội dung] như sau:"
        )
    ]
    if kind is DocumentKind.PARTY_DIRECTIVE:
        opening = [
            matter.text(rng.choice(phrases.PARTY_OPENING)),
            matter.text(rng.choice(phrases.PARTY_TURN)),
        ]
    units = [Unit(UnitKind.TEXT, text=text) for text in opening]
    if kind in (DocumentKind.PARTY_DIRECTIVE, DocumentKind.PARTY_LETTER):
        count = rng.randint(3, 5)
        for index, heading in enumerate(matter.grammar.draw(phrases.HEADINGS, count), start=1):
            units.append(matter.heading_unit(f"{index}.", heading, rng.randint(1, 3)))
    else:
        units.extend(sections(matter, kind is DocumentKind.PARTY_REPORT))
    units.append(
        Unit(
            UnitKind.TEXT,
            text=matter.text(
                "[Trong quá trình thực hiện, nếu có vướng mắc, đề nghị phản ánh về {actor} "
                "để xem xét, hướng dẫn|Yêu cầu các cấp uỷ, tổ chức đảng nghiêm túc thực hiện]"
            )
            + closing,
        )
    )
    return tuple(units)


def sections(matter: Matter, report: bool) -> tuple[Unit, ...]:
    """I., II., III. with 1., 2. below and dash paragraphs below those."""
    rng = matter.rng
    names = phrases.REPORT_SECTIONS if report else rng.choice(phrases.SECTIONS)
    mark = rng.choice((".", ".", "-"))
    found = []
    for name, roman in zip(names, ("I", "II", "III"), strict=True):
        points = matter.grammar.draw(phrases.POINTS, rng.randint(2, 3))
        children = []
        for index, point in enumerate(points, start=1):
            below = matter.indents(rng.randint(2, 3)) if rng.random() < 0.5 else ()
            text = matter.sentences(rng.randint(1, 2)) if not below else matter.sentences(1)
            children.append(Unit(UnitKind.PARAGRAPH, f"{index}.", point, text, below))
        found.append(Unit(UnitKind.SECTION, f"{roman}{mark}", name, "", tuple(children)))
    return tuple(found)


def _assignment_unit(matter: Matter, label: str, bodies: tuple[str, ...]) -> Unit:
    below = tuple(
        Unit(UnitKind.INDENT, "-", text=f"{body} {matter.grammar.expand(template)}")
        for body, template in zip(bodies, phrases.ASSIGNMENTS, strict=True)
    )
    return Unit(UnitKind.PARAGRAPH, label, "Tổ chức thực hiện", "", below)


def _recipients(matter: Matter, head: str, *, own: bool) -> tuple[str, ...]:
    office = f"{head} uỷ"
    pool = (
        f"Các đồng chí Uỷ viên Ban Chấp hành Đảng bộ {matter.province.unit},",
        f"Các cơ quan tham mưu, giúp việc {office},",
        f"Các đảng uỷ trực thuộc {office},",
        "Đảng uỷ các xã, phường,",
        f"Báo và Đài Phát thanh, Truyền hình {matter.province.unit},",
    )
    drawn = matter.grammar.draw(pool, matter.rng.randint(2, 4))
    first = "Ban Bí thư (để báo cáo)," if own else f"Thường trực {office} (để báo cáo),"
    last = (
        f"Lưu Văn phòng {office}."
        if own
        else f"Lưu {matter.rng.choice(('Ban', 'VP', 'Văn phòng'))}."
    )
    return (first, *drawn, last)


def _addressees(matter: Matter, head: str) -> tuple[str, ...]:
    pool = (
        f"Các đảng uỷ trực thuộc {head} uỷ,",
        f"Các cơ quan tham mưu, giúp việc {head} uỷ,",
        "Đảng uỷ các xã, phường",
    )
    return pool[: matter.rng.randint(1, 3)]


def balanced(text: str, width: int = 62) -> tuple[str, ...]:
    """The text in lines of about equal length, none much longer than ``width`` characters."""
    words = text.split()
    count = -(-len(text) // width)
    target = len(text) / count
    lines: list[str] = []
    line = ""
    for word in words:
        if line and len(line) + len(word) / 2 > target and len(lines) < count - 1:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return (*lines, line)
