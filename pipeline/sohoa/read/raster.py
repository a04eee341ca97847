"""Image files: JPEG (turned as its EXIF says), PNG, TIFF of many pages."""

from __future__ import annotations

import math
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sohoa.errors import SourceBroken, SourceEmpty
from sohoa.model import EmbeddedLayer, Finding, LayerVerdict, PageImage, Severity
from sohoa.read.pages import SourcePage, broken_page
from sohoa.read.pdf_render import grey_if_colourless, shrunk_finding
from sohoa.read.resolution import clamp_dpi, scan_dpi, shrink_factor
from sohoa.read.settings import ReadSettings

if TYPE_CHECKING:
    from sohoa.model import Pixels

_WIDE_MODES = ("I", "I;16", "I;16B", "I;16L", "I;16N", "F")
_PILLOW_LIMIT = threading.Lock()


@dataclass(slots=True)
class ImagePart:
    """One open image file; each frame of a TIFF is a page."""

    name: str
    settings: ReadSettings
    page_count: int
    findings: tuple[Finding, ...]
    _stream: IO[bytes]

    def page(self, index: int, number: int) -> SourcePage:
        """Decode one frame; a frame that cannot be decoded comes back as ``page-broken``."""
        try:
            with _no_pillow_limit():
                return self._read(index, number)
        except Exception as error:
            return broken_page(self.name, number, str(error) or type(error).__name__)

    def _read(self, index: int, number: int) -> SourcePage:
        from PIL import ImageOps

        # Opened anew for each page: nothing decoded is kept, and the same page reads the same.
        image = _open(self._stream)
        image.seek(index)
        width, height = image.size
        if width * height > self.settings.max_image_megapixels * 1e6:
            raise ValueError(f"a picture of {width * height / 1e6:.0f} megapixels")
        stated_x, stated_y = _stated_dpi(image)
        shrink = shrink_factor(width, height, self.settings)
        if shrink < 1.0 and image.format in ("JPEG", "MPO"):
            # The JPEG decoder can leave out detail as it goes: memory stays bounded.
            image.draft(None, (int(width * shrink), int(height * shrink)))
        frame = ImageOps.exif_transpose(image)
        turned = frame.size != image.size and frame.size == image.size[::-1]
        if turned:
            width, height = height, width
            stated_x, stated_y = stated_y, stated_x
        goal, dpi = self._goal((width, height), (stated_x, stated_y))
        pixels = to_pixels(frame, goal)
        shrunk = min(1.0, goal[0] / width) if shrink < 1.0 else 1.0
        finding = shrunk_finding(shrunk, number, self.settings)
        return SourcePage(
            number=number,
            image=PageImage(number, pixels, round(dpi, 2)),
            layer=EmbeddedLayer(LayerVerdict.NONE, reason="an image file carries no text"),
            findings=finding,
            width=int(pixels.shape[1]),
            height=int(pixels.shape[0]),
            dpi=round(dpi, 2),
        )

    def _goal(
        self, size: tuple[int, int], stated: tuple[float | None, float | None]
    ) -> tuple[tuple[int, int], float]:
        """Pixels to hand over, and their resolution: square pixels, within the settings' bounds."""
        width, height = float(size[0]), float(size[1])
        across, down = stated
        dpi = across
        if across and down and across > 0 and down > 0 and not 0.9 <= across / down <= 1.1:
            # Fax: fewer rows than columns to the inch.
            if 0.25 <= across / down <= 4:
                dpi = max(across, down)
                width, height = width * dpi / across, height * dpi / down
            else:
                dpi = None
        true_dpi = scan_dpi(round(width), round(height), dpi)
        factor = min(1.0, self.settings.max_dpi / true_dpi)
        factor *= shrink_factor(width * factor, height * factor, self.settings)
        goal = max(1, round(width * factor)), max(1, round(height * factor))
        return goal, clamp_dpi(true_dpi * factor, self.settings)

    def close(self) -> None:
        self._stream.close()


def _stated_dpi(image: Any) -> tuple[float | None, float | None]:
    stated = image.info.get("dpi")
    try:
        across, down = float(stated[0]), float(stated[1])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return None, None
    if not (math.isfinite(across) and math.isfinite(down)) or min(across, down) <= 1:
        return None, None
    return across, down


def to_pixels(image: Any, goal: tuple[int, int]) -> Pixels:
    """RGB or grey bytes at the wished size: paper white under transparency, 16 bits to 8."""
    import numpy as np
    from PIL import Image

    if image.mode in _WIDE_MODES:
        image = _eight_bits(image)
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGB", clear.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        image = paper
    elif image.mode == "1":
        image = image.convert("L")
    elif image.mode not in ("L", "RGB"):
        image = image.convert("RGB")
    if image.size != goal:
        # Halving first by whole pixels: quicker, and of little memory.
        whole = min(image.width // max(goal[0], 1), image.height // max(goal[1], 1))
        if whole >= 2:
            image = image.reduce(whole)
        image = image.resize(goal, Image.Resampling.LANCZOS)
    pixels: Pixels = np.asarray(image, dtype=np.uint8)
    return np.ascontiguousarray(grey_if_colourless(pixels))


def _eight_bits(image: Any) -> Any:
    import numpy as np
    from PIL import Image

    values = np.asarray(image, dtype=np.float32)
    # Some programs keep 8 bits in a 16-bit file; the true range tells.
    top = 255.0 if values.max(initial=0.0) <= 255 else 65535.0
    return Image.fromarray(np.clip(values * (255.0 / top), 0, 255).astype(np.uint8))


@contextmanager
def _no_pillow_limit() -> Iterator[None]:
    """Pillow's own bound is a module variable below ours; ours is checked before any decoding."""
    from PIL import Image

    with _PILLOW_LIMIT, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before = Image.MAX_IMAGE_PIXELS
        Image.MAX_IMAGE_PIXELS = None
        try:
            yield
        finally:
            Image.MAX_IMAGE_PIXELS = before


def _open(stream: IO[bytes]) -> Any:
    from PIL import Image

    stream.seek(0)
    return Image.open(stream, formats=("JPEG", "PNG", "TIFF"))


def open_image(path: Path, name: str, settings: ReadSettings) -> ImagePart:
    """Open an image file; ``SourceBroken`` where its header or its frames make no sense."""
    from PIL import UnidentifiedImageError

    stream = path.open("rb")
    try:
        with _no_pillow_limit():
            image = _open(stream)
            # A photo's thumbnail (MPO) is no second page; a TIFF's frames are.
            frames = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        stream.close()
        raise SourceBroken(
            f"{name} is damaged: its picture cannot be opened.",
            remedy="Fetch the file again from where it came, or scan the paper again.",
        ) from error
    if not frames:
        stream.close()
        raise SourceEmpty(f"{name} holds no picture.")
    findings: tuple[Finding, ...] = ()
    if image.format == "MPO":
        findings = (
            Finding(
                "extra-pictures-ignored",
                Severity.INFO,
                f"{name} holds more than one picture (a camera's preview); the first was read.",
            ),
        )
    return ImagePart(name, settings, frames, findings, stream)
