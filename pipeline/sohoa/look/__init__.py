"""Seeing the page: clean-up before the engine, layout after it."""

from sohoa.look.clean import CleanPage, LookSettings, clean
from sohoa.look.closing import find_signature_rows, take_signature_rows
from sohoa.look.ink import grey_of
from sohoa.look.layout import arrange
from sohoa.look.level import runs_sideways, turn
from sohoa.look.pen_words import read_pen_spots
from sohoa.look.rows import typical_height
from sohoa.look.second_look import (
    SecondLook,
    accept,
    combine,
    find_bands,
    find_unread_cells,
    part_rows,
)
from sohoa.look.sheet import has_marks, is_dark, present
from sohoa.look.tables import find_grids, find_rules, find_separators
from sohoa.look.unread import find_unread_rows, take_unread_row

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
    "find_signature_rows",
    "find_unread_cells",
    "find_unread_rows",
    "grey_of",
    "has_marks",
    "is_dark",
    "part_rows",
    "present",
    "read_pen_spots",
    "runs_sideways",
    "take_signature_rows",
    "take_unread_row",
    "turn",
    "typical_height",
]
