"""Types of papers (tên loại): the printed line against the table, and the code in the symbol."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from sohoa.dictionaries import read_table
from sohoa.structure.rows import fold

# Words that belong to the type's name where they follow it on its line.
_QUALIFIERS = ("phối hợp", "liên tịch", "liên ngành", "hành động", "khẩn")
_MORE_TYPES = (
    "Công điện khẩn", "Thông tư", "Giấy chứng nhận", "Giấy xác nhận", "Giấy phép", "Phiếu trình",
    "Biên bản", "Quy trình", "Bản cam kết", "Chương trình phối hợp", "Quy chế phối hợp",
    "Kế hoạch phối hợp", "Kế hoạch liên ngành", "Hướng dẫn liên ngành", "Chương trình hành động",
    "Nghị quyết liên tịch", "Thông tư liên tịch", "Hướng dẫn liên tịch", "Kế hoạch liên tịch",
    "Thông báo liên tịch", "Quy chế liên tịch", "Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh",
    "Lệnh", "Văn bản hợp nhất", "Thư mời", "Thư công", "Thông cáo báo chí", "Đề cương", "Tuyên bố",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TypeMatch:
    """A type found at the start of a row: its name, how alike, and what stands after it."""

    name: str
    likeness: float
    rest: str


@cache
def type_names() -> tuple[tuple[str, str], ...]:
    """(folded letters without blanks, name), longest first."""
    names = {row["name"] for row in read_table("document_types").records()}
    names = {name for name in names if name and not name.startswith("Bản sao")} | set(_MORE_TYPES)
    names.discard("Công văn")
    pairs = {fold(name).replace(" ", ""): name for name in sorted(names)}
    return tuple(sorted(pairs.items(), key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def _codes() -> dict[tuple[str, str], tuple[str, ...]]:
    codes: dict[tuple[str, str], list[str]] = {}
    for row in read_table("document_types").records():
        family = "party" if row["system"] == "party" else "state"
        if row["abbreviation"]:
            names = codes.setdefault((family, row["abbreviation"]), [])
            if row["name"] not in names:
                names.append(row["name"])
    codes.setdefault(("state", "CTPH"), ["Chương trình phối hợp"])
    return {key: tuple(names) for key, names in codes.items()}


def types_of_code(code: str, *, party: bool) -> tuple[str, ...]:
    """The types that this code in a symbol may mean; none for a letter's body code."""
    family = "party" if party else "state"
    return _codes().get((family, code), ())


def codes_of_type(name: str, *, party: bool) -> tuple[str, ...]:
    """The codes that stand for this type in a symbol of that family."""
    family = "party" if party else "state"
    wanted = name.lower()
    return tuple(
        code
        for (system, code), names in _codes().items()
        if system == family and wanted in (each.lower() for each in names)
    )


@cache
def known_codes(*, party: bool) -> frozenset[str]:
    """All type codes of one family."""
    family = "party" if party else "state"
    return frozenset(code for system, code in _codes() if system == family)


def match_type(text: str, *, caps_only: bool = False) -> TypeMatch | None:
    """The type that the row names, alone or before other words; None for other rows.

    Letters set apart (Q U Y Ế T …) count. With ``caps_only`` the name must be in capitals, as the
    forms prescribe.
    """
    stripped = text.strip(" *.,:;-–_|'\"“”")
    if not 3 <= len(stripped) <= 90:
        return None
    words = stripped.split()
    spaced = fold(stripped).split()
    found = _exact(spaced) or _alike("".join(spaced), len(spaced))
    if found is None:
        return None
    name, count, alike = found
    if caps_only and not _is_caps(" ".join(words[:count])):
        return None
    rest = " ".join(words[count:])
    qualifier = next((q for q in _QUALIFIERS if fold(rest) == fold(q)), None)
    if qualifier:
        return TypeMatch(f"{name} {qualifier}", alike, "")
    return TypeMatch(name, alike, rest)


def _exact(spaced: list[str]) -> tuple[str, int, float] | None:
    """The longest name that the words begin with, letters set apart or not."""
    joined = "".join(spaced)
    for letters, name in type_names():
        if not joined.startswith(letters):
            continue
        length = 0
        for count, word in enumerate(spaced, start=1):
            length += len(word)
            if length >= len(letters):
                if length == len(letters):
                    return name, count, 1.0
                break
    return None


def _alike(joined: str, count: int) -> tuple[str, int, float] | None:
    """The name that a whole row is most like, where a few letters were misread."""
    rated = [
        (fuzz.ratio(joined, letters) / 100, name)
        for letters, name in type_names()
        if len(letters) >= 6 and abs(len(joined) - len(letters)) <= 2
    ]
    alike, name = max(rated, default=(0.0, ""))
    return (name, count, alike) if alike >= 0.8 else None


def _is_caps(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= 0.8 * len(letters)
