"""What a restoration stage is, and the ways to carry changed words back into pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Protocol, runtime_checkable

from sohoa.model import Line, LineKind, Page, map_block
from sohoa.record import Step

# Lines that carry printed language; seals, pen strokes and specks do not, and are left alone.
RESTORED_KINDS = frozenset({LineKind.TEXT, LineKind.OWNERSHIP, LineKind.PORTAL})


@runtime_checkable
class RestoreStage(Protocol):
    """Pages in, pages out; every changed word carries an ``Edit`` of this stage.

    The fields of the (frozen dataclass) stage are its settings.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def __call__(self, pages: tuple[Page, ...]) -> tuple[Page, ...]: ...


def step_of(stage: RestoreStage) -> Step:
    """The stage as a step of a record's recipe."""
    settings = tuple(
        (item.name, str(getattr(stage, item.name)))
        for item in fields(stage)  # type: ignore[arg-type]
    )
    return Step(stage.name, stage.version, settings)


def map_lines(page: Page, change: Callable[[Line], Line]) -> Page:
    """The page with ``change`` applied to each line that carries printed language."""

    def changed(line: Line) -> Line:
        return change(line) if line.kind in RESTORED_KINDS and line.words else line

    return replace(page, blocks=tuple(map_block(block, changed) for block in page.blocks))


def language_lines(page: Page) -> Iterator[Line]:
    """The lines that ``map_lines`` would hand over, in the same order."""
    for line in page.lines():
        if line.kind in RESTORED_KINDS and line.words:
            yield line


def put_lines(page: Page, lines: Iterator[Line]) -> Page:
    """The page with its language lines taken, in order, from ``lines``."""
    return map_lines(page, lambda _: next(lines))
