"""The words by which an order is known: bodies, verbs, deadlines, targets."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator

from sohoa.structure.phrases import body_heads
from sohoa.structure.rows import fold

# Verbs (folded) with which the wording of a task begins.
_VERBS = """
chu tri|phoi hop|chu dong|chiu trach nhiem|co trach nhiem|to chuc|trien khai|xay dung|huong dan|
chi dao|ra soat|tham muu|ban hanh|bao cao|kiem tra|giam sat|don doc|theo doi|tong hop|thuc hien|
hoan thanh|hoan thien|bo tri|bao dam|dam bao|tang cuong|day manh|tiep tuc|nghien cuu|de xuat|
cap nhat|cong khai|cong bo|niem yet|thong bao|tuyen truyen|tap huan|boi duong|quan triet|lanh dao|
lap|trinh|gui|chuan bi|phan cong|du thao|quan ly|khan truong|kip thoi|nghiem tuc|tap trung|
chan chinh|xu ly|giai quyet|phat hanh|dang ky|giao|nang cao|phat huy|phan dau|cung cap|van dong|
pho bien|danh gia|so ket|tong ket|tham dinh|thanh tra|khac phuc|duy tri|mo rong|huy dong|ap dung|
su dung|de nghi|thanh lap|kien toan|cu can bo|cu nguoi|quan tam|chu trong|cu the hoa|luu tru|ky so|
dinh ky|dieu chinh|bo sung|sua doi|phe duyet|quyet toan|thong ke|thuong xuyen|tich cuc|chap hanh|
du tru|
""".replace("\n", "").strip("|")
_VERB = re.compile(rf"(?:{_VERBS})\b")
# Verbs that end the name of the body before them in one sentence.
_JOINT = re.compile(
    r"\b(?:chu tri|chiu trach nhiem|co trach nhiem|chu dong|khan truong|nghiem tuc|phoi hop|"
    r"chi dao|to chuc|trien khai|xay dung|huong dan|tham muu|ra soat|tiep tuc|theo doi|tong hop|"
    r"thuc hien|bao cao|can cu|tang cuong|day manh|bo tri|ban hanh|lap|kiem tra|dam bao|bao dam|"
    r"quan triet|lanh dao|theo chuc nang|quan tam|thuong xuyen|ap dung|cu can bo|cu dai dien|gui)\b"
)
_PREFIX = re.compile(r"^\W*(?:(?:giao|yeu cau|de nghi|phan cong)\s+(?:cho\s+)?)")
_MORE_HEADS = re.compile(
    r"(?:cac |tat ca cac )?(?:so|co quan|don vi|dia phuong|cap uy|to chuc dang|dang uy|tinh uy|"
    r"thanh uy|huyen uy|ubnd|hdnd|thu truong|chu tich|giam doc|chanh van phong|phong|ban dang|"
    r"ban thuong vu|dai|bao|hiep hoi|chi bo|dang doan|ban can su dang|bo|nganh|"
    r"vien kiem sat|toa an|mat tran|uy ban|hoi dong|van phong|truong|trung tam|bi thu|"
    r"truong ban|nguoi dung dau|ngan hang|cong an|so, ban, nganh|"
    r"tong cong ty|doanh nghiep|to chuc|ban quan ly|"
    r"doan thanh nien|lien doan|hoi lien hiep|hoi nong dan|ban chi dao|ban to chuc|chi cuc|cuc|vu|"
    r"trung doan|bo chi huy|kho bac|bao hiem|buu dien|dien luc|benh vien|tram y te|khoa|to)\b"
)


def begins_with_verb(text: str) -> bool:
    """Whether the text begins as an order does: with a verb of doing."""
    return _VERB.match(fold(text).lstrip(' -–+“"')) is not None


def body_before(text: str) -> tuple[int, int, bool] | None:
    """The span of the bodies that the text begins with, before a verb of doing (or a colon and it).

    None where it begins with something else. The flag tells whether the span is surely a body: one
    that begins like those of the tables and holds no words of a sentence. Two capitalised words
    before "chủ trì", "phối hợp" … are taken, in doubt.
    """
    folded = fold(text)
    prefix = _PREFIX.match(folded)
    start = prefix.end() if prefix else len(folded) - len(folded.lstrip(" -–+"))
    rest = folded[start:]
    known = _is_body(rest)
    joint = next((m for m in _JOINT.finditer(rest) if not _inside_name(text, start, m)), None)
    colon = rest.find(":")
    if colon > 0 and _NAMES_FOLLOW.search(rest[:colon]):
        colon = -1  # "Giám đốc các sở: Nội vụ, Tài chính": the name goes on
    ends = [end for end in (colon, joint.start() if joint else -1) if end > 0]
    if not ends:
        return None
    name = text[start : start + min(ends)].rstrip(" ,:")
    words = name.split()
    if not 1 <= len(words) <= 60 or re.search(r"[.;?!]\s", name):
        return None
    if known:
        after = text[start + min(ends) :].lstrip(" :,")
        doing = min(ends) != colon or begins_with_verb(after) or _LEAD.match(fold(after))
        return start, start + len(name), bool(doing) and not _SENTENCE_WORDS.search(fold(name))
    proper = len(words) >= 2 and all(word[:1].isupper() for word in words[:2]) and len(words) <= 8
    return (start, start + len(name), False) if proper and joint else None


_NAMES_FOLLOW = re.compile(r"\b(?:so|ban|nganh|huyen|xa|phuong|don vi|co quan|vien|sau|gom)\s*$")
_LEAD = re.compile(r"(?:theo chuc nang|can cu|tren co so|hang nam|hang quy|dinh ky)\b")

# Words of a sentence: a name that holds one is more than the name of a body.
_SENTENCE_WORDS = re.compile(
    r"\b(?:de|la|duoc|khi|gui|xet|xac dinh|viec|dong thoi|sau|thoi diem|khai|da|se|khong|thuc hien|"
    r"truong hop|bang|hop|neu|thi|nhung|can|phai)\b"
)


def _is_body(folded: str) -> bool:
    if _VERB.match(folded) and not _NOUN.match(folded):
        return False
    return _MORE_HEADS.match(folded) is not None or any(
        folded.startswith(f"{head} ") for head in body_heads() if len(head) > 3
    )


# "tổ chức" is a noun here, not a verb.
_NOUN = re.compile(
    r"to chuc(?:,| va)? (?:dang|chinh tri|co so|ca nhan|lien quan|doan the|xa hoi|tin dung|kinh te|"
    r"hanh chinh|can bo|quan chung|khac|cong doan)"
)


def _inside_name(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the verb is part of a name (Ban Tổ chức, tổ chức đảng, cơ quan tham mưu)."""
    at = start + match.start()
    before = fold(text[:at]).split()[-2:]
    joined = " ".join(before)
    return (
        (text[at].isupper() and at > 0)
        or _NOUN.match(fold(text[at : at + 40])) is not None
        or (bool(before) and before[-1] in ("ban", "phong", "cong", "tu"))
        or joined in ("co quan", "don vi", "bo phan", "chuyen trach", "quy che", "ke hoach")
    )


