"""The facts of one made paper: day, place, topic, persons, the documents it cites."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sohoa.directive import Unit, UnitKind
from sohoa.imitate import phrases
from sohoa.imitate.draft import DocumentKind, FolioPlace, Style, Writing
from sohoa.imitate.grammar import Grammar, capitalized
from sohoa.imitate.names import MERGED_ON, Province, draw_date, draw_province, short_date
from sohoa.imitate.topics import TOPICS, Topic

_PARTY_ISSUERS = (
    ("CT", "Chỉ thị", "Bộ Chính trị"),
    ("CT", "Chỉ thị", "Ban Bí thư"),
    ("NQ", "Nghị quyết", "Ban Chấp hành Trung ương"),
    ("KL", "Kết luận", "Bộ Chính trị"),
    ("QĐ", "Quy định", "Bộ Chính trị"),
)


@dataclass(slots=True)
class Matter:
    """The generator of one paper and what it drew; ``citations`` grow as text is written."""

    rng: random.Random
    day: date
    province: Province
    topic: Topic
    grammar: Grammar
    citations: list[str]

    def text(self, template: str) -> str:
        """One sentence of a template, first letter large."""
        return capitalized(self.grammar.expand(template))

    def sentences(self, count: int) -> str:
        """``count`` different sentences on the topic."""
        drawn = self.grammar.draw(phrases.SENTENCES, count)
        return " ".join(self.text(template) for template in drawn)

    def heading_unit(self, label: str, heading: str, count: int) -> Unit:
        """A numbered unit with a heading of its own and a few sentences."""
        kind = UnitKind.PARAGRAPH
        return Unit(kind, label, self.text(heading), self.sentences(count))

    def indents(self, count: int) -> tuple[Unit, ...]:
        """Dash paragraphs, each one task of the topic."""
        tasks = self.grammar.draw(self.topic.tasks, count)
        return tuple(Unit(UnitKind.INDENT, "-", text=capitalized(task) + ".") for task in tasks)

    def number(self, most: int = 400) -> str:
        """A document number, with the leading zero below 10."""
        return f"{self.rng.randint(1, most):02d}"

    def cite(self, *, party: bool) -> str:
        """An invented document in its full form; remembered as a citation up to its date."""
        day = self.day - timedelta(days=self.rng.randint(40, 2600))
        if party:
            code, name, body = self.rng.choice(_PARTY_ISSUERS)
            raw = f"{name} số {self.number(99)}-{code}/TW, ngày {short_date(day)}"
            return self._remember(raw, f" của {body}")
        name, code, body = self.rng.choice(
            (
                ("Nghị định", "NĐ-CP", "Chính phủ"),
                ("Thông tư", "TT-BNV", "Bộ trưởng Bộ Nội vụ"),
                ("Quyết định", "QĐ-TTg", "Thủ tướng Chính phủ"),
            )
        )
        long_form = f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"
        written = self.rng.choice((long_form, f"ngày {short_date(day)}"))
        raw = f"{name} số {self.number(180)}/{day.year}/{code} {written}"
        return self._remember(raw, f" của {body}")

    def _remember(self, raw: str, rest: str) -> str:
        self.citations.append(raw)
        return raw + rest


def draw_matter(
    kind: DocumentKind, seed: int, actor: str | None = None, *, day: date | None = None
) -> Matter:
    """The facts of paper ``seed`` of a kind; ``actor`` is the body that speaks in the text."""
    rng = random.Random(f"{kind.value}/{seed}")  # noqa: S311 (no secrets here)
    drawn_day = day or draw_date(rng)
    province = draw_province(rng, drawn_day)
    topic = rng.choice(TOPICS)
    if province.city:
        department = topic.department.replace(" tỉnh", " thành phố")
        topic = replace(topic, department=department, code=topic.code.replace("CAT", "CATP"))
    matter = Matter(rng, drawn_day, province, topic, Grammar(rng), [])
    set_slots(matter, actor or f"Uỷ ban nhân dân {province.unit}")
    return matter


def set_slots(matter: Matter, actor: str) -> None:
    """Fill the grammar's slots from the facts; once more after topic or actor changed."""
    rng, topic, province = matter.rng, matter.topic, matter.province
    party = actor.startswith(("Ban ", "Tỉnh uỷ", "Thành uỷ", "Bộ Chính trị", "Văn phòng"))
    where = f"{province.unit} {province.name}"
    merged = matter.day >= MERGED_ON
    own = actor == topic.department
    matter.grammar.slots = {
        "work": topic.work,
        "objects": topic.objects,
        "aim": topic.aim,
        "law": topic.law,
        "department": topic.department,
        "proposer": "các phòng chuyên môn" if own else topic.department,
        "actor": actor,
        "unit": province.unit,
        "where": where,
        "task": lambda: rng.choice(topic.tasks),
        "share": lambda: f"{rng.randint(55, 98)}{rng.choice(('', f',{rng.randint(1, 9)}'))}%",
        "count": lambda: f"{rng.randint(3, 250):02d}",
        "year": lambda: str(matter.day.year + rng.randint(0, 2)),
        "later": str(matter.day.year + 5),
        "quarter": lambda: f"quý {rng.choice(('I', 'II', 'III', 'IV'))}",
        "deadline": lambda: short_date(matter.day + timedelta(days=rng.randint(20, 120))),
        "law_date": "ngày 16 tháng 6 năm 2025" if merged else "ngày 19 tháng 6 năm 2015",
        "cite": lambda: matter.cite(party=party),
    }  # fmt: skip


def draw_style(rng: random.Random, *, party: bool) -> Style:
    """A typist's choices, within what these papers show."""
    return Style(
        size_pt=rng.choice((13.0, 13.5, 14.0, 14.0)),
        spacing=rng.choice((1.0, 1.0, 1.1, 1.15, 1.25, 1.35, 1.5)),
        gap_pt=rng.choice((3.0, 4.0, 6.0, 6.0, 8.0)),
        indent_mm=rng.choice((10.0, 12.7, 12.7)),
        left_mm=rng.choice((28.0, 30.0, 30.0, 33.0)),
        right_mm=rng.choice((15.0, 15.0, 18.0, 20.0)),
        top_mm=rng.choice((18.0, 20.0, 22.0, 25.0)),
        bottom_mm=rng.choice((18.0, 20.0, 22.0)),
        folio=rng.choice((FolioPlace.TOP, FolioPlace.TOP, FolioPlace.BOTTOM, FolioPlace.NONE)),
        number=rng.choice((Writing.PEN, Writing.PEN, Writing.TYPED)),
        day=rng.choice((Writing.PEN, Writing.PEN, Writing.TYPED)),
        old_tones=rng.random() < 0.5,
        rule_share=rng.uniform(0.3, 0.55),
        head_share=rng.uniform(0.38, 0.45),
        underlined_label=party and rng.random() < 0.7,
        bold_position=not party or rng.random() < 0.5,
        head_size_pt=rng.choice((12.0, 13.0, 13.0)) if not party else rng.choice((13.0, 14.0)),
        en_dash=rng.random() < 0.25,
        italic_summary=rng.random() < 0.25,
        closing_mark=rng.choice(("./.", ".")) if party else "./.",
    )
