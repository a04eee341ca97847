"""Seeing the page: clean-up before the engine, layout after it."""

from sohoa.look.again import Again, find_again
from sohoa.look.capitals import set_capitals
from sohoa.look.clean import CleanPage, LookSettings, clean
from sohoa.look.doubled import without_doubles
from sohoa.look.ink import grey_of
from sohoa.look.layout import arrange
from sohoa.look.level import runs_sideways, turn
from sohoa.look.pen_words import read_pen_spots
from sohoa.look.second_look import SecondLook
from sohoa.look.sheet import has_marks, is_dark, present
from sohoa.look.tables import find_grids, find_rules, find_separators

__all__ = [
    "Again",
    "CleanPage",
    "LookSettings",
    "SecondLook",
    "arrange",
    "clean",
    "find_again",
    "find_grids",
    "find_rules",
    "find_separators",
    "grey_of",
    "has_marks",
    "is_dark",
    "present",
    "read_pen_spots",
    "runs_sideways",
    "set_capitals",
    "turn",
    "without_doubles",
]
