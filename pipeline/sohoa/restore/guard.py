"""What restoration must not touch: numbers, codes, addresses, acronyms, names of people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from sohoa.lexicon import (
    LONGEST_PLACE,
    Lexicon,
    fold_key,
    letter_runs,
    read_lexicon,
    syllables_by_letters,
)
from sohoa.vietnamese import is_syllable, strip_marks

_ADDRESS = re.compile(r"@|://|www\.|\.(?:vn|com|net|org|gov|edu)\b", re.IGNORECASE)
_NAME_MIN, _NAME_MAX = 3, 5
_OUTER = "“”\"'‘’()[]{}<>.,;:!?…-–—*_~|"


def has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


@lru_cache(maxsize=65536)
def is_fixed(text: str) -> bool:
    """Whether a token is no plain language: digits, addresses, codes, mixed capitals, acronyms.

    A token in capitals is an acronym where it stands in the table of abbreviations, or where its
    letters cannot be a syllable.
    """
    if has_digit(text) or _ADDRESS.search(text) or any(sign in text for sign in "&%@#=+\\"):
        return True
    if "/" in text and any(run.isupper() for run in letter_runs(text)):
        return True
    runs = letter_runs(text)
    if len(runs) > 1 and all(run.isupper() for run in runs) and any(map(_is_acronym, runs)):
        return True
    core = text.strip(_OUTER)
    if not core or any(_is_mixed(run) for run in letter_runs(core)):
        return True
    return core.isalpha() and core.isupper() and _is_acronym(core)


def _is_acronym(run: str) -> bool:
    """Whether a run of capitals stands in a table, or cannot be a syllable by its letters."""
    bare = strip_marks(run.lower())
    unknown = len(run) > 1 and bare not in syllables_by_letters()
    return run in read_lexicon().abbreviations or unknown


def _is_mixed(run: str) -> bool:
    """Small and capital letters in one run, otherwise than in a word that begins a sentence."""
    return not (run.islower() or run.isupper() or run[1:].islower())


def name_spans(words: Sequence[str], lexicon: Lexicon) -> tuple[tuple[int, int], ...]:
    """Index spans (start, end) of what reads like a person's name.

    A surname and two to four more name-like words (one more where the two fill the line), all
    written with one capital and small letters, and no sign between them. Two words alone are more
    often a place.
    """
    spans = []
    start = 0
    while start < len(words):
        end = _name_end(words, start, lexicon)
        if end:
            spans.append((start, end))
            start = end
        else:
            start += 1
    return tuple(spans)


def _name_end(words: Sequence[str], start: int, lexicon: Lexicon) -> int:
    """Index after the name that begins here, 0 where none does."""
    first = words[start].lstrip("“\"'(-")
    if first not in lexicon.surnames:
        return 0
    end = start + 1
    least = 2 if len(words) == 2 else _NAME_MIN
    while end < len(words) and end - start < _NAME_MAX:
        core = words[end].rstrip(".,;:)”\"'")
        if not core.istitle() or not core.isalpha():
            break
        end += 1
        if core != words[end - 1]:
            break
    rest = [word.rstrip(".,;:)”\"'") for word in words[start + 1 : end]]
    known = sum(part in lexicon.name_parts for part in rest)
    return end if end - start >= least and known * 2 >= len(rest) else 0


def place_spans(words: Sequence[str], lexicon: Lexicon) -> tuple[tuple[int, int], ...]:
    """Index spans (start, end) of words that are the name of a known place, rightly spelled."""
    cores = [word.strip(_OUTER) for word in words]
    spans = []
    for start, core in enumerate(cores):
        if not core.istitle():
            continue
        for size in range(LONGEST_PLACE, 1, -1):
            end = start + size
            parts = cores[start:end]
            # A sign inside the name would part it.
            whole = len(parts) == size and all(word.isalpha() for word in words[start : end - 1])
            if whole and tuple(map(fold_key, parts)) in lexicon.places:
                spans.append((start, end))
                break
    return tuple(spans)


def is_plain_syllable(text: str) -> bool:
    """Whether the token is one written Vietnamese syllable and nothing else."""
    return text.isalpha() and is_syllable(text)
