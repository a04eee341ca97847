"""All that vouches for one paper, before it is joined."""

from __future__ import annotations

from dataclasses import dataclass

from sohoa.evidence import DigitalSignature, Handwriting, Seal, Stamp


@dataclass(frozen=True, slots=True)
class PaperEvidence:
    """All that was found on the paper and in the file.

    ``born_digital``: the pages are not pictures of paper, so the signatures are the original's
    own. ``file_readable``: the file could be looked through whole for signatures.
    """

    seals: tuple[Seal, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    handwriting: tuple[Handwriting, ...] = ()
    signatures: tuple[DigitalSignature, ...] = ()
    born_digital: bool = False
    file_readable: bool = True
