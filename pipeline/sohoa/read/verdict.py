"""What the embedded text of a page is worth.

Decided by what the words are and where they lie, never by their mere presence. The rule, in order:

1. no text at all: NONE;
2. a page that is a picture, whose only text a signature or a note draws, or whose text covers next
   to nothing of the ink: STAMP;
3. an encoding from before Unicode, glyphs without a known character, symbols inside words, words
   that are no syllables, or letters that lost their marks: FOREIGN;
4. hidden text over a picture of the page (an OCR's) must be nearly flawless to be GOOD, for reading
   the ink again with a Vietnamese model gives more;
5. text that leaves a good part of the ink uncovered: FOREIGN (part of the page is a picture);
6. else GOOD. Clean text in another language passes on the same marks, and the reason says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sohoa.model import EmbeddedLayer, LayerVerdict
from sohoa.read.legacy import find_legacy_encoding
from sohoa.vietnamese import is_syllable, share_of_syllables

_OUTER = ".,;:!?()[]{}<>\"'“”‘’«»/\\-–—…*+=|_•·%°"
# A digit or a sign between two letters: b4o, t§n. Not: hyphen, slash, dot, apostrophe, and (A&B).
_SYMBOL_INSIDE = re.compile(r"[^\W\d_](?:[\d§€¢£¥©®@#$%^*=+~<>{}\[\]\\|\"!?;:]|\ufffd)+[^\W\d_]")
# Codes are no words: 52-CT/TW, 12a1, QĐ6, an e-mail address, a web address.
_CODE = re.compile(r"(?:\S+@\S+\.\S+|https?:|www\.|[A-ZĐ]+\d+[A-ZĐ\d]*$|\d+\S*$|\S+\.(?:vn|com)\b)")
_ENGLISH = frozenset("the of and to in for is on by with as at from that be are this or an".split())

_FEW_TOKENS = 12


@dataclass(frozen=True, slots=True)
class Measures:
    """Numbers about the tokens of one page; shares 0..1."""

    tokens: int
    letters: int
    syllables: float
    marked: float
    symbols_inside: float
    unmapped: float
    english: float
    foreign_script: float


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the verdict must know besides the words.

    ``is_picture``: pictures fill the page. ``hidden``: share of the text that is invisible or lies
    under a picture. ``coverage``: share of the inked area under the words' boxes. ``drawn_text``:
    whether signature fields or notes draw text.
    """

    is_picture: bool
    hidden: float
    coverage: float
    drawn_text: bool = False


def measure_tokens(tokens: Sequence[str]) -> Measures:
    """Abbreviations in capitals (UBND, BTCTU) are left out of the share of syllables."""
    bare = [token.strip(_OUTER) for token in tokens]
    words = [word for word in bare if word and not _CODE.match(word)]
    letters = [w for w in words if len(w) > 1 and w.isalpha() and not _is_abbreviation(w)]
    with_letters = [word for word in words if any(c.isalpha() for c in word)]
    inside = sum(_SYMBOL_INSIDE.search(word) is not None for word in with_letters)
    return Measures(
        tokens=len(tokens),
        letters=len(letters),
        syllables=share_of_syllables(letters),
        marked=_share(sum(not word.isascii() for word in letters), len(letters)),
        symbols_inside=_share(inside, len(with_letters)),
        unmapped=_share(sum("\ufffd" in token for token in tokens), len(tokens)),
        english=_share(sum(word.lower() in _ENGLISH for word in letters), len(letters)),
        foreign_script=_share(sum(not _is_latin(w[0]) for w in letters), len(letters)),
    )


def _is_latin(character: str) -> bool:
    return ord(character) < 0x250 or 0x1E00 <= ord(character) <= 0x1EFF


