"""Which pictures a page of a PDF is made of, and where they lie on the page as it is shown.

Only pictures are looked for. Whatever else the page draws (stamps, notes, the visible part of
signatures) is found later, by comparing what was rebuilt with what the original shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import pikepdf

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Rect: TypeAlias = tuple[float, float, float, float]  # left, bottom, right, top

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEPEST = 8
_DEEPEST_TREE = 40
_MOST_PICTURES = 400
# A scan's edge this near (points) to the page's edge is that edge, as when the page was first
# rendered: page boxes are often rounded to whole points.
_EDGE_PT = 2.0
# Pictures that cover less of a page than this are not what the page is made of.
_LEAST_COVER = 0.5
# A picture of which less lies on the page than this is cut by the page's edge.
_WHOLE = 0.98
# Text in this mode is not seen; these operators show text, and those paint nothing.
_UNSEEN = 3
_SHOWING = frozenset(("Tj", "TJ", "'", '"'))
_UNPAINTED = frozenset(
    "q Q cm Do g rg k G RG K w J j M d i BT ET Tc Tw Tz TL Tf Ts Td TD Tm T* BMC EMC".split()
)
_A4: Rect = (0.0, 0.0, 595.28, 841.89)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it lies on the page: its stream, and the map from the unit square to points.

    ``colour``: what a stencil is painted with (red, green, blue in 0..1).
    """

    stream: Any
    matrix: Matrix
    colour: tuple[float, float, float]

    @property
    def rect(self) -> Rect:
        a, b, c, d, e, f = self.matrix
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True, slots=True)
class PicturePage:
    """Pictures of a page, back to front, in points of the page as shown (upright, y up).

    ``alone``: the page is one picture; nothing else is seen on it.
    """

    width_pt: float
    height_pt: float
    pictures: tuple[Picture, ...]
    alone: bool = False


def picture_page(page: pikepdf.Page) -> PicturePage | None:
    """The pictures of a page; None where they are not what it is made of, or cannot be read.

    The page's frame is the scan's own where its edges all but are the page's.
    """
    try:
        pictures = tuple(_pictures(page))
    except Exception:
        return None
    if not pictures or len(pictures) > _MOST_PICTURES:
        return None
    box = _frame(pictures, _shown_box(page))
    if sum(_area(_clip(each.rect, box)) for each in pictures) < _LEAST_COVER * _area(box):
        return None
    upright, width, height = _upright(box, _rotation(page), _unit(page))
    moved = tuple(
        Picture(each.stream, times(each.matrix, upright), each.colour) for each in pictures
    )
    return PicturePage(width, height, moved, alone=_alone(page, pictures, box))


def page_frame(page: pikepdf.Page) -> tuple[Rect, Matrix, float, float]:
    """The box of a page that is shown, the map that sets it upright at (0, 0), width and height."""
    box = _shown_box(page)
    return box, *_upright(box, _rotation(page), _unit(page))


def _alone(page: pikepdf.Page, pictures: tuple[Picture, ...], box: Rect) -> bool:
    """Whether one picture is all that is seen: no notes or fields, no drawing, no visible text."""
    import pikepdf

    if len(pictures) != 1 or len(page.obj.get("/Annots", ())):
        return False
    stream = pictures[0].stream
    if any(key in stream for key in ("/ImageMask", "/Mask", "/SMask", "/OC")):
        return False
    if _area(_clip(pictures[0].rect, box)) < _WHOLE * _area(pictures[0].rect):
        return False
    modes = [0]
    instructions: Any = pikepdf.parse_content_stream(page)
    for operands, operator in instructions:
        name = str(operator)
        if name == "q":
            modes.append(modes[-1])
        elif name == "Q":
            modes = modes[:-1] or [0]
        elif name == "Tr":
            modes[-1] = int(operands[0])
        elif name in _SHOWING:
            if modes[-1] != _UNSEEN:
                return False
        elif name not in _UNPAINTED and not (name == "BDC" and str(operands[0]) != "/OC"):
            return False
    return "/Form" not in _kinds(page)


def _kinds(page: pikepdf.Page) -> set[str]:
    """What the page's own resources hold to be drawn: pictures, forms."""
    resources = page.get("/Resources")
    held = resources.get("/XObject") if resources is not None else None
    return {str(each.get("/Subtype")) for each in held.values()} if held is not None else set()


