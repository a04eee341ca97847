"""All clean-up of one page before the engine sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sohoa.look.ink import flatten_paper, grey_of, without_red
from sohoa.look.level import enlarge, level, measure_skew
from sohoa.look.tables import Grid, find_grids, find_rules, without_rules
from sohoa.model import PageImage


@dataclass(frozen=True, slots=True)
class LookSettings:
    """What is done to a page; one below ``least_dpi`` is enlarged to ``working_dpi``."""

    level: bool = True
    remove_red: bool = True
    flatten: bool = True
    tables: bool = True
    least_dpi: float = 150.0
    working_dpi: float = 200.0


@dataclass(frozen=True, slots=True, eq=False)
class CleanPage:
    """A grey, level page for the engine, and what was seen on the way.

    ``image.to_page`` leads from its pixels back to the page as first rendered; ``grids`` are in
    its pixels. ``angle_deg``: the skew taken out, clockwise.
    """

    image: PageImage
    grids: tuple[Grid, ...]
    angle_deg: float


def clean(image: PageImage, settings: LookSettings) -> CleanPage:
    """Level the page, take out red ink and uneven paper, and lift the rules of tables.

    After it: pixels are grey; ink of print is no lighter than before; ``to_page`` is exact to a
    pixel. It leaves alone: blue and black pen, stamps in black, underlines.
    """
    pixels = without_red(image.pixels) if settings.remove_red else grey_of(image.pixels)
    if settings.flatten:
        pixels = flatten_paper(pixels)
    page = replace(image, pixels=pixels)
    if image.dpi < settings.least_dpi:
        page = enlarge(page, settings.working_dpi / image.dpi)
        pixels = page.pixels
    angle = measure_skew(pixels) if settings.level else 0.0
    page = level(page, angle)
    if not settings.tables:
        return CleanPage(page, (), angle)
    rules = find_rules(page.pixels)
    grids = find_grids(rules)
    page = replace(page, pixels=without_rules(page.pixels, rules, grids))
    return CleanPage(page, grids, angle)
