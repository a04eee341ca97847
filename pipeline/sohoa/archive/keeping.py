"""Packages as one ZIP file, and reading them again: every hash, every size, nothing left over."""

from __future__ import annotations

import hashlib
import secrets
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Protocol
from urllib.parse import unquote

from sohoa.archive.xml_writing import METS, XLINK
from sohoa.errors import SourceBroken, StorageError

_METS_NAME = "METS.xml"
_OLDEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file of a package: missing, changed, size, unlisted or unreadable."""

    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class Checked:
    """How many files were compared with their hashes, and what is wrong."""

    files: int
    faults: tuple[Fault, ...]

    @property
    def intact(self) -> bool:
        return not self.faults


def zip_package(folder: Path, target: Path) -> str:
    """Pack the folder into ``target``, whole or not at all; the SHA-256 of the ZIP.

    The hash is written beside it (``NAME.zip.sha256``): nothing inside can vouch for the root
    METS file. An existing file is never overwritten.
    """
    if target.exists():
        raise StorageError(
            f"{target} is there already.", remedy="Move it away, or choose another folder."
        )
    temporary = target.with_name(f".sohoa-{secrets.token_hex(8)}.tmp")
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
                    info = zipfile.ZipInfo(name, _OLDEST)
                    info.compress_type = zipfile.ZIP_DEFLATED
                    info.external_attr = 0o644 << 16
                    with path.open("rb") as source, archive.open(info, "w") as packed:
                        while chunk := source.read(1 << 20):
                            packed.write(chunk)
        with temporary.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        temporary.rename(target)
        note = target.with_name(target.name + ".sha256")
        note.write_text(f"{digest}  {target.name}\n", encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{target} cannot be written: {error}.") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return digest


def check_package(path: Path) -> Checked:
    """Read a package (a folder or a ZIP) again and compare all that its METS files list.

    ``SourceBroken`` where there is no METS file to go by.
    """
    if path.is_dir():
        return _check(_Folder(path), path.name)
    faults = []
    note = path.with_name(path.name + ".sha256")
    if note.is_file():
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        if digest not in note.read_text(encoding="utf-8").split():
            faults.append(Fault(path.name, "changed"))
    try:
        with zipfile.ZipFile(path) as archive:
            checked = _check(_Zip(archive), path.name)
    except (zipfile.BadZipFile, OSError) as error:
        raise SourceBroken(f"{path.name} is no ZIP file that can be read: {error}.") from error
    return Checked(checked.files, (*faults, *checked.faults))


class _Store(Protocol):
    def names(self) -> set[str]: ...

    def open(self, name: str) -> IO[bytes]: ...


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> set[str]:
        return {
            each.relative_to(self._folder).as_posix()
            for each in self._folder.rglob("*")
            if each.is_file()
        }

    def open(self, name: str) -> IO[bytes]:
        return (self._folder / name).open("rb")


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        files = [each for each in archive.namelist() if not each.endswith("/")]
        tops = {each.partition("/")[0] for each in files}
        # A package unpacks to one folder; its name is no part of the paths inside.
        self._top = f"{tops.pop()}/" if len(tops) == 1 else ""

    def names(self) -> set[str]:
        return {
            each.removeprefix(self._top)
            for each in self._archive.namelist()
            if not each.endswith("/")
        }

    def open(self, name: str) -> IO[bytes]:
        return self._archive.open(self._top + name)


def _check(store: _Store, shown: str) -> Checked:
    names = store.names()
    if _METS_NAME not in names:
        raise SourceBroken(f"{shown} is no package: it has no {_METS_NAME}.")
    listed: dict[str, tuple[str, int]] = {}
    faults = []
    for name in sorted(each for each in names if PurePosixPath(each).name == _METS_NAME):
        try:
            base = PurePosixPath(name).parent
            for href, digest, size in _listed(store, name):
                listed[(base / href).as_posix()] = (digest, size)
        except (ValueError, OSError, EOFError, zlib.error, zipfile.BadZipFile):
            faults.append(Fault(name, "unreadable"))
    for path, (digest, size) in sorted(listed.items()):
        faults += _compared(store, path, names, (digest, size))
    faults += [Fault(each, "unlisted") for each in sorted(names - set(listed) - {_METS_NAME})]
    return Checked(len(listed), tuple(faults))


def _compared(store: _Store, path: str, names: set[str], told: tuple[str, int]) -> Iterator[Fault]:
    digest, size = told
    if path not in names:
        yield Fault(path, "missing")
        return
    try:
        with store.open(path) as stream:
            found, count = _digest(stream)
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, ValueError):
        yield Fault(path, "unreadable")
        return
    if found.lower() != digest.lower():
        yield Fault(path, "changed")
    elif count != size:
        yield Fault(path, "size")


def _digest(stream: IO[bytes]) -> tuple[str, int]:
    digest, count = hashlib.sha256(), 0
    while chunk := stream.read(1 << 20):
        digest.update(chunk)
        count += len(chunk)
    return digest.hexdigest(), count


def _listed(store: _Store, name: str) -> Iterator[tuple[str, str, int]]:
    """Paths, hashes and sizes that a METS file names, relative to its folder."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with store.open(name) as stream:
            root: Any = etree.fromstring(stream.read(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    for node in root.iter(f"{{{METS}}}mdRef", f"{{{METS}}}file"):
        place = node if node.tag.endswith("mdRef") else node.find(f"{{{METS}}}FLocat")
        href = place.get(f"{{{XLINK}}}href") if place is not None else None
        if href and node.get("CHECKSUM") and node.get("CHECKSUMTYPE") == "SHA-256":
            yield unquote(href), node.get("CHECKSUM"), int(node.get("SIZE", "-1"))
