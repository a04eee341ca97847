"""CSV as offices write it: parted by commas, semicolons (Excel in Viet Nam) or tabs."""

from __future__ import annotations

import csv
import io

_LOOKED_AT = 20


def csv_rows(data: bytes) -> list[list[object]]:
    """The rows of a UTF-8 CSV; ``UnicodeDecodeError`` for any other encoding.

    The delimiter is the one by which every row (of the first) has most cells.
    """
    text = data.decode("utf-8-sig")

    def parted(delimiter: str) -> list[list[str]]:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))

    def fewest(delimiter: str) -> int:
        rows = [row for row in parted(delimiter)[:_LOOKED_AT] if any(row)]
        return min((len(row) for row in rows), default=0)

    return [list(row) for row in parted(max((";", "\t", ","), key=fewest))]
