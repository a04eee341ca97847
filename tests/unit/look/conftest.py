"""Pages drawn for the tests: black lines of print on white, no engine needed."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from sohoa.model import PageImage


@pytest.fixture
def printed_page() -> Callable[..., PageImage]:
    """A page of text-like rows; ``angle_deg`` turns it clockwise, ``colour`` makes it RGB."""

    def make(*, angle_deg: float = 0.0, colour: bool = False, size: int = 1200) -> PageImage:
        pixels = np.full((size, size), 255, dtype=np.uint8)
        words = "quyet dinh ban hanh quy che lam viec cua uy nhan dan tinh".split()
        for number, row in enumerate(range(size // 8, size * 7 // 8, size // 30)):
            text = " ".join(words[(number * 5 + k * k) % len(words)] for k in range(6))
            cv2.putText(pixels, text, (size // 8, row), cv2.FONT_HERSHEY_COMPLEX, size / 1200, 0, 2)
        matrix = cv2.getRotationMatrix2D((size / 2, size / 2), -angle_deg, 1.0)
        rotated = cv2.warpAffine(pixels, matrix, (size, size), borderValue=(255,))
        turned = np.asarray(rotated, dtype=np.uint8)
        if colour:
            turned = np.repeat(turned[:, :, None], 3, axis=2)
        return PageImage(1, turned, 200.0)

    return make
