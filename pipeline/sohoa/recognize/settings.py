"""What the engines can be told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecognizeSettings:
    """``engine``: ``tesseract``, or ``lines``, the recognizer of our own.

    ``languages`` as Tesseract names them, joined by +; ``timeout_s`` for one call.

    No call is begun for a page that has taken ``page_limit_s`` seconds.

    ``page_mode`` is Tesseract's page segmentation mode (3: a full page, found by itself).
    ``alternatives``: single lines come with the readings that the network weighed. Of whole pages
    they are not asked: weighing costs a sixth of the reading, and sure words need none.
    """

    engine: str = "tesseract"
    languages: str = "vie"
    page_mode: int = 3
    alternatives: bool = True
    timeout_s: float = 120.0
    page_limit_s: float = 240.0
