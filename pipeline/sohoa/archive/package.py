"""Packages for an archive: SIP and AIP of one document or of a file (hồ sơ), after E-ARK CSIP.

    <id>/METS.xml
         metadata/descriptive/EAD.xml           the file
         metadata/preservation/PREMIS.xml       AIP only
         representations/rep1/                  the two-layer PDF/A of each document
         representations/rep2/                  the original scans, byte for byte
         representations/rep3/                  record, text, ALTO
         schemas/METS.xsd
         documentation/                         what is missing, and what the profile claims

Each representation has ``METS.xml``, ``data/`` and ``metadata/`` of its own. Everything is listed
with its size and SHA-256.
"""

from __future__ import annotations

import hashlib
import mimetypes
import shutil
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from importlib import resources
from pathlib import Path

from sohoa.archive.ead import NOTE, ead
from sohoa.archive.fields import Filled, Level, fill, fill_document, missing
from sohoa.archive.mets import CSIP_PROFILE, Group, MetsHead, MetsParts, PackedFile, mets
from sohoa.archive.naming import DEFAULT_PATTERN, name_by_rule, safe_name, without_twins
from sohoa.archive.operator_metadata import OperatorMetadata
from sohoa.archive.premis import Act, Times, agents_of, events_of, premis
from sohoa.record import Record

_AIP_PROFILE = "http://www.ra.ee/METS/v01/IP.xml"
_SPACE = uuid.UUID("6f2d2f3c-6a53-5d0e-9a0e-5b1c7c1f4a10")
_REPRESENTATIONS = ("rep1", "rep2", "rep3")
_MEDIA = {
    ".xsd": "application/xml",
    ".json": "application/json",
    ".md": "text/markdown",
    ".hocr": "application/xhtml+xml",
}


class PackageKind(StrEnum):
    """SIP for handing over, AIP for keeping; of a file (hồ sơ) or of one document (tài liệu)."""

    SIP_FILE = "SIP_hoso"
    SIP_DOCUMENT = "SIP_tailieu"
    AIP_FILE = "AIP_hoso"
    AIP_DOCUMENT = "AIP_tailieu"

    @property
    def is_aip(self) -> bool:
        return self in {PackageKind.AIP_FILE, PackageKind.AIP_DOCUMENT}


@dataclass(frozen=True, slots=True)
class PackageDocument:
    """One document to pack: its record, its searchable PDF, its other files, its original's files.

    ``derived``: texts and data by file name; ``originals`` are copied byte for byte; ``acts``: what
    people did to it, by name and time.
    """

    record: Record
    pdf: bytes
    derived: Mapping[str, bytes]
    originals: tuple[Path, ...]
    digitized_at: str = ""
    processed_at: str = ""
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class PackageOrder:
    """How to pack: the kind, what the operator says, the pattern of names, and the time."""

    kind: PackageKind
    operator: OperatorMetadata
    made_at: datetime
    pattern: str = DEFAULT_PATTERN


@dataclass(frozen=True, slots=True)
class Missing:
    """A field that the rule asks for and nobody said, or that needs a look; of which document."""

    document: str
    field: str
    label: str
    problem: str


@dataclass(frozen=True, slots=True)
class Packed:
    """Where the package lies, its id, and what is missing in its metadata."""

    folder: Path
    object_id: str
    missing: tuple[Missing, ...]


@dataclass(slots=True)
class _Plan:
    """Names and fields of the documents, in their order."""

    names: tuple[str, ...]
    fields: list[tuple[Filled, ...]]
    file_fields: tuple[Filled, ...]
    missing: list[Missing] = field(default_factory=list)


def write_package(
    documents: tuple[PackageDocument, ...], order: PackageOrder, into: Path
) -> Packed:
    """Write the package as a folder below ``into``, which must not hold one of its name.

    ``SettingsError`` where names cannot be made from what is known.
    """
    plan = _plan(documents, order)
    object_id = _object_id(documents, order)
    folder = into / object_id.replace(":", "_")
    folder.mkdir(parents=True)
    try:
        _write(documents, order, plan, (folder, object_id))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Packed(folder, object_id, tuple(plan.missing))


