"""Drafts of State papers: decision, directive, letter, notice, plan, report, proposal."""

from __future__ import annotations

from dataclasses import replace

from sohoa.directive import Unit, UnitKind
from sohoa.imitate import phrases
from sohoa.imitate.draft import Annex, DocumentKind, Draft, Signing
from sohoa.imitate.grammar import capitalized
from sohoa.imitate.matter import Matter, draw_matter, draw_style, set_slots
from sohoa.imitate.names import COMMUNES, draw_person, short_date
from sohoa.imitate.party import balanced, sections

_TYPES = {
    DocumentKind.STATE_DECISION: ("QĐ", "Quyết định"),
    DocumentKind.STATE_DIRECTIVE: ("CT", "Chỉ thị"),
    DocumentKind.STATE_LETTER: ("", "Công văn"),
    DocumentKind.STATE_NOTICE: ("TB", "Thông báo"),
    DocumentKind.STATE_PLAN: ("KH", "Kế hoạch"),
    DocumentKind.STATE_REPORT: ("BC", "Báo cáo"),
    DocumentKind.STATE_PROPOSAL: ("TTr", "Tờ trình"),
}
_ROOMS = ("TH", "KGVX", "KTTH", "NC", "VP", "KSTT")


def draft_state(kind: DocumentKind, seed: int) -> Draft:
    """A paper of a provincial people's committee (UBND) or of one of its departments (sở)."""
    matter = draw_matter(kind, seed)
    rng, province = matter.rng, matter.province
    council = kind is DocumentKind.STATE_DECISION or rng.random() < 0.5
    actor = f"Uỷ ban nhân dân {province.unit}" if council else matter.topic.department
    set_slots(matter, actor)
    letter = kind is DocumentKind.STATE_LETTER
    lettered = letter or kind is DocumentKind.STATE_PROPOSAL
    superior, issuer = _letterhead(matter, council=council)
    draft = Draft(
        kind=kind,
        seed=seed,
        superior=superior,
        issuer=issuer,
        number=matter.number(1900),
        symbol=_symbol(matter, kind, council=council),
        place=province.name,
        date=matter.day,
        type_name=_TYPES[kind][1],
        title=balanced(_title(matter, kind), 28 if letter else 62),
        addressees=_addressees(matter) if lettered else (),
        body=(),
        recipients=_recipients(matter, kind, council=council),
        signing=_signing(matter, kind, council=council),
        seal_text=_seal_text(matter, council=council),
        style=draw_style(rng, party=False),
    )
    if kind is DocumentKind.STATE_DECISION:
        draft = _decision(matter, draft)
    else:
        draft = replace(draft, body=_body(matter, kind))
    return replace(draft, citations=tuple(matter.citations))


