"""Rows of letters in a small cut-out, such as a stamp or the middle of a seal."""

from __future__ import annotations

from typing import Any

from sohoa.model import PageImage

_LEAST_ROW_MM = 1.6
_MARGIN_MM = 0.5


def split_rows(image: PageImage) -> tuple[PageImage, ...]:
    """The rows of a cut-out, dark on light, top to bottom; the whole where no gap is found.

    Long straight lines (a frame, a rule) are taken out first: they join the rows.
    """
    import cv2
    import numpy as np

    pixels: Any = image.pixels
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    plain = _without_lines(grey)
    dpi = image.dpi or 200.0
    ink = (plain < 0.5 * (float(np.percentile(plain, 2)) + float(np.median(plain)))).sum(axis=1)
    inked = ink > max(2.0, 0.01 * plain.shape[1])
    least, margin = _LEAST_ROW_MM * dpi / 25.4, round(_MARGIN_MM * dpi / 25.4)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(int), [0]))))
    spans = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    spans = [span for span in spans if span[1] - span[0] >= least]
    if not spans:
        return (PageImage(image.number, plain, image.dpi),)
    return tuple(
        PageImage(image.number, _framed(plain[max(0, a - margin) : b + margin]), image.dpi)
        for a, b in spans
    )


def _without_lines(grey: Any) -> Any:
    import cv2
    import numpy as np

    ink = 255 - grey
    height, width = grey.shape
    for shape in ((1, max(width // 3, 9)), (max(height // 2, 9), 1)):
        lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        ink = cv2.subtract(ink, cv2.dilate(lines, np.ones((5, 5), np.uint8)))
    return 255 - ink


def _framed(pixels: Any) -> Any:
    import cv2
    import numpy as np

    paper = int(np.percentile(pixels, 90))
    return cv2.copyMakeBorder(pixels, 16, 16, 16, 16, cv2.BORDER_CONSTANT, value=paper)
