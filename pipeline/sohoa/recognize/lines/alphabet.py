"""The characters that the network tells apart; class 0 is "no character here" (CTC's blank)."""

from __future__ import annotations

from sohoa.vietnamese import nfc

_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_VOWELS = "aăâeêioôơuưy"
_CONSONANTS = "bcdđfghjklmnpqrstvwxz"
_SIGNS = " 0123456789.,;:!?()[]\"'“”‘’-–/%&*+=<>@_°²…•§$#|"


def _letters() -> str:
    small = "".join(nfc(vowel + tone) for vowel in _VOWELS for tone in _TONES) + _CONSONANTS
    return small + small.upper()


CHARACTERS = _letters() + _SIGNS
BLANK = 0
CLASSES = len(CHARACTERS) + 1
_CODES = {character: code for code, character in enumerate(CHARACTERS, start=1)}
_ALIKE = str.maketrans({"—": "–", "‐": "-", "‑": "-", "−": "-", "\u00a0": " ", "″": '"', "′": "'"})


def encode(text: str) -> tuple[int, ...] | None:
    """Classes of the characters; None where one of them is not known."""
    codes = tuple(_CODES.get(character, BLANK) for character in text.translate(_ALIKE))
    return None if BLANK in codes else codes


def decode(codes: tuple[int, ...]) -> str:
    """The text of classes without blanks."""
    return "".join(CHARACTERS[code - 1] for code in codes)