def _is_abbreviation(word: str) -> bool:
    """UBND, QPPL, BTCTU, TTg, CTrTT: capitals, and no syllable."""
    capitals = sum(c.isupper() for c in word)
    return capitals >= 2 and capitals >= len(word) / 2 and len(word) <= 8 and not is_syllable(word)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def judge(tokens: Sequence[str], facts: PageFacts, text: str) -> EmbeddedLayer:
    """The verdict on one page's own text (``tokens``, without what fields draw)."""
    measures = measure_tokens(tokens)
    verdict, reason = _decide(tokens, measures, facts)
    return EmbeddedLayer(
        verdict=verdict,
        text=text,
        valid_syllables=round(measures.syllables, 4),
        symbols_inside=round(measures.symbols_inside, 4),
        coverage=round(facts.coverage, 4) if tokens else 0.0,
        reason=reason,
    )


def _decide(
    tokens: Sequence[str], measures: Measures, facts: PageFacts
) -> tuple[LayerVerdict, str]:
    if not tokens:
        if not facts.drawn_text:
            return LayerVerdict.NONE, "the page carries no text"
        if facts.is_picture:
            return LayerVerdict.STAMP, "a picture of a page; only fields or notes draw text on it"
        return LayerVerdict.STAMP, "only fields or notes draw text on the page"
    if facts.is_picture and facts.coverage < 0.12:
        return (
            LayerVerdict.STAMP,
            f"a picture of a page; the text covers {facts.coverage:.0%} of its ink",
        )
    fault = _fault(tokens, measures)
    if fault:
        return LayerVerdict.FOREIGN, fault
    if facts.is_picture and facts.hidden >= 0.5:
        return _over_picture(measures, facts)
    if facts.coverage < 0.6:
        return (
            LayerVerdict.FOREIGN,
            f"the text covers only {facts.coverage:.0%} of the ink: part of the page is a picture",
        )
    return LayerVerdict.GOOD, _praise(measures, facts)


def _fault(tokens: Sequence[str], measures: Measures) -> str:
    """What is wrong with the words themselves; empty where nothing is."""
    legacy = find_legacy_encoding(tokens)
    if legacy is not None:
        return f"written for a font from before Unicode ({legacy.value})"
    if measures.unmapped > 0.02:
        return f"{measures.unmapped:.0%} of the words have glyphs without a known character"
    if measures.symbols_inside > (0.02 if measures.tokens > 50 else 0.06):
        return f"{measures.symbols_inside:.1%} of the words have symbols inside"
    if measures.foreign_script > 0.5 or measures.english >= 0.12:
        return ""
    few = measures.letters < _FEW_TOKENS
    # Prose has 0.87; none of 6,000 windows of 60 words of law and Party text is below 0.39.
    if measures.letters and measures.marked < (0.15 if few else 0.4):
        return f"the letters lost their marks: only {measures.marked:.0%} of the words carry one"
    if measures.letters and measures.syllables < (0.6 if few else 0.85):
        return f"only {measures.syllables:.0%} of the words are Vietnamese syllables"
    return ""


def _over_picture(measures: Measures, facts: PageFacts) -> tuple[LayerVerdict, str]:
    if (
        measures.letters >= 30
        and measures.syllables >= 0.97
        and measures.marked >= 0.7
        and measures.symbols_inside <= 0.003
        and facts.coverage >= 0.85
    ):
        return LayerVerdict.GOOD, "hidden text over a scan, of Vietnamese syllables throughout"
    numbers = f"{measures.syllables:.0%} syllables, {measures.marked:.0%} with marks"
    reason = f"hidden text over a scan, too poor to stand for the ink ({numbers})"
    return LayerVerdict.FOREIGN, reason


def _praise(measures: Measures, facts: PageFacts) -> str:
    if measures.foreign_script > 0.5:
        return "clean text, but not in Latin letters"
    if measures.english >= 0.12:
        return "clean text, but not Vietnamese (English)"
    if not measures.letters:
        return f"figures and codes only, over {facts.coverage:.0%} of the ink"
    return (
        f"{measures.syllables:.0%} Vietnamese syllables, {measures.marked:.0%} with marks, "
        f"over {facts.coverage:.0%} of the ink"
    )
