"""What vouches for a paper: digital signatures in the file, seals and signatures in the ink."""

from sohoa.certify.handwriting import find_handwriting
from sohoa.certify.page_ink import PageInk, find_page_ink
from sohoa.certify.recipe import recipe_of
from sohoa.certify.ring import (
    ReadStrips,
    SealReading,
    cut_centre,
    match_name,
    name_seal,
    read_rings,
    unroll_ring,
)
from sohoa.certify.seals import find_seals
from sohoa.certify.set_off import SealedPage, mark_set_off
from sohoa.certify.settings import CertifySettings
from sohoa.certify.signatures import SignatureReport, find_signatures
from sohoa.certify.stamps import StampReading, find_stamps
from sohoa.certify.words import explain

__all__ = [
    "CertifySettings",
    "PageInk",
    "ReadStrips",
    "SealReading",
    "SealedPage",
    "SignatureReport",
    "StampReading",
    "cut_centre",
    "explain",
    "find_handwriting",
    "find_page_ink",
    "find_seals",
    "find_signatures",
    "find_stamps",
    "mark_set_off",
    "match_name",
    "name_seal",
    "read_rings",
    "recipe_of",
    "unroll_ring",
]
