"""Names of bodies and persons, compared as people compare them."""

from __future__ import annotations

from sohoa.dictionaries import read_table
from sohoa.directive import Directive
from sohoa.statements import Event
from sohoa.vietnamese import strip_marks

_ALIKE = 93.0
_ALIKE_WORD = 66.0
_SHORT_NAMES = (("UBND", "UY BAN NHAN DAN"), ("HDND", "HOI DONG NHAN DAN"), ("TP.", "THANH PHO "))


def alike(one: str, other: str) -> bool:
    """Whether two names of bodies or persons are the same but for marks, case and short forms.

    Word by word, since names of sister bodies differ in one word only (Quảng Nam, Quảng Ngãi).
    """
    from rapidfuzz import fuzz

    first, second = flat(one).split(), flat(other).split()
    if len(first) == len(second):
        pairs = zip(first, second, strict=True)
        return bool(first) and all(fuzz.ratio(a, b) >= _ALIKE_WORD for a, b in pairs)
    joined = fuzz.ratio("".join(first), "".join(second))
    return bool(first and second) and joined >= _ALIKE


def flat(text: str) -> str:
    """Without marks, in capitals, short forms written out, single spaces."""
    bare = " ".join(strip_marks(text).upper().split())
    for short, long in _SHORT_NAMES:
        bare = bare.replace(short, long)
    return " ".join(bare.split())


def vouching_body(directive: Directive) -> tuple[Event, str | None]:
    """Whose seal and signature the paper should bear: the copying body's, if it is a copy."""
    if directive.copy_block is not None:
        return Event.COPY, directive.copy_block.issuer.value
    return Event.ORIGINAL, directive.issuer.value


def named_bodies(directive: Directive) -> tuple[str, ...]:
    """The bodies that the paper itself names in its head and in its copy block.

    A superior and an issuer on two lines may be one name (UỶ BAN NHÂN DÂN / TỈNH …): the two
    together are given as well.
    """
    block = directive.copy_block
    pairs = [(directive.superior.value, directive.issuer.value)]
    if block is not None:
        pairs.append((block.superior.value, block.issuer.value))
    names = [name for pair in pairs for name in (pair[1], pair[0]) if name]
    names += [f"{above} {below}" for above, below in pairs if above and below]
    return tuple(names)


def sister_bodies(names: tuple[str, ...]) -> tuple[str, ...]:
    """The same bodies of all other provinces, old and new: whose seal would be a wrong one."""
    provinces = [
        (row["name"], flat(row["name"]))
        for table in ("provinces", "provinces_before_2025")
        for row in read_table(table).records()
    ]
    own_names = {flat(each) for each in names}
    found: dict[str, str] = {}
    for name in names:
        bare_name = flat(name)
        own = max(
            (bare for _, bare in provinces if bare_name.endswith(f" {bare}")), key=len, default=""
        )
        if not own:
            continue
        head = " ".join(name.split()[: -len(own.split())])
        for province, bare in provinces:
            other = f"{head} {province.upper()}"
            if bare != own and flat(other) not in own_names:
                found.setdefault(flat(other), other)
    return tuple(found.values())
