"""Finding the documents below files and folders."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sohoa.read.sniff import HEAD_BYTES, FileKind, foreign_code, sniff, suffix_kind


@dataclass(frozen=True, slots=True)
class FoundSource:
    """One document to read, or something that was passed over.

    ``relative``: its path below the given folder, with its suffix; the bare name for a file that
    was given itself. ``skipped``: the code of why it is not read (see ``sohoa.explain``); empty
    for a document.
    """

    paths: tuple[Path, ...]
    relative: Path
    skipped: str = ""


def find_sources(roots: Sequence[Path]) -> tuple[FoundSource, ...]:
    """Walk files and folders, in the order given, each folder sorted by name.

    Every file is one source. A file given by name is never passed over: what is wrong with it is
    said when it is opened. In folders, hidden files and folders are left out; anything else that is
    no document is listed with a reason. The same file is listed once; no two documents share
    ``relative``. Nothing is raised.
    """
    found: list[FoundSource] = []
    seen: set[str] = set()
    taken: set[Path] = set()
    for root in roots:
        listed = _walk(root) if root.is_dir() else iter([FoundSource((root,), Path(root.name))])
        for source in listed:
            real = os.path.realpath(source.paths[0])
            if not source.skipped:
                if real in seen:
                    continue
                seen.add(real)
                relative = _free(source, root, taken)
                taken.add(relative)
                found.append(replace(source, relative=relative))
            else:
                found.append(source)
    return tuple(found)


def _free(source: FoundSource, root: Path, taken: set[Path]) -> Path:
    """The relative path, made different from those taken: by the root's name, then by a number."""
    relative = source.relative
    if relative not in taken:
        return relative
    parent = (root if root.is_dir() else root.parent).resolve().name
    candidate = Path(parent, relative) if parent else relative
    count = 2
    while candidate in taken:
        candidate = relative.with_name(f"{relative.stem}-{count}{relative.suffix}")
        count += 1
    return candidate


def _walk(root: Path) -> Iterator[FoundSource]:
    """All that is not hidden below a folder, folders after files, sorted by name."""
    try:
        entries = sorted(os.scandir(root), key=lambda entry: entry.name)
    except OSError:
        yield FoundSource((root,), Path(root.name), "skipped-folder-unreadable")
        return
    if not any(not entry.name.startswith(".") for entry in entries):
        yield FoundSource((root,), Path(root.name), "skipped-folder-empty")
        return
    yield from _below(entries, root)


def _below(entries: list[os.DirEntry[str]], top: Path) -> Iterator[FoundSource]:
    folders = []
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        relative = path.relative_to(top)
        if entry.is_dir(follow_symlinks=False):
            folders.append(path)
        elif entry.is_symlink() and path.is_dir():
            yield FoundSource((path,), relative, "skipped-folder-link")
        else:
            yield FoundSource((path,), relative, _why_not(path))
    for folder in folders:
        relative = folder.relative_to(top)
        try:
            inner = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            yield FoundSource((folder,), relative, "skipped-folder-unreadable")
            continue
        yield from _below(inner, top)


def _why_not(path: Path) -> str:
    """The code of why a file is no document; empty where it is one, or claims to be one."""
    if path.is_symlink() and not path.exists():
        return "skipped-dangling-link"
    if not path.is_file():
        return "skipped-no-file"
    said = suffix_kind(path)
    if said is not None:
        return ""
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except OSError:
        return "skipped-unreadable"
    kind = sniff(head)
    if kind is None:
        return foreign_code(head) or "skipped-unknown"
    if kind is FileKind.TEXT:
        return "skipped-text"
    return ""
