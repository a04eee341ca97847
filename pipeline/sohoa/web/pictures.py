"""Pictures of pages, drawn from the originals once and kept: a small one, and tiles of the whole.

Drawing runs in a process of its own: a damaged file can end that process, never the server.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pebble import ProcessPool

TILE_PX = 512
PREVIEW_PX = 1240
_LIMIT_S = 90.0
_QUALITY = 82
_MOST_BYTES = 4 << 30
_LOOK_EVERY = 200
_DONE = "done"


Find = Callable[[], tuple[Path, ...]]  # the files that a paper was read from; none: they are gone


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """A page (number from 1) of the files that a paper is, and the folder of its pictures."""

    originals: tuple[Path, ...]
    page: int
    folder: Path


class Pictures:
    """Draws pages in one worker process and keeps what it drew, the oldest given up first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pool: ProcessPool | None = None
        self._lock = threading.Lock()
        self._drawing: dict[Path, threading.Lock] = {}
        self._drawn = 0

    def preview(self, source: str, page: int, originals: Find) -> Path | None:
        return self._file(source, page, originals, "preview.jpg")

    def tile(
        self,
        source: str,
        page: int,
        originals: Find,
        place: tuple[int, int],
    ) -> Path | None:
        return self._file(source, page, originals, f"{place[0]}-{place[1]}.jpg")

    def close(self) -> None:
        with self._lock:
            if self._pool is not None:
                self._pool.stop()  # type: ignore[no-untyped-call]
                self._pool.join()
                self._pool = None

    def _file(self, source: str, page: int, originals: Find, name: str) -> Path | None:
        """The picture; drawn now where it was not; None where it cannot be drawn."""
        # Hashed once more: what a record says of itself never becomes part of a path.
        own_name = hashlib.sha256(source.encode()).hexdigest()
        folder = self._folder / own_name[:2] / own_name / str(page)
        if not (folder / _DONE).exists():
            with self._lock:
                own = self._drawing.setdefault(folder, threading.Lock())
            with own:
                if not (folder / _DONE).exists():
                    paths = originals()
                    if not paths or not self._draw(PictureRequest(paths, page, folder)):
                        return None
        path = folder / name
        return path if path.is_file() else None

    def _draw(self, request: PictureRequest) -> bool:
        from pebble import ProcessExpired

        try:
            future = self._workers().schedule(draw, args=(request,), timeout=_LIMIT_S)
            drawn = bool(future.result())
        except (FutureTimeout, ProcessExpired, OSError, RuntimeError):
            return False
        self._drawn += 1
        if self._drawn % _LOOK_EVERY == 0:
            _give_up_oldest(self._folder)
        return drawn

    def _workers(self) -> ProcessPool:
        from pebble import ProcessPool

        with self._lock:
            if self._pool is None:
                context = get_context("spawn")
                self._pool = ProcessPool(max_workers=1, max_tasks=200, context=context)
            return self._pool


def draw(request: PictureRequest) -> bool:
    """Draw one page into its folder; runs in the worker. False for a page without a picture."""
    import cv2

    from sohoa.errors import SohoaError
    from sohoa.read import open_source

    try:
        with open_source(request.originals) as source:
            image = source.page(request.page).image
    except (SohoaError, IndexError):
        return False
    if image is None:
        return False
    pixels = image.pixels[..., ::-1] if image.pixels.ndim == 3 else image.pixels
    part = request.folder.with_name(f".{request.folder.name}-{os.getpid()}")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    how = [cv2.IMWRITE_JPEG_QUALITY, _QUALITY]
    factor = min(1.0, PREVIEW_PX / image.width)
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA) if factor < 1 else pixels
    (part / "preview.jpg").write_bytes(cv2.imencode(".jpg", small, how)[1].tobytes())
    for row in range(-(-image.height // TILE_PX)):
        for column in range(-(-image.width // TILE_PX)):
            top, left = row * TILE_PX, column * TILE_PX
            tile = pixels[top : top + TILE_PX, left : left + TILE_PX]
            data = cv2.imencode(".jpg", tile, how)[1].tobytes()
            (part / f"{column}-{row}.jpg").write_bytes(data)
    (part / _DONE).touch()
    shutil.rmtree(request.folder, ignore_errors=True)
    part.rename(request.folder)
    return True


def _give_up_oldest(folder: Path) -> None:
    """Keep the pictures under their bound: what was drawn longest ago goes first."""
    pages = []
    total = 0
    for done in folder.glob(f"*/*/*/{_DONE}"):
        with contextlib.suppress(OSError):
            size = sum(each.stat().st_size for each in done.parent.iterdir())
            pages.append((done.stat().st_mtime, size, done.parent))
            total += size
    for _, size, page in sorted(pages):
        if total <= _MOST_BYTES:
            break
        shutil.rmtree(page, ignore_errors=True)
        total -= size
