"""All clean-up of one page before the engine sees it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sohoa.geometry import Transform
from sohoa.look.ink import flatten_paper, grey_of, without_red
from sohoa.look.level import level, measure_skew, scaled
from sohoa.look.second_look import SecondLook
from sohoa.look.tables import Grid, find_grids, find_rules, find_separators, wall_rules, without_ink
from sohoa.model import PageImage

# A page this near to the working resolution (as a factor) is not resampled: each time costs marks.
_NEAR_ENOUGH = 1.2
# Engines refuse larger pages (Tesseract: 32,767 pixels either way).
_MOST_PX = 32_000


@dataclass(frozen=True, slots=True)
class LookSettings:
    """What is done to a page; it comes to ``working_dpi``, where the engine reads best.

    ``level_from_deg``: a slope under it is told apart from the pixels, not turned out of them.
    ``pen``: numbers and days of filled-in forms are read figure by figure.
    """

    level: bool = True
    level_from_deg: float = 1.2
    remove_red: bool = True
    flatten: bool = True
    tables: bool = True
    pen: bool = True
    working_dpi: float = 200.0
    second_look: SecondLook = field(default_factory=SecondLook)


@dataclass(frozen=True, slots=True, eq=False)
class CleanPage:
    """A grey page for the engine, and what was seen on the way.

    ``image.to_page`` leads from its pixels back to the page as first rendered, ``levelling`` to the
    levelled page, in whose pixels ``grids`` and ``separators`` (heights of rules over the text's
    width) lie. ``angle_deg``: how far the text stands from level, clockwise.
    """

    image: PageImage
    levelling: Transform
    grids: tuple[Grid, ...]
    separators: tuple[int, ...]
    angle_deg: float


def clean(image: PageImage, settings: LookSettings) -> CleanPage:
    """Take out red seals and uneven paper, find the level, and lift the rules of tables.

    After it: pixels are grey; ink of print is no lighter than before; ``to_page`` and
    ``levelling`` are exact to a pixel. It leaves alone: blue and black pen, stamps in black,
    underlines. A slight slope stays in the pixels: the engine reads it better than resampled ink.
    """
    factor = min(settings.working_dpi / image.dpi, _MOST_PX / max(image.width, image.height))
    fits = max(image.width, image.height) <= _MOST_PX
    near = fits and 1 / _NEAR_ENOUGH <= factor <= _NEAR_ENOUGH
    page = image if near else scaled(image, factor)
    pixels = without_red(page.pixels, page.dpi) if settings.remove_red else grey_of(page.pixels)
    if settings.flatten:
        pixels = flatten_paper(pixels)
    page = replace(page, pixels=pixels)
    angle = measure_skew(pixels) if settings.level else 0.0
    levelled = level(page, angle)
    if abs(angle) >= settings.level_from_deg:
        page = levelled
    levelling = page.to_page.then(levelled.to_page.inverse())
    if not settings.tables:
        return CleanPage(page, levelling, (), (), angle)
    rules = find_rules(levelled.pixels)
    grids = find_grids(rules)
    if grids:
        page = without_ink(page, wall_rules(rules, grids), levelling)
    return CleanPage(page, levelling, grids, find_separators(rules, grids), angle)
