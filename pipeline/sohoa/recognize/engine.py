"""What an engine is, and the table of those we have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from sohoa.errors import SettingsError
from sohoa.model import Line, PageImage
from sohoa.recognize.lines.engine import LineEngine
from sohoa.recognize.settings import RecognizeSettings
from sohoa.recognize.tesseract import TesseractEngine


class Engine(Protocol):
    """One method to read an image, and what the recipe must know to repeat it."""

    @property
    def name(self) -> str: ...

    def version(self) -> str:
        """Version of the program and of its model, so that the same recipe gives the same text."""
        ...

    def recognize(self, image: PageImage) -> tuple[Line, ...]:
        """Words with confidence 0..1, in lines; boxes in ``image``'s pixels.

        After it: words are NFC, not empty, without white space; ids are unique in the result.
        Raises ``EngineError`` where the program is missing, fails, or does not answer in time.
        """
        ...

    def recognize_lines(self, images: Sequence[PageImage]) -> tuple[tuple[Line, ...], ...]:
        """The same for images of one printed line each, all in one call; one result an image.

        These are read closely: words have alternatives where the engine knows of any.
        """
        ...


ENGINES: dict[str, Callable[[RecognizeSettings], Engine]] = {
    "tesseract": TesseractEngine,
    "lines": LineEngine,
}


def make_engine(settings: RecognizeSettings) -> Engine:
    """The engine that the settings name; ``SettingsError`` for one that does not exist."""
    if settings.engine not in ENGINES:
        raise SettingsError(
            f"No engine {settings.engine!r}.", remedy=f"Choose one of: {', '.join(ENGINES)}."
        )
    return ENGINES[settings.engine](settings)
