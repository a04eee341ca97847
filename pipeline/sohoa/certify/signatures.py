"""All digital signatures of a PDF, with what can be told of each.

Every signature dictionary is listed, broken ones too: a signature that cannot be read is "cannot
tell" or failed, never "unsigned".
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sohoa.certify.container import is_document_mac
from sohoa.certify.examine import Case, examine
from sohoa.certify.ranges import SignedBytes, find_ranges, header_offset, measure_ranges
from sohoa.certify.revisions import Revisions
from sohoa.certify.settings import CertifySettings
from sohoa.certify.survey import Dictionary, Survey, survey_pdf
from sohoa.certify.trust import TrustStore, read_trust_roots
from sohoa.evidence import DigitalSignature, Verdict
from sohoa.model import Finding, Severity


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """The signatures of one file in the order in which they were made, and what else was seen.

    ``readable`` is False where the file could not be looked through whole: no signature found
    then does not mean that there is none.
    """

    signatures: tuple[DigitalSignature, ...] = ()
    findings: tuple[Finding, ...] = ()
    readable: bool = True


def find_signatures(data: bytes, settings: CertifySettings) -> SignatureReport:
    """All signatures of the PDF ``data``; an empty report for a file of another kind.

    Changes nothing and asks nobody; the same bytes and settings give the same report. Only a bad
    folder of trust roots raises (``SettingsError``).
    """
    store = read_trust_roots(settings.trust_roots)
    if b"%PDF-" not in data[:1100] and b"/ByteRange" not in data:
        return SignatureReport()
    with _without_warnings():
        return _report(data, settings, store)


@contextmanager
def _without_warnings() -> Iterator[None]:
    """The library warns of what is odd in a file; here that is told in the facts."""
    logger = logging.getLogger("pyhanko")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _report(data: bytes, settings: CertifySettings, store: TrustStore) -> SignatureReport:
    survey = survey_pdf(data)
    dictionaries = (*survey.dictionaries, *_left_out(data, survey))
    revisions = Revisions(data, header_offset(data))
    signed = frozenset(each.field for each in dictionaries if each.field and each.byte_range)
    case = Case(data, settings, store, survey, revisions, signed)
    measured = sorted(
        ((each, measure_ranges(data, each.byte_range, each.value)) for each in dictionaries),
        key=_order,
    )
    signatures = tuple(examine(case, dictionary, ranges) for dictionary, ranges in measured)
    findings = (*_about_file(data, survey), *_about_signatures(signatures))
    return SignatureReport(signatures, findings, not survey.unreadable)


def _order(pair: tuple[Dictionary, SignedBytes]) -> tuple[int, tuple[int, int]]:
    dictionary, ranges = pair
    end = ranges.end if len(ranges.numbers) == 4 else 1 << 62
    return end, dictionary.number


def _left_out(data: bytes, survey: Survey) -> list[Dictionary]:
    """Signatures in bytes that no object of the file leads to any more (or none could be read).

    Only ranges whose gap holds a value count: the words alone may stand in a text.
    """
    known = {each.byte_range for each in survey.dictionaries}
    found = []
    for numbers in find_ranges(data):
        if numbers in known:
            continue
        ranges = measure_ranges(data, numbers, None)
        if ranges.value and not is_document_mac(ranges.value):
            found.append(Dictionary((0, 0), None, "/Sig", None, numbers, ranges.value))
    return found


def _about_file(data: bytes, survey: Survey) -> list[Finding]:
    findings = []
    if survey.unreadable:
        code = "signatures-locked" if survey.locked else "signatures-unreadable"
        message = f"{survey.unreadable} Whether the file is signed cannot be told for sure."
        findings.append(Finding(code, Severity.WARNING, message))
    if header_offset(data):
        message = f"{header_offset(data)} bytes stand before the header of the PDF."
        findings.append(Finding("junk-before-header", Severity.INFO, message))
    for name in survey.empty_fields:
        message = f"The signature field {name!r} was never signed."
        findings.append(Finding("empty-signature-field", Severity.INFO, message))
    return findings


def _about_signatures(signatures: tuple[DigitalSignature, ...]) -> list[Finding]:
    from sohoa.certify.words import explain

    findings = []
    for signature in signatures:
        if signature.verdict is Verdict.FAILED:
            # No page is lost by it: an ERROR is kept for what could not be read.
            code, severity = "signature-failed", Severity.WARNING
        elif signature.verdict is Verdict.INDETERMINATE:
            code, severity = "signature-indeterminate", Severity.WARNING
        else:
            code, severity = "signature-passed", Severity.INFO
        finding = Finding(code, severity, explain(signature))
        findings.append(replace(finding, page=signature.page))
    return findings