def times(first: Matrix, then: Matrix) -> Matrix:
    """The map that applies ``first``, then ``then``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i, a * h + b * j,
        c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _State:
    matrix: Matrix
    colour: tuple[float, float, float] = (0.0, 0.0, 0.0)


def _pictures(page: pikepdf.Page) -> Iterator[Picture]:
    import pikepdf

    instructions = pikepdf.parse_content_stream(page)
    yield from _walk(instructions, page.get("/Resources"), _State(_IDENTITY), 0)


def _walk(instructions: Any, resources: Any, state: _State, depth: int) -> Iterator[Picture]:
    import pikepdf

    kept: list[_State] = []
    for operands, operator in instructions:
        name = str(operator)
        if name == "q":
            kept.append(state)
        elif name == "Q":
            state = kept.pop() if kept else state
        elif name == "cm":
            state = _State(times(_matrix(operands), state.matrix), state.colour)
        elif name in ("g", "rg", "k"):
            state = _State(state.matrix, _colour([float(each) for each in operands]))
        elif name == "Do":
            found = resources["/XObject"].get(str(operands[0])) if resources is not None else None
            if found is None:
                continue
            if found.get("/Subtype") == "/Image":
                yield Picture(found, state.matrix, state.colour)
            elif found.get("/Subtype") == "/Form" and depth < _DEEPEST:
                own = _matrix(found.get("/Matrix", _IDENTITY))
                yield from _walk(
                    pikepdf.parse_content_stream(found),
                    found.get("/Resources", resources),
                    _State(times(own, state.matrix), state.colour),
                    depth + 1,
                )


def _matrix(values: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in values)
    return a, b, c, d, e, f


def _colour(values: list[float]) -> tuple[float, float, float]:
    if len(values) == 1:
        return values[0], values[0], values[0]
    if len(values) == 3:
        return values[0], values[1], values[2]
    cyan, magenta, yellow, black = values
    return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)


def _shown_box(page: pikepdf.Page) -> Rect:
    media = _rect(page.mediabox) or _A4
    crop = _rect(page.cropbox) or media
    shown = (
        max(media[0], crop[0]), max(media[1], crop[1]),
        min(media[2], crop[2]), min(media[3], crop[3]),
    )  # fmt: skip
    return shown if shown[0] < shown[2] and shown[1] < shown[3] else media


def _rect(box: Any) -> Rect | None:
    try:
        a, b, c, d = (float(value) for value in box)
    except (TypeError, ValueError):
        return None
    found = min(a, c), min(b, d), max(a, c), max(b, d)
    return found if found[0] < found[2] and found[1] < found[3] else None


def _frame(pictures: tuple[Picture, ...], box: Rect) -> Rect:
    big = [each for each in pictures if _area(_clip(each.rect, box)) > 0]
    if not big:
        return box
    largest = max(_area(_clip(each.rect, box)) for each in big)
    layers = [each for each in big if _area(_clip(each.rect, box)) >= 0.6 * largest]
    main = max(layers, key=lambda each: int(each.stream.Width) * int(each.stream.Height)).rect
    near = all(abs(own - edge) <= _EDGE_PT for own, edge in zip(main, box, strict=True))
    return main if near else box


def _area(rect: Rect) -> float:
    return (rect[2] - rect[0]) * (rect[3] - rect[1])


def _clip(rect: Rect, box: Rect) -> Rect:
    left, bottom = max(rect[0], box[0]), max(rect[1], box[1])
    return left, bottom, max(left, min(rect[2], box[2])), max(bottom, min(rect[3], box[3]))


def _upright(box: Rect, rotation: int, unit: float) -> tuple[Matrix, float, float]:
    """The map from the file's points to those of the page as shown, and its width and height."""
    left, bottom, right, top = box
    width, height = (right - left) * unit, (top - bottom) * unit
    turned: dict[int, Matrix] = {
        0: (unit, 0.0, 0.0, unit, -left * unit, -bottom * unit),
        90: (0.0, -unit, unit, 0.0, -bottom * unit, right * unit),
        180: (-unit, 0.0, 0.0, -unit, right * unit, top * unit),
        270: (0.0, unit, -unit, 0.0, top * unit, -left * unit),
    }
    if rotation in (90, 270):
        width, height = height, width
    return turned[rotation], width, height


def _rotation(page: pikepdf.Page) -> int:
    """``/Rotate`` (maybe inherited) as 0, 90, 180 or 270, clockwise."""
    node: Any = page.obj
    for _ in range(_DEEPEST_TREE):
        if "/Rotate" in node or "/Parent" not in node:
            break
        node = node["/Parent"]
    try:
        return round(float(node.get("/Rotate", 0)) / 90) * 90 % 360
    except (TypeError, ValueError, OverflowError):
        return 0


def _unit(page: pikepdf.Page) -> float:
    try:
        value = float(page.obj.get("/UserUnit", 1))
    except (TypeError, ValueError):
        return 1.0
    return value if 0.01 <= value <= 1000 else 1.0
