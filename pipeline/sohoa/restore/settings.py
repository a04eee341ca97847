"""What a person can set about restoration."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sohoa.errors import SettingsError


class Channel(StrEnum):
    """What happened to the words before they came here."""

    TESSERACT_VIE = "tesseract-vie"  # an engine that knows Vietnamese, on a real scan
    FOREIGN = "foreign"  # a text layer made by an engine without Vietnamese
    STRIPPED = "stripped"  # all marks are missing
    CLEAN = "clean"  # good text: only what cannot harm
    AUTO = "auto"  # look at the words and decide


@dataclass(frozen=True, slots=True)
class RestoreSettings:
    """Settings of the default stages.

    ``threshold``: a word changes only where the new reading's posterior (0..1) reaches it; below,
    the reading stays and the candidates are kept. ``candidates`` is the most that is kept for one
    word. ``language_model`` off leaves the lexicon alone to decide. ``own_text`` is a folder of the
    office's own good text (.txt): its names and habits count beside the shipped model.
    """

    engine: Channel = Channel.AUTO
    threshold: float = 0.8
    candidates: int = 4
    language_model: bool = True
    own_text: Path | None = None

    def __post_init__(self) -> None:
        if not 0.5 <= self.threshold <= 1.0:
            raise SettingsError(f"restore threshold {self.threshold} is not within 0.5 and 1.")
        if self.candidates < 0:
            raise SettingsError(f"restore candidates {self.candidates} is below 0.")
        if not isinstance(self.engine, Channel):
            raise SettingsError(
                f"unknown engine {self.engine!r}.", remedy="Use one of the Channel values."
            )
