"""All clean-up of one page before the engine sees it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sohoa.look.ink import flatten_paper, grey_of, without_red
from sohoa.look.level import level, measure_skew, scaled
from sohoa.look.second_look import SecondLook
from sohoa.look.tables import Grid, find_grids, find_rules, find_separators, without_rules
from sohoa.model import PageImage

# A page this near to the working resolution (as a factor) is not resampled: each time costs marks.
_NEAR_ENOUGH = 1.2


@dataclass(frozen=True, slots=True)
class LookSettings:
    """What is done to a page; it comes to ``working_dpi``, where the engine reads best."""

    level: bool = True
    remove_red: bool = True
    flatten: bool = True
    tables: bool = True
    working_dpi: float = 200.0
    second_look: SecondLook = field(default_factory=SecondLook)


@dataclass(frozen=True, slots=True, eq=False)
class CleanPage:
    """A grey, level page for the engine, and what was seen on the way.

    ``image.to_page`` leads from its pixels back to the page as first rendered; ``grids`` are in
    its pixels, ``separators`` (heights of rules over the text's width) too. ``angle_deg``: the
    skew taken out, clockwise.
    """

    image: PageImage
    grids: tuple[Grid, ...]
    separators: tuple[int, ...]
    angle_deg: float


def clean(image: PageImage, settings: LookSettings) -> CleanPage:
    """Level the page, take out red ink and uneven paper, and lift the rules of tables.

    After it: pixels are grey; ink of print is no lighter than before; ``to_page`` is exact to a
    pixel. It leaves alone: blue and black pen, stamps in black, underlines.
    """
    factor = settings.working_dpi / image.dpi
    page = image if 1 / _NEAR_ENOUGH <= factor <= _NEAR_ENOUGH else scaled(image, factor)
    pixels = without_red(page.pixels, page.dpi) if settings.remove_red else grey_of(page.pixels)
    if settings.flatten:
        pixels = flatten_paper(pixels)
    angle = measure_skew(pixels) if settings.level else 0.0
    page = level(replace(page, pixels=pixels), angle)
    if not settings.tables:
        return CleanPage(page, (), (), angle)
    rules = find_rules(page.pixels)
    grids = find_grids(rules)
    page = replace(page, pixels=without_rules(page.pixels, rules, grids))
    return CleanPage(page, grids, find_separators(rules, grids), angle)
