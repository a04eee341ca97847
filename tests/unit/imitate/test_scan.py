from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from sohoa.imitate import (
    FAX_SCAN,
    GOOD_SCAN,
    POOR_SCAN,
    ColourMode,
    Degradation,
    DocumentKind,
    degrade,
    draft,
    draw_degradation,
    scan,
    typeset,
)
from sohoa.imitate.pen import draw_figures, draw_signature
from sohoa.imitate.seal import draw_seal
from sohoa.imitate.sheet import InkKind

PAPER = typeset(draft(DocumentKind.STATE_LETTER, 405))
NOTHING = Degradation(dpi=100, jpeg_quality=None, mode=ColourMode.COLOUR)


def _rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_no_degradation_changes_nothing() -> None:
    pixels = _rng().integers(0, 256, (60, 40, 3), dtype=np.uint8)
    degraded = degrade(pixels, NOTHING, _rng())
    assert np.array_equal(degraded.pixels, pixels)
    assert degraded.transform.is_identity


def test_the_pixels_given_stay() -> None:
    pixels = np.full((80, 60, 3), 255, dtype=np.uint8)
    degrade(pixels, replace(POOR_SCAN, punch_holes=2, folds=2, streaks=2, bleed=0.1), _rng())
    assert pixels.min() == 255


@pytest.mark.parametrize("how", [GOOD_SCAN, POOR_SCAN, FAX_SCAN])
def test_same_seed_same_scan(how: Degradation) -> None:
    small = replace(how, dpi=60)
    first, second = scan(PAPER, small, 3), scan(PAPER, small, 3)
    assert all(np.array_equal(a.pixels, b.pixels) for a, b in zip(first, second, strict=True))
    other = scan(PAPER, small, 4)
    assert not np.array_equal(first[0].pixels, other[0].pixels)


def test_modes_have_their_shapes() -> None:
    assert scan(PAPER, replace(GOOD_SCAN, dpi=60), 1)[0].pixels.ndim == 3
    assert scan(PAPER, replace(POOR_SCAN, dpi=60), 1)[0].pixels.ndim == 2
    assert set(np.unique(scan(PAPER, replace(FAX_SCAN, dpi=60), 1)[0].pixels)) == {0, 255}


@pytest.mark.parametrize(
    "how",
    [
        replace(NOTHING, dpi=150),
        replace(NOTHING, dpi=150, skew_deg=2.0),
        replace(NOTHING, dpi=150, perspective=0.03),
        replace(NOTHING, dpi=150, quarter_turns=1, skew_deg=-1.0),
        replace(NOTHING, dpi=150, quarter_turns=2),
        replace(NOTHING, dpi=150, quarter_turns=3),
    ],
)
def test_boxes_follow_the_ink(how: Degradation) -> None:
    """Print lies inside the boxes: hardly any dark pixel of the body is outside of them."""
    page = scan(PAPER, how, 5)[0]
    ink = page.pixels.min(axis=2) < 100
    height, width = ink.shape
    covered = np.zeros_like(ink)
    for word in page.words:
        box = word.bbox.padded(2).clipped(width, height)
        covered[box.top : box.bottom, box.left : box.right] = True
        if not word.by_pen:
            assert ink[box.top : box.bottom, box.left : box.right].any(), word.text
    for spot in page.inks:
        box = spot.bbox.padded(16).clipped(width, height)
        covered[box.top : box.bottom, box.left : box.right] = True
    assert (ink & ~covered).sum() < 0.03 * ink.sum()  # what is left are the printed rules


def test_drawn_degradations_can_all_be_done() -> None:
    pixels = np.full((300, 210, 3), 255, dtype=np.uint8)
    cv2.putText(pixels, "15/QD", (20, 90), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 2)
    modes = set()
    for seed in range(40):
        how = draw_degradation(_rng(seed))
        degraded = degrade(pixels, how, _rng(seed))
        modes.add(how.mode)
        assert degraded.pixels.dtype == np.uint8
        assert degraded.pixels.min() < 160 < degraded.pixels.max()
    assert modes == set(ColourMode)


def test_seal_is_red_and_left_of_the_signature() -> None:
    page = scan(PAPER, replace(GOOD_SCAN, skew_deg=0.0), 2)[-1]
    seal = next(ink.bbox for ink in page.inks if ink.spot.kind is InkKind.SEAL)
    signature = next(ink.bbox for ink in page.inks if ink.spot.kind is InkKind.SIGNATURE)
    part = page.pixels[seal.top : seal.bottom, seal.left : seal.right].astype(int)
    red = (part[:, :, 0] - part[:, :, 1]) > 60
    assert red.mean() > 0.05
    assert seal.left < signature.left < seal.right < signature.right


@pytest.mark.parametrize("text", ["0123456789", "07", "12/3/2025"])
def test_figures_are_drawn_apart(text: str) -> None:
    mask = draw_figures(text, (40 * len(text), 60), _rng())
    assert mask.shape == (60, 40 * len(text))
    for index in range(len(text)):
        assert mask[:, 40 * index : 40 * (index + 1)].max() > 0.8


def test_masks_are_shares_of_ink() -> None:
    for mask in (
        draw_signature((200, 90), _rng()),
        draw_seal("UỶ BAN NHÂN DÂN TỈNH THỬ NGHIỆM", "", 220, _rng()),
        draw_seal("ĐẢNG CỘNG SẢN VIỆT NAM", "BAN TỔ CHỨC TỈNH UỶ THỬ NGHIỆM", 220, _rng()),
    ):
        assert mask.dtype == np.float32
        assert 0.0 <= float(mask.min()) < float(mask.max()) <= 1.0
        assert 0.01 < float(mask.mean()) < 0.5
