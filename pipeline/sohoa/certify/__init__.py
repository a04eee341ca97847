"""What vouches for a paper: digital signatures in the file, seals and signatures in the ink."""

from sohoa.certify.handwriting import find_handwriting
from sohoa.certify.ring import cut_centre, match_name, read_seal, unroll_ring
from sohoa.certify.seals import find_seals
from sohoa.certify.set_off import SealedPage, mark_set_off
from sohoa.certify.settings import CertifySettings
from sohoa.certify.signatures import SignatureReport, find_signatures
from sohoa.certify.stamps import find_stamps
from sohoa.certify.words import PROBLEMS, explain

__all__ = [
    "PROBLEMS",
    "CertifySettings",
    "SealedPage",
    "SignatureReport",
    "cut_centre",
    "explain",
    "find_handwriting",
    "find_seals",
    "find_signatures",
    "find_stamps",
    "mark_set_off",
    "match_name",
    "read_seal",
    "unroll_ring",
]
