"""Structure: who issued what to whom, under which number, saying what in which unit."""

from sohoa.structure.draft import StructureSettings
from sohoa.structure.understand import RULES, VERSION, Understood, understand

__all__ = ["RULES", "VERSION", "StructureSettings", "Understood", "understand"]
