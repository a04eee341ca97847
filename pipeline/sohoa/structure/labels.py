"""Labels of units as printed at the start of a row: Điều 1., I., 1.1., a), (1), - and +."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from sohoa.structure.rows import fold
from sohoa.vietnamese import is_syllable

LETTERS = "abcdđeghiklmnopqrstuvxy"  # điểm: no f, j, w, z
ORDINALS = {
    "nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip


class Style(IntEnum):
    """Kinds of labels, from the widest unit to the narrowest."""

    PART = 1  # Phần thứ nhất, PHẦN I
    CHAPTER = 2  # Chương I
    SECTION = 3  # Mục 1
    SUBSECTION = 4  # Tiểu mục 1
    ARTICLE = 5  # Điều 1.
    CAPITAL = 6  # A.
    ROMAN = 7  # I.
    DECIMAL = 8  # 1.
    DECIMAL_2 = 9  # 1.1.
    DECIMAL_3 = 10
    DECIMAL_4 = 11
    DECIMAL_5 = 12
    LETTER = 13  # a)
    NUMBER_BRACKET = 14  # 1)
    BRACKETS = 15  # (1)
    ROMAN_SMALL = 16  # i)
    DASH = 17
    PLUS = 18
    STAR = 19
    UNREAD = 20  # a label was there, its glyph could not be read


@dataclass(frozen=True, slots=True)
class Label:
    """A label read at the start of a row.

    ``path`` is its ordinals (1.2. -> (1, 2)); ``printed`` the label itself; ``length`` the number
    of characters of the row that it takes. ``strong`` labels can hardly be anything else.
    ``others`` are readings that a look-alike glyph allows.
    """

    style: Style
    path: tuple[int, ...]
    printed: str
    length: int
    strong: bool = False
    others: tuple[tuple[Style, tuple[int, ...], str], ...] = ()
    suffix: str = ""

    @property
    def ordinal(self) -> int:
        return self.path[-1]


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_WORD = re.compile(
    r"^(?P<word>phan|chuong|muc|tieu muc|dieu)\s+(?:thu\s+)?(?P<number>[a-z]+|\d{1,3})"
    r"(?P<suffix>[a-zđ])?(?P<end>\s*[.:\-–]|\s*$|\s)"
)
_ROMAN_DOT = re.compile(r"^([IVXLÌÍl1]{1,6})\s*(?:[.\-–/:]|\s*[.)]\s*[-–]?)(?=\s|$|[A-ZĐÀ-Ỹ])\.?")
_CAPITAL = re.compile(r"^([A-HĐ])\s*[.\-–/](?=\s|$|[A-ZĐÀ-Ỹ])")
_DECIMAL = re.compile(
    r"^(\d{1,3})([a-zđ]?)\s*(?:[./]\s*[-–]?|[-–](?!\s*\d)|:)(?=\s|$|[A-ZĐÀ-Ỹa-zà-ỹđ“\"(])"
)
_DEEP = re.compile(r"^(\d{1,3}(?:\s?\.\s?\d{1,3}){1,4})\s*([.:)\-–]?)(?=\s|$|[A-ZĐÀ-Ỹ])")
_LETTER = re.compile(r"^([a-zđA-ZĐ])\s*([).])\s*(?=\S|$)")
_LETTER_NUMBER = re.compile(r"^([a-zđ])(\d)\s*[).]\s*(?=\S|$)")
_NUMBER_BRACKET = re.compile(r"^(\d{1,2})\s*\)\s*\.?(?=\s|$|[A-ZĐÀ-Ỹ])")
_BRACKETS = re.compile(r"^\(\s*(\d{1,2}|[a-zđ]|[ivx]{1,4})\s*\)\s*\.?(?=\s|$|[A-ZĐÀ-Ỹ])")
_BULLETS = ((Style.DASH, "-–—−‒~•·▪■●"), (Style.PLUS, "+"), (Style.STAR, "*"))


def read_label(text: str) -> Label | None:
    """The label that the row begins with; None where it begins with plain words."""
    stripped = text.lstrip(" |'‘’`")
    skip = len(text) - len(stripped)
    found = (
        _worded(stripped) or _deep(stripped) or _simple(stripped) or _lettered(stripped)
        or _bullet(stripped)
    )  # fmt: skip
    if found is not None and found.style is Style.DASH:
        # A speck before an article is no dash: no list item begins with "Điều 4. C…".
        inner = _worded(stripped[found.length :])
        if inner is not None and inner.style is Style.ARTICLE:
            skip += found.length
            found = inner
    if found is None or not skip:
        return found
    return Label(
        found.style, found.path, found.printed, found.length + skip, found.strong, found.others,
        found.suffix,
    )  # fmt: skip


def roman(text: str) -> int | None:
    """The value of a roman number up to XXXIX; None for what is none."""
    if not re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})", text) or not text:
        return None
    total = 0
    for place, letter in enumerate(text):
        value = _ROMAN[letter]
        after = _ROMAN[text[place + 1]] if place + 1 < len(text) else 0
        total += -value if value < after else value
    return total


def _worded(text: str) -> Label | None:
    folded = fold(text)
    match = _WORD.match(folded)
    if match is None:
        return None
    word, number = match["word"], match["number"]
    first = text[:1]
    if not first.isupper():
        return None
    if number.isdigit():
        value: int | None = int(number)
    elif word == "phan" and number in ORDINALS:
        value = ORDINALS[number]
        extra = folded[match.end("number") :].split()[:1]
        if number == "muoi" and extra and extra[0] in ORDINALS:
            value += ORDINALS[extra[0]]
    else:
        glyphs = text[match.start("number") : match.end("number")].replace("l", "I")
        value = roman(glyphs.upper()) if glyphs.isupper() or word != "phan" else None
        if value is None and word == "phan" and len(glyphs) == 1 and glyphs.isupper():
            value = letter_ordinal(glyphs.lower()) or None
    if value is None:
        return None
    style = {
        "phan": Style.PART, "chuong": Style.CHAPTER, "muc": Style.SECTION,
        "tieu muc": Style.SUBSECTION, "dieu": Style.ARTICLE,
    }[word]  # fmt: skip
    end = match.end()
    rest = text[end:].strip()
    closed = match["end"].strip() != ""
    if style is Style.ARTICLE and not closed and rest:
        return None
    if style is not Style.ARTICLE and not closed and rest and not _is_heading(rest):
        return None
    suffix = match["suffix"] or ""
    printed = text[:end].strip()
    if match["end"].strip() in ("-", "–") and style is not Style.ARTICLE:
        printed = printed.rstrip("-–").strip()
    return Label(style, (value,), printed, end, True, suffix=suffix)


def _is_heading(rest: str) -> bool:
    letters = [c for c in " ".join(rest.split()[:6]) if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _deep(text: str) -> Label | None:
    match = _DEEP.match(text)
    if match is None:
        return None
    path = tuple(int(part) for part in re.findall(r"\d+", match[1]))
    if any(part > 60 for part in path) or (len(path) == 2 and not match[2] and path[1] > 20):
        return None
    if re.match(r"^\d{1,3}\.\d{3}\b", match[1]):
        return None  # 10.522 is a sum of money, not a unit
    style = Style(min(Style.DECIMAL_2 + len(path) - 2, Style.DECIMAL_5))
    printed = match.group().strip().replace(" ", "")
    return Label(style, path, printed, match.end())


_GLYPHS = {
    "l": "I", "1": "I", "|": "I", "!": "I", "Ì": "I", "Í": "I", "Ị": "I", "i": "I", "H": "II",
    "U": "II", "L": "I", "Y": "V", "N": "II", "M": "III", "T": "I", "Ý": "V", "Ỵ": "V", "J": "I",
}  # fmt: skip
_ROMAN_LIKE = re.compile(r"^([IVXLHUYNMTJl1|!iÌÍỊÝỴ]{1,6})\s*[.\-–/:,](?=\s|$)")


def _roman_like(text: str) -> tuple[tuple[Style, tuple[int, ...], str], ...]:
    """Readings as a roman number that look-alike glyphs allow: ``H.`` II., ``IH.`` III."""
    match = _ROMAN_LIKE.match(text)
    if match is None:
        return ()
    number = roman("".join(_GLYPHS.get(glyph, glyph) for glyph in match[1]))
    return ((Style.ROMAN, (number,), f"{to_roman(number)}."),) if number else ()


def to_roman(number: int) -> str:
    """The roman number of 1 to 39."""
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (number // 10) + ones[number % 10]


def label_text(style: Style, path: tuple[int, ...], like: str) -> str:
    """The label of that style and ordinal, closed as the label ``like`` is."""
    close = like[-1:] if like[-1:] in ".)-–/:" and style is not Style.BRACKETS else ""
    last = path[-1]
    if style is Style.ROMAN:
        return f"{to_roman(last)}{close or '.'}"
    if style is Style.LETTER:
        return f"{LETTERS[last - 1]}{close or ')'}"
    if style is Style.CAPITAL:
        return f"{LETTERS[last - 1].upper()}{close or '.'}"
    if style is Style.BRACKETS:
        return f"({last})"
    return ".".join(str(part) for part in path) + (close or ".")


_BLURRED = re.compile(r"^(?P<glyph>[^\s.),:;]{0,3})\s*(?P<close>[.),:;])\s+(?=[A-ZĐÀ-Ỹ“\"])")
_JUNK = re.compile(r"^([^\s.,):;]{1,2})\s+(?=[A-ZĐÀ-Ỹ])")
_UNCLOSED = re.compile(r"^(?P<number>\d{1,2}|[IVX]{1,5})\s+(?=[A-ZĐÀ-Ỹ“\"])")
_DIGITS_LIKE = {
    "S": 5, "s": 5, "$": 5, "B": 8, "Ó": 6, "ó": 6, "ố": 6, "Ổ": 6, "ö": 6, "Ö": 6, "G": 6,
    "b": 6, "Z": 2, "z": 2, "?": 2, "q": 9, "g": 9, "A": 4, "l": 1, "I": 1, "|": 1, "i": 1,
    "í": 1, "ì": 1, "T": 7, "O": 10,
}  # fmt: skip


def read_blurred(text: str) -> Label | None:
    """A spot before a full stop or a bracket where a label must have been; None elsewhere."""
    stripped = text.lstrip(" |'‘’`")
    match = _UNCLOSED.match(stripped)
    if match is not None:
        return _unclosed(match, len(text) - len(stripped), heading=_is_heading(stripped))
    junk = _JUNK.match(stripped)
    if junk is not None and not is_syllable(junk[1]) and not junk[1].isdigit():
        return Label(Style.UNREAD, (0,), ".", junk.end() + len(text) - len(stripped))
    match = _BLURRED.match(stripped)
    if match is None or (match["glyph"].isalpha() and len(match["glyph"]) > 1):
        return None
    skip = len(text) - len(stripped)
    glyph, close = match["glyph"], ")" if match["close"] == ")" else "."
    value = int(glyph) if glyph.isdigit() else _DIGITS_LIKE.get(glyph, 0)
    style = Style.DECIMAL if close == "." else Style.NUMBER_BRACKET
    others = ((style, (value,), f"{value}{close}"),) if value else ()
    return Label(Style.UNREAD, (0,), f"{glyph}{close}", match.end() + skip, others=others)


def _unclosed(match: re.Match[str], skip: int, *, heading: bool) -> Label | None:
    """A number whose full stop was lost; a roman one only before a heading in capitals."""
    number = match["number"]
    value = int(number) if number.isdigit() else roman(number)
    if not value or (not number.isdigit() and not heading):
        return None
    style = Style.DECIMAL if number.isdigit() else Style.ROMAN
    printed = f"{number}."
    return Label(
        Style.UNREAD, (0,), printed, match.end() + skip, others=((style, (value,), printed),)
    )


def _simple(text: str) -> Label | None:
    """1. / I. / A. and the readings that look-alike glyphs allow (l. I. 1.)."""
    match = _DECIMAL.match(text)
    if match is not None and int(match[1]) <= 200:
        value = int(match[1])
        printed = _label_of(match.group())
        others: list[tuple[Style, tuple[int, ...], str]] = []
        heading = _is_heading(text)  # a roman number stands before a heading in capitals
        if value == 1 and heading:
            others.append((Style.ROMAN, (1,), "I."))
        if value == 11 and heading:
            others.append((Style.ROMAN, (2,), "II."))
        return Label(
            Style.DECIMAL, (value,), printed, match.end(), others=tuple(others), suffix=match[2]
        )
    match = _ROMAN_DOT.match(text)
    if match is not None:
        glyphs = match[1].replace("l", "I").replace("1", "I").replace("Ì", "I").replace("Í", "I")
        number = roman(glyphs)
        if number is not None:
            printed = _label_of(match.group().replace(match[1], glyphs, 1))
            close = ")" if ")" in match.group() else "."
            plain = [
                (Style.DECIMAL, (1,), "1."),
                *((Style.LETTER, (letter_ordinal(c),), f"{c}{close}") for c in "il"),
            ]
            alike = plain if match[1] in ("I", "l", "Ì", "Í") else []
            if glyphs == "II":
                alike = [(Style.DECIMAL, (11,), "11.")]
            return Label(
                Style.ROMAN, (number,), printed, match.end(), strong=_is_heading(text),
                others=tuple(alike),
            )  # fmt: skip
    match = _CAPITAL.match(text)
    if match is not None:
        return Label(
            Style.CAPITAL, (letter_ordinal(match[1].lower()),), _label_of(match.group()),
            match.end(), others=_roman_like(text),
        )  # fmt: skip
    like = _roman_like(text)
    if like:
        style, path, printed = like[0]
        end = _ROMAN_LIKE.match(text)
        if text[:1] == "1" and path == (1,) and not _is_heading(text):
            # "1, Tiếp tục": a full stop read as a comma
            return Label(Style.DECIMAL, path, "1.", end.end() if end else 0, others=like)
        return Label(style, path, printed, end.end() if end else 0, strong=_is_heading(text))
    return None


def letter_ordinal(letter: str) -> int:
    """Place of a điểm letter from 1; 0 for letters that are not used."""
    return LETTERS.find(letter) + 1


def _label_of(printed: str) -> str:
    return printed.strip()


def _lettered(text: str) -> Label | None:
    match = _BRACKETS.match(text)
    if match is not None:
        inner = match[1]
        printed = match.group().strip()
        if inner.isdigit():
            return Label(Style.BRACKETS, (int(inner),), printed, match.end())
        value = roman(inner.upper()) if set(inner) <= set("ivx") else None
        if value is not None:
            return Label(Style.ROMAN_SMALL, (value,), printed, match.end())
        if letter_ordinal(inner):
            return Label(Style.LETTER, (letter_ordinal(inner),), printed, match.end())
        return None
    match = _NUMBER_BRACKET.match(text)
    if match is not None:
        value = int(match[1])
        others: list[tuple[Style, tuple[int, ...], str]] = []
        if value == 1:
            others = [(Style.LETTER, (letter_ordinal(c),), f"{c})") for c in ("i", "l")]
        if value == 0:
            others = [(Style.LETTER, (letter_ordinal("o"),), "o)")]
        if value == 9:
            others = [(Style.LETTER, (letter_ordinal("g"),), "g)")]
        return Label(
            Style.NUMBER_BRACKET, (value,), match.group().strip(), match.end(), others=tuple(others)
        )
    return _point(text)


def _point(text: str) -> Label | None:
    match = _LETTER_NUMBER.match(text)
    if match is not None and letter_ordinal(match[1]):
        # a1) is a later insert after a): the same letter with a number
        return Label(
            Style.LETTER, (letter_ordinal(match[1]),), match.group().strip(), match.end(),
            suffix=match[2],
        )  # fmt: skip
    match = _LETTER.match(text)
    if match is None:
        return None
    letter, close = match[1].lower(), match[2]
    if close == "." and (match[1].isupper() or not re.match(r"\s*[A-ZĐÀ-Ỹ]", text[match.end() :])):
        return None
    ordinal = letter_ordinal(letter)
    others = []
    for alike in _ALIKE.get(letter, ""):
        if alike.isdigit():
            others.append((Style.NUMBER_BRACKET, (int(alike),), f"{alike})"))
        else:
            others.append((Style.LETTER, (letter_ordinal(alike),), f"{alike}{close}"))
    if not ordinal and not others:
        return None
    printed = f"{match[1]}{close}"
    return Label(Style.LETTER, (ordinal,), printed, match.end(), others=tuple(others))


_ALIKE = {
    "d": "đ", "đ": "d", "l": "1i", "i": "1l", "o": "0c", "c": "eo", "e": "c", "g": "9q", "q": "g",
    "h": "b", "b": "h", "s": "5", "u": "v", "v": "u", "f": "đ", "n": "m", "m": "n", "a": "d",
    "z": "2", "y": "v",
}  # fmt: skip


def _bullet(text: str) -> Label | None:
    for style, glyphs in _BULLETS:
        if text[:1] in glyphs and text[:1]:
            rest = text[1:]
            if style is not Style.DASH or rest[:1] in (" ", "") or rest[:1].isalpha():
                length = 1 + (len(rest) - len(rest.lstrip()))
                return Label(style, (0,), text[0], length)
    return None
