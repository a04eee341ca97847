"""A guard against files made to burst: how much one page's streams unpack to."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sohoa.read.settings import ReadSettings

if TYPE_CHECKING:
    import pikepdf

# Deflate packs at most 1032 to 1.
_DEFLATE_RATIO = 1040
_DEEPEST, _MOST_NAMES = 4, 500


class TooMuchDataError(Exception):
    """The streams of a page unpack to more than the settings allow."""


def check_streams(objects: Any, settings: ReadSettings) -> None:
    """``TooMuchDataError`` where content, fonts and forms unpack to more than the limit.

    Pictures are not counted; see ``check_pictures``.
    """
    import pikepdf

    left = int(settings.max_inflated_megabytes * 1e6)
    for item in objects:
        if not isinstance(item, pikepdf.Stream):
            continue
        if item.get("/Subtype") == "/Image":
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


def check_pictures(page: pikepdf.Page, settings: ReadSettings) -> None:
    """``TooMuchDataError`` where a picture that the page uses declares more than the limit."""
    for picture in _pictures(page.obj.get("/Resources"), 0):
        pixels = _side(picture, "/Width") * _side(picture, "/Height")
        if pixels > settings.max_image_megapixels * 1e6:
            raise TooMuchDataError(f"it has a picture of {pixels / 1e6:.0f} megapixels")


def see_through_sizes(page: pikepdf.Page) -> frozenset[tuple[int, int]]:
    """Pixel sizes of the page's pictures that have a mask or are one."""
    return frozenset(
        (_side(picture, "/Width"), _side(picture, "/Height"))
        for picture in _pictures(page.obj.get("/Resources"), 0)
        if "/SMask" in picture or "/Mask" in picture or picture.get("/ImageMask")
    )


def _side(picture: Any, key: str) -> int:
    try:
        return max(0, int(picture.get(key, 0)))
    except (TypeError, ValueError, OverflowError):
        return 0


def _pictures(resources: Any, depth: int) -> Iterator[Any]:
    objects = resources.get("/XObject") if resources is not None else None
    if objects is None or depth > _DEEPEST:
        return
    for name in list(objects.keys())[:_MOST_NAMES]:
        item = objects[name]
        try:
            kind = item.get("/Subtype")
        except (AttributeError, TypeError, ValueError):
            continue
        if kind == "/Form":
            yield from _pictures(item.get("/Resources"), depth + 1)
        elif kind == "/Image":
            yield item
