"""Number and symbol (số, ký hiệu) of the letterhead, with their grammar for both families."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from statistics import median

from sohoa.dictionaries import read_table
from sohoa.directive import Family, Leaf, absent
from sohoa.model import Word
from sohoa.structure.draft import Draft, StructureSettings, leaf_of_words
from sohoa.structure.rows import Row, fold
from sohoa.structure.types import known_codes

_LABEL = re.compile(
    r"^\W*(?:(?:luat|bo luat|phap lenh|nghi quyet|lenh)\s+)?s[o06e89a]{1,2}(?:\s*[:.;,]+)?\s*"
)
_LETTERS_FOR_DIGITS = str.maketrans("OoIl|SsBZzQ", "00111558220")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number row taken apart; ``number`` is None where the spot is blank or unreadable.

    ``raw`` is what stands in the number's place, ``symbol`` all after the first slash (State) or
    after the hyphen (Party: ``HD/BTCTU``).
    """

    raw: str
    number: str | None
    symbol: str
    party: bool

    @property
    def full(self) -> str:
        """Number and symbol as printed together."""
        mark = "-" if self.party else "/"
        return f"{self.number or ''}{mark}{self.symbol}"


def find_number(draft: Draft) -> Draft:
    """Set ``number`` and ``symbol`` from the number row of the letterhead."""
    head = draft.letterhead
    if head is None or head.number is None:
        return draft.found(
            number=absent("no number row in the letterhead"),
            symbol=absent("no number row in the letterhead"),
        )
    party = draft.directive.family.value == Family.PARTY
    others = tuple(row for row in head.rows if row is not head.number)
    number, symbol = read_number(head.number, others, draft.settings, party=party)
    return draft.found(number=number, symbol=symbol)


def read_number(
    row: Row, others: Sequence[Row], settings: StructureSettings, *, party: bool
) -> tuple[Leaf, Leaf]:
    """The leaves ``number`` and ``symbol`` of one number row; ``others`` show the usual height."""
    parsed = parse_number(row.text, party=party)
    if parsed is None:
        blank = absent("the number row has no symbol")
        digits = re.search(r"\d{1,5}", _LABEL.sub("", row.folded, count=1))
        if digits:
            return leaf_of_words(digits.group(), row.words, "number-row", certainty=0.5), blank
        return blank, blank
    symbol_words = _symbol_words(row.words, parsed)
    symbol = leaf_of_words(parsed.symbol, symbol_words, "number-row")
    symbol = replace(symbol, printed=parsed.full)
    number = _number_leaf(row, parsed, others, settings)
    return number, symbol


def parse_number(text: str, *, party: bool) -> Numbered | None:
    """Take ``Số: 47/QĐ-UBND`` apart; None where no symbol is there.

    A Party symbol is known by its hyphen before a type code (``21-HD/BTCTU``), whatever the
    family of the letterhead, since unions and fronts use it too.
    """
    rest = text[_LABEL.match(fold(text)).end() :] if _LABEL.match(fold(text)) else text.strip()  # type: ignore[union-attr]
    rest = re.sub(r"\s*([/–—-])\s*", r"\1", rest).replace("–", "-").replace("—", "-")
    rest = rest.strip(" .:;,_…|*'\"")
    slash = rest.find("/")
    if slash < 0:
        found = re.match(r"^(\d{1,5}[a-zđ]?)?-([A-ZĐ]{2,4}r?)$", rest)
        return Numbered(found[1] or "", found[1], found[2], True) if found else None
    before, after = rest[:slash], rest[slash + 1 :]
    code = re.search(r"-\s*([A-ZĐa-zđi]{1,5})$", before)
    if code and (party or _code(code[1], party=True)):
        raw = before[: code.start()].strip()
        fixed = _code(code[1], party=True) or code[1]
        return Numbered(raw, _digits(raw), f"{fixed}/{_body(after)}", True)
    if party and not after:
        return None
    kept = _symbol_part(after)
    if len(kept) < len(after):
        before = rest[: len(rest) - len(kept)].rstrip("/ ")  # a stroke read as a slash
    symbol = repair_symbol(_first_token(kept))
    if sum(c.isalpha() for c in symbol) < 2:
        return _by_symbol(rest)
    return Numbered(before.strip(), _digits(before), symbol, False)


