"""Reading: from files to pages, their embedded words, and what their form fields draw."""

from __future__ import annotations

from sohoa.read.found import FoundSource, find_sources
from sohoa.read.pages import Appearance, AppearanceKind, SourcePage
from sohoa.read.settings import ReadSettings
from sohoa.read.source import Source, open_source

__all__ = [
    "Appearance",
    "AppearanceKind",
    "FoundSource",
    "ReadSettings",
    "Source",
    "SourcePage",
    "find_sources",
    "open_source",
]
