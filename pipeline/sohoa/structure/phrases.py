"""Fixed phrases of these papers, matched with the forgiveness that a poor scan needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz import fuzz

from sohoa.dictionaries import read_table
from sohoa.structure.rows import Row, Sheet, fold

NATIONAL = "conghoaxahoichunghiavietnam"  # Quốc hiệu
MOTTO = "doclaptudohanhphuc"  # Tiêu ngữ
PARTY_TITLE = "dangcongsanvietnam"
NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def letters_of(text: str) -> str:
    """Only the unmarked lower-case letters and digits: what survives a poor scan best."""
    return NOT_LETTERS.sub("", fold(text))


def likeness(text: str, phrase: str) -> float:
    """How alike the letters of ``text`` and ``phrase`` (already letters only) are, 0..1."""
    letters = letters_of(text)
    if not letters or abs(len(letters) - len(phrase)) > max(4, len(phrase) // 2):
        return 0.0
    return fuzz.ratio(letters, phrase) / 100


def is_national(text: str) -> bool:
    """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, also abbreviated (XHCN)."""
    return likeness(text, NATIONAL) >= 0.74 or likeness(text, "conghoaxhcnvietnam") >= 0.8


def is_motto(text: str) -> bool:
    """Độc lập - Tự do - Hạnh phúc."""
    return likeness(text, MOTTO) >= 0.7


def is_party_title(text: str) -> bool:
    """ĐẢNG CỘNG SẢN VIỆT NAM as a title on its own."""
    return likeness(text, PARTY_TITLE) >= 0.8


def title_likeness(text: str) -> float:
    """How alike the text is to one of the titles and mottos that head these papers, 0..1."""
    letters = [c for c in text if c.isalpha()]
    caps = sum(c.isupper() for c in letters) >= 0.6 * len(letters)
    party = likeness(text, PARTY_TITLE)
    titles = max(likeness(text, NATIONAL), party if party >= 0.82 else 0.0) if caps else 0.0
    return max(titles, likeness(text, MOTTO))


def holds_title(folded: str) -> bool:
    """Whether a title or a motto may be part of the text: a quick look before the close one."""
    letters = NOT_LETTERS.sub("", folded)
    return len(letters) >= len(PARTY_TITLE) and any(
        fuzz.partial_ratio(phrase, letters) >= 70 for phrase in (NATIONAL, MOTTO, PARTY_TITLE)
    )


_RECIPIENTS = re.compile(r"^\W*[nm][o0]?[il1]?\s*nh[aâo][nm]\b\s*[:;.,]?")


def is_recipients_label(row: Row) -> bool:
    """Nơi nhận: on its own, or with the first recipient after it."""
    head = row.folded[:14]
    if not _RECIPIENTS.match(row.folded):
        letters = letters_of(row.text)
        return len(letters) <= 9 and fuzz.ratio(letters, "noinhan") >= 80
    rest = row.folded[row.folded.find("nhan") + 4 :].strip(" :;.,") if "nhan" in head else ""
    return not rest or not rest[0].isalpha() or len(row.folded) <= 16


_FIRST_RECIPIENT = re.compile(
    r"^\W*[-–—+•*~]\s*nhu (?:tren|kinh gui|dieu \d|muc \d)\b|^\W*nhu (?:tren|dieu \d{1,2})\W*$"
)


def first_recipient(rows: Sequence[Row], sheets: dict[int, Sheet]) -> Row | None:
    """The first recipient ("Như trên;") of a list whose label could not be read.

    Only in the left half, and only where the list is filed away ("Lưu: VT …") below it.
    """
    for place, row in enumerate(rows):
        sheet = sheets[row.page]
        if row.cell is not None or not _FIRST_RECIPIENT.match(row.folded):
            continue
        if not sheet.plain and row.bbox.center_x > sheet.middle:
            continue
        below = [other for other in rows[place + 1 : place + 30] if other.page == row.page]
        if any(re.match(r"^\W*luu\b", other.folded) for other in below):
            return row
    return None


_ADDRESSEES = re.compile(r"^\W*k[iíl1]?nh\s*g[uưứ]?[iíl1]\b")


def is_addressees_label(row: Row) -> bool:
    """Kính gửi: at the start of the row."""
    head = letters_of(row.folded[:10])
    return bool(_ADDRESSEES.match(row.folded)) or fuzz.ratio(head[:7], "kinhgui") >= 83


_SUBJECT = re.compile(r"^\W*(?:v\s*/\s*v\b|v/v|ve viec\b|wv\b|v\.v\b|viv\b|v[il1]v\b|vv\b)")


def is_subject_start(row: Row) -> bool:
    """V/v …, Về việc …: the summary of a letter (trích yếu công văn)."""
    return bool(_SUBJECT.match(row.folded))


@cache
def body_heads() -> tuple[str, ...]:
    """First words of the names of bodies (BỘ, SỞ, UỶ BAN …), folded, longest first."""
    names = {fold(name) for name in read_table("body_heads").column("text")}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@cache
def position_heads() -> tuple[str, ...]:
    """First words of positions (CHỦ TỊCH, GIÁM ĐỐC …), folded, longest first."""
    names = {fold(name) for name in read_table("positions").column("text")}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def starts_with_any(folded: str, heads: tuple[str, ...]) -> str | None:
    """The head that the folded text starts with, as whole words; one letter may be misread."""
    text = folded.strip(" .,:;*|'\"-_")
    for head in heads:
        if text == head or text.startswith(head + " "):
            return head
    for head in heads:
        if len(head) >= 6 and fuzz.ratio(text[: len(head)], head) >= 88:
            after = text[len(head) : len(head) + 1]
            if not after or not after.isalpha():
                return head
    return None


_BODY_START = re.compile(
    r"^\W*(?:can cu|thuc hien|theo|xet|de|nham|ngay|trong|ngoai|qua|sau khi|tren co so|vua qua|"
    r"phuc dap|tra loi|tiep theo|hien nay|vua|duoc su|trich|kinh thua|kinh moi|hom nay|"
    r"dieu \d|chuong [ivx]+|phan (?:thu|i)|muc \d|ke tu|chung toi|tai |bo chinh tri\b|ban bi thu|"
    r"[ivx]{1,4}\s*[.\-/]|\d{1,2}\s*[.)]|[a-z]\)|- )\W*"
)


def is_body_start(row: Row) -> bool:
    """Words with which the text of a paper usually begins (never a title's second line)."""
    first = next((c for c in row.text if c.isalnum()), "")
    labelled = row.text.lstrip()[:1] in "-–+" or row.text.lstrip()[1:2] in ")."
    return (
        bool(_BODY_START.match(row.folded))
        and not row.is_caps
        and (labelled or not first.islower())
    )
