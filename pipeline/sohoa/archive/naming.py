"""Names of files by rule: safe on every system, NFC, never twice the same.

A pattern holds names in braces, as ``{fileCode}.{ordinal}.pdf`` (mã hồ sơ.STT.pdf, Thông tư
05/2025/TT-BNV Điều 8).
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Mapping

from sohoa.errors import SettingsError

DEFAULT_PATTERN = "{fileCode}.{ordinal}.pdf"
# Windows takes none of these in a name, nor these names at all, nor a dot or a blank at the end.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL"}
    | {f"{device}{number}" for device in ("COM", "LPT") for number in range(1, 10)}
)
# A name may take 255 bytes in UTF-8 on Linux; paths on Windows are short, too.
_MOST_BYTES = 180


def safe_name(text: str) -> str:
    """The text as a file name that any system takes; ``_`` where nothing is left."""
    name = unicodedata.normalize("NFC", text)
    name = "".join(
        character for character in name if unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )
    name = _FORBIDDEN.sub("-", name)
    name = " ".join(name.split()).strip(" .")
    stem, dot, suffix = name.rpartition(".")
    if not dot or not stem or len(suffix) > 8:
        stem, suffix = name, ""
    if stem.split(".")[0].upper() in _RESERVED:
        stem = f"_{stem}"
    tail = f".{suffix}" if suffix else ""
    while len((stem + tail).encode()) > _MOST_BYTES:
        stem = stem[:-1].rstrip(" .")
    return unicodedata.normalize("NFC", stem + tail) or "_"


def name_by_rule(pattern: str, values: Mapping[str, str]) -> str:
    """The name that a pattern gives with these values.

    ``SettingsError`` for a name in braces that is not known, or that has no value.
    """
    try:
        fields = [name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None]
    except ValueError as error:
        raise SettingsError(f"The file name pattern {pattern!r} is wrong: {error}.") from error
    for field in fields:
        if field not in values:
            raise SettingsError(
                f"The file name pattern {pattern!r} asks for {field!r}.",
                remedy=f"Known: {', '.join(sorted(values))}.",
            )
        if not values[field]:
            raise SettingsError(
                f"The file name pattern {pattern!r} needs {field!r}, which is not known here.",
                remedy="Give it in the metadata file, or choose another pattern.",
            )
    return safe_name(pattern.format(**{field: values[field] for field in fields}))


def without_twins(names: Iterable[str]) -> tuple[str, ...]:
    """The names, made different where two would be one file (upper and lower case alike)."""
    taken: set[str] = set()
    result = []
    for name in names:
        candidate, count = name, 2
        stem, dot, suffix = name.rpartition(".")
        while candidate.casefold() in taken:
            candidate = f"{stem}-{count}.{suffix}" if dot else f"{name}-{count}"
            count += 1
        taken.add(candidate.casefold())
        result.append(candidate)
    return tuple(result)
