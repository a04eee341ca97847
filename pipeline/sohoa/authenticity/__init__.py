"""The chain of a paper: original, certified copy, digitization, each with what vouches for it.

Seals, stamps, hand signatures, the copy block and the digital signatures are joined here as
values. The result never says that a paper is authentic: it says what was seen, what was inferred,
what is missing and what contradicts what.
"""

from __future__ import annotations

from sohoa.authenticity.names import alike
from sohoa.authenticity.order import state_order
from sohoa.authenticity.paper import state_fields, state_ink
from sohoa.authenticity.paper_evidence import PaperEvidence
from sohoa.authenticity.signing import state_signatures
from sohoa.directive import Directive
from sohoa.evidence import Verdict
from sohoa.statements import (
    AuthenticityReport,
    Event,
    Outcome,
    Standing,
    Statement,
    Witness,
)

__all__ = [
    "AuthenticityReport",
    "Event",
    "Outcome",
    "PaperEvidence",
    "Standing",
    "Statement",
    "Witness",
    "alike",
    "join_evidence",
]


def join_evidence(directive: Directive, evidence: PaperEvidence) -> AuthenticityReport:
    """Join what the paper says of itself with what vouches for it."""
    statements = (
        *state_fields(directive),
        *state_ink(directive, evidence),
        *state_signatures(directive, evidence),
        *state_order(directive, evidence),
    )
    passed = sum(each.verdict is Verdict.PASSED for each in evidence.signatures)
    return AuthenticityReport(statements, len(evidence.signatures), passed)
