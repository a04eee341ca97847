"""The Vietnamese alphabet and syllable: marks, tones, and what can be a syllable at all.

Rules after the orthography in use (onset + rime + tone); the rimes are those attested in a list of
6,600 syllables, plus ``ăk`` of place names. Text is expected in NFC.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache


class Tone(IntEnum):
    """The six tones (thanh); the value is stable and used in tables."""

    LEVEL = 0  # ngang
    FALLING = 1  # huyền
    RISING = 2  # sắc
    DIPPING = 3  # hỏi
    CREAKY = 4  # ngã
    HEAVY = 5  # nặng


_TONE_OF_MARK = {
    "\u0300": Tone.FALLING,
    "\u0301": Tone.RISING,
    "\u0309": Tone.DIPPING,
    "\u0303": Tone.CREAKY,
    "\u0323": Tone.HEAVY,
}
_MARK_OF_TONE = {tone: mark for mark, tone in _TONE_OF_MARK.items()}

# Glyphs that scanners, fonts and old keyboards put for the letters and signs of these papers.
_LOOK_ALIKES = str.maketrans(
    {
        "\u00d0": "Đ",  # Eth
        "\u0189": "Đ",  # African D
        "\u00f0": "đ",  # eth
        "\u0256": "đ",  # d with tail
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u00ad": None,  # soft hyphen
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\ufeff": None,
        "\u2010": "-",
        "\u2011": "-",
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
    }
)

ONSETS = (
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip

_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay e ec em en eng eo ep et i ia ich im in inh ip
    it iu iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oam oan oang oanh oao oap oat oau
    oay oc oe oen oeo oet oi om on ong ooc oong op ot oăc oăm oăn oăng oăp oăt u ua uc ui um
    un ung up ut uy uya uych uyn uynh uyt uyu uyên uyêt uâc uân uâng uât uây uê uêch uên
    uênh uêt uêu uôc uôi uôm uôn uông uôt uơ uơn y yêm yên yêng yêt yêu âc âm ân âng âp ât
    âu ây ê êch êm ên ênh êp êt êu ô ôc ôi ôm ôn ông ôp ôt ăc ăk ăm ăn ăng ăp ăt ơ ơi ơm ơn
    ơp ơt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    """.split()
)
# After ``qu`` the medial u is already spoken for; these rimes stand there without it.
_RIMES_AFTER_QU = frozenset(
    rime[1:] for rime in _RIMES if rime[0] in "uo" and len(rime) > 1 and rime[1] in "aăâeêyơ"
) | {"it", "i", "ôc"}
_STOPS = ("c", "ch", "p", "t", "k")
_FRONT = "eêiy"
_VOWELS = "aăâeêioôơuưy"
# Open rimes in which two ways to place the tone are both in use (hoà / hòa).
_TWO_STYLES = ("oa", "oe", "uy")


@dataclass(frozen=True, slots=True)
class Syllable:
    """A written syllable taken apart; all in lower case, without the tone mark."""

    onset: str
    rime: str
    tone: Tone


def nfc(text: str) -> str:
    """Canonical composition: the one form in which text is kept."""
    return unicodedata.normalize("NFC", text)


def fold_look_alikes(text: str) -> str:
    """NFC, with look-alike letters (Ð for Đ), ligatures, odd blanks and invisible signs made plain.

    Dashes longer than a hyphen, quotes, tone placement and i/y stay as printed.
    """
    return nfc(nfc(text).translate(_LOOK_ALIKES))


def strip_tone(text: str) -> tuple[str, Tone]:
    """The text without its (last) tone mark, and that tone; letters keep their own marks."""
    tone = Tone.LEVEL
    kept = []
    for character in unicodedata.normalize("NFD", text):
        if character in _TONE_OF_MARK:
            tone = _TONE_OF_MARK[character]
        else:
            kept.append(character)
    return nfc("".join(kept)), tone


