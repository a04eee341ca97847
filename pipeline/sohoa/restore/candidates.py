"""Which syllables a reading can stand for, and what the ink says of each.

Everything is in lower case and newer tone style; case and style are given back when a word is
written out (``in_case_of``, ``in_style``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sohoa.lexicon import syllables_by_letters
from sohoa.restore.channel import mark_log_probability
from sohoa.vietnamese import is_syllable, nfc, strip_marks, strip_tone

# A reading that is no known word still can be what is printed (a foreign word, a name).
_UNKNOWN_SYLLABLE = -7.0
_UNKNOWN_LETTER = -2.2
_LEAST = -16.0
# Letters that engines take for one another beside their marks; log rates.
_SHAPES = {
    ("l", "i"): -7.0, ("i", "l"): -7.0, ("c", "e"): -7.5, ("e", "c"): -7.5, ("h", "b"): -8.0,
    ("n", "u"): -8.5, ("u", "n"): -8.5, ("o", "e"): -8.5, ("e", "o"): -8.5, ("g", "ø"): -5.0,
    ("h", "n"): -8.5, ("n", "h"): -8.5, ("t", "l"): -8.5, ("t", "f"): -8.0, ("b", "h"): -8.0,
    ("a", "o"): -8.5, ("o", "a"): -8.5, ("v", "y"): -8.5, ("y", "v"): -8.5, ("r", "n"): -8.5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading in lower case, with log P(read | this was printed) up to a constant."""

    syllable: str
    weight: float


@lru_cache(maxsize=65536)
def find_candidates(read: str, capital: bool, known: bool) -> tuple[Candidate, ...]:
    """Candidates for a reading (lower case, newer style); the reading itself comes first.

    ``known``: the reading is a word of the model; otherwise its own spelling has a price, and
    syllables one letter away are tried too.
    """
    own = 0.0 if known else _price_of_unknown(read)
    found = {read: own}
    for syllable in syllables_by_letters().get(strip_marks(read), ()):
        if syllable != read:
            found[syllable] = mark_log_probability(syllable, read, capital=capital)
    if not known:
        for syllable, weight in _one_letter_away(read, capital):
            found[syllable] = max(weight, found.get(syllable, _LEAST))
    rest = [(s, w) for s, w in found.items() if s != read and w > _LEAST]
    rest.sort(key=lambda item: (-item[1], item[0]))
    return (Candidate(read, own), *(Candidate(s, w) for s, w in rest[:24]))


def _price_of_unknown(read: str) -> float:
    if is_syllable(read):
        return _UNKNOWN_SYLLABLE
    return _UNKNOWN_SYLLABLE + _UNKNOWN_LETTER * min(len(read), 7) / 2


def _one_letter_away(read: str, capital: bool) -> list[tuple[str, float]]:
    """Syllables whose bare letters come from the reading's by one confusion of shapes."""
    bare = strip_marks(read)
    found = []
    for index, letter in enumerate(bare):
        for (printed, seen), weight in _SHAPES.items():
            if seen != letter:
                continue
            for syllable in syllables_by_letters().get(
                bare[:index] + printed + bare[index + 1 :], ()
            ):
                other = read[:index] + syllable[index] + read[index + 1 :]
                marks = mark_log_probability(syllable, other, capital=capital)
                found.append((syllable, weight + marks))
    return found


def in_case_of(read: str, syllable: str) -> str:
    """``syllable`` in the capitals of the reading that it stands for."""
    capitals = sum(map(str.isupper, read))
    if read.isupper() and (capitals > 1 or len(syllable) == 1):
        return syllable.upper()
    if read[0].isupper():
        return syllable[0].upper() + syllable[1:]
    return syllable


def in_style(syllable: str, *, old_style: bool) -> str:
    """The syllable with its tone placed in the older style (hòa), where there are two."""
    bare, tone = strip_tone(syllable)
    if not old_style or not tone or not bare.endswith(("oa", "oe", "uy")) or "q" in bare:
        return syllable
    mark = {1: "\u0300", 2: "\u0301", 3: "\u0309", 4: "\u0303", 5: "\u0323"}[int(tone)]
    return nfc(bare[:-1] + mark + bare[-1])
