"""Stage: text in the encodings from before Unicode (TCVN3 of the ABC fonts, VNI-Windows)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import ClassVar

from sohoa.dictionaries import read_table
from sohoa.model import Line, Page
from sohoa.restore.stage import map_lines
from sohoa.vietnamese import nfc, share_of_syllables

# Signs that stand inside words of such text and never inside Vietnamese words in Unicode.
_TCVN3_SIGNS = frozenset("µ¸¶·¹¨»¾¼½Æ©Ç®ª«¬§£¤¥¦¡¢\u00ad×ÞßØÜÖåæçë÷øûþ")
_VNI_PAIR = re.compile(r"[aeouyAEOUYôöÔÖ][øùûõïâêàáåãäëéèúüØÙÛÕÏÂÊÀÁÅÃÄËÉÈÚÜ]|[ñÑ]")
_NEEDED_SHARE = 0.85
_NEEDED_GAIN = 0.3
_NEEDED_SIGNS = 2  # a micro sign or a section sign alone is itself


@cache
def _codes(encoding: str) -> Mapping[str, str]:
    """What stands on the paper for each sequence of one encoding read as cp1252."""
    codes: dict[str, str] = {}
    for record in read_table("legacy_encodings").records():
        code = "".join(chr(int(point[2:], 16)) for point in record[encoding].split())
        codes[code] = record["letter"]
        if encoding == "vni" and code.upper() != code:
            codes.setdefault(code.upper(), record["letter"].upper())
            codes.setdefault(code[0].upper() + code[1:], record["letter"].upper())
    return MappingProxyType(codes)


@cache
def _pattern(encoding: str) -> re.Pattern[str]:
    codes = sorted(_codes(encoding), key=lambda code: (-len(code), code))
    return re.compile("|".join(map(re.escape, codes)))


def decode_legacy(text: str, encoding: str) -> str:
    """``text`` read as ``tcvn3`` or ``vni``, in NFC."""
    codes = _codes(encoding)
    return nfc(_pattern(encoding).sub(lambda match: codes[match[0]], text))


def find_encoding(text: str) -> str | None:
    """The legacy encoding that this span is proven to be in, or None.

    Proof: at least 85 % of its words are Vietnamese syllables when decoded, and at least 30 points
    more than before.
    """
    if text.isascii():
        return None
    suspects = []
    if sum(character in _TCVN3_SIGNS for character in text) >= _NEEDED_SIGNS:
        suspects.append("tcvn3")
    if _VNI_PAIR.search(text):
        suspects.append("vni")
    if not suspects:
        return None
    before = share_of_syllables(text.split())
    best = max(
        (share_of_syllables(decode_legacy(text, encoding).split()), encoding)
        for encoding in suspects
    )
    return best[1] if best[0] >= _NEEDED_SHARE and best[0] - before >= _NEEDED_GAIN else None


def convert_legacy(text: str) -> str:
    """The line in Unicode where it is proven to be in a legacy encoding, else as it is."""
    encoding = find_encoding(text)
    return decode_legacy(text, encoding) if encoding else text


@dataclass(frozen=True, slots=True)
class LegacyEncodings:
    """After this: lines in TCVN3 or VNI-Windows are Unicode, where the share of valid syllables
    proves it line by line.

    Left alone: everything else. Capitals that TCVN3 keeps in the font (.VnTimeH) stay small.
    """

    name: ClassVar[str] = "legacy-encodings"
    version: ClassVar[str] = "1"

    def __call__(self, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        return tuple(map_lines(page, self._line) for page in pages)

    def _line(self, line: Line) -> Line:
        encoding = find_encoding(line.text)
        if encoding is None:
            return line
        words = []
        for word in line.words:
            after = "".join(decode_legacy(word.text, encoding).split())
            if after and after != word.text:
                reason = f"decoded from {encoding}"
                words.append(word.edited(self.name, after, confidence=0.97, reason=reason))
            else:
                words.append(word)
        return replace(line, words=tuple(words))
