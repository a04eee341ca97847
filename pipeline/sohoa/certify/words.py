"""A signature's facts in words that an archivist understands."""

from __future__ import annotations

from sohoa.evidence import DigitalSignature, Verdict
from sohoa.wording import word_problems

_VERDICTS = {
    Verdict.PASSED: "holds",
    Verdict.INDETERMINATE: "cannot be told for sure",
    Verdict.FAILED: "does not hold",
}


def explain(signature: DigitalSignature) -> str:
    """One sentence: whose signature, what is to be thought of it, and every reason for that."""
    whose = signature.signer or "an unknown signer"
    where = f" (field {signature.field})" if signature.field else ""
    reasons = word_problems(signature.problems, "en")
    details = " ".join(
        text
        for text in (signature.intact_reason, signature.modified_reason, signature.trust_reason)
        if text
    )
    sentence = f"The signature of {whose}{where} {_VERDICTS[signature.verdict]}"
    sentence += f": {reasons}." if reasons else "."
    return f"{sentence} {details}".strip()
