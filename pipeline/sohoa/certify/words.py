"""A signature's facts in words that an archivist understands."""

from __future__ import annotations

from sohoa.evidence import DigitalSignature, Verdict

PROBLEMS = {
    "not-intact": "the signed bytes were changed, or the signature is not this file's",
    "bytes-not-covered": "the signature leaves out bytes that it should cover",
    "changed-after-signing": "the file was changed after it was signed",
    "self-signed-certificate": "the certificate vouches for itself; anyone can make such a one",
    "certificate-not-valid-then": "the certificate was not valid at the time of signing",
    "certificate-revoked": "the certificate was revoked",
    "timestamp-does-not-fit": "the time-stamp belongs to another signature",
    "cannot-tell-intact": "whether the signed bytes are intact cannot be told",
    "cannot-tell-coverage": "which bytes are signed cannot be told",
    "named-by-no-field": "no form field of the document names this signature",
    "cannot-tell-changes": "whether the file was changed afterwards cannot be told",
    "form-filled-after-signing": "form fields were filled in or notes added after signing",
    "no-trust-roots": "no trusted root certificates are named, so nobody vouches for the signer",
    "no-trusted-path": "no trusted root vouches for the certificate",
    "cannot-tell-trust": "whether the certificate is to be trusted cannot be told",
    "weak-algorithm": "an algorithm that is no longer safe was used",
}

_VERDICTS = {
    Verdict.PASSED: "holds",
    Verdict.INDETERMINATE: "cannot be told for sure",
    Verdict.FAILED: "does not hold",
}


def explain(signature: DigitalSignature) -> str:
    """One sentence: whose signature, what is to be thought of it, and every reason for that."""
    whose = signature.signer or "an unknown signer"
    where = f" (field {signature.field})" if signature.field else ""
    reasons = "; ".join(PROBLEMS[code] for code in signature.problems)
    details = " ".join(
        text
        for text in (signature.intact_reason, signature.modified_reason, signature.trust_reason)
        if text
    )
    sentence = f"The signature of {whose}{where} {_VERDICTS[signature.verdict]}"
    sentence += f": {reasons}." if reasons else "."
    return f"{sentence} {details}".strip()
