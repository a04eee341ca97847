"""What made lines say: running text, and by grammar numbers, dates, symbols, names, capitals."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from sohoa.dictionaries import read_table
from sohoa.imitate.names import AFTER_2025, draw_date, draw_person, long_date, short_date
from sohoa.vietnamese import fold_look_alikes

_CODE = "ABCDEGHKLMNPQRSTUVXYĐ"
_ENGLISH = (
    "the of and Project Management Unit Report Government email website Internet online PDF Word "
    "World Bank Office Development Program Health System Center Software Data Certificate Company "
    "Limited Group Service International Investment"
).split()


@dataclass(frozen=True, slots=True)
class LineTexts:
    """Draws text for lines: ``running`` is text of a corpus, one piece each."""

    running: tuple[str, ...]

    def draw(self, rng: random.Random) -> str:
        """A piece of text of a few words up to a paragraph, in the characters of these papers."""
        kind = rng.random()
        if kind < 0.62:
            text = self._from_corpus(rng)
        elif kind < 0.70:
            text = self._from_corpus(rng)[:70].upper()
        elif kind < 0.78:
            text = " ".join(_figures(rng) for _ in range(rng.randint(1, 6)))
        elif kind < 0.90:
            text = _formula(rng)
        else:
            text = self._mixed(rng)
        return " ".join(fold_look_alikes(text).split())

    def _from_corpus(self, rng: random.Random) -> str:
        text = rng.choice(self.running)
        words = text.split()
        first = rng.randrange(max(1, len(words) - 4))
        text = " ".join(words[first : first + rng.randint(3, 60)])
        return text.title() if rng.random() < 0.04 else text

    def _mixed(self, rng: random.Random) -> str:
        """Running text with figures, codes, quotes and English among its words."""
        words = self._from_corpus(rng).split()[:30]
        for _ in range(rng.randint(1, 5)):
            added = rng.choice(
                (_figures(rng), _symbol(rng), rng.choice(_ENGLISH), _quoted(rng, words))
            )
            words.insert(rng.randrange(len(words) + 1), added)
        return " ".join(words)


def _quoted(rng: random.Random, words: list[str]) -> str:
    word = rng.choice(words or ["văn"])
    return rng.choice(("“{}”", '"{}"', "({})", "- {}", "{};", "{}:", "{}/", "[{}]", "{}…")).format(
        word
    )


def _number(rng: random.Random) -> str:
    digits = rng.choice((1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 8, 10))
    return "".join(rng.choice("0123456789") for _ in range(digits))


def _figures(rng: random.Random) -> str:
    """A number as it may stand in such papers: amounts, shares, dates, telephone, points."""
    number = _number(rng)
    grouped = re.sub(r"(?<=\d)(?=(\d{3})+$)", ".", str(rng.randrange(10 ** rng.randint(3, 10))))
    return rng.choice(
        (
            number,
            number,
            grouped,
            f"{grouped} đồng",
            f"{rng.randrange(100)},{rng.randrange(100)}%",
            short_date(draw_date(rng)),
            f"{rng.randint(1, 31)}-{rng.randint(1, 12)}-{rng.randint(1990, 2026)}",
            f"{rng.randint(0, 23)}h{rng.randint(0, 59):02d}",
            f"{rng.randint(1, 9)}.{rng.randint(1, 19)}.",
            f"({number})",
            f"{number}/{rng.choice((2019, 2020, 2021, 2022, 2023, 2024, 2025))}",
            f"0{rng.randint(200, 999)}.{rng.randint(1000000, 9999999)}",
            f"{rng.randint(1, 20)}.",
            rng.choice(("I.", "II.", "III.", "IV.", "V.", "VI.", "VII.", "VIII.", "IX.", "X.")),
            rng.choice("abcdđeghiklmnopqrstuvxy") + ")",
            f"{rng.randrange(1000)} m²",
            f"{rng.randrange(40)}°C",
            f"+ {number}",
            f"= {number}",
        )
    )


def _symbol(rng: random.Random) -> str:
    """A symbol as after the number of a paper: QĐ-UBND, or any capitals of that form."""
    types = [row["abbreviation"] for row in read_table("document_types").records()]
    first = rng.choice([each for each in types if each] or ["QĐ"])
    if rng.random() < 0.3:
        first = "".join(rng.choice(_CODE) for _ in range(rng.randint(1, 4)))
    issuer = rng.choice(read_table("abbreviations").column("abbreviation"))
    if rng.random() < 0.4:
        issuer = "".join(rng.choice(_CODE) for _ in range(rng.randint(2, 6)))
    return rng.choice((f"{first}-{issuer}", f"{first}/{issuer}", issuer))


def _formula(rng: random.Random) -> str:
    """Fixed lines of letterheads, closings and recipients."""
    day = draw_date(rng)
    body = rng.choice(read_table("state_bodies").column("name"))
    person, place = draw_person(rng), rng.choice(AFTER_2025)
    number = f"{rng.randint(1, 9999):02d}"
    symbol = _symbol(rng)
    parts = read_table("name_parts").rows
    name = " ".join(rng.choice(parts)[1] for _ in range(3))
    return rng.choice(
        (
            rng.choice(read_table("phrases").column("text")),
            f"Số: {number}/{symbol}",
            f"Số: {number}/{day.year}/{symbol}",
            f"Số {number}-{symbol}",
            f"{place}, {long_date(day)}",
            f"- {body};",
            f"- Lưu: VT, {symbol}.",
            f"{person}",
            f"{person.upper()}",
            name,
            name.upper(),
            rng.choice(read_table("positions").rows)[0],
            f"KT. {rng.choice(read_table('positions').rows)[0].upper()}",
            f"Căn cứ Nghị định số {number}/{day.year}/NĐ-CP {long_date(day)} của Chính phủ",
            f"xã {rng.choice(read_table('communes').rows)[1]}, tỉnh {place}",
            f"Điều {rng.randint(1, 200)}. ",
            _address(rng),
        )
    )


def _address(rng: random.Random) -> str:
    name = "".join(rng.choice("abcdeghiklmnopqrstuvwxyz") for _ in range(7))
    return f"Email: {name}@{rng.choice(('gmail.com', 'gov.vn', 'mof.gov.vn'))}"
