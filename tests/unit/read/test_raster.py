"""Image files: turned, flattened, made square, and bounded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from sohoa.model import LayerVerdict
from sohoa.read import ReadSettings, SourcePage, open_source


def read(path: Path, settings: ReadSettings | None = None) -> SourcePage:
    with open_source([path], settings) as source:
        return source.page(1)


def corner(width: int = 60, height: int = 80) -> Any:
    """White with a black upper left corner."""
    image = Image.new("L", (width, height), 255)
    image.paste(0, (0, 0, width // 4, height // 4))
    return image


def black_corner(page: SourcePage) -> str:
    assert page.image is not None
    pixels = page.image.pixels
    rows = "upper" if pixels[:8].mean() < pixels[-8:].mean() else "lower"
    columns = "left" if pixels[:, :8].mean() < pixels[:, -8:].mean() else "right"
    return f"{rows} {columns}"


def test_grey_and_colour_pixels_stay_as_they_are(tmp_path: Path) -> None:
    grey = np.arange(60 * 80, dtype=np.uint8).reshape(80, 60)
    Image.fromarray(grey).save(tmp_path / "a.png")
    page = read(tmp_path / "a.png")
    assert page.image is not None
    assert np.array_equal(page.image.pixels, grey)
    colour = np.stack([grey, grey.T.reshape(80, 60), grey[::-1]], axis=2)
    Image.fromarray(colour).save(tmp_path / "b.png")
    page = read(tmp_path / "b.png")
    assert page.image is not None
    assert np.array_equal(page.image.pixels, colour)
    assert page.layer.verdict is LayerVerdict.NONE
    assert page.lines == ()


@pytest.mark.parametrize(
    ("tag", "where"), [(1, "upper left"), (3, "lower right"), (6, "upper right"), (8, "lower left")]
)
def test_exif_orientation_is_obeyed(tmp_path: Path, tag: int, where: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = tag
    corner().save(tmp_path / "a.jpg", exif=exif)
    page = read(tmp_path / "a.jpg")
    assert black_corner(page) == where
    assert (page.width, page.height) == ((60, 80) if tag in (1, 3) else (80, 60))


def test_transparent_paper_is_white(tmp_path: Path) -> None:
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 10, 10))
    image.save(tmp_path / "a.png")
    page = read(tmp_path / "a.png")
    assert page.image is not None
    assert page.image.pixels[30, 30] == 255
    assert page.image.pixels[5, 5] == 0
    palette = Image.new("P", (40, 40), 1)
    palette.putpalette([0, 0, 0, 10, 10, 10])
    palette.save(tmp_path / "b.png", transparency=1)
    page = read(tmp_path / "b.png")
    assert page.image is not None
    assert page.image.pixels.min() == 255


@pytest.mark.parametrize("top", [255, 65535])
def test_sixteen_bits_become_eight(tmp_path: Path, top: int) -> None:
    values = np.full((30, 30), top, dtype=np.uint16)
    values[:10] = 0
    Image.fromarray(values).save(tmp_path / "a.png")
    page = read(tmp_path / "a.png")
    assert page.image is not None
    assert (page.image.pixels[5, 5], page.image.pixels[20, 20]) == (0, 255)


def test_one_bit_and_cmyk(tmp_path: Path) -> None:
    corner().convert("1").save(tmp_path / "a.tif", compression="group4")
    assert black_corner(read(tmp_path / "a.tif")) == "upper left"
    corner().convert("CMYK").save(tmp_path / "b.jpg")
    page = read(tmp_path / "b.jpg")
    assert page.image is not None
    assert page.image.pixels.mean() > 200


def test_a_tiff_has_many_pages_in_any_order(tmp_path: Path) -> None:
    frames = [Image.new("L", (50 + 10 * n, 70), 255) for n in range(3)]
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:])
    with open_source([tmp_path / "a.tif"]) as source:
        assert source.page_count == 3
        assert [source.page(number).width for number in (3, 1, 2)] == [70, 50, 60]


@pytest.mark.parametrize(
    ("stated", "size", "expected"),
    [
        (200, (1654, 2339), 200),  # believed
        (None, (1654, 2339), 200),  # as if A4
        (72, (1654, 2339), 200),  # a program that did not know
        (1, (1654, 2339), 200),
        (9000, (1654, 2339), 200),
        (300, (2480, 1754), 300),  # A5 across
        (None, (300, 400), 70),
    ],
)
def test_stated_resolution_is_believed_only_for_a_sheet(
    tmp_path: Path, stated: int | None, size: tuple[int, int], expected: int
) -> None:
    keys: dict[str, Any] = {} if stated is None else {"dpi": (stated, stated)}
    Image.new("L", size, 255).save(tmp_path / "a.png", **keys)
    page = read(tmp_path / "a.png")
    assert page.dpi == pytest.approx(expected, abs=1)
    assert (page.width, page.height) == size


def test_fax_rows_are_stretched(tmp_path: Path) -> None:
    Image.new("1", (1728, 1143), 1).save(tmp_path / "a.tif", dpi=(204, 98))
    page = read(tmp_path / "a.tif")
    assert page.width == 1728
    assert page.height == pytest.approx(2379, abs=2)
    assert page.dpi == pytest.approx(204, abs=1)


def test_a_page_reads_the_same_twice(tmp_path: Path) -> None:
    corner(1200, 1600).save(tmp_path / "a.jpg", dpi=(200, 200))
    with open_source([tmp_path / "a.jpg"], ReadSettings(max_megapixels=0.2)) as source:
        first, second = source.page(1), source.page(1)
    assert first.image is not None
    assert second.image is not None
    assert np.array_equal(first.image.pixels, second.image.pixels)
    assert first.dpi == second.dpi


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif"])
def test_pictures_over_the_limit_are_scaled_down(tmp_path: Path, suffix: str) -> None:
    corner(1200, 1600).save(tmp_path / f"a.{suffix}", dpi=(200, 200))
    page = read(tmp_path / f"a.{suffix}", ReadSettings(max_megapixels=0.5))
    assert page.width * page.height <= 0.5e6
    assert page.width / page.height == pytest.approx(0.75, abs=0.01)
    assert [finding.code for finding in page.findings] == ["page-scaled-down"]
    assert black_corner(page) == "upper left"


def test_one_broken_frame_is_one_broken_page(tmp_path: Path) -> None:
    generator = np.random.default_rng(7)
    frames = [
        Image.fromarray(generator.integers(0, 255, (90, 90), dtype=np.uint8)) for _ in range(2)
    ]
    frames[0].save(tmp_path / "a.jpg", quality=95)
    whole = (tmp_path / "a.jpg").read_bytes()
    (tmp_path / "a.jpg").write_bytes(whole[: len(whole) // 2])
    frames[1].save(tmp_path / "b.jpg")
    with open_source([tmp_path / "a.jpg", tmp_path / "b.jpg"]) as source:
        broken, good = source.page(1), source.page(2)
    assert broken.image is None
    assert [finding.code for finding in broken.findings] == ["page-broken"]
    assert "a.jpg" in broken.findings[0].message
    assert good.image is not None


def test_a_picture_beyond_all_bounds_is_not_decoded(tmp_path: Path) -> None:
    corner(300, 300).save(tmp_path / "a.png")
    page = read(tmp_path / "a.png", ReadSettings(max_megapixels=0.01, max_image_megapixels=0.05))
    assert page.image is None
    assert page.findings[0].code == "page-broken"
