"""A guard against files made to burst: how much one page's streams unpack to."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from sohoa.read.settings import ReadSettings

if TYPE_CHECKING:
    import pikepdf

# Deflate packs at most 1032 to 1.
_DEFLATE_RATIO = 1040


class TooMuchDataError(Exception):
    """The streams of a page unpack to more than the settings allow."""


def check_streams(objects: Any, settings: ReadSettings) -> None:
    """``TooMuchDataError`` where content, fonts and forms unpack to more than the limit.

    Pictures are looked at by their declared size only; see ``max_image_megapixels``.
    """
    import pikepdf

    left = int(settings.max_inflated_megabytes * 1e6)
    for item in objects:
        if not isinstance(item, pikepdf.Stream):
            continue
        if item.get("/Subtype") == "/Image":
            pixels = float(item.get("/Width", 0)) * float(item.get("/Height", 0))
            if pixels > settings.max_image_megapixels * 1e6:
                raise TooMuchDataError(f"a picture of {pixels / 1e6:.0f} megapixels")
            continue
        left -= _unpacked_size(item, left)
        if left < 0:
            raise TooMuchDataError(
                f"its content unpacks to more than {settings.max_inflated_megabytes:g} MB"
            )


def _unpacked_size(stream: Any, limit: int) -> int:
    filters = stream.get("/Filter")
    names = [str(filters)] if filters is not None and not _is_array(filters) else []
    if filters is not None and _is_array(filters):
        names = [str(name) for name in filters]
    data = stream.read_raw_bytes()
    packing = [name for name in names if name in ("/FlateDecode", "/Fl", "/LZWDecode", "/LZW")]
    if len(packing) > 1:
        return limit + 1  # packed twice: nothing but a bomb does that
    if not packing or len(data) * _DEFLATE_RATIO <= limit // 8:
        return len(data)
    if packing[0].startswith("/LZW") or names[0] != packing[0]:
        return len(data) * 8
    unpacker = zlib.decompressobj()
    size, rest = 0, data
    try:
        while rest and size <= limit:
            size += len(unpacker.decompress(rest, 1 << 20))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return size
    return size


def _is_array(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Array)


def see_through_sizes(page: pikepdf.Page) -> frozenset[tuple[int, int]]:
    """Pixel sizes of the page's pictures that have a mask or are one."""
    found: set[tuple[int, int]] = set()
    _look(page.obj.get("/Resources"), found, 0)
    return frozenset(found)


def _look(resources: Any, found: set[tuple[int, int]], depth: int) -> None:
    objects = resources.get("/XObject") if resources is not None else None
    if objects is None or depth > 4:
        return
    for name in list(objects.keys())[:500]:
        item = objects[name]
        try:
            if item.get("/Subtype") == "/Form":
                _look(item.get("/Resources"), found, depth + 1)
            elif any(key in item for key in ("/SMask", "/Mask")) or item.get("/ImageMask"):
                found.add((int(item["/Width"]), int(item["/Height"])))
        except (AttributeError, TypeError, ValueError, KeyError):
            continue
