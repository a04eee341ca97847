"""The chain of a paper: what must not be called a contradiction comes first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sohoa.authenticity import (
    AuthenticityReport,
    Event,
    Outcome,
    PaperEvidence,
    Standing,
    alike,
    join_evidence,
)
from sohoa.authenticity.names import sister_bodies
from sohoa.directive import CopyBlock, Directive, Leaf, absent
from sohoa.evidence import (
    Certificate,
    Changes,
    Coverage,
    DigitalSignature,
    InkColour,
    Seal,
    SealKind,
    Stamp,
    StampKind,
    Trust,
)
from sohoa.geometry import BBox


def leaf(value: str, confidence: float = 0.9) -> Leaf:
    return Leaf(value=value, confidence=confidence, words=("p1w1",))


ORIGINAL = Directive(
    number=leaf("52"),
    date=leaf("2025-10-03"),
    issuer=leaf("Ban Chấp hành Trung ương"),
    signer=leaf("Trần Văn Thử"),
)
COPY = replace(
    ORIGINAL,
    copy_block=CopyBlock(
        kind=leaf("SAO Y"),
        number=leaf("24"),
        date=leaf("2025-10-14"),
        issuer=leaf("TỈNH UỶ ĐÔNG SƠN"),
        signer=leaf("Lê Thị Mẫu"),
    ),
)
SIGNATURE = DigitalSignature(
    field="Signature1",
    page=1,
    certificate=Certificate(common_name="Tỉnh ủy Đông Sơn"),
    dictionary_time="2025-10-16T09:27:37+07:00",
    reason="Tỉnh ủy Đông Sơn ký số bản sao văn bản điện tử!",
    appearance_text="SAO Y\nTỉnh ủy Đông Sơn\n16/10/2025 09:27:37",
    intact=True,
    coverage=Coverage.WHOLE_FILE,
    modified_after=Changes.NONE,
    trust=Trust.TRUSTED,
)
SEAL = Seal(5, BBox(10, 10, 90, 90), SealKind.ROUND, InkColour.RED, 1.0, matched="TỈNH ỦY ĐÔNG SƠN")


def standing(report: AuthenticityReport, code: str) -> list[Standing]:
    return [each.standing for each in report.statements if each.code == code]


def test_a_true_chain_is_consistent() -> None:
    report = join_evidence(COPY, PaperEvidence(seals=(SEAL,), signatures=(SIGNATURE,)))
    assert report.outcome is Outcome.CONSISTENT
    assert standing(report, "copy-after-original") == [Standing.SEEN]
    assert standing(report, "signed-after-copy") == [Standing.SEEN]
    assert standing(report, "certificate-agrees") == [Standing.SEEN]
    assert standing(report, "seal-agrees") == [Standing.SEEN]
    assert standing(report, "shown-date") == [Standing.SEEN]
    assert all("authentic" not in each.message.lower() for each in report.statements)


def test_a_signature_of_the_same_day_is_in_order() -> None:
    same = replace(
        SIGNATURE, dictionary_time="2025-10-13T18:00:00Z", appearance_text=""
    )  # 01:00 of the 14th in Viet Nam
    report = join_evidence(COPY, PaperEvidence(signatures=(same,)))
    assert standing(report, "signed-after-copy") == [Standing.SEEN]


def test_a_paper_without_signature_cannot_be_told() -> None:
    report = join_evidence(ORIGINAL, PaperEvidence(seals=(SEAL,)))
    assert standing(report, "digital-signature") == [Standing.MISSING]
    assert report.outcome is not Outcome.CONSISTENT


def test_an_unread_field_is_missing_and_a_doubtful_one_inferred() -> None:
    paper = replace(ORIGINAL, number=absent("no number line"), date=leaf("2025-10-03", 0.3))
    report = join_evidence(paper, PaperEvidence(signatures=(SIGNATURE,)))
    assert standing(report, "original-number") == [Standing.MISSING]
    assert standing(report, "original-date") == [Standing.INFERRED]


def test_indeterminate_signatures_cannot_be_told() -> None:
    doubtful = replace(SIGNATURE, trust=Trust.NO_ROOTS)
    report = join_evidence(COPY, PaperEvidence(signatures=(doubtful,)))
    assert report.outcome is Outcome.CANNOT_TELL


def test_a_seal_of_another_body_named_on_the_paper_is_inferred() -> None:
    seal = replace(SEAL, matched="BAN CHẤP HÀNH TRUNG ƯƠNG")
    report = join_evidence(COPY, PaperEvidence(seals=(seal,), signatures=(SIGNATURE,)))
    assert standing(report, "seal-agrees") == [Standing.INFERRED]


@pytest.mark.parametrize(
    ("directive", "evidence", "code"),
    [
        (
            replace(COPY, date=leaf("2025-11-03")),
            PaperEvidence(signatures=(SIGNATURE,)),
            "copy-after-original",
        ),
        (
            COPY,
            PaperEvidence(
                signatures=(replace(SIGNATURE, dictionary_time="2025-10-01T08:00:00+07:00"),)
            ),
            "signed-after-copy",
        ),
        (
            COPY,
            PaperEvidence(
                signatures=(replace(SIGNATURE, certificate=Certificate(common_name="Sở Khác Thử")),)
            ),
            "certificate-agrees",
        ),
        (
            COPY,
            PaperEvidence(
                seals=(replace(SEAL, matched="TỈNH UỶ TÂY SƠN"),), signatures=(SIGNATURE,)
            ),
            "seal-agrees",
        ),
        (
            COPY,
            PaperEvidence(signatures=(replace(SIGNATURE, appearance_text="Ký ngày 01/02/2024"),)),
            "shown-date",
        ),
        (
            COPY,
            PaperEvidence(signatures=(replace(SIGNATURE, intact=False),)),
            "digital-signature",
        ),
    ],
)
def test_contradictions_are_told(directive: Directive, evidence: PaperEvidence, code: str) -> None:
    report = join_evidence(directive, evidence)
    assert standing(report, code) == [Standing.CONTRADICTED]
    assert report.outcome is Outcome.CONTRADICTED


def test_a_doubtful_date_contradicts_nothing() -> None:
    paper = replace(COPY, date=leaf("2025-11-03", 0.3))
    report = join_evidence(paper, PaperEvidence(signatures=(SIGNATURE,)))
    assert standing(report, "copy-after-original") == [Standing.INFERRED]


def test_statements_of_a_born_digital_paper_are_the_originals() -> None:
    report = join_evidence(ORIGINAL, PaperEvidence(signatures=(SIGNATURE,), born_digital=True))
    events = {each.event for each in report.statements if each.code == "digital-signature"}
    assert events == {Event.ORIGINAL}


def test_an_officer_may_sign_before_the_office_gives_the_day() -> None:
    officer = replace(
        SIGNATURE, dictionary_time="2025-10-02T16:00:00+07:00", appearance_text="", reason=None
    )
    office = replace(officer, dictionary_time="2025-10-03T08:00:00+07:00")
    evidence = PaperEvidence(signatures=(officer, office), born_digital=True)
    orders = standing(join_evidence(ORIGINAL, evidence), "signed-after-original")
    assert orders == [Standing.INFERRED, Standing.SEEN]
    alone = PaperEvidence(signatures=(officer,), born_digital=True)
    assert standing(join_evidence(ORIGINAL, alone), "signed-after-original") == [
        Standing.CONTRADICTED
    ]


def test_a_copy_is_certified_after_the_original_was_signed() -> None:
    officer = replace(
        SIGNATURE, dictionary_time="2025-10-20T08:00:00+07:00", appearance_text="", reason=None
    )
    evidence = PaperEvidence(signatures=(SIGNATURE, officer), born_digital=True)
    report = join_evidence(ORIGINAL, evidence)
    assert standing(report, "copy-signed-after-original") == [Standing.CONTRADICTED]


@pytest.mark.parametrize(
    ("day", "expected"), [("2025-10-20", Standing.SEEN), ("2025-09-20", Standing.INFERRED)]
)
def test_the_day_of_arrival_is_compared_but_contradicts_nothing(
    day: str, expected: Standing
) -> None:
    box = BBox(10, 10, 90, 40)
    stamp = Stamp(1, box, StampKind.INCOMING, InkColour.BLUE, 0.8, "ĐẾN", None, day)
    report = join_evidence(ORIGINAL, PaperEvidence(stamps=(stamp,)))
    assert standing(report, "received-after-original") == [expected]


def test_an_office_of_the_organ_is_inferred() -> None:
    holder = Certificate(common_name="Trung tâm Tin học Thử", organization="Tỉnh ủy Đông Sơn")
    report = join_evidence(
        COPY, PaperEvidence(signatures=(replace(SIGNATURE, certificate=holder),))
    )
    assert standing(report, "certificate-agrees") == [Standing.INFERRED]


def test_seals_of_other_provinces_are_looked_for() -> None:
    others = sister_bodies(("ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI", "SỞ Y TẾ"))
    assert "ỦY BAN NHÂN DÂN TỈNH QUẢNG NAM" in others
    assert not any("NGÃI" in each or "Y TẾ" in each for each in others)


def test_sister_bodies_are_not_alike() -> None:
    assert alike("Ủy ban nhân dân tỉnh Đông Sơn", "UỶ BAN NHÂN DÂN TỈNH ĐÔNG SƠN")
    assert alike("UBND tỉnh Đông Sơn", "ỦY BAN NHÂN DÂN TỈNH ĐÔNG SƠN")
    assert not alike("UBND tỉnh Quảng Nam", "UBND tỉnh Quảng Ngãi")
    assert not alike("UBND tỉnh Hải Dương", "UBND tỉnh Hải Phòng")
    assert not alike("", "")
