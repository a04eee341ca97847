"""What the operator decides about the check of digital signatures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CertifySettings:
    """Settings of the check; the defaults ask nobody and trust nobody.

    ``trust_roots``: a folder of certificates (.cer .crt .der .pem). Those that are signed by
    themselves are the roots, the others help to find a path to them. None: no signature can be
    PASSED, because nobody was named who vouches for a certificate.
    ``moment``: ISO 8601 with a zone; certificates are checked at this moment. None: at the time of
    the embedded time-stamp, or else at the time that the signer claims. Never the machine's clock:
    the same file and settings give the same answer on any day.
    ``require_revocation``: a certificate without embedded proof that it was not revoked is not
    trusted.
    """

    trust_roots: Path | None = None
    moment: str | None = None
    require_revocation: bool = False
