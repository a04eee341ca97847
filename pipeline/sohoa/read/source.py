"""A source: an ordered list of pages from one or more files."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from sohoa.errors import SourceEmpty, SourceError, SourceMissing, SourceUnsupported
from sohoa.model import Finding, Severity
from sohoa.read.pages import SourcePage
from sohoa.read.pdf import open_pdf
from sohoa.read.plain import TextPart, open_text
from sohoa.read.raster import open_image
from sohoa.read.settings import ReadSettings
from sohoa.read.sniff import HEAD_BYTES, FileKind, foreign_kind, sniff, suffix_kind


class Part(Protocol):
    """One open file: pages by index, from 0."""

    @property
    def page_count(self) -> int: ...

    @property
    def findings(self) -> tuple[Finding, ...]: ...

    def page(self, index: int, number: int) -> SourcePage: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """An open source; a context manager that closes its files.

    ``sha256`` is that of the file's bytes; for several files, that of their hexadecimal hashes
    written one after another. Pages count from 1 and are read when asked for, one at a time.
    ``paths`` are those of the parts, in the same order; they never go into a record.
    """

    name: str
    sha256: str
    media_type: str
    size_bytes: int
    findings: tuple[Finding, ...]
    parts: tuple[Part, ...]
    paths: tuple[Path, ...] = ()

    @property
    def page_count(self) -> int:
        return sum(part.page_count for part in self.parts)

    @property
    def is_plain_text(self) -> bool:
        return all(isinstance(part, TextPart) for part in self.parts)

    def page(self, number: int) -> SourcePage:
        """Read page ``number`` (from 1); ``IndexError`` where there is none.

        A page that cannot be read has no image and carries the finding ``page-broken``.
        """
        index = number - 1
        if index >= 0:
            for part in self.parts:
                if index < part.page_count:
                    return part.page(index, number)
                index -= part.page_count
        raise IndexError(f"{self.name} has {self.page_count} pages, no page {number}")

    def close(self) -> None:
        for part in self.parts:
            part.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_source(
    paths: Sequence[Path], settings: ReadSettings | None = None, *, name: str | None = None
) -> Source:
    """Open one document: a file, or several files whose pages follow one another as given.

    The content decides what a file is, not its suffix. Raises a ``SourceError`` of the kind that
    fits: missing, empty, encrypted, broken, unsupported; the message names the file.
    """
    if not paths:
        raise SourceEmpty("No file was given.", remedy="Name a file to read.")
    settings = settings or ReadSettings()
    parts: list[Part] = []
    findings: list[Finding] = []
    hashes, kinds, size = [], [], 0
    try:
        for path in paths:
            shown = display_name(path)
            kind, head_findings = _kind_of(path, shown)
            part = _open_part(path, shown, kind, settings)
            parts.append(part)
            findings.extend((*head_findings, *part.findings))
            with path.open("rb") as stream:
                hashes.append(hashlib.file_digest(stream, "sha256").hexdigest())
            size += path.stat().st_size
            kinds.append(kind)
    except OSError as error:
        _close(parts)
        raise _missing(path, error) from error
    except SourceError:
        _close(parts)
        raise
    single = len(hashes) == 1
    return Source(
        name=name or display_name(paths[0]),
        sha256=hashes[0] if single else hashlib.sha256("".join(hashes).encode()).hexdigest(),
        media_type=kinds[0].value if len(set(kinds)) == 1 else "multipart/mixed",
        size_bytes=size,
        findings=tuple(replace(finding) for finding in findings),
        parts=tuple(parts),
        paths=tuple(paths),
    )


def display_name(path: Path) -> str:
    """The file's name in NFC; bytes that are no UTF-8 are shown as the replacement sign."""
    from sohoa.vietnamese import nfc

    return nfc(os.fsencode(path.name).decode("utf-8", errors="replace"))


def _close(parts: Sequence[Part]) -> None:
    for part in parts:
        part.close()


def _missing(path: Path, error: OSError) -> SourceMissing:
    shown = display_name(path)
    if isinstance(error, PermissionError):
        return SourceMissing(
            f"{shown} may not be read.", remedy="Ask for leave to read it (chmod, chown)."
        )
    if path.is_symlink() and not path.exists():
        return SourceMissing(f"{shown} is a link to a file that is not there.")
    if isinstance(error, FileNotFoundError):
        return SourceMissing(f"There is no file {shown}.", remedy="Check the path.")
    return SourceMissing(f"{shown} cannot be read ({error.strerror or error}).")


def _kind_of(path: Path, shown: str) -> tuple[FileKind, tuple[Finding, ...]]:
    """What the file is, by its first bytes; a finding where its suffix says another thing."""
    if path.is_dir():
        raise SourceUnsupported(
            f"{shown} is a folder.", remedy="Name the files in it, in the order of their pages."
        )
    if path.exists() and not path.is_file():
        raise SourceUnsupported(f"{shown} is no ordinary file (a device, a pipe or a socket).")
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if not head:
        raise SourceEmpty(
            f"{shown} is empty (0 bytes).", remedy="Fetch it again from where it came."
        )
    said = suffix_kind(path)
    kind = sniff(head)
    if kind is None or (kind is FileKind.TEXT and said not in (None, FileKind.TEXT)):
        raise _unreadable(shown, said, head)
    if said is None or said is kind:
        return kind, ()
    message = f"{shown} is named {path.suffix}, but its content is {kind.value}."
    return kind, (Finding("wrong-suffix", Severity.WARNING, message),)


def _unreadable(shown: str, said: FileKind | None, head: bytes) -> SourceError:
    from sohoa.errors import SourceBroken

    other = foreign_kind(head)
    if said not in (None, FileKind.TEXT) and not other:
        return SourceBroken(
            f"{shown} is named like {said.value if said else 'a document'}, "
            "but its content is nothing of the kind.",
            remedy="Fetch the file again from where it came, or scan the paper again.",
        )
    return SourceUnsupported(
        f"{shown} is {other or 'of a kind that is not read here'}.",
        remedy="Give a PDF, JPEG, PNG, TIFF or UTF-8 text file (an Office file: save it as PDF).",
    )


def _open_part(path: Path, shown: str, kind: FileKind, settings: ReadSettings) -> Part:
    if kind is FileKind.PDF:
        return open_pdf(path, shown, settings)
    if kind is FileKind.TEXT:
        return open_text(path, shown, settings)
    return open_image(path, shown, settings)