def _plan(documents: tuple[PackageDocument, ...], order: PackageOrder) -> _Plan:
    level = Level.AIP_DOCUMENT if order.kind.is_aip else Level.SIP_DOCUMENT
    names, filled = [], []
    absent: list[Missing] = []
    for ordinal, document in enumerate(documents, start=1):
        told = _operator_values(order, document, ordinal)
        names.append(name_by_rule(order.pattern, told))
        fields = fill_document(document.record, told, level)
        filled.append(fields)
        absent += [
            Missing(document.record.source.name, each.field.name, each.field.label, each.problem)
            for each in fields
            if each.problem
        ]
    whole = Level.FILE if order.kind in {PackageKind.SIP_FILE, PackageKind.AIP_FILE} else None
    found = _file_values(documents)
    level_of_file = whole or (Level.FILE if order.kind.is_aip else Level.SINGLE)
    file_fields = fill(level_of_file, found, order.operator.common)
    absent += [
        Missing("", each.field.name, each.field.label, each.problem)
        for each in missing(file_fields)
    ]
    return _Plan(without_twins(names), filled, file_fields, absent)


def _operator_values(
    order: PackageOrder, document: PackageDocument, ordinal: int
) -> dict[str, str]:
    """What the operator says, and what follows from it: ids from the code of the file."""
    told = order.operator.of(document.record.source.name)
    told.setdefault("ordinal", str(ordinal))
    code = told.get("fileCode", "")
    if code:
        told.setdefault("arcFileCode", code)
        told.setdefault("docId", f"{code}.{told['ordinal']}")
        if told["ordinal"].isdigit():
            told.setdefault("docCode", f"{code}.{int(told['ordinal']):07}")
    told.setdefault("docOrdinal", told["ordinal"])
    told.setdefault("source", Path(document.record.source.name).stem)
    return told


def _file_values(documents: tuple[PackageDocument, ...]) -> dict[str, tuple[str, float]]:
    days = sorted(
        each.record.directive.date.value
        for each in documents
        if each.record.directive.date.value and each.record.directive.date.confidence >= 0.7
    )
    values = {
        "totalDoc": str(len(documents)),
        "numberOfPage": str(sum(len(each.record.pages) for each in documents)),
        "confidenceLevel": "02",
        "language": "01",
    }
    if days:
        values["startDate"], values["endDate"] = (_shown_day(days[0]), _shown_day(days[-1]))
    return {name: (value, 1.0) for name, value in values.items()}


def _shown_day(value: str) -> str:
    return "/".join(reversed(value.split("-")))


def _object_id(documents: tuple[PackageDocument, ...], order: PackageOrder) -> str:
    """An id that the same documents packed in the same way have again."""
    key = "|".join([order.kind, *(each.record.id for each in documents)])
    ident = str(uuid.uuid5(_SPACE, key + order.operator.common.get("fileCode", ""))).upper()
    fonds = order.operator.common.get("fonds", "")
    if not order.kind.is_aip:
        return f"uuid-{ident}"
    return f"urn:{safe_name(fonds)}:uuid-{ident}" if fonds else f"urn:uuid:{ident}"


def _write(
    documents: tuple[PackageDocument, ...],
    order: PackageOrder,
    plan: _Plan,
    place: tuple[Path, str],
) -> None:
    folder, object_id = place
    contents = _contents(documents, plan)
    representations = [
        (name, _representation(folder, name, contents[name], order, (documents, plan, object_id)))
        for name in _REPRESENTATIONS
    ]
    described = [_put(folder, "metadata/descriptive/EAD.xml", ead("ead", plan.file_fields), order)]
    kept = []
    if order.kind.is_aip:
        data = _preservation(documents, order, [], whole=True)
        kept.append(_put(folder, "metadata/preservation/PREMIS.xml", data, order))
    schema = (resources.files("sohoa.archive") / "schemas" / "METS.xsd").read_bytes()
    schemas = Group("schemas", "Schemas", (_put(folder, "schemas/METS.xsd", schema, order),))
    notes = _put(folder, "documentation/README.txt", _readme(order, plan), order)
    groups = (schemas, Group("documentation", "Documentation", (notes,)))
    head = _head(order, object_id, _AIP_PROFILE if order.kind.is_aip else CSIP_PROFILE)
    parts = MetsParts(tuple(described), tuple(kept), groups, tuple(representations))
    (folder / "METS.xml").write_bytes(mets(head, parts))


def _contents(
    documents: tuple[PackageDocument, ...], plan: _Plan
) -> dict[str, list[tuple[str, bytes | Path, int]]]:
    """What lies in each representation: path below ``data``, content, index of its document."""
    found: dict[str, list[tuple[str, bytes | Path, int]]] = {name: [] for name in _REPRESENTATIONS}
    for index, (document, name) in enumerate(zip(documents, plan.names, strict=True)):
        stem = name.rpartition(".")[0] or name
        found["rep1"].append((name, document.pdf, index))
        originals = without_twins(safe_name(path.name) for path in document.originals)
        for original, path in zip(originals, document.originals, strict=True):
            found["rep2"].append((f"{stem}/{original}", path, index))
        for derived, data in sorted(document.derived.items()):
            found["rep3"].append((f"{stem}/{safe_name(derived)}", data, index))
    return found


