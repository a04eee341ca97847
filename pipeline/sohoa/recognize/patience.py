"""An engine that begins no new call for a page once its time is spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

from sohoa.errors import EngineError
from sohoa.model import Line, PageImage
from sohoa.recognize.engine import Engine


@dataclass(frozen=True, slots=True)
class PatientEngine:
    """The engine for one page, made when the page begins.

    A page takes ``limit_s`` seconds at most, and one call of the engine more: that call has its own
    limit. After it every call raises ``EngineError``.
    """

    engine: Engine
    limit_s: float
    _started_s: float = field(default_factory=monotonic)

    @property
    def name(self) -> str:
        return self.engine.name

    def version(self) -> str:
        return self.engine.version()

    def recognize(self, image: PageImage) -> tuple[Line, ...]:
        self._check(image.number)
        return self.engine.recognize(image)

    def recognize_lines(self, images: Sequence[PageImage]) -> tuple[tuple[Line, ...], ...]:
        if images:
            self._check(images[0].number)
        return self.engine.recognize_lines(images)

    def _check(self, number: int) -> None:
        if monotonic() - self._started_s > self.limit_s:
            raise EngineError(
                f"Page {number}: it was not done in {self.limit_s:g} s.",
                remedy="Raise [recognize] page_limit_s, or look at the page by hand.",
            )
