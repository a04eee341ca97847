"""What an archive's boxes hold beside good scans: each is read, or told; none ends the run."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from PIL import Image

from sohoa.geometry import BBox, Transform
from sohoa.imitate import GOOD_SCAN, Degradation, DocumentKind, draft, scan, typeset

if TYPE_CHECKING:
    from sohoa.model import Pixels

LEVEL = replace(GOOD_SCAN, skew_deg=0.0)
Words = tuple[tuple[str, BBox], ...]


@dataclass(frozen=True)
class Odd:
    """A picture, its resolution as stated, and the printed words in its pixels."""

    pixels: Pixels
    dpi: int
    words: Words


def paper(how: Degradation) -> Odd:
    page = scan(typeset(draft(DocumentKind.STATE_LETTER, 405)), how, 7)[0]
    words = tuple((word.text, word.bbox) for word in page.words if not word.by_pen)
    return Odd(page.pixels, how.dpi, words)


def moved(odd: Odd, matrix: np.ndarray, size: tuple[int, int], ground: int) -> Odd:
    pixels = cv2.warpPerspective(
        odd.pixels, matrix, size, flags=cv2.INTER_CUBIC, borderValue=(ground, ground, ground)
    )
    place = Transform(tuple(float(value) for value in matrix.flatten()))  # type: ignore[arg-type]
    words = tuple((text, place.bbox(box)) for text, box in odd.words)
    return Odd(np.asarray(pixels, dtype=np.uint8), odd.dpi, words)


def steep() -> Odd:
    """12 degrees askew on the black glass of a copier."""
    odd = paper(LEVEL)
    height, width = odd.pixels.shape[:2]
    matrix = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), -12, 1), [0, 0, 1]])
    size = math.ceil(width + 0.22 * height), math.ceil(height + 0.22 * width)
    matrix[0, 2] += (size[0] - width) / 2
    matrix[1, 2] += (size[1] - height) / 2
    return moved(odd, matrix, size, ground=15)


def photo() -> Odd:
    """Held aslant over a desk; the file says 72 dpi, as phones do."""
    odd = paper(replace(LEVEL, shading=0.15, noise=3.0))
    height, width = odd.pixels.shape[:2]
    sheet = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    seen = np.array([[420, 300], [2080, 380], [2330, 2900], [180, 2760]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(sheet, seen)
    return replace(moved(odd, matrix, (2500, 3200), ground=85), dpi=72)


def negative() -> Odd:
    odd = paper(replace(LEVEL, dpi=150))
    return replace(odd, pixels=np.asarray(255 - odd.pixels, dtype=np.uint8))


def speckled() -> Odd:
    odd = paper(LEVEL)
    pixels = odd.pixels.copy()
    height, width = pixels.shape[:2]
    rng = np.random.default_rng(1)
    for x, y in zip(rng.integers(0, width, 40_000), rng.integers(0, height, 40_000), strict=True):
        pixels[y : y + 2, x : x + 2] = 40
    return replace(odd, pixels=pixels)


def small(odd: Odd, dpi: int) -> Odd:
    factor = dpi / odd.dpi
    pixels = cv2.resize(odd.pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    words = tuple((text, Transform.scale(factor).bbox(box)) for text, box in odd.words)
    return Odd(np.asarray(pixels, dtype=np.uint8), dpi, words)


@cache
def legible() -> dict[str, Odd]:
    return {
        "turned.png": paper(replace(LEVEL, skew_deg=3.0, quarter_turns=1)),
        "steep.png": steep(),
        "photo.png": photo(),
        "negative.png": negative(),
        "speckled.png": speckled(),
        "coarse.png": small(paper(LEVEL), 72),
    }


def blank(value: float = 240, height: int = 1400) -> Pixels:
    paper_grain = np.random.default_rng(0).normal(value, 3, (height, 1000))
    return np.clip(paper_grain, 0, 255).astype(np.uint8)


def scribbles() -> Pixels:
    pixels, rng = blank(), np.random.default_rng(0)
    for row in range(150, 1300, 60):
        along = np.linspace(0, 1, 400)
        x = 80 + 800 * along + 12 * np.sin(along * 150)
        y = row + 16 * np.sin(along * 190 + rng.random()) * rng.uniform(0.4, 1.2, 400)
        points = np.stack([x, y], axis=1).astype(np.int32)
        cv2.polylines(pixels, [points], False, (50,), 2, cv2.LINE_AA)
    return pixels


def english() -> Pixels:
    pixels = blank()
    text = (
        "the contractor shall deliver these goods,within thirty days after receipt of,"
        "the purchase order and payment will be,made by bank transfer against the original"
    )
    for number, part in enumerate(text.split(",")):
        place = (90, 200 + 60 * number)
        cv2.putText(pixels, part, place, cv2.FONT_HERSHEY_COMPLEX, 0.9, (20,), 2, cv2.LINE_AA)
    return pixels


def wall() -> Pixels:
    """A photo of bricks: no sheet, no print."""
    rng = np.random.default_rng(0)
    pixels = np.full((1400, 1000), 205.0)
    for row in range(28):
        for column in range(-1, 11):
            left, top = column * 100 + 50 * (row % 2), row * 50
            brick = pixels[top + 4 : top + 50, max(0, left + 4) : max(0, left + 100)]
            brick[:] = rng.uniform(105, 150)
    pixels *= np.linspace(0.75, 1.0, 1000)[None, :]
    soft = cv2.GaussianBlur(pixels + rng.normal(0, 9, pixels.shape), (0, 0), 1.2)
    return np.clip(soft, 0, 255).astype(np.uint8)


def strange_script() -> Pixels:
    """Square glyphs of many strokes, set like a page of Chinese."""
    pixels, rng = blank(), np.random.default_rng(0)
    for top in range(150, 1250, 52):
        for left in range(90, 900, 36):
            for _ in range(int(rng.integers(4, 9))):
                x, y = (int(value) for value in rng.integers(0, 28, 2))
                across = bool(rng.integers(2))
                end = (left + 28, top + y) if across else (left + x, top + 28)
                start = (left, top + y) if across else (left + x, top)
                cv2.line(pixels, start, end, 25, 2)
    return pixels


def strip() -> Pixels:
    pixels = np.full((300, 30_000), 250, dtype=np.uint8)
    for number in range(6):
        place = (500 + 5000 * number, 160)
        cv2.putText(pixels, "Ban do so", place, cv2.FONT_HERSHEY_COMPLEX, 1.0, (20,), 2)
    return pixels


@dataclass(frozen=True)
class Run:
    out: Path
    code: int
    lines: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder, out = tmp_path_factory.mktemp("odd"), tmp_path_factory.mktemp("out")
    for name, odd in legible().items():
        Image.fromarray(odd.pixels).save(folder / name, dpi=(odd.dpi, odd.dpi))
    others = {
        "blank.png": blank(), "black.png": blank(8), "scribbles.png": scribbles(),
        "english.png": english(), "strip.png": strip(), "dot.png": np.zeros((1, 1), np.uint8),
        "wall.png": wall(), "strange.png": strange_script(),
    }  # fmt: skip
    for name, pixels in others.items():
        Image.fromarray(pixels).save(folder / name)
    top = Image.fromarray(legible()["negative.png"].pixels[:500])
    pages = [Image.fromarray(blank()), top, top.rotate(90, expand=True)]
    for name in ("mixed.pdf", "many.tif"):
        shown = [page.convert("RGB") for page in pages]
        shown[0].save(folder / name, save_all=True, append_images=shown[1:], resolution=150)
    command = [sys.executable, "-m", "sohoa.cli.main", "digitize", str(folder), "--out", str(out)]
    done = subprocess.run(
        [*command, "--json", "--jobs", "2"],
        capture_output=True, encoding="utf-8", check=False, env=dict(os.environ),
    )  # fmt: skip
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return Run(out, done.returncode, {line["name"]: line for line in lines})


def words_of(run: Run, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def gather(value: Any) -> None:
        if isinstance(value, dict):
            if "recognized" in value or {"text", "bbox", "confidence"} <= set(value):
                found.append(value)
            for each in value.values():
                gather(each)
        elif isinstance(value, list):
            for each in value:
                gather(each)

    gather(json.loads((run.out / name / "record.json").read_bytes())["pages"])
    return found


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip('.,;:/()“”"').lower()


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        *((name, "done", None) for name in legible()),
        ("blank.png", "done", "blank-page"),
        ("english.png", "done", "other-language"),
        ("strip.png", "done", None),
        ("mixed.pdf", "done", "blank-page"),
        ("many.tif", "done", "blank-page"),
        ("black.png", "partial", "page-unreadable"),
        ("dot.png", "partial", "page-unreadable"),
        ("scribbles.png", "partial", "page-unreadable"),
        ("wall.png", "partial", "page-unreadable"),
        ("strange.png", "partial", "page-unreadable"),
    ],
)
def test_each_is_told_truly(run: Run, name: str, status: str, code: str | None) -> None:
    line = run.lines[name]
    assert line["status"] == status, line
    readings = {"blank-page", "other-language", "poor-reading", "page-unreadable"}
    assert readings & set(line["codes"]) == ({code} if code else set()), line


def test_pages_that_could_not_be_read_end_with_1(run: Run) -> None:
    assert run.code == 1
    assert not [line for line in run.lines.values() if line["status"] == "failed"]


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("turned.png", 0.96), ("steep.png", 0.95), ("photo.png", 0.95),
        ("negative.png", 0.94), ("speckled.png", 0.80), ("coarse.png", 0.90),
    ],
)  # fmt: skip
def test_the_words_are_read_and_lie_on_their_ink(run: Run, name: str, least: float) -> None:
    truth, read = legible()[name].words, words_of(run, name)
    wanted = Counter(plain(text) for text, _ in truth)
    recall = (wanted & Counter(plain(word["text"]) for word in read)).total() / wanted.total()
    assert recall > least
    places: dict[str, list[BBox]] = {}
    for text, box in truth:
        places.setdefault(plain(text), []).append(box.padded(4))
    known = [
        word for word in read if len(plain(word["text"])) > 1 and plain(word["text"]) in places
    ]
    on_ink = [word for word in known if _is_in(word["bbox"], places[plain(word["text"])])]
    assert len(on_ink) > 0.98 * len(known)


def _is_in(box: dict[str, int], places: list[BBox]) -> bool:
    x, y = (box["left"] + box["right"]) / 2, (box["top"] + box["bottom"]) / 2
    return any(each.left <= x <= each.right and each.top <= y <= each.bottom for each in places)


@pytest.mark.parametrize("name", ["mixed.pdf", "many.tif"])
def test_pages_of_all_shapes_stand_in_their_order(run: Run, name: str) -> None:
    pages = json.loads((run.out / name / "record.json").read_bytes())["pages"]
    assert [page["number"] for page in pages] == [1, 2, 3]
    assert pages[1]["width"] > pages[1]["height"]
    assert pages[2]["width"] < pages[2]["height"]
    read = (run.out / name / "text.txt").read_text(encoding="utf-8").split("\f")
    wanted = set(read[1].split())
    assert len(wanted) > 30
    assert len(wanted & set(read[2].split())) > 0.85 * len(wanted)
