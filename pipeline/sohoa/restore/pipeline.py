"""The default stages, in order, and the two ways to run them: over pages, over plain text."""

from __future__ import annotations

from collections.abc import Sequence

from sohoa.model import Page
from sohoa.record import Step
from sohoa.restore.fixed_phrases import FixedPhrases
from sohoa.restore.habits import EngineHabits
from sohoa.restore.language import LanguageRestoration
from sohoa.restore.layer_spacing import LayerSpacing
from sohoa.restore.legacy import LegacyEncodings
from sohoa.restore.look_alikes import LookAlikes
from sohoa.restore.numbers import NumberGrammar
from sohoa.restore.own_text import find_own_text
from sohoa.restore.plain_text import page_of_text, text_of_page
from sohoa.restore.settings import RestoreSettings
from sohoa.restore.spacing import Spacing
from sohoa.restore.spelling import Spelling
from sohoa.restore.stage import RestoreStage, step_of
from sohoa.restore.stray_signs import StraySigns
from sohoa.restore.symbols import SymbolGrammar


def default_stages(settings: RestoreSettings | None = None) -> tuple[RestoreStage, ...]:
    """The stages of restoration, in the order in which they run.

    Legacy encodings come before look-alikes, which would read their signs as letters.
    """
    chosen = settings or RestoreSettings()
    language: tuple[RestoreStage, ...] = (Spelling(chosen.threshold, chosen.engine),)
    if chosen.language_model:
        own = find_own_text(chosen.own_text) if chosen.own_text else None
        language = (
            Spacing(chosen.engine),
            LayerSpacing(chosen.engine),
            LanguageRestoration(chosen.threshold, chosen.candidates, chosen.engine, own=own),
            StraySigns(chosen.engine),
        )
    return (
        LegacyEncodings(),
        LookAlikes(),
        EngineHabits(chosen.engine),
        FixedPhrases(chosen.engine),
        NumberGrammar(chosen.engine),
        SymbolGrammar(chosen.engine),
        *language,
    )


def restore(pages: tuple[Page, ...], stages: Sequence[RestoreStage]) -> tuple[Page, ...]:
    """The pages after all stages; every change of a word is written down as an ``Edit``."""
    for stage in stages:
        pages = stage(pages)
    return pages


def recipe_of(stages: Sequence[RestoreStage]) -> tuple[Step, ...]:
    """The stages as steps of a record's recipe."""
    return tuple(step_of(stage) for stage in stages)


def restore_text(text: str, settings: RestoreSettings | None = None) -> str:
    """Plain text restored: the same number of lines, the same blanks between words.

    What happened to the text is found from its words, unless the settings say it.
    """
    return text_of_page(text, restore_as_page(text, settings))


def restore_as_page(text: str, settings: RestoreSettings | None = None) -> Page:
    """The same as one page, whose words carry the edits and the candidates that were left.

    ``text_of_page(text, page)`` gives the text.
    """
    (restored,) = restore((page_of_text(text),), default_stages(settings))
    return restored
