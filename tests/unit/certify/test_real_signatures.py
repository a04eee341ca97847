"""Real signed papers, beside ``pdfsig``: the same signatures, whole where it finds them whole.

Two differences are known and right: a digest written without its NULL parameter (RFC 8017 lets a
verifier accept it; pdfsig does not), and byte ranges counted from a header after junk bytes.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sohoa.certify import CertifySettings, find_signatures
from sohoa.evidence import Coverage, Verdict

pytestmark = pytest.mark.scans


def pdfsig(path: Path) -> list[tuple[str, bool, bool]]:
    """Field, whether valid, whether the whole file is signed; in pdfsig's order."""
    run = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, check=False)
    text = run.stdout.decode("utf-8", "replace")
    blocks = re.split(r"^Signature #\d+:", text, flags=re.M)[1:]
    return [
        (
            re.findall(r"Signature Field Name: (.*)", block)[0],
            "Signature is Valid." in block,
            "Total document signed" in block and "Not total" not in block,
        )
        for block in blocks
    ]


def test_every_real_signature_is_listed_as_pdfsig_does(shared: Path) -> None:
    if shutil.which("pdfsig") is None:
        pytest.skip("needs pdfsig (poppler-utils)")
    differences = []
    for path in sorted((shared / "scans").glob("*/*.pdf")):
        ours = find_signatures(path.read_bytes(), CertifySettings()).signatures
        theirs = pdfsig(path)
        assert [each.field for each in ours] == [field for field, _, _ in theirs], path.name
        for signature, (field, valid, whole) in zip(ours, theirs, strict=True):
            assert signature.verdict is Verdict.INDETERMINATE, (path.name, signature.problems)
            assert set(signature.problems) <= {"no-trust-roots", "weak-algorithm"}
            covers = signature.coverage is Coverage.WHOLE_FILE
            if (signature.intact, covers) != (valid, whole):
                differences.append((path.name, field, signature.first_byte))
    assert [(field, junk) for _, field, junk in differences] == [
        ("Signature1", 0),
        ("signature", 21),
    ]


def test_facts_agree_with_truth(shared: Path) -> None:
    for truth_path in sorted((shared / "scans" / "truth").glob("*.json")):
        truth = json.loads(truth_path.read_text(encoding="utf-8"))
        found = list((shared / "scans").glob(f"*/{truth['doc']}.pdf"))
        details = (truth.get("esign") or {}).get("details") or []
        if not found or not details:
            continue
        signatures = find_signatures(found[0].read_bytes(), CertifySettings()).signatures
        ours = {each.field: each for each in signatures}
        for fact in details:
            mine = ours[fact["field"]]
            assert mine.page == fact["page"]
            assert mine.signer == fact["signer_cn"]
            assert mine.issuer == fact["issuer_cn"]
            assert mine.signed_at == fact["time"]
            assert (mine.reason or None) == (fact["reason"] or None)
            assert mine.box is not None
            box = (mine.box.left, mine.box.top, mine.box.right, mine.box.bottom)
            assert box == pytest.approx(fact["bbox"], abs=2e-3)
