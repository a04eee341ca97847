"""The resolution of a scan, when what the file states may be anything."""

from __future__ import annotations

import math

from sohoa.read.settings import ReadSettings

_A4_SHORT_SIDE_IN = 8.27
# Official papers are A4 (TCVN, NĐ 30/2020), with A5 slips and A3 tables; shorter sides in inches.
_SMALLEST_IN, _LARGEST_IN = 3.9, 12.0
# Programs write 72 or 96 when they do not know: then only a size about A4 is believed.
_SAYS_NOTHING = (72.0, 96.0)
_LARGEST_UNSURE_IN = 9.0


def scan_dpi(width_px: int, height_px: int, stated_dpi: float | None) -> float:
    """The stated resolution where it gives a believable sheet; else as if the sheet were A4."""
    short_px = min(width_px, height_px)
    if stated_dpi and math.isfinite(stated_dpi) and stated_dpi > 0:
        unsure = any(abs(stated_dpi - value) < 1.0 for value in _SAYS_NOTHING)
        largest = _LARGEST_UNSURE_IN if unsure else _LARGEST_IN
        if _SMALLEST_IN <= short_px / stated_dpi <= largest:
            return stated_dpi
    return max(short_px / _A4_SHORT_SIDE_IN, 1.0)


def clamp_dpi(dpi: float, settings: ReadSettings) -> float:
    return min(max(dpi, settings.min_dpi), settings.max_dpi)


def shrink_factor(width_px: float, height_px: float, settings: ReadSettings) -> float:
    """1.0, or the factor below it that brings the page under the limit of megapixels."""
    limit = settings.max_megapixels * 1e6
    pixels = width_px * height_px
    return 1.0 if pixels <= limit else math.sqrt(limit / pixels) * 0.999