_TAIL = re.compile(r"(?:^|[^\w\-])([A-ZĐ]{2,}[\wĐđ]*-[A-ZĐ][\wĐđ,\-]*)$")


def _by_symbol(text: str) -> Numbered | None:
    """A State number whose slash was misread: known by the symbol at its end."""
    found = _TAIL.search(text)
    if found is None:
        return None
    before = text[: found.start(1)].rstrip("/!|\\ ")
    return Numbered(before, _digits(before), repair_symbol(found[1]), False)


def _symbol_part(text: str) -> str:
    """Without pieces before a further slash that are neither a year nor letters (pen strokes)."""
    pieces = text.split("/")
    while len(pieces) > 1 and not re.search(r"^(?:19|20)\d\d$|[A-ZĐ]{2}", pieces[0]):
        pieces.pop(0)
    text = "/".join(pieces)
    # A small first letter before capitals is a capital whose size was misjudged.
    return text[0].upper() + text[1:] if re.match(r"[a-zđ][A-ZĐ]{2}", text) else text


def _first_token(text: str) -> str:
    """The symbol itself: later words of the row (a slip of the other column) are left off."""
    tokens = text.split()
    kept = tokens[:1]
    for token in tokens[1:]:
        joint = kept and (kept[-1][-1:] in "-,/&" or token[:1] in "-,/&(")
        if not joint and not (len(token) <= 6 and token.isupper() and token.isalpha()):
            break
        kept.append(token)
    return (" ".join(kept) if any("," in t for t in kept) else "".join(kept)).strip(" .:;,_…|*'\"")


def _digits(raw: str) -> str | None:
    """The number in ``raw``: digits with at most one letter after them (``1842b``)."""
    text = re.sub(r"[\s.…_:]", "", raw)
    if re.fullmatch(r"\d{1,5}[a-zđ]?", text):
        return text
    swapped = text.translate(_LETTERS_FOR_DIGITS)
    if re.fullmatch(r"\d{1,5}", swapped) and sum(c.isdigit() for c in text) * 2 >= len(text):
        return swapped
    found = re.search(r"\d{1,5}", text)
    return found.group() if found else None


def _number_leaf(
    row: Row, parsed: Numbered, others: Sequence[Row], settings: StructureSettings
) -> Leaf:
    words = _number_words(row.words)
    if not words or not re.sub(r"[\W_]", "", parsed.raw):
        return replace(
            absent("the number's place is blank in the text: written by hand or set apart"),
            found_by="number-row", handwritten=bool(words), confidence=0.0,
        )  # fmt: skip
    clean = re.fullmatch(r"\d{1,5}[a-zđ]?", re.sub(r"\s", "", parsed.raw)) is not None
    pen = not clean or by_pen(words, row, others, settings)
    if parsed.number is None:
        found = absent(f"the number reads {parsed.raw!r}: no digits")
        return replace(found, found_by="number-row", handwritten=True, words=_ids(words))
    number = leaf_of_words(parsed.number, words, "number-row", certainty=0.97 if clean else 0.4)
    if pen or not clean:
        number = replace(
            number, handwritten=pen, confidence=min(number.confidence, settings.pen_confidence)
        )
    others_read = [a.text for word in words for a in word.alternatives]
    candidates = tuple(dict.fromkeys(c for c in (_digits(t) for t in others_read) if c))
    return replace(number, candidates=tuple(c for c in candidates if c != parsed.number)[:4])


_YEAR = re.compile(r"^\W{0,1}(?:19|20)\d\d\W{0,1}$")
# Pen strokes are at least this much higher than the printed figures of the year.
_PEN_HEIGHT = 1.18


def by_pen(
    words: Sequence[Word], row: Row, others: Sequence[Row], settings: StructureSettings
) -> bool:
    """Whether these words look written, not printed.

    They do where the reading is unsure, where figures stand higher than the printed year of the
    date, come in several pieces, or lie in a blank that was left for them. Clean embedded text is
    never called handwritten: it has no ink.
    """
    if all(word.confidence >= 0.995 for word in words):
        return False
    if any(word.confidence < settings.sure for word in words):
        return True
    printed = [word for other in (row, *others) for word in other.words]
    years = [word.bbox.height for word in printed if _YEAR.match(word.text) and word not in words]
    figures = [word for word in words if re.fullmatch(r"\W*\d+\W*", word.text)]
    if years and any(word.bbox.height > _PEN_HEIGHT * min(years) for word in figures):
        return True
    usual = median(word.bbox.height for word in printed) if printed else 1
    alone = [word for word in words if not any(c in word.text for c in "/-")]
    return any(word.bbox.height > 1.45 * usual for word in alone) or _in_a_blank(words, row)


