"""Cut-outs of the scanned pages, as pictures inside an HTML page."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sohoa.evidence import FractionBox
from sohoa.geometry import BBox, union_all
from sohoa.record import Record
from sohoa.statements import Witness

if TYPE_CHECKING:
    from sohoa.model import Pixels

Picture = Callable[[int], "Pixels | None"]

_WIDEST_PX = 520
_TALLEST_PX = 420
_MARGIN = 0.06
_QUALITY = 82


class Crops:
    """Cut-outs by place; a page is asked for once, and only if something of it is shown."""

    def __init__(self, record: Record, picture: Picture) -> None:
        self._picture = picture
        self._last: tuple[int, Pixels | None] = (0, None)
        self._made: dict[tuple[int, BBox], str] = {}
        self._words = {
            word.id: (page.number, word.bbox) for page in record.pages for word in page.words()
        }

    def of_witness(self, witness: Witness) -> str:
        """The places of a witness as ``img`` elements; empty where it has none on a page."""
        if witness.page is not None and witness.bbox is not None:
            return self.of_box(witness.page, witness.bbox)
        if witness.box is not None:
            return self.of_share(witness.page, witness.box)
        places = [self._words[each] for each in witness.words if each in self._words]
        if not places:
            return ""
        page = places[0][0]
        return self.of_box(page, union_all(box for number, box in places if number == page))

    def of_share(self, page: int | None, box: FractionBox | None) -> str:
        """A place given in shares of the page as shown."""
        pixels = self._page(page) if page is not None and box is not None else None
        if pixels is None or page is None or box is None:
            return ""
        height, width = pixels.shape[:2]
        left, right = sorted((round(box.left * width), round(box.right * width)))
        top, bottom = sorted((round(box.top * height), round(box.bottom * height)))
        return self.of_box(page, BBox(left, top, right, bottom))

    def of_box(self, page: int, box: BBox) -> str:
        """A place given in page pixels."""
        if (page, box) not in self._made:
            self._made[page, box] = self._cut(page, box)
        return self._made[page, box]

    def _cut(self, page: int, box: BBox) -> str:
        import cv2

        pixels: Any = self._page(page)
        if pixels is None:
            return ""
        margin = round(_MARGIN * max(box.width, box.height)) + 6
        inside = box.padded(margin).clipped(pixels.shape[1], pixels.shape[0])
        if not inside.area:
            return ""
        part = pixels[inside.top : inside.bottom, inside.left : inside.right]
        factor = min(1.0, _WIDEST_PX / inside.width, _TALLEST_PX / inside.height)
        size = (max(1, round(inside.width * factor)), max(1, round(inside.height * factor)))
        small = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
        flipped = small[..., ::-1] if small.ndim == 3 else small
        jpeg = cv2.imencode(".jpg", flipped, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()
        encoded = base64.b64encode(jpeg).decode()
        return f"<img alt='{page}' src='data:image/jpeg;base64,{encoded}'>"

    def _page(self, number: int) -> Pixels | None:
        if self._last[0] != number:
            self._last = (number, self._picture(number))
        return self._last[1]
