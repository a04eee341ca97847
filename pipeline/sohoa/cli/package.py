"""``sohoa package`` and ``sohoa check-package``: packages made from scans, and read again."""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sohoa.archive import (
    DEFAULT_PATTERN,
    OperatorMetadata,
    PackageDocument,
    PackageKind,
    PackageOrder,
    check_package,
    read_operator_metadata,
    write_package,
    zip_package,
)
from sohoa.archive.premis import Act
from sohoa.cli.messages import say
from sohoa.cli.results import Digitized, match_sources
from sohoa.errors import SettingsError, StorageError

if TYPE_CHECKING:
    from sohoa.settings import Settings

_FORMATS = ("json", "text", "markdown", "akn", "pdf", "alto")
_PDF = "searchable.pdf"
_CORRECTIONS = "corrections.jsonl"


@dataclass(frozen=True, slots=True)
class Call:
    """What the command was called with."""

    sources: tuple[Path, ...]
    out: Path
    results: Path
    kind: str
    metadata: Path | None
    pattern: str


def run(call: Call, settings_file: Path | None, *, keep_folder: bool) -> int:
    """Make the packages; 0 where all are made and read again intact."""
    kind = _kind(call.kind)
    operator = read_operator_metadata(call.metadata) if call.metadata else OperatorMetadata()
    settings = _settings(settings_file)
    digitized = _digitized(call, settings)
    if not digitized:
        print(say("nothing"), file=sys.stderr)
        return 1
    made_at = datetime.now(UTC).astimezone().replace(microsecond=0)
    order = PackageOrder(kind, operator, made_at, call.pattern or DEFAULT_PATTERN)
    one_each = kind in {PackageKind.AIP_DOCUMENT, PackageKind.SIP_DOCUMENT}
    groups = [[each] for each in digitized] if one_each else [digitized]
    try:
        call.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{call.out} cannot be made: {error}.") from error
    sound = True
    for group in groups:
        documents = tuple(_document(each, settings) for each in group)
        sound &= _pack(documents, order, call.out, keep_folder=keep_folder)
    return 0 if sound else 1


def check(packages: list[Path]) -> int:
    """Read packages again; 0 where every hash holds."""
    sound = True
    for path in packages:
        checked = check_package(path)
        if checked.intact:
            print(say("package-intact", path=path, files=checked.files))
        for fault in checked.faults:
            sound = False
            shown = say(f"fault.{fault.kind}")
            print(say("package-fault", path=path, kind=shown, file=fault.path))
    return 0 if sound else 1


def _pack(
    documents: tuple[PackageDocument, ...], order: PackageOrder, out: Path, *, keep_folder: bool
) -> bool:
    # In the same folder as the packages: large scans need no second disk.
    with tempfile.TemporaryDirectory(prefix=".sohoa-", dir=out) as work:
        packed = write_package(documents, order, Path(work))
        target = out / f"{packed.folder.name}.zip"
        zip_package(packed.folder, target)
        if keep_folder:
            if (out / packed.folder.name).exists():
                raise StorageError(f"{out / packed.folder.name} is there already.")
            shutil.move(packed.folder, out / packed.folder.name)
    checked = check_package(target)
    print(say("packed", path=target, documents=len(documents), files=checked.files))
    if packed.missing:
        print(say("package-missing", count=len(packed.missing)))
    return checked.intact


def _kind(name: str) -> PackageKind:
    try:
        return PackageKind(name)
    except ValueError:
        raise SettingsError(
            f"There is no kind of package {name!r}.",
            remedy=f"Known: {', '.join(PackageKind)}.",
        ) from None


def _settings(settings_file: Path | None) -> Settings:
    from sohoa.cli.digitize import settings_with_formats

    return settings_with_formats(settings_file, ",".join(_FORMATS))


def _digitized(call: Call, settings: Settings) -> list[Digitized]:
    from sohoa.cli.digitize import run as run_digitize

    matched, left = match_sources(call.sources, call.results)
    if left:
        run_digitize(list(call.sources), call.results, settings, jobs=0, as_json=False)
        matched, _ = match_sources(call.sources, call.results)
    return matched


def _document(each: Digitized, settings: Settings) -> PackageDocument:
    """The parts of a package: what the result folder holds, and what it lacks made now."""
    from sohoa.export import export_result
    from sohoa.originals import original_of
    from sohoa.read import open_source

    folder, record = each.result.folder, each.result.record
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    if _PDF not in files or not any(name.startswith("alto-") for name in files):
        with open_source(each.paths, settings.read, name=record.source.name) as source:
            original = original_of(source, each.paths)
            record, made = export_result(record, original, _FORMATS)
        files |= made
    stamp = (folder / "record.json").stat().st_mtime
    return PackageDocument(
        record=record,
        pdf=files.pop(_PDF),
        derived=files,
        originals=each.paths,
        digitized_at=_scanned_at(each.paths[0]),
        acts=_acts(files),
        processed_at=datetime.fromtimestamp(stamp, UTC).astimezone().isoformat(timespec="seconds"),
    )


def _acts(files: dict[str, bytes]) -> tuple[Act, ...]:
    """What people did, from the corrections that lie beside the result: who, when, how much."""
    from sohoa.review import Correction, Kind, active, sign_off_of
    from sohoa.review.exchange import parse_lines

    lines = files.get(_CORRECTIONS, b"").decode().splitlines()
    made = [line.correction for line in parse_lines(lines)]
    people: dict[str, list[Correction]] = {}
    for each in active(made):
        if each.kind in {Kind.WORD, Kind.CONFIRM, Kind.FIELD, Kind.OUTLINE}:
            people.setdefault(each.who, []).append(each)
    acts = []
    for who, own in people.items():
        counts = {kind: sum(each.kind is kind for each in own) for kind in Kind}
        told = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
        last = max(each.when for each in own)
        acts.append(Act(who, last, "modification", "Con người hiệu đính", told))
    signed = sign_off_of(made)
    if signed is not None:
        detail = "Con người xác nhận văn bản đúng"
        acts.append(Act(signed.who, signed.when, "validation", detail, "pass"))
    return tuple(acts)


def _scanned_at(path: Path) -> str:
    """When the scanner says it made the file; empty where it does not say."""
    import pikepdf
    from pikepdf.models.metadata import decode_pdf_date

    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            told = decode_pdf_date(str(pdf.docinfo.get("/CreationDate", "")))
            if told is None:
                return ""
            return (told if told.tzinfo else told.replace(tzinfo=UTC)).isoformat()
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, OSError):
        return ""
