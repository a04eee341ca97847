"""Which bytes a signature speaks for, told from the bytes alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sohoa.evidence import Coverage

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12}(?:\s+\d{1,12}){3})\s*\]")
_HEX = re.compile(rb"[0-9A-Fa-f\s\x00]*")
_BLANK = b" \t\r\n\x00\x0c"


@dataclass(frozen=True, slots=True)
class SignedBytes:
    """Byte ranges of one signature within a file, and what they amount to.

    ``value``: the signature value as it stands in the place that the ranges leave out, None where
    no such value stands there.
    """

    numbers: tuple[int, ...]
    first_byte: int
    coverage: Coverage
    reason: str = ""
    value: bytes | None = None

    @property
    def end(self) -> int:
        """Position in the file just after the last signed byte."""
        return self.first_byte + self.numbers[2] + self.numbers[3]

    def digest(self, data: bytes, algorithm: str) -> bytes:
        """The digest of the signed bytes; ``ValueError`` for an algorithm that is unknown here."""
        hashed = hashlib.new(algorithm, usedforsecurity=False)
        view = memoryview(data)
        for start, length in zip(self.numbers[::2], self.numbers[1::2], strict=True):
            begin = self.first_byte + start
            hashed.update(view[begin : begin + length])
        return hashed.digest()


def header_offset(data: bytes) -> int:
    """Number of junk bytes before ``%PDF`` (0 where there is no header near the start)."""
    return max(data.find(b"%PDF-", 0, 1100), 0)


def find_ranges(data: bytes) -> Iterator[tuple[int, ...]]:
    """Byte ranges as written anywhere in the file, each once, in the order of the file."""
    found = (tuple(int(number) for number in match[1].split()) for match in _RANGE.finditer(data))
    yield from dict.fromkeys(found)


def measure_ranges(data: bytes, numbers: Sequence[int], value: bytes | None) -> SignedBytes:
    """What the ranges cover, counted from the start of the file or from its header.

    ``value``: the signature value of the dictionary that carries the ranges (None: take what
    stands in the gap). REVISION only says that more bytes follow; whether a revision of the file
    ends there is for the reader of revisions to say.
    """
    offsets = dict.fromkeys((0, header_offset(data)))
    measured = [_measure(data, tuple(numbers), value, offset) for offset in offsets]
    fitting = [each for each in measured if each.value is not None]
    return (fitting or measured)[0]


def _measure(
    data: bytes, numbers: tuple[int, ...], value: bytes | None, offset: int
) -> SignedBytes:
    wrong = _impossible(numbers, len(data) - offset)
    if wrong:
        return SignedBytes(numbers, offset, Coverage.BROKEN, wrong)
    start, before, after, length = numbers
    gap = _value_between(data, offset + before, offset + after)
    if gap is None:
        reason = "The bytes left out are not just a signature value."
        return SignedBytes(numbers, offset, Coverage.PARTIAL, reason)
    if value is not None and gap.rstrip(b"\0") != value.rstrip(b"\0"):
        reason = "The bytes left out are not this signature's own value."
        return SignedBytes(numbers, offset, Coverage.PARTIAL, reason, gap)
    if start:
        reason = "The first bytes of the file are not signed."
        return SignedBytes(numbers, offset, Coverage.PARTIAL, reason, gap)
    rest = data[offset + after + length :]
    coverage = Coverage.REVISION if rest.strip(_BLANK) else Coverage.WHOLE_FILE
    return SignedBytes(numbers, offset, coverage, "", gap)


def _impossible(numbers: tuple[int, ...], size: int) -> str:
    if len(numbers) != 4:
        return "There is no byte range." if not numbers else "The byte range is not four numbers."
    start, before, after, length = numbers
    if min(numbers) < 0 or start + before > after:
        return "The byte ranges overlap or run backwards."
    return "The byte range runs past the end of the file." if after + length > size else ""


def _value_between(data: bytes, start: int, end: int) -> bytes | None:
    """The hexadecimal string that fills ``start:end`` just so, with or without its brackets."""
    body = data[start:end]
    if body[:1] == b"<" and body[-1:] == b">":
        body = body[1:-1]
    elif data[max(start - 1, 0) : start] != b"<" or data[end : end + 1] != b">":
        return None
    if not _HEX.fullmatch(body):
        return None
    digits = bytes(byte for byte in body if byte not in _BLANK)
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
