"""What a reader may be told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """How pages are taken from files.

    ``composed_dpi``: resolution for pages that are not scans. ``min_dpi``, ``max_dpi``: a scan is
    taken at its own resolution within these bounds. ``max_megapixels``: a larger page is scaled
    down. ``max_image_megapixels``: a picture that declares more is not decoded at all.
    ``max_inflated_megabytes``: content, fonts and forms of one PDF page may unpack to so much.
    ``max_text_megabytes``: the largest text file.
    """

    composed_dpi: float = 200.0
    min_dpi: float = 70.0
    max_dpi: float = 400.0
    max_megapixels: float = 200.0
    max_image_megapixels: float = 1000.0
    max_inflated_megabytes: float = 96.0
    max_text_megabytes: float = 32.0

    def __post_init__(self) -> None:
        if not 0 < self.min_dpi <= self.composed_dpi <= self.max_dpi:
            raise ValueError("resolutions must satisfy 0 < min_dpi <= composed_dpi <= max_dpi")
        if min(self.max_megapixels, self.max_image_megapixels, self.max_inflated_megabytes) <= 0:
            raise ValueError("limits must be positive")
