"""Seeing the page: clean-up before the engine, layout after it."""

from sohoa.look.clean import CleanPage, LookSettings, clean
from sohoa.look.layout import arrange
from sohoa.look.level import runs_sideways, turn

__all__ = ["CleanPage", "LookSettings", "arrange", "clean", "runs_sideways", "turn"]