def is_body_alone(text: str) -> tuple[int, int] | None:
    """The span of a body that is all the text says: a heading of tasks (``Cục Thuế tỉnh:``)."""
    stripped = text.strip().rstrip(":.").strip()
    if not stripped or len(stripped.split()) > 30 or re.search(r"[.;]\s", stripped):
        return None
    folded = fold(stripped)
    prefix = _PREFIX.match(folded)
    begin = prefix.end() if prefix else 0
    if not _is_body(folded[begin:]) or _SENTENCE_WORDS.search(folded, begin):
        return None
    if any(not _inside_name(stripped, 0, m) for m in _JOINT.finditer(folded, begin)):
        return None
    start = text.find(stripped) + begin
    return start, text.find(stripped) + len(stripped)


_GENERIC_NEXT = re.compile(r"(?:nganh|ban|don vi|dia phuong|to chuc|doan the|dang doan)\b")


def split_bodies(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the single bodies in a list of them; "các sở, ban, ngành" is one."""
    start = 0
    for match in re.finditer(r"[,;]\s+(?:và\s+)?|\s+và\s+", text):
        rest = text[match.end() :]
        nested = text.count("(", 0, match.start()) > text.count(")", 0, match.start())
        generic = rest[:1].islower() and _GENERIC_NEXT.match(fold(rest))
        if nested or generic or not _is_body(fold(rest)):
            continue
        yield start, match.start()
        start = match.end()
    yield start, len(text)


_WHEN = re.compile(
    r"\b(?:truoc|cham nhat(?: la)?(?: vao)?|den het|den|trong|han cuoi|"
    r"het|tu nay den|thoi han(?: la)?)\s+(?:het\s+)?"
    r"(?:(?:ngay\s+)?(?P<day>\d{1,2})\s?(?:[/.-]\s?(?P<m1>\d{1,2})(?:\s?[/.-]\s?(?P<y1>20\d\d))?"
    r"|\s+thang\s+(?P<m2>\d{1,2})(?:\s+nam\s+(?P<y2>20\d\d))?)"
    r"|thang\s+(?P<m3>\d{1,2})\s?(?:/|\s+nam\s+)\s?(?P<y3>20\d\d)"
    r"|quy\s+(?P<quarter>[1-4]|i{1,3}|iv)\s?(?:/|\s*nam\s+)\s?(?P<y4>20\d\d)"
    r"|(?:cuoi\s+)?nam\s+(?P<y5>20\d\d))(?!\d)"
)
_ROUTINE = re.compile(
    r"\b(?:hang|dinh ky(?: hang| \d+)?)\s+(?:thang|quy|nam|tuan|ngay|6 thang)\b|"
    r"\bdinh ky\s+(?:\d{1,2}\s+)?(?:thang|quy|nam|tuan)\b|"
    r"\b(?:6|06) thang(?:,| va)? (?:hang )?nam\b"
)
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}


def deadlines(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Spans of deadlines, with the last day that each names (ISO 8601), None for routine ones."""
    folded = fold(text)
    for match in _WHEN.finditer(folded):
        day = _last_day(match)
        if day is not None or match["day"]:
            yield match.start(), match.end(), day
    for match in _ROUTINE.finditer(folded):
        yield match.start(), match.end(), None


def _last_day(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    year = next((groups[key] for key in ("y1", "y2", "y3", "y4", "y5") if groups[key]), None)
    if year is None:
        return None
    month = 12
    if groups["quarter"]:
        month = 3 * _QUARTERS[groups["quarter"]]
    for key in ("m1", "m2", "m3"):
        month = int(groups[key]) if groups[key] else month
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(int(year), month)[1]
    day = int(groups["day"]) if groups["day"] else last
    return datetime.date(int(year), month, day).isoformat() if 1 <= day <= last else None


_TARGET = re.compile(
    r"(?:\b(?:tren|it nhat|toi thieu|dat|tu|duoi|khong qua|hon|tang|giam|khoang)\s+"
    r"(?:(?:tren|it nhat|toi thieu|ty le|tu)\s+){0,2})?"
    r"\d{1,3}(?:[.,]\d{1,2})?\s?%(?:\s+(?:so\s+)?[^\s,;.:%()]+){0,12}|"
    r"\b(?:it nhat|toi thieu|dat tren|tren|khong qua)\s+\d[\d.,]*\s+(?!ngay|thang|nam|thuc te)"
    r"[^\s\d,;.:%()]+(?:\s+[^\s\d,;.:()]+){0,6}"
)


def targets(text: str) -> Iterator[tuple[int, int]]:
    """Spans of measurable targets: a share, or a number with words such as "ít nhất", "trên"."""
    for match in _TARGET.finditer(fold(text)):
        yield match.start(), match.start() + len(match.group().rstrip())
