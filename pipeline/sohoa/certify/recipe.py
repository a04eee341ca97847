"""The recipe's step for what vouches: the same step and file give the same answer."""

from __future__ import annotations

import hashlib

from sohoa.certify.settings import CertifySettings
from sohoa.certify.trust import read_trust_roots
from sohoa.record import Step


def recipe_of(settings: CertifySettings, version: str) -> Step:
    """The step with its settings; for the folder of roots stands the hash of what is in it.

    The folder's place means nothing elsewhere, and a root that is added changes the answers.
    """
    store = read_trust_roots(settings.trust_roots)
    digest = hashlib.sha256()
    for certificate in sorted(each.dump() for each in (*store.roots, *store.others)):
        digest.update(hashlib.sha256(certificate).digest())
    roots = digest.hexdigest()[:16] if store.roots or store.others else "none"
    pairs = (
        ("trust_roots", roots),
        ("moment", str(settings.moment)),
        ("require_revocation", str(settings.require_revocation)),
    )
    return Step("certify", version, pairs)
