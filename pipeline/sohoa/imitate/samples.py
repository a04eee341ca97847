"""The samples folder: the same papers clean, scanned well, scanned badly, badly OCRed; with truth.

Nothing in them is real: texts are the project's own, names are drawn by lot.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sohoa.imitate.compose import draft, received
from sohoa.imitate.degrade import FAX_SCAN, GOOD_SCAN, POOR_SCAN, Degradation
from sohoa.imitate.draft import DocumentKind, Draft, FolioPlace, Writing
from sohoa.imitate.foreign import read_foreign
from sohoa.imitate.imagepdf import to_image_pdf
from sohoa.imitate.pdf import to_pdf
from sohoa.imitate.scan import ScannedPage, scan
from sohoa.imitate.signing import FIELD, SignatureFacts, root_pem, sign_pdf
from sohoa.imitate.truth import boxes_of, fields_of, page_text, to_json
from sohoa.imitate.typeset import Typeset, typeset

_VIETNAM = timezone(timedelta(hours=7))
_CONTACT = "TRUNG TÂM CHỨNG THỰC THỬ NGHIỆM - ĐT: 000.000.0000; Email: thu-nghiem@example.org"


@dataclass(frozen=True, slots=True)
class Sample:
    """One paper of the samples and how its bad scan is bad."""

    stem: str
    kind: DocumentKind
    seed: int
    poor: Degradation
    spacing: float
    size_pt: float = 14.0
    folio: FolioPlace = FolioPlace.TOP
    signed: bool = False
    stamped: bool = False  # the bad scans carry the receiver's stamp


SAMPLES = (
    Sample("chi_thi_sao_y", DocumentKind.PARTY_COPY, 384, POOR_SCAN, 1.4, signed=True),
    Sample(
        "huong_dan",
        DocumentKind.PARTY_GUIDANCE,
        233,
        replace(POOR_SCAN, skew_deg=-0.7, punch_holes=2, bleed=0.05, specks=15),
        1.0,
        13.0,
    ),
    Sample("quyet_dinh", DocumentKind.STATE_DECISION, 309, FAX_SCAN, 1.2),
    Sample(
        "cong_van",
        DocumentKind.STATE_LETTER,
        405,
        replace(POOR_SCAN, skew_deg=0.5, folds=1, noise=5.0),
        1.0,
        13.0,
        FolioPlace.NONE,
        stamped=True,
    ),
)


def write_samples(folder: Path) -> None:
    """Write all PDFs, their truth and the test authority's root certificate.

    The same versions of the libraries and of Tesseract write the same bytes.
    """
    truth = folder / "truth"
    truth.mkdir(parents=True, exist_ok=True)
    (truth / "root_ca.pem").write_bytes(root_pem())
    for sample in SAMPLES:
        _write_sample(folder, sample)


def paper_of(sample: Sample, *, by_pen: bool) -> Draft:
    """The sample's draft; scans carry number and day by pen, the clean file in type."""
    made = draft(sample.kind, sample.seed)
    writing = Writing.PEN if by_pen else Writing.TYPED
    style = replace(
        made.style,
        spacing=sample.spacing,
        size_pt=sample.size_pt,
        folio=sample.folio,
        number=writing,
        day=writing,
    )
    return replace(made, style=style, incoming=None, edge_seal=False, urgency="")


def _write_sample(folder: Path, sample: Sample) -> None:
    clean = typeset(paper_of(sample, by_pen=False))
    printed = typeset(paper_of(sample, by_pen=True))
    facts = _facts(sample, clean.draft) if sample.signed else None
    _write(folder, f"{sample.stem}_clean", clean, (), to_pdf(clean), facts)
    good = replace(GOOD_SCAN, skew_deg=0.12 + 0.05 * (sample.seed % 5))
    pages = scan(printed, good, sample.seed)
    _write(folder, f"{sample.stem}_good_scan", printed, pages, to_image_pdf(pages), facts)
    if sample.stamped:
        printed = typeset(replace(printed.draft, incoming=received(printed.draft)))
    pages = scan(printed, sample.poor, sample.seed + 1)
    _write(folder, f"{sample.stem}_poor_scan", printed, pages, to_image_pdf(pages), None)
    pages = scan(printed, sample.poor, sample.seed + 2)
    layers = tuple(read_foreign(page) for page in pages)
    _write(
        folder, f"{sample.stem}_foreign_layer", printed, pages, to_image_pdf(pages, layers), None
    )


def _write(  # noqa: PLR0913, PLR0917 (a file and all that is known of it)
    folder: Path,
    doc: str,
    paper: Typeset,
    pages: tuple[ScannedPage, ...],
    data: bytes,
    facts: SignatureFacts | None,
) -> None:
    truth = folder / "truth"
    (folder / f"{doc}.pdf").write_bytes(sign_pdf(data, facts) if facts else data)
    fields = fields_of(doc, paper, pages)
    esign = " ".join(facts.visible_lines) if facts else ""
    if facts:
        fields["esign"] = _esign(facts)
    for stale in truth.glob(f"{doc}.p*.txt"):
        stale.unlink()
    for page in paper.pages:
        text = page_text(page, inked=bool(pages), esign=esign)
        (truth / f"{doc}.p{page.number}.txt").write_text(text, encoding="utf-8")
    (truth / f"{doc}.json").write_text(to_json(fields), encoding="utf-8")
    if pages:
        boxes = to_json(boxes_of(pages), compact=True)
        (truth / f"{doc}.boxes.json").write_text(boxes, encoding="utf-8")


def _facts(sample: Sample, paper: Draft) -> SignatureFacts:
    """The signature of the body that certified the copy, two days after the copy's date."""
    copy = paper.copy
    body = copy.issuer[0].capitalize() if copy else "Cơ quan"
    place = copy.place if copy else paper.place
    organ = f"{body.split()[0]} {body.split()[1]} {place}"
    day = (copy.date if copy else paper.date) + timedelta(days=2)
    moment = datetime(day.year, day.month, day.day, 9, 27, sample.seed % 60, tzinfo=_VIETNAM)
    reason = f"{organ} ký số bản sao văn bản điện tử!"
    return SignatureFacts(organ, reason, place, _CONTACT, moment)


def _esign(facts: SignatureFacts) -> dict[str, Any]:
    visible = " ".join(facts.visible_lines)
    return {
        "fields": 1,
        "visible_text": visible,
        "details": [
            {
                "field": FIELD,
                "page": 1,
                "signer_cn": facts.organ,
                "issuer_cn": "CA thử nghiệm phục vụ các cơ quan (sohoa)",
                "time": facts.signed_at.isoformat(),
                "reason": facts.reason,
                "location": facts.location,
                "contact_info": facts.contact,
                "name": facts.organ,
                "subfilter": "ETSI.CAdES.detached",
                "digital_seal": None,
            }
        ],
    }
