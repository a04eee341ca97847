"""What reading hands over: a page's picture, its embedded words, and what its fields draw."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from sohoa.geometry import BBox
from sohoa.model import EmbeddedLayer, Finding, LayerVerdict, Line, PageImage, Severity

if TYPE_CHECKING:
    from sohoa.model import Pixels


class AppearanceKind(StrEnum):
    SIGNATURE = "signature"  # drawn by a signature field
    OTHER = "other"  # another form field, or a note laid over the page


@dataclass(frozen=True, slots=True)
class Appearance:
    """What one visible form field or annotation draws on the page.

    ``name`` is the full field name, or what the annotation is; ``bbox`` in the image's pixels.
    ``text`` is the text of its appearance stream, lines parted by a newline; ``has_picture`` says
    that it also (or only) draws a picture, which may hold a number, a day, a seal or a hand.
    ``reads_as_signature``: the visible text of a digital signature, or a picture too tall for a
    number or a day (a seal, a hand); its text is not the document's.
    ``beneath``: the page's own pixels there, as they are without fields and notes.
    """

    name: str
    kind: AppearanceKind
    bbox: BBox
    text: str = ""
    has_picture: bool = False
    reads_as_signature: bool = False
    beneath: Pixels | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class SourcePage:
    """One page as it was found.

    ``image`` is None for plain text and for a page that could not be read (then ``findings`` holds
    ``page-broken``). ``lines`` are the embedded words, also of a layer that is not good (it is a
    witness), in the pixels of ``image`` (plain text: a made-up grid); each line's kind says whether
    it is the document's own text. ``width``, ``height``: that pixel space; ``dpi``: its resolution.
    """

    number: int
    image: PageImage | None
    layer: EmbeddedLayer = EmbeddedLayer(LayerVerdict.NONE)  # noqa: RUF009 (frozen)
    lines: tuple[Line, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    findings: tuple[Finding, ...] = ()
    width: int = 0
    height: int = 0
    dpi: float = 0.0


def broken_page(name: str, number: int, why: str) -> SourcePage:
    """A page without an image, with the reason as a finding ``page-broken``."""
    message = f"Page {number} of {name} cannot be read ({' '.join(why.split())[:200]})."
    return SourcePage(
        number, None, findings=(Finding("page-broken", Severity.ERROR, message, number),)
    )
