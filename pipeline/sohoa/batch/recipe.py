"""The key under which work counts as done: what makes a result what it is."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sohoa.batch.work import Crafts

if TYPE_CHECKING:
    from sohoa.settings import Settings


def recipe_key(settings: Settings, crafts: Crafts) -> str:
    """One hash of every stage, its version and settings, of the exports and the dictionaries.

    Raises ``SettingsError`` for a format that does not exist, ``EngineError`` where the engine is
    not installed, ``DictionaryError`` where there are no dictionaries: a run could do nothing then.
    """
    from sohoa.dictionaries import dictionaries_folder
    from sohoa.digitize import recipe_of
    from sohoa.export import FORMATS, check_names
    from sohoa.recognize import make_engine

    check_names(settings.output.formats)
    engine = (crafts.make_engine or make_engine)(settings.recognize)
    digest = hashlib.sha256()
    for step in recipe_of(settings, engine):
        digest.update(repr(step).encode())
    digest.update(repr(settings.output).encode())
    digest.update(repr([each.name for each in FORMATS if each.by_default]).encode())
    for path in sorted(dictionaries_folder().iterdir()):
        if path.is_file():
            digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:32]
