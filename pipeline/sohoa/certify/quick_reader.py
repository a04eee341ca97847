"""pyHanko's reader, with the index of each object stream read once.

Its own reads the whole index again for every object: minutes for a tagged paper of many pages.
"""

from __future__ import annotations

import io
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import PdfFileReader


class QuickReader(PdfFileReader):
    """Reads the same objects as its base; whatever is odd is left to the base."""

    def __init__(self, stream: io.BytesIO, *, strict: bool) -> None:
        self._indexes: dict[int, tuple[bytes, dict[int, int]]] = {}
        super().__init__(stream, strict=strict)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        try:
            data, offsets = self._index_of(stmnum)
            stream = io.BytesIO(data)
            stream.seek(offsets[idnum])
            found = generic.read_object(stream, generic.Reference(idnum, 0, self))
        except Exception:
            return super()._get_object_from_stream(idnum, stmnum, idx)  # type: ignore[no-untyped-call]
        return found

    def _index_of(self, number: int) -> tuple[bytes, dict[int, int]]:
        if number not in self._indexes:
            stream: Any = generic.Reference(number, 0, self).get_object()
            data = stream.read_data(DecodePurpose.OBJECT_STREAM)
            first, count = int(stream["/First"]), int(stream["/N"])
            numbers = [int(each) for each in data[:first].split()[: 2 * count]]
            offsets: dict[int, int] = {}
            for each, offset in zip(numbers[::2], numbers[1::2], strict=True):
                offsets.setdefault(each, first + offset)
            self._indexes[number] = (data, offsets)
        return self._indexes[number]
