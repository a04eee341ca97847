"""Places, persons and agencies for made papers: real place names, invented everything else."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

MERGED_ON = date(2025, 7, 1)  # 34 provinces from this day; no district level after it

CITIES = ("Hà Nội", "Hải Phòng", "Huế", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ")
AFTER_2025 = (
    "Hà Nội", "Cao Bằng", "Tuyên Quang", "Điện Biên", "Lai Châu", "Sơn La", "Lào Cai",
    "Thái Nguyên", "Lạng Sơn", "Quảng Ninh", "Bắc Ninh", "Phú Thọ", "Hải Phòng", "Hưng Yên",
    "Ninh Bình", "Thanh Hoá", "Nghệ An", "Hà Tĩnh", "Quảng Trị", "Huế", "Đà Nẵng", "Quảng Ngãi",
    "Gia Lai", "Khánh Hoà", "Đắk Lắk", "Lâm Đồng", "Đồng Nai", "Hồ Chí Minh", "Tây Ninh",
    "Đồng Tháp", "Vĩnh Long", "An Giang", "Cần Thơ", "Cà Mau",
)  # fmt: skip
_MERGED_AWAY = (
    "Hà Giang", "Bắc Kạn", "Yên Bái", "Hoà Bình", "Bắc Giang", "Vĩnh Phúc", "Hải Dương",
    "Thái Bình", "Hà Nam", "Nam Định", "Quảng Bình", "Quảng Nam", "Bình Định", "Phú Yên",
    "Ninh Thuận", "Bình Thuận", "Kon Tum", "Đắk Nông", "Bình Phước", "Bình Dương",
    "Bà Rịa - Vũng Tàu", "Long An", "Tiền Giang", "Bến Tre", "Trà Vinh", "Kiên Giang",
    "Hậu Giang", "Sóc Trăng", "Bạc Liêu",
)  # fmt: skip
BEFORE_2025 = AFTER_2025 + _MERGED_AWAY

COMMUNES = (
    "Tân Lập", "An Phú", "Bình Minh", "Đông Hải", "Hoà Thạnh", "Long Xuyên Tây", "Mỹ Lộc",
    "Phú Cường", "Quang Trung", "Sơn Hà", "Thạnh Mỹ", "Trường Xuân", "Vĩnh Tân", "Yên Thắng",
    "Đại Đồng", "Nghĩa Thuận", "Xuân Hoà", "Cẩm Sơn", "Diên Khánh Đông", "Khe Sanh Hạ",
)  # fmt: skip
DISTRICTS = (
    "Thanh Bình", "Phong Phú", "Đông Sơn", "Yên Hưng", "Quế Lâm", "Hoà An", "Tân Uyên Bắc",
    "Mỹ Xuyên", "Sông Lam", "Nam Thành", "Bảo Thạch", "Kỳ Lâm",
)  # fmt: skip

_SURNAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Lý",
    "Phan", "Trương", "Đinh", "Lương", "Mai", "Tạ", "Hà", "Cao", "Võ", "Huỳnh", "Nông", "Quách",
)  # fmt: skip
_MIDDLES_MEN = ("Văn", "Đức", "Minh", "Quốc", "Hữu", "Xuân", "Thanh", "Trọng", "Công", "Ngọc")
_MIDDLES_WOMEN = ("Thị", "Thị Thu", "Thị Minh", "Thanh", "Thị Bích", "Ngọc", "Thị Hồng", "Kim")
_GIVEN_MEN = (
    "Dũng", "Hùng", "Sơn", "Tuấn", "Thắng", "Khánh", "Bình", "Quang", "Nghĩa", "Phúc", "Hải",
    "Đạt", "Lâm", "Việt", "Cường", "Toàn", "Thuỷ", "Vượng", "Hoà", "Kỷ",
)  # fmt: skip
_GIVEN_WOMEN = (
    "Hương", "Thuý", "Lan", "Hạnh", "Nguyệt", "Hoa", "Tuyết", "Mai", "Ngân", "Oanh", "Yến",
    "Phượng", "Loan", "Trang", "Vân", "Thảo",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Province:
    """A province or centrally run city, with the words that its bodies are named by."""

    name: str
    city: bool

    @property
    def unit(self) -> str:
        return "thành phố" if self.city else "tỉnh"

    @property
    def committee(self) -> str:
        """The Party committee: Tỉnh uỷ X, Thành uỷ X."""
        return f"{'Thành' if self.city else 'Tỉnh'} uỷ {self.name}"

    @property
    def council(self) -> str:
        """The people's committee: Uỷ ban nhân dân tỉnh X."""
        return f"Uỷ ban nhân dân {self.unit} {self.name}"


def draw_date(rng: random.Random) -> date:
    """A working day between 2018 and 2026, two in three after the merger of provinces."""
    if rng.random() < 0.35:
        first, last = date(2018, 1, 8), date(2025, 6, 20)
    else:
        first, last = MERGED_ON, date(2026, 6, 30)
    day = first + timedelta(days=rng.randrange((last - first).days))
    return day - timedelta(days=max(0, day.weekday() - 4))


def draw_province(rng: random.Random, on: date) -> Province:
    """A province that existed on that day."""
    name = rng.choice(AFTER_2025 if on >= MERGED_ON else BEFORE_2025)
    return Province(name, name in CITIES)


def draw_person(rng: random.Random) -> str:
    """An invented full name (họ, đệm, tên)."""
    if rng.random() < 0.3:
        middle, given = rng.choice(_MIDDLES_WOMEN), rng.choice(_GIVEN_WOMEN)
    else:
        middle, given = rng.choice(_MIDDLES_MEN), rng.choice(_GIVEN_MEN)
    return f"{rng.choice(_SURNAMES)} {middle} {given}"


def long_date(day: date) -> str:
    """``ngày 05 tháng 3 năm 2020``: leading zero for days below 10 and for months 1 and 2."""
    return f"ngày {day.day:02d} tháng {month_of(day)} năm {day.year}"


def short_date(day: date) -> str:
    """``05/3/2020``, by the same rule."""
    return f"{day.day:02d}/{month_of(day)}/{day.year}"


def month_of(day: date) -> str:
    return f"{day.month:02d}" if day.month <= 2 else str(day.month)
