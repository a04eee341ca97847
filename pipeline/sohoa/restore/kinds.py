"""Telling what happened to a text before it came here."""

from __future__ import annotations

from collections.abc import Sequence

from sohoa.lexicon import syllables_by_letters
from sohoa.model import LayerVerdict, Page, TextSource
from sohoa.restore.settings import Channel
from sohoa.vietnamese import share_of_syllables, strip_marks

# Of clean windows of five words one in 800 looks broken, and the search finds little to change.
_FEW_WORDS = 5
_BROKEN_SHARE = 0.72  # below this share of valid syllables no engine with Vietnamese wrote it
_MARKED_SHARE = 0.04  # Vietnamese text has marks on about seven words in ten
_BARE_SHARE = 0.85


def find_channel(words: Sequence[str]) -> Channel:
    """The channel that a text without ink came through, by its words alone.

    Too few words, or words of another language, count as clean: nothing is risked on them.
    """
    tokens = [word.strip(".,;:!?()[]\"'“”‘’/-…*").lower() for word in words]
    letters = [token for token in tokens if len(token) > 1 and token.isalpha()]
    if len(letters) < _FEW_WORDS:
        return Channel.CLEAN
    bare_words = syllables_by_letters()
    bare = sum(strip_marks(token) in bare_words for token in letters) / len(letters)
    marked = sum(not token.isascii() for token in letters) / len(letters)
    if marked < _MARKED_SHARE:
        return Channel.STRIPPED if bare >= _BARE_SHARE else Channel.CLEAN
    valid = share_of_syllables(tokens)
    if valid < _BROKEN_SHARE:
        return Channel.FOREIGN if bare > 0.4 else Channel.CLEAN
    return Channel.TESSERACT_VIE


def channel_of(page: Page, engine: Channel) -> Channel:
    """The channel of a page: what the settings say, else where its words come from.

    Pages with good embedded text are clean whatever the settings say: they were never read by an
    engine.
    """
    if page.source is TextSource.NOTHING:
        return Channel.CLEAN
    if page.source is TextSource.EMBEDDED:
        foreign = page.layer.verdict is LayerVerdict.FOREIGN
        return Channel.FOREIGN if foreign else Channel.CLEAN
    if engine is not Channel.AUTO:
        return engine
    if page.source is TextSource.OCR:
        return Channel.TESSERACT_VIE
    return find_channel([word.text for word in page.words()])
