"""METS files of a package, after E-ARK CSIP 2: what is in it, with sizes and SHA-256."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sohoa.archive.xml_writing import CSIP, METS, XLINK, XSI, child, element, to_bytes

if TYPE_CHECKING:
    from lxml.etree import _Element

CSIP_PROFILE = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml"
_SCHEMAS = (
    "http://www.loc.gov/METS/ http://www.loc.gov/standards/mets/mets.xsd "
    "http://www.w3.org/1999/xlink http://www.loc.gov/standards/mets/xlink.xsd "
    "https://DILCIS.eu/XML/METS/CSIPExtensionMETS "
    "https://earkcsip.dilcis.eu/schema/DILCISExtensionMETS.xsd"
)


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file of a package: its path from the folder of the METS that lists it, and its fixity."""

    ident: str
    path: str
    media_type: str
    size: int
    sha256: str
    created: str


@dataclass(frozen=True, slots=True)
class Group:
    """Files that belong together, under the name that CSIP gives them ("Schemas", …)."""

    ident: str
    use: str
    files: tuple[PackedFile, ...]


@dataclass(frozen=True, slots=True)
class MetsParts:
    """What a METS file lists.

    ``representations``: the METS file of each representation, by its name; only the root has any.
    """

    descriptive: tuple[PackedFile, ...]
    preservation: tuple[PackedFile, ...]
    groups: tuple[Group, ...]
    representations: tuple[tuple[str, PackedFile], ...] = ()


@dataclass(frozen=True, slots=True)
class MetsHead:
    """Who and what: ids, label, kind of package (SIP or AIP), time, who made it with what.

    ``made_at`` is ISO 8601 with a zone.
    """

    object_id: str
    label: str
    package_type: str
    made_at: str
    agency: str
    software: str
    software_version: str
    profile: str = CSIP_PROFILE


def mets(head: MetsHead, parts: MetsParts) -> bytes:
    """The METS file as bytes."""
    root = element(METS, "mets", {None: METS, "xlink": XLINK, "csip": CSIP, "xsi": XSI})
    root.set("OBJID", head.object_id)
    root.set("TYPE", "Textual works – Digital")
    root.set("LABEL", head.label)
    root.set("PROFILE", head.profile)
    root.set(f"{{{CSIP}}}CONTENTINFORMATIONTYPE", "MIXED")
    root.set(f"{{{XSI}}}schemaLocation", _SCHEMAS)
    _header(root, head)
    for each in parts.descriptive:
        section = child(root, "dmdSec", None, _section("dmd", each, head))
        _reference(section, each, "OTHER", "EAD")
    if parts.preservation:
        amd = child(root, "amdSec", None, {"ID": f"amd-{parts.preservation[0].ident}"})
        for each in parts.preservation:
            section = child(amd, "digiprovMD", None, {"ID": f"prov-{each.ident}"})
            section.set("STATUS", "CURRENT")
            _reference(section, each, "PREMIS", "")
    _files(root, head, parts)
    _structure(root, head, parts)
    return to_bytes(root)


def _header(root: _Element, head: MetsHead) -> None:
    header = child(root, "metsHdr", None, {"CREATEDATE": head.made_at, "RECORDSTATUS": "NEW"})
    header.set(f"{{{CSIP}}}OAISPACKAGETYPE", head.package_type)
    tool = child(
        header, "agent", None, {"ROLE": "CREATOR", "TYPE": "OTHER", "OTHERTYPE": "SOFTWARE"}
    )
    child(tool, "name", head.software)
    child(tool, "note", head.software_version, {f"{{{CSIP}}}NOTETYPE": "SOFTWARE VERSION"})
    if head.agency:
        office = child(header, "agent", None, {"ROLE": "ARCHIVIST", "TYPE": "ORGANIZATION"})
        child(office, "name", head.agency)


def _section(kind: str, file: PackedFile, head: MetsHead) -> dict[str, str]:
    return {"ID": f"{kind}-{file.ident}", "CREATED": head.made_at, "STATUS": "CURRENT"}


def _reference(section: _Element, file: PackedFile, kind: str, other: str) -> None:
    reference = child(section, "mdRef", None, {"LOCTYPE": "URL", "MDTYPE": kind})
    if other:
        reference.set("OTHERMDTYPE", other)
    reference.set(f"{{{XLINK}}}type", "simple")
    reference.set(f"{{{XLINK}}}href", _href(file.path))
    _fixity(reference, file)


def _fixity(node: _Element, file: PackedFile) -> None:
    node.set("MIMETYPE", file.media_type)
    node.set("SIZE", str(file.size))
    node.set("CREATED", file.created)
    node.set("CHECKSUM", file.sha256)
    node.set("CHECKSUMTYPE", "SHA-256")


def _files(root: _Element, head: MetsHead, parts: MetsParts) -> None:
    section = child(root, "fileSec", None, {"ID": f"files-{head.object_id.replace(':', '-')}"})
    for group in parts.groups:
        _group(section, group.ident, group.use, group.files)
    for name, file in parts.representations:
        _group(section, f"group-{name}", f"Representations/{name}", [file])


def _group(section: _Element, ident: str, use: str, files: Iterable[PackedFile]) -> None:
    group = child(section, "fileGrp", None, {"ID": ident, "USE": use})
    if use.startswith("Representations"):
        group.set(f"{{{CSIP}}}CONTENTINFORMATIONTYPE", "MIXED")
    for file in files:
        entry = child(group, "file", None, {"ID": file.ident})
        _fixity(entry, file)
        place = child(entry, "FLocat", None, {"LOCTYPE": "URL"})
        place.set(f"{{{XLINK}}}type", "simple")
        place.set(f"{{{XLINK}}}href", _href(file.path))


def _structure(root: _Element, head: MetsHead, parts: MetsParts) -> None:
    ident = head.object_id.replace(":", "-")
    outline = child(root, "structMap", None, {"TYPE": "PHYSICAL", "LABEL": "CSIP"})
    outline.set("ID", f"map-{ident}")
    top = child(outline, "div", None, {"ID": f"div-{ident}", "LABEL": head.object_id})
    about = child(top, "div", None, {"ID": f"div-metadata-{ident}", "LABEL": "Metadata"})
    if parts.descriptive:
        about.set("DMDID", " ".join(f"dmd-{each.ident}" for each in parts.descriptive))
    if parts.preservation:
        about.set("ADMID", f"amd-{parts.preservation[0].ident}")
    for group in parts.groups:
        part = child(top, "div", None, {"ID": f"div-{group.ident}", "LABEL": group.use})
        child(part, "fptr", None, {"FILEID": group.ident})
    for name, _ in parts.representations:
        label = f"Representations/{name}"
        part = child(top, "div", None, {"ID": f"div-{name}-{ident}", "LABEL": label})
        pointer = child(part, "mptr", None, {"LOCTYPE": "URL"})
        pointer.set(f"{{{XLINK}}}type", "simple")
        pointer.set(f"{{{XLINK}}}title", f"group-{name}")
        pointer.set(f"{{{XLINK}}}href", f"representations/{name}/METS.xml")


def _href(path: str) -> str:
    from urllib.parse import quote

    return quote(path)
