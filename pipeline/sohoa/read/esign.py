"""Telling the visible text of a digital signature from the document's own text.

Signing tools of the State and the Party draw ``Ký bởi: …``, ``Cơ quan: …``, ``Ngày ký: …`` (or
``Người ký``, ``Email``, ``Thời gian ký``) or the organ's name, an e-mail address and a time to the
second with its zone. The same words stand in ordinary prose, so one of them alone decides nothing
there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sohoa.vietnamese import nfc

_SIGNER = re.compile(r"(?:được\s+)?(?:ký\s+bởi|người\s+ký)\s*:", re.IGNORECASE)
_TIME_LABEL = re.compile(r"(?:thời\s+gian\s+ký|ngày\s+ký|giờ\s+ký|ký\s+ngày)\s*:", re.IGNORECASE)
_OTHER_LABEL = re.compile(r"(?:cơ\s+quan|tổ\s+chức|email|e-mail|chức\s+vụ)\s*:", re.IGNORECASE)
_CLOCK = re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}[\sT]+\d{1,2}:\d{2}:\d{2}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LATIN_SIGNER = re.compile(r"(?:digitally\s+)?signed\s+by\b|signature\s+not\s+verified", re.I)

# The lines of one signature's text stand together; more than this many is prose.
_MOST_LINES = 9


def reads_as_signature(text: str) -> bool:
    """Whether the text that a field draws is a signature's own text, not a number or a name."""
    flat = " ".join(nfc(text).split())
    labels = (_SIGNER, _TIME_LABEL, _OTHER_LABEL, _CLOCK, _EMAIL, _LATIN_SIGNER)
    return any(pattern.search(flat) for pattern in labels)


def find_signature_lines(lines: Sequence[str]) -> frozenset[int]:
    """Indexes of the lines, within running text, that are a signature's visible text.

    A signer's label must begin a line and a time to the second must follow within a few lines;
    all lines from the one to the other are the signature's. A time label with such a time is one
    on its own, with the lines just before it that carry a label or are an e-mail address.
    """
    found: set[int] = set()
    texts = [" ".join(nfc(line).split()) for line in lines]
    for index, text in enumerate(texts):
        if _starts(_SIGNER, text):
            end = _end_of_signature(texts, index)
            if end is not None:
                found.update(range(index, end + 1))
        elif _starts(_TIME_LABEL, text) and _CLOCK.search(" ".join(texts[index : index + 2])):
            found.add(index)
            if not _CLOCK.search(text):
                found.add(index + 1)
            before = index - 1
            while before >= 0 and (
                _starts(_OTHER_LABEL, texts[before]) or _bare_mail(texts, before)
            ):
                found.add(before)
                before -= 1
    return frozenset(found)


def _starts(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.match(text) is not None


def _bare_mail(texts: Sequence[str], index: int) -> bool:
    return _EMAIL.fullmatch(texts[index]) is not None


def _end_of_signature(texts: Sequence[str], start: int) -> int | None:
    for index in range(start, min(start + _MOST_LINES, len(texts))):
        if _CLOCK.search(texts[index]):
            return index
    return None
