"""What lies below the given folders: documents as jobs, and what was passed over and why."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sohoa.batch.job import Job

_LIKE_DOCUMENTS = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".txt"})


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Something that is no document, and the code of why it is not read (``sohoa.explain``)."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything below the sources, once: jobs in a fixed order, the rest with its reason."""

    jobs: tuple[Job, ...]
    passed_over: tuple[PassedOver, ...]


def list_sources(sources: Sequence[Path], out: Path) -> Listing:
    """Jobs for the documents below ``sources``; what lies in the folder of results is no source."""
    from sohoa.read import find_sources

    own = os.path.realpath(out)
    jobs, passed_over = [], []
    for found in find_sources(sources):
        if _is_below(os.path.realpath(found.paths[0].parent), own):
            continue
        name = str(found.relative)
        if found.skipped:
            passed_over.append(PassedOver(name, found.skipped))
        else:
            jobs.append(Job(name, found.paths, out / found.relative, out))
    for root in sources:
        passed_over.extend(_folders_like_documents(root, own))
    return Listing(tuple(jobs), tuple(passed_over))


def _folders_like_documents(root: Path, own: str) -> list[PassedOver]:
    """Folders named like a document: a person who looks for ``x.pdf`` must find it told."""
    found = []
    for place, folders, _ in os.walk(root):
        folders[:] = sorted(
            each
            for each in folders
            if not each.startswith(".")
            and not _is_below(os.path.realpath(os.path.join(place, each)), own)  # noqa: PTH118
        )
        for each in folders:
            path = Path(place, each)
            if path.suffix.lower() in _LIKE_DOCUMENTS and not path.is_symlink():
                name = str(path.relative_to(root))
                found.append(PassedOver(name, "skipped-folder-named"))
    return found


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + os.sep)