def _in_a_blank(words: Sequence[Word], row: Row) -> bool:
    """Whether the room before or after these words is far wider than between printed words."""
    chosen = {word.id for word in words}
    inside: list[float] = []
    around: list[float] = []
    for before, after in pairwise(row.words):
        gap = float(after.bbox.left - before.bbox.right)
        touches = before.id in chosen or after.id in chosen
        (around if touches else inside).append(gap)
    if not inside or not around:
        return False
    usual = max(median(inside), 0.15 * row.bbox.height)
    return max(around) > 2.6 * usual and max(around) > 0.9 * row.bbox.height


def _number_words(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words between the label and the slash (or the Party's hyphen)."""
    kept: list[Word] = []
    for word in words:
        if not kept and _is_label(word.text):
            continue
        if word.text[0] in "/-–":
            break
        kept.append(word)
        if "/" in word.text or "-" in word.text:
            break
    return tuple(kept)


def _is_label(text: str) -> bool:
    folded = fold(text)
    if any(c.isdigit() for c in text) or "/" in text:
        return False
    return (len(text) <= 4 and bool(_LABEL.match(folded))) or folded in ("luat", "bo", "lenh", ":")


def _symbol_words(words: Sequence[Word], parsed: Numbered) -> tuple[Word, ...]:
    mark = parsed.symbol[:2]
    for place, word in enumerate(words):
        if (
            "/" in word.text
            or (parsed.party and any(d in word.text for d in "-–"))
            or (place and fold(mark) in fold(word.text))
        ):
            return tuple(words[place:])
    return tuple(words)


def _ids(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.id for word in words)


@cache
def _folded_codes(*, party: bool) -> dict[str, str]:
    """Folded type code -> code, only where no two codes fold to the same letters."""
    codes: dict[str, list[str]] = {}
    for code in sorted(known_codes(party=party)):
        codes.setdefault(fold(code), []).append(code)
    return {key: values[0] for key, values in codes.items() if len(values) == 1}


def _code(text: str, *, party: bool) -> str | None:
    if text in known_codes(party=party):
        return text
    folded = fold(text)
    if folded == "qd":
        return "QĐ"
    if folded == "qdi":
        return "QĐi"
    found = _folded_codes(party=party).get(folded)
    return found if found and (text.isupper() or found in ("TTr", "CTr")) else None


@cache
def _folded_bodies() -> dict[str, str]:
    names: dict[str, set[str]] = {}
    for table in ("state_bodies", "party_bodies"):
        for name in read_table(table).column("abbreviation"):
            if "Đ" in name:
                names.setdefault(fold(name), set()).add(name)
    plain = {
        fold(name)
        for table in ("state_bodies", "party_bodies")
        for name in read_table(table).column("abbreviation")
        if "Đ" not in name
    }
    return {k: next(iter(v)) for k, v in names.items() if len(v) == 1 and k not in plain}


def _body(text: str) -> str:
    token = _first_token(text)
    parts = re.split(r"([-/])", token)
    return "".join(_folded_bodies().get(fold(p), p) if p.isupper() else p for p in parts)


def repair_symbol(symbol: str) -> str:
    """The symbol with known codes spelled as in the tables (``QD-UBND`` -> ``QĐ-UBND``).

    Only letters that lost their mark are mended; unknown parts stay as read.
    """
    parts = re.split(r"([-/])", re.sub("[ĐÐ]{2,}", "Đ", symbol))
    mended: list[str] = []
    for place, part in enumerate(parts):
        if not part or part in "-/" or part.isdigit():
            mended.append(part)
            continue
        first = place == 0 or (place == 2 and parts[0].isdigit())
        code = _code(part, party=False) if first and len(parts) > place + 1 else None
        body = _folded_bodies().get(fold(part)) if part.isupper() else None
        mended.append(code or body or part)
    return "".join(mended)
