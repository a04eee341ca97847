"""Restoration: the words that the paper says, given back where recognition lost them."""

from sohoa.restore.pipeline import (
    default_stages,
    recipe_of,
    restore,
    restore_as_page,
    restore_text,
)
from sohoa.restore.plain_text import text_of_page
from sohoa.restore.settings import Channel, RestoreSettings
from sohoa.restore.stage import RestoreStage

__all__ = [
    "Channel",
    "RestoreSettings",
    "RestoreStage",
    "default_stages",
    "recipe_of",
    "restore",
    "restore_as_page",
    "restore_text",
    "text_of_page",
]