def _representation(
    folder: Path,
    name: str,
    contents: list[tuple[str, bytes | Path, int]],
    order: PackageOrder,
    more: tuple[tuple[PackageDocument, ...], _Plan, str],
) -> PackedFile:
    documents, plan, object_id = more
    top = folder / "representations" / name
    files, by_document = [], dict[int, list[PackedFile]]()
    for path, content, index in contents:
        packed = _put(top, f"data/{path}", content, order)
        files.append(packed)
        by_document.setdefault(index, []).append(packed)
    described = [
        _put(top, f"metadata/descriptive/EAD_doc_{_stem(each)}.xml", ead("ead_doc", fields), order)
        for each, fields in zip(plan.names, plan.fields, strict=True)
    ]
    kept = []
    if order.kind.is_aip:
        groups = [by_document.get(index, []) for index in range(len(documents))]
        data = _preservation(documents, order, groups, whole=False)
        kept.append(_put(top, f"metadata/preservation/PREMIS_{name}.xml", data, order))
    groups_of = (Group(f"data-{name}", "Data", tuple(files)),)
    head = _head(order, f"{object_id}-{name}", CSIP_PROFILE)
    top.mkdir(parents=True, exist_ok=True)
    parts = MetsParts(tuple(described), tuple(kept), groups_of)
    return _put(folder, f"representations/{name}/METS.xml", mets(head, parts), order)


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def _preservation(
    documents: tuple[PackageDocument, ...],
    order: PackageOrder,
    groups: list[list[PackedFile]],
    *,
    whole: bool,
) -> bytes:
    from sohoa import __version__

    packed_at = order.made_at.isoformat()
    records = [each.record for each in documents]
    events, files = [], [file for group in groups for file in group]
    for index, document in enumerate(documents):
        idents = tuple(file.ident for file in groups[index]) if not whole else ()
        if whole:
            continue
        told = order.operator.of(document.record.source.name)
        times = Times(
            told.get("digitizedAt", document.digitized_at), document.processed_at, packed_at
        )
        events += events_of(document.record, times, idents, f"doc-{index + 1}", document.acts)
    if whole:
        from sohoa.archive.premis import Event

        detail = f"{len(documents)} documents, {order.kind}"
        kind = "information package creation"
        events.append(Event("event-1", kind, packed_at, detail, "success", ("software-sohoa",)))
    who = order.operator.common.get("digitizedBy") or order.operator.common.get("agency", "")
    people = [] if whole else [act.who for each in documents for act in each.acts]
    return premis(files, events, agents_of(records, who, __version__, people))


def _head(order: PackageOrder, object_id: str, profile: str) -> MetsHead:
    from sohoa import __version__

    told = order.operator.common
    return MetsHead(
        object_id=object_id,
        label=told.get("title") or told.get("fileCode") or object_id,
        package_type="AIP" if order.kind.is_aip else "SIP",
        made_at=order.made_at.isoformat(),
        agency=told.get("agency", ""),
        software="sohoa",
        software_version=__version__,
        profile=profile,
    )


def _put(top: Path, path: str, content: bytes | Path, order: PackageOrder) -> PackedFile:
    """Write a file (or copy one) below ``top``; what METS says of it."""
    target = top / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, Path):
        shutil.copyfile(content, target)
    else:
        target.write_bytes(content)
    with target.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    key = f"{top.name}/{path}/{digest}"
    ident = "ID-" + str(uuid.uuid5(_SPACE, key)).upper()
    suffix = target.suffix.lower()
    media = _MEDIA.get(suffix) or mimetypes.guess_type(target.name)[0]
    return PackedFile(
        ident, path, media or "application/octet-stream", target.stat().st_size, digest,
        order.made_at.isoformat(),
    )  # fmt: skip


def _readme(order: PackageOrder, plan: _Plan) -> bytes:
    lines = [f"{order.kind}", "", NOTE, "", "Cấu trúc: E-ARK CSIP. Structure: E-ARK CSIP.", ""]
    if plan.missing:
        lines.append("Trường còn thiếu hoặc cần xem lại / Fields missing or to be checked:")
        lines += [
            f"- {each.document or 'hồ sơ'}: {each.field} ({each.label}): {each.problem}"
            for each in plan.missing
        ]
    return ("\n".join(lines) + "\n").encode()