def _letterhead(matter: Matter, *, council: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    unit, name = matter.province.unit.upper(), matter.province.name.upper()
    if council:
        return (), ("UỶ BAN NHÂN DÂN", f"{unit} {name}")
    department = matter.topic.department.upper()
    top = matter.rng.choice((f"UBND {unit} {name}", f"UỶ BAN NHÂN DÂN {unit} {name}"))
    if len(top) > 30:
        top = f"UBND {unit} {name}"
    return (top,), balanced(department, 28)


def _symbol(matter: Matter, kind: DocumentKind, *, council: bool) -> str:
    body = "UBND" if council else matter.topic.code
    code = _TYPES[kind][0]
    return f"{code}-{body}" if code else f"{body}-{matter.rng.choice(_ROOMS)}"


def _title(matter: Matter, kind: DocumentKind) -> str:
    work, where = matter.topic.work, f"{matter.province.unit} {matter.province.name}"
    match kind:
        case DocumentKind.STATE_DECISION:
            return f"Về việc ban hành danh mục nhiệm vụ {work} trên địa bàn {where}"
        case DocumentKind.STATE_LETTER:
            return f"V/v tăng cường {work}"
        case DocumentKind.STATE_NOTICE:
            return f"Kết luận cuộc họp về {work} trên địa bàn {where}"
        case DocumentKind.STATE_REPORT:
            return f"Kết quả thực hiện {work} năm {matter.day.year}"
        case DocumentKind.STATE_PROPOSAL:
            return f"Về việc bổ sung kinh phí thực hiện {work} năm {matter.day.year}"
        case DocumentKind.STATE_DIRECTIVE:
            return f"Về việc đẩy mạnh {work} trên địa bàn {where}"
        case _:
            return f"Triển khai {work} năm {matter.day.year + 1}"


def _decision(matter: Matter, draft: Draft) -> Draft:
    where = f"{matter.province.unit} {matter.province.name}".upper()
    bases = tuple(matter.text(template) for template in phrases.STATE_BASES)
    if matter.rng.random() < 0.4:
        bases = (*bases[:-1], bases[-1][:-1] + ".")
    proposal = (
        f"Theo đề nghị của Giám đốc {matter.topic.department} tại Tờ trình số "
        f"{matter.number(500)}/TTr-{matter.topic.code} ngày {short_date(matter.day)}."
    )
    articles: list[Unit] = []
    for index, template in enumerate(phrases.ARTICLES, start=1):
        text = matter.text(template)
        if index == 4 and len(articles) == 3:
            text = text.removesuffix("./.") + draft.style.closing_mark
        articles.append(
            Unit(
                UnitKind.ARTICLE,
                f"Điều {index}.",
                text=text,
                children=_clauses(matter) if index == 2 else (),
            )
        )
    return replace(
        draft,
        acting=f"{matter.rng.choice(('CHỦ TỊCH ', ''))}UỶ BAN NHÂN DÂN {where}",
        legal_bases=bases,
        preamble=(proposal,),
        enacting="QUYẾT ĐỊNH:",
        body=tuple(articles),
        annex=_annex(matter, draft),
    )


def _clauses(matter: Matter) -> tuple[Unit, ...]:
    """Khoản 1., 2.; the second with điểm a), b), c)."""
    tasks = matter.grammar.draw(matter.topic.tasks, 4)
    first = Unit(UnitKind.PARAGRAPH, "1.", text=matter.text("{department} " + tasks[0] + "."))
    points = tuple(
        Unit(UnitKind.POINT, f"{letter})", text=capitalized(task) + (";" if letter != "c" else "."))
        for letter, task in zip("abc", tasks[1:], strict=True)
    )
    return first, Unit(
        UnitKind.PARAGRAPH, "2.", text="Các sở, ban, ngành liên quan:", children=points
    )


def _annex(matter: Matter, draft: Draft) -> Annex:
    rng = matter.rng
    names = matter.grammar.draw(COMMUNES, rng.randint(9, 20))
    rows = tuple(
        (
            str(index),
            f"{rng.choice(('Xã', 'Phường'))} {name}",
            f"{rng.randint(12, 980):,}".replace(",", "."),
            f"{rng.randint(50, 4800) * 1000:,}".replace(",", "."),
            rng.choice(("Quý I", "Quý II", "Quý III", "Quý IV")) + f"/{matter.day.year + 1}",
        )
        for index, name in enumerate(names, start=1)
    )
    return Annex(
        label="PHỤ LỤC",
        title=balanced(f"DANH MỤC NHIỆM VỤ VÀ KINH PHÍ THỰC HIỆN NĂM {matter.day.year + 1}", 60),
        reference=(
            f"(Kèm theo Quyết định số {draft.full_number} ngày {short_date(matter.day)} "
            f"của Uỷ ban nhân dân {matter.province.unit} {matter.province.name})"
        ),
        header=("TT", "Đơn vị", "Số hồ sơ", "Kinh phí (nghìn đồng)", "Hoàn thành"),
        widths=(0.08, 0.30, 0.17, 0.27, 0.18),
        rows=rows,
    )


def _body(matter: Matter, kind: DocumentKind) -> tuple[Unit, ...]:
    rng = matter.rng
    opening = matter.text(rng.choice(phrases.LETTER_OPENING))
    units = [Unit(UnitKind.TEXT, text=opening)]
    if kind in (DocumentKind.STATE_PLAN, DocumentKind.STATE_REPORT):
        units.extend(sections(matter, kind is DocumentKind.STATE_REPORT))
    else:
        for index in range(1, rng.randint(3, 6)):
            if rng.random() < 0.4:
                point = rng.choice(phrases.POINTS)
                text = matter.sentences(1)
                below = matter.indents(rng.randint(2, 3))
                units.append(Unit(UnitKind.PARAGRAPH, f"{index}.", point, text, below))
            else:
                text = matter.sentences(rng.randint(1, 2))
                units.append(Unit(UnitKind.PARAGRAPH, f"{index}.", text=text))
    units.append(Unit(UnitKind.TEXT, text=matter.text(rng.choice(phrases.LETTER_CLOSING))))
    return tuple(units)


def _addressees(matter: Matter) -> tuple[str, ...]:
    pool = (
        f"Các sở, ban, ngành {matter.province.unit};",
        "Uỷ ban nhân dân các xã, phường;",
        f"{matter.topic.department};",
        f"Công an {matter.province.unit};",
        f"Báo và Đài Phát thanh, Truyền hình {matter.province.unit};",
    )
    drawn = matter.grammar.draw(pool, matter.rng.randint(1, 4))
    return (*drawn[:-1], drawn[-1].rstrip(";") + ("." if len(drawn) > 1 else ""))


def _recipients(matter: Matter, kind: DocumentKind, *, council: bool) -> tuple[str, ...]:
    unit = matter.province.unit
    first = "Như Điều 4;" if kind is DocumentKind.STATE_DECISION else "Như trên;"
    if kind in (DocumentKind.STATE_PLAN, DocumentKind.STATE_REPORT, DocumentKind.STATE_NOTICE):
        first = f"Thường trực {matter.province.committee.split()[0]} uỷ (b/c);"
    pool = (
        f"CT, các PCT UBND {unit};",
        f"Các sở, ban, ngành {unit};",
        f"VP UBND {unit}: CVP, các PCVP;",
        f"Cổng TTĐT {unit};",
        f"Thường trực HĐND {unit};",
        "UBND các xã, phường;",
    )
    drawn = matter.grammar.draw(pool, matter.rng.randint(1, 4))
    office = matter.rng.choice(_ROOMS) if council else matter.rng.choice(("VP", "TH", "QLNN"))
    return (first, *drawn, f"Lưu: VT, {office}.")


def _signing(matter: Matter, kind: DocumentKind, *, council: bool) -> Signing:
    rng, person = matter.rng, draw_person(matter.rng)
    if not council:
        head = "CHÁNH THANH TRA" if matter.topic.code == "TTT" else "GIÁM ĐỐC"
        if rng.random() < 0.5:
            return Signing((), head, person)
        return Signing((f"KT. {head}",), f"PHÓ {head}", person)
    choices = (
        Signing((), "CHỦ TỊCH", person),
        Signing(("KT. CHỦ TỊCH",), "PHÓ CHỦ TỊCH", person),
        Signing(("TM. UỶ BAN NHÂN DÂN",), "CHỦ TỊCH", person),
        Signing(("TM. UỶ BAN NHÂN DÂN", "KT. CHỦ TỊCH"), "PHÓ CHỦ TỊCH", person),
        Signing(("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG"), "PHÓ CHÁNH VĂN PHÒNG", person),
    )
    # Decisions are not signed by order of the chairman (thừa lệnh).
    return rng.choice(choices[:-1] if kind is DocumentKind.STATE_DECISION else choices)


def _seal_text(matter: Matter, *, council: bool) -> tuple[str, str]:
    unit, name = matter.province.unit.upper(), matter.province.name.upper()
    if council:
        return f"UỶ BAN NHÂN DÂN {unit} {name}", ""
    return f"UBND {unit} {name}", matter.topic.department.upper()
