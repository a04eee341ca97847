"""Seeing the page: clean-up before the engine, layout after it."""

from sohoa.look.clean import CleanPage, LookSettings, clean
from sohoa.look.ink import grey_of
from sohoa.look.layout import arrange
from sohoa.look.level import runs_sideways, turn
from sohoa.look.rows import typical_height
from sohoa.look.second_look import (
    SecondLook,
    accept,
    combine,
    find_bands,
    find_unread_cells,
    part_rows,
)
from sohoa.look.tables import find_grids, find_rules, find_separators

__all__ = [
    "CleanPage",
    "LookSettings",
    "SecondLook",
    "accept",
    "arrange",
    "clean",
    "combine",
    "find_bands",
    "find_grids",
    "find_rules",
    "find_separators",
    "find_unread_cells",
    "grey_of",
    "part_rows",
    "runs_sideways",
    "turn",
    "typical_height",
]