def strip_marks(text: str) -> str:
    """All marks dropped, đ to d, case kept: ``Điều`` -> ``Dieu``."""
    plain = "".join(
        character
        for character in unicodedata.normalize("NFD", text)
        if not unicodedata.combining(character)
    )
    return nfc(plain.replace("đ", "d").replace("Đ", "D"))


def fold_for_search(text: str) -> str:
    """Lower case without marks: the key for those who type without Vietnamese marks."""
    return strip_marks(fold_look_alikes(text)).casefold()


def fold_tone_style(text: str) -> str:
    """Old-style tone placement turned into the new one (``hòa`` -> ``hoà``).

    Only to compare, never to store. Syllables with ``qu`` (quý) or a coda are left alone.
    """
    return " ".join(_fold_style_of_word(word) for word in text.split(" "))


@lru_cache(maxsize=65536)
def _fold_style_of_word(word: str) -> str:
    lower = word.lower()
    bare, tone = strip_tone(lower)
    if tone is Tone.LEVEL or not bare.endswith(_TWO_STYLES):
        return word
    if bare.endswith("uy") and bare[:-2].endswith("q"):
        return word
    if len(bare) != len(word):
        return word
    plain = strip_tone(word)[0]
    return plain[:-1] + nfc(plain[-1] + _MARK_OF_TONE[tone])


@lru_cache(maxsize=131072)
def parse_syllable(text: str) -> Syllable | None:
    """Take a written syllable apart; None where no Vietnamese syllable is written like that.

    Knows the complementary spellings (c/k, g/gh, ng/ngh), the codas and the tones before stops. It
    does not care where the tone mark stands, so both styles pass. Case is ignored.
    """
    lower = text.lower()
    if not lower or not lower.isalpha() or not unicodedata.is_normalized("NFC", lower):
        return None
    marks = [c for c in unicodedata.normalize("NFD", lower) if c in _TONE_OF_MARK]
    if len(marks) > 1:
        return None
    bare, tone = strip_tone(lower)
    for onset in ONSETS:
        if not bare.startswith(onset):
            continue
        rime = bare[len(onset) :]
        # The i of gi- and the i of the rime are written once: gì, gìn, giếng.
        if onset == "gi" and (not rime or rime[0] == "ê" or rime[0] not in _VOWELS):
            rime = "i" + rime
        if _fits(onset, rime) and _tone_fits(rime, tone):
            return Syllable(onset, rime, tone)
    return None


def _fits(onset: str, rime: str) -> bool:
    if onset == "qu":
        return rime in _RIMES_AFTER_QU or rime in ("a", "e", "ê", "y", "ơ")
    if rime not in _RIMES:
        return False
    front = rime[0] in _FRONT
    if onset in ("k", "gh", "ngh"):
        return front or (onset == "k" and rime in ("ăk", "ông", "on", "a", "ang", "rông"))
    if onset in ("c", "g", "ng"):
        return not front
    if onset == "" and rime[0] == "i" and rime.startswith("iê"):
        return False  # written yê at the start of a syllable
    return not (onset and rime.startswith("yê"))


def _tone_fits(rime: str, tone: Tone) -> bool:
    if rime.endswith(_STOPS):
        return tone in (Tone.RISING, Tone.HEAVY)
    return True


def is_syllable(text: str) -> bool:
    """Whether this can be a written Vietnamese syllable, in any case."""
    return parse_syllable(text) is not None


def share_of_syllables(tokens: list[str]) -> float:
    """Share 0..1 of the letter tokens that are Vietnamese syllables; 0 where there are no letters.

    Tokens are stripped of outer punctuation; tokens with digits, and one-letter tokens, are not
    counted: they say nothing about the language.
    """
    letters = [token.strip(".,;:!?()[]\"'“”‘’/-…*") for token in tokens]
    letters = [token for token in letters if len(token) > 1 and token.isalpha()]
    if not letters:
        return 0.0
    return sum(is_syllable(token) for token in letters) / len(letters)
