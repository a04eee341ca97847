"""The ring of a seal about a centre: its outer circle, an inner one, and letters between them.

Logos, drawings and pen circles also have a round outline; letters between two circles about one
centre are what a seal has and they have not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sohoa.certify.circles import Centre, ring_profile
from sohoa.certify.ink import Inks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_OUTER_MM = (13.0, 22.0)
_BAND = (0.70, 0.90)  # of the radius: where the letters stand
_INNER = (0.52, 0.82)  # of the radius: where the inner circle lies
_LEAST_INNER = 0.55  # of the outer circle's coverage
_MOST_FILLED = 0.75  # of the band: letters leave paper between them


@dataclass(frozen=True, slots=True)
class Ring:
    """A found ring in the pixels of the ink maps.

    ``coverage``: share of the outer circle that is there; ``inner``: that of the best circle
    inside it; ``filled``: share of the band between them that is inked; ``arc``: share of the outer
    circle that lies on the page. All 0..1.
    """

    centre: Centre
    radius: float
    coverage: float
    inner: float = 0.0
    filled: float = 0.0
    arc: float = 1.0

    @property
    def is_lettered(self) -> bool:
        return self.inner >= _LEAST_INNER * self.coverage and self.filled <= _MOST_FILLED

    def mask(self, inks: Inks, share: float = 1.06) -> NDArray[np.bool_]:
        import numpy as np

        rows, columns = np.ogrid[: inks.height, : inks.width]
        distance = (columns - self.centre.x) ** 2 + (rows - self.centre.y) ** 2
        result: NDArray[np.bool_] = distance <= (self.radius * share) ** 2
        return result

    def share_on_page(self, inks: Inks) -> float:
        """Share of the ring's width and height that lies on the page, the smaller of both."""
        across = min(self.centre.x + self.radius, inks.width) - max(self.centre.x - self.radius, 0)
        down = min(self.centre.y + self.radius, inks.height) - max(self.centre.y - self.radius, 0)
        return float(max(0.0, min(across, down)) / (2 * self.radius))


def find_ring(inks: Inks, ink: Any, centre: Centre, edge: float) -> Ring:
    """The outermost circle about the centre that is about as whole as the wholest one."""
    smallest, largest = (round(inks.px(value)) for value in _OUTER_MM)
    whole = ring_profile(ink, centre, largest + 1, edge)
    profile = whole[smallest:]
    if not len(profile):
        return Ring(centre, float(smallest), 0.0)
    most = float(profile.max())
    # Of a ring that is cut, the outer circle may show less of itself than the inner one.
    enough = 0.85 if most >= 0.6 else 0.6
    # The profile says "here, or up to two pixels further in".
    radius = smallest - 1.5 + max(i for i, share in enumerate(profile) if share >= enough * most)
    inner = whole[round(_INNER[0] * radius) : round(_INNER[1] * radius)]
    return Ring(
        centre,
        float(radius),
        most,
        float(inner.max()) if len(inner) else 0.0,
        _filled(ink, centre, radius),
        _arc(inks, centre, radius),
    )


def _filled(ink: Any, centre: Centre, radius: float) -> float:
    """Share of the letters' band that is inked, as strongly as the seal is."""
    import cv2
    import numpy as np

    polar = cv2.warpPolar(
        ink,
        (round(radius), 360),
        (centre.x, centre.y),
        radius,
        cv2.INTER_LINEAR + cv2.WARP_FILL_OUTLIERS,
    )
    strong = min(float(np.percentile(polar, 97)), 200.0)
    band = polar[:, round(_BAND[0] * radius) : round(_BAND[1] * radius)]
    return float((band > max(0.4 * strong, 1.0)).mean())


def _arc(inks: Inks, centre: Centre, radius: float) -> float:
    """Share of the circle that lies on the page."""
    on = 0
    for degree in range(0, 360, 5):
        x = centre.x + radius * math.cos(math.radians(degree))
        y = centre.y + radius * math.sin(math.radians(degree))
        on += 0 <= x < inks.width and 0 <= y < inks.height
    return on / 72
