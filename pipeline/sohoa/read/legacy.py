"""Text in the encodings from before Unicode, shown through a Western code page.

TCVN3 (fonts ``.VnTime`` …) keeps each letter in one byte; VNI writes a base letter and one or two
signs. Shown as cp1252 they are unmistakable: ``Uû ban nh©n d©n``, ``Uyû ban nhaân daân``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum


class LegacyEncoding(StrEnum):
    TCVN3 = "TCVN3"
    VNI = "VNI"


# Signs of TCVN3 that neither Unicode Vietnamese nor a Western language puts inside words.
_TCVN3_INSIDE = re.compile(r"[^\W\d_]*[µ¸¶·¹¨©®ª«¬\u00ad§¾»¼½Æ×Ø÷þ¦][^\W\d_]*")
# Real Vietnamese writes oá, oà, oã, oè too: those pairs say nothing and are left out.
_VNI_INSIDE = re.compile(r"[aeo]â|[aeoyuöô][øûï]|[aey]ù|[aeyuöô]õ|[ae][áàåãä]|öô|ñ[aeioöôuy]", re.I)
_LEAST_SHARE, _LEAST_COUNT = 0.15, 3


def find_legacy_encoding(tokens: Sequence[str]) -> LegacyEncoding | None:
    """The encoding in which a good part of the tokens is written; None for Unicode text."""
    words = [token for token in tokens if len(token) > 1 and any(c.isalpha() for c in token)]
    if len(words) < 5:
        return None
    tcvn3 = sum(_TCVN3_INSIDE.search(word) is not None for word in words)
    vni = sum(_VNI_INSIDE.search(word) is not None for word in words)
    if max(tcvn3, vni) < max(_LEAST_COUNT, _LEAST_SHARE * len(words)):
        return None
    return LegacyEncoding.TCVN3 if tcvn3 >= vni else LegacyEncoding.VNI
