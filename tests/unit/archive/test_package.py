"""Packages: accepted by a validator that we did not write, and read again to the last byte."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from sohoa.archive import (
    OperatorMetadata,
    PackageDocument,
    PackageKind,
    PackageOrder,
    check_package,
    write_package,
    zip_package,
)
from sohoa.errors import SettingsError, SourceBroken, StorageError

from .conftest import NOON

PREMIS = {"p": "http://www.loc.gov/premis/v3"}


def faults_by_eark_validator(folder: Path) -> list[str]:
    from eark_validator import structure
    from eark_validator.mets import MetsValidator

    report = structure.validate_package_structure(str(folder))
    faults = [str(each) for each in (*report.errors, *report.warnings)]
    for path in sorted(folder.rglob("METS.xml")):
        validator = MetsValidator(str(path.parent))
        validator.validate_mets("METS.xml")
        faults += [f"{path.parent.name}: {each}" for each in validator.validation_errors]
    return faults


def test_originals_are_carried_byte_for_byte(
    ten: tuple[PackageDocument, ...], order: PackageOrder, tmp_path: Path
) -> None:
    before = [each.originals[0].read_bytes() for each in ten]
    packed = write_package(ten, order, tmp_path / "out")
    carried = sorted((packed.folder / "representations/rep2/data").rglob("*.pdf"))
    assert sorted(path.read_bytes() for path in carried) == sorted(before)
    assert [each.originals[0].read_bytes() for each in ten] == before


@pytest.mark.parametrize("kind", PackageKind)
def test_the_validator_accepts_it(
    kind: PackageKind, ten: tuple[PackageDocument, ...], order: PackageOrder, tmp_path: Path
) -> None:
    documents = ten[:1] if kind.name.endswith("DOCUMENT") else ten
    packed = write_package(documents, replace(order, kind=kind), tmp_path / "out")
    warnings = faults_by_eark_validator(packed.folder)
    # Schemas lie once, at the root: that each representation has none of its own is a "should".
    assert [each for each in warnings if "CSIPSTR15" not in each] == []
    has_premis = (packed.folder / "metadata/preservation/PREMIS.xml").is_file()
    assert has_premis == kind.is_aip


def test_every_hash_holds_and_one_flipped_byte_is_found(
    ten: tuple[PackageDocument, ...], order: PackageOrder, tmp_path: Path
) -> None:
    folder = write_package(ten, order, tmp_path / "out").folder
    assert check_package(folder).intact
    assert check_package(folder).files > 10 * 5
    for name in (
        "representations/rep2/data/G09.1.2024.3/văn bản 3.pdf",
        "representations/rep1/METS.xml",
        "metadata/descriptive/EAD.xml",
    ):
        path = folder / name
        good = path.read_bytes()
        path.write_bytes(good[:20] + bytes([good[20] ^ 1]) + good[21:])
        assert (name, "changed") in [
            (each.path, each.kind) for each in check_package(folder).faults
        ]
        path.write_bytes(good)
    assert check_package(folder).intact


def test_a_file_taken_away_or_slipped_in_is_found(
    ten: tuple[PackageDocument, ...], order: PackageOrder, tmp_path: Path
) -> None:
    folder = write_package(ten[:2], order, tmp_path / "out").folder
    (folder / "extra.txt").write_text("?")
    gone = next((folder / "representations/rep3/data").rglob("text.txt"))
    gone.unlink()
    kinds = {each.kind for each in check_package(folder).faults}
    assert kinds == {"unlisted", "missing"}


def test_a_zip_is_checked_too_and_its_root_by_the_note_beside_it(
    ten: tuple[PackageDocument, ...], order: PackageOrder, tmp_path: Path
) -> None:
    folder = write_package(ten[:2], order, tmp_path / "out").folder
    target = tmp_path / "a.zip"
    zip_package(folder, target)
    assert check_package(target).intact
    with zipfile.ZipFile(target) as archive:
        assert {name.partition("/")[0] for name in archive.namelist()} == {folder.name}
    data = bytearray(target.read_bytes())
    data[len(data) // 2] ^= 1
    target.write_bytes(data)
    assert not check_package(target).intact
    with pytest.raises(StorageError, match="there already"):
        zip_package(folder, target)


def test_the_same_documents_give_the_same_package(
    ten: tuple[PackageDocument, ...], order: PackageOrder, tmp_path: Path
) -> None:
    first = write_package(ten, order, tmp_path / "a")
    second = write_package(ten, order, tmp_path / "b")
    one = zip_package(first.folder, tmp_path / "a.zip")
    assert one == zip_package(second.folder, tmp_path / "b.zip")


def test_what_nobody_said_is_listed_and_not_made_up(
    ten: tuple[PackageDocument, ...], tmp_path: Path
) -> None:
    order = PackageOrder(PackageKind.AIP_FILE, OperatorMetadata({"fileCode": "X"}), NOON)
    packed = write_package(ten[:1], order, tmp_path / "out")
    lacking = {each.field for each in packed.missing if each.problem == "missing"}
    assert {"mode", "maintenance", "title"} <= lacking
    ead = (packed.folder / "metadata/descriptive/EAD.xml").read_text(encoding="utf-8")
    assert "<mode>" not in ead
    assert "not checked against an official schema" in ead
    readme = (packed.folder / "documentation/README.txt").read_text(encoding="utf-8")
    assert "mode" in readme


def test_events_are_real_and_one_without_a_time_is_left_out(
    ten: tuple[PackageDocument, ...], order: PackageOrder, tmp_path: Path
) -> None:
    untimed = replace(ten[0], digitized_at="")
    folder = write_package((untimed, ten[1]), order, tmp_path / "out").folder
    root = etree.parse(folder / "representations/rep1/metadata/preservation/PREMIS_rep1.xml")
    told = [
        (each.findtext("p:eventType", None, PREMIS), each.findtext("p:eventDateTime", None, PREMIS))
        for each in root.findall("p:event", PREMIS)
    ]
    assert told.count(("transfer", "2025-12-30T08:00:00+07:00")) == 1
    assert all(when for _, when in told)
    assert ("transcription", "2026-01-01T09:00:00+07:00") in told
    agents = {
        each.findtext("p:agentName", None, PREMIS) for each in root.findall("p:agent", PREMIS)
    }
    assert {"tesseract", "spacing", "Kho Mẫu"} <= agents
    named = {each.text for each in root.iterfind(".//p:linkingAgentIdentifierValue", PREMIS)}
    known = {each.text for each in root.iterfind(".//p:agentIdentifierValue", PREMIS)}
    assert named <= known


def test_names_follow_the_rule_and_need_what_the_rule_asks(
    ten: tuple[PackageDocument, ...], order: PackageOrder, tmp_path: Path
) -> None:
    folder = write_package(ten[:2], order, tmp_path / "out").folder
    names = sorted(path.name for path in (folder / "representations/rep1/data").iterdir())
    assert names == ["G09.1.2024.1.pdf", "G09.1.2024.2.pdf"]
    nameless = PackageOrder(PackageKind.AIP_FILE, OperatorMetadata(), NOON)
    with pytest.raises(SettingsError, match="fileCode"):
        write_package(ten[:1], nameless, tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_what_is_no_package_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceBroken, match=r"METS\.xml"):
        check_package(tmp_path)
    bad = tmp_path / "a.zip"
    bad.write_bytes(b"PK rubbish")
    with pytest.raises(SourceBroken, match="ZIP"):
        check_package(bad)
