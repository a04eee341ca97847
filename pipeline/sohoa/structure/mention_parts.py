"""What mentions of papers are made of: symbols, days, issuers, pinpoints.

Engines break figures apart (48/201 1/TT-BYT, 07 tháng 8 năm 201 7): one blank inside a number of
figures is allowed for.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from sohoa.directive import Citation

SYMBOL = (
    r"\d{1,5}[a-zđ]?\s?(?:/{1,2}\s?(?:19|20)\s?\d\s?\d\s?(?=[/A-ZĐ–-]))?(?:/{1,2}|[–-]|(?<=\d)(?=[A-ZĐ]{2}))"
    r"\s?[A-ZĐ][\wđ&]*\.?"
    r"(?:,(?=[A-ZĐ]{1,4}\b))?(?:(?:\s?[/–-]|[/–-]\s)[A-ZĐ][\wđ&]*|(?<=,)[A-ZĐ]+)*"
)
_DAY = r"(?P<day>\d\s?\d?)"
_YEAR = r"(?:19|20)\s?\d\s?\d"
DATE = (
    rf"(?:,?\s*(?:ban hành\s+)?ngày\s+{_DAY}\s*"
    rf"(?:[/.\-]\s?(?P<m1>\d\s?\d?)\s?[/.\-]\s?(?P<y1>{_YEAR})(?!\d)"
    rf"|tháng\s+(?P<m2>\d{{1,2}})\s+năm\s+(?P<y2>{_YEAR})(?!\d)))"
)
# "Bộ Tài nguyên và Môi trường": these words go on with a name, others after "và" do not.
_NAME_GOES_ON = (
    r"(?:Môi trường|Phát triển|Đào tạo|Công nghệ|Đầu tư|Truyền thông|Du lịch|Xã hội|Tôn giáo|"
    r"Thể thao|Dân vận|Công Thương|Gia đình|Trẻ em|Hợp tác|đoàn đại biểu)"
)
ISSUER = (
    r"(?:,?\s+của\s+(?P<issuer>(?:Ban|Bộ|Chính phủ|Thủ tướng|Quốc hội|UBND|Ủy ban|Uỷ ban|HĐND|"
    r"Hội đồng|Sở|Thành [uủ]|Tỉnh [uủ]|Đảng [uủ]|Văn phòng|Cục|Tổng|Chủ tịch|Giám đốc|Trung ương|"
    r"Bảo hiểm|Trường|Hiệu trưởng|Viện|Tòa án|Toà án|Thanh tra|Ngân hàng|Kho bạc|Huyện|Quận)"
    r"[^;.:,()“”\"]{0,60}?)(?=\s+(?:về|v/v|V/v|quy định|hướng dẫn|phê duyệt|ban hành|sửa đổi|"
    rf"Về|Ban hành|Quy định|ngày|và(?! {_NAME_GOES_ON})|tại|trong|giao|công bố|thông qua|bãi bỏ)"
    r"\b|[;.:,()“”\"]|$))?"
)
PINPOINT = re.compile(
    r"(?:(?:các\s+)?(?:điểm|khoản|Điều|điều|Điểm|Khoản|Chương|Mục|tiết|Phụ lục)\s+"
    r"(?:[a-zđ\d]{1,4}|[IVX]+)(?:\s*,\s*(?:[a-zđ]|\d{1,3}|[IVX]+)\b|\s+và\s+(?:[a-zđ]|\d{1,3})\b)*"
    r"[,\s]+(?:của\s+)?)+$"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A mention with its place (characters from 0) in the text."""

    start: int
    end: int
    citation: Citation


def plain_signs(text: str) -> str:
    """The text with look-alike strokes made plain, a character for a character."""
    return text.replace("⁄", "/").replace("∕", "/").replace("—", "–")


def joined_figures(symbol: str) -> str:
    """A symbol without blanks between figures, doubled strokes, or a year grown onto its code."""
    symbol = re.sub(r"(?<=\d)\s(?=\d)", "", symbol)
    symbol = re.sub(r"/\s?/", "/", symbol)
    return re.sub(r"(/(?:19|20)\d\d)(?=[A-ZĐ])", r"\1/", symbol)


def is_symbol(symbol: str) -> bool:
    """Letters enough for a symbol: no model number, no clause of a contract."""
    letters = [c for c in symbol if c.isalpha()]
    return len(letters) >= 2 and letters[0].isupper()


def date_of(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    day, month = groups.get("day"), groups.get("m1") or groups.get("m2")
    year = groups.get("y1") or groups.get("y2")
    if not (day and month and year):
        return None
    return iso(_int(day), _int(month), _int(year))


def iso(day: int, month: int, year: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def clean(text: str | None) -> str | None:
    return text.strip(" ,;") if text else None


def pinpoint_of(match: re.Match[str] | None) -> str | None:
    """The part of the paper that is meant (điểm a khoản 2 Điều 5), without the joining "của"."""
    found = clean(match.group()) if match else None
    return found.removesuffix(" của") if found else None


def _int(figures: str) -> int:
    return int("".join(figures.split()))
