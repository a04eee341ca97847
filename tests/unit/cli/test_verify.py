"""``sohoa verify`` where the pages cannot be read, and where its pages of HTML go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sohoa.authenticity import Outcome
from sohoa.certify import CertifySettings
from sohoa.cli.verify import of_bytes, page_paths
from sohoa.errors import SettingsError
from sohoa.settings import Settings


def test_signatures_alone_never_make_a_paper_consistent(tmp_path: Path, samples: Path) -> None:
    trusted = replace(Settings(), certify=CertifySettings(trust_roots=samples / "truth"))
    report, (signature,) = of_bytes(samples / "chi_thi_sao_y_clean.pdf", trusted)
    assert signature.intact is True
    assert report.outcome is Outcome.CANNOT_TELL
    data = bytearray((samples / "chi_thi_sao_y_clean.pdf").read_bytes())
    data[data.index(b"stream", len(data) // 3) + 40] ^= 0x01
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(data)
    report, _ = of_bytes(changed, trusted)
    assert report.outcome is Outcome.CONTRADICTED


def test_a_file_without_signatures_cannot_be_told(tmp_path: Path) -> None:
    plain = tmp_path / "plain.jpg"
    plain.write_bytes(b"\xff\xd8\xff\xe0")
    report, signatures = of_bytes(plain, Settings())
    assert signatures == ()
    assert report.outcome is Outcome.CANNOT_TELL


def test_each_file_has_its_own_page(tmp_path: Path) -> None:
    one, other = Path("a/x.pdf"), Path("b/y.pdf")
    assert page_paths([one], None) == [None]
    assert page_paths([one], tmp_path / "r.html") == [tmp_path / "r.html"]
    assert page_paths([one], tmp_path) == [tmp_path / "x.pdf.html"]
    assert page_paths([one, other], tmp_path) == [
        tmp_path / "x.pdf.html",
        tmp_path / "y.pdf.html",
    ]
    with pytest.raises(SettingsError):
        page_paths([one, Path("b/x.pdf")], tmp_path)
