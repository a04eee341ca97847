"""``sohoa inspect``: the scan with what was found drawn over it, as one HTML page."""

from __future__ import annotations

from pathlib import Path

from sohoa.settings import Settings, load_settings

_PICTURE_WIDTH = 1400


def run(source: Path, out: Path | None, settings_file: Path | None) -> Path:
    """Digitize one file and write the page beside nothing else; returns its path."""
    from sohoa.digitize import digitize
    from sohoa.export import write_atomically
    from sohoa.export.inspection import to_html
    from sohoa.read import open_source
    from sohoa.recognize import make_engine

    settings = load_settings(settings_file) if settings_file else Settings()
    target = out or Path(f"{source.name}.html")
    with open_source([source], settings.read) as opened:
        (record,) = digitize(opened, settings, make_engine(settings.recognize))
        page = to_html(record, lambda number: _jpeg(opened.page(number).image))
    target.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(target, page)
    return target


def _jpeg(image: object) -> bytes:
    import cv2

    from sohoa.model import PageImage

    if not isinstance(image, PageImage):
        return b""
    pixels = image.pixels[..., ::-1] if image.pixels.ndim == 3 else image.pixels
    factor = min(1.0, _PICTURE_WIDTH / image.width)
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()
