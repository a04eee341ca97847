"""What vouches for a paper: digital signatures in the file, seals and signatures in the ink."""

from sohoa.certify.settings import CertifySettings
from sohoa.certify.signatures import SignatureReport, find_signatures

__all__ = ["CertifySettings", "SignatureReport", "find_signatures"]
