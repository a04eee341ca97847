"""Text to tokens: what two spellings of one word have in common.

Two ways: *folded* drops all marks (``Điều`` -> ``dieu``), for those who type without them; *marked*
keeps them, with one place for the tone (``hòa`` and ``hoà`` are one). In both, case is dropped and
figures lose the zeros before them, so that ``05/CT-UBND`` and ``5/CT-UBND`` are one number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from sohoa.vietnamese import fold_look_alikes, fold_tone_style, strip_marks

VERSION = "1"  # goes up when the same text gives other tokens: the index is then built anew
_TOKEN = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 17)
def marked_tokens(word: str) -> tuple[str, ...]:
    """Tokens of a word (or a short text) with their marks: ``52-CT/TW`` gives 52, ct, tw."""
    return tuple(
        fold_tone_style(_plain_figures(token))
        for token in _TOKEN.findall(fold_look_alikes(word).lower())
    )


@lru_cache(maxsize=1 << 17)
def folded_tokens(word: str) -> tuple[str, ...]:
    """Tokens of a word without marks, đ as d."""
    return tuple(_without_marks(token) for token in marked_tokens(word))


def _without_marks(token: str) -> str:
    return strip_marks(token).casefold()


def _plain_figures(token: str) -> str:
    return token.lstrip("0") or "0" if token.isascii() and token.isdigit() else token


def has_marks(text: str) -> bool:
    """Whether the text bears any Vietnamese mark: then its writer meant the marks."""
    return any(
        sign in "đĐ" or unicodedata.combining(sign) for sign in unicodedata.normalize("NFD", text)
    )


def folded(words: Iterable[str]) -> str:
    """The tokens of the words without marks, one blank between: what the index is fed with."""
    return " ".join(token for word in words for token in folded_tokens(word))


def marked(words: Iterable[str]) -> str:
    """The tokens of the words with marks, one blank between."""
    return " ".join(token for word in words for token in marked_tokens(word))
