"""Writing results so that a reader never sees half of one.

A file is written under another name in the same folder, forced to the disk, then renamed. A result
folder is written beside the one it replaces and then takes its place in one exchange: at each
moment, a crash included, there is the whole old result or the whole new one.
"""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from sohoa.errors import StorageError

_REMEDY = "Check that the folder is writable and the disk has room, then run again."
# The file by which a folder is known to be the result of an earlier run.
_MARK = "record.json"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def write_atomically(path: Path, data: bytes) -> None:
    """Write the file whole or not at all; its folder must exist. ``StorageError`` on failure."""
    temporary = path.with_name(f".sohoa-{secrets.token_hex(8)}.tmp")
    try:
        _write_new(temporary, data)
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise StorageError(f"{path} cannot be written: {error}.", remedy=_REMEDY) from error


def write_result(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make ``folder`` hold exactly these files (plain names), or leave all as it was.

    What an earlier crash left behind for the same folder is cleared away. A file, a link or a
    folder that is no result is never replaced. ``StorageError`` on failure.
    """
    for name in files:
        if not name or name in (".", "..") or {"/", "\\", "\0"} & set(name):
            raise StorageError(f"{name!r} is no name for a file in a result folder.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _refuse_strangers(folder, files)
        _clear_leftovers(folder)
        _replace_folder(folder, files)
    except OSError as error:
        raise StorageError(f"{folder} cannot be written: {error}.", remedy=_REMEDY) from error


def _refuse_strangers(folder: Path, files: Mapping[str, bytes]) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise StorageError(
            f"{folder} is in the way: it is not a folder.",
            remedy="Choose another folder for the results (--out).",
        )
    if folder.is_dir():
        there = {entry.name for entry in folder.iterdir()}
        if there and not there & {_MARK, *files}:
            raise StorageError(
                f"{folder} holds other files and is not the result of an earlier run.",
                remedy="Move them away, or choose another folder for the results (--out).",
            )


def _replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    new = folder.with_name(_prefix(folder) + secrets.token_hex(8))
    try:
        new.mkdir()
        for name, data in files.items():
            _write_new(new / name, data)
        _sync_folder(new)
        if folder.is_dir():
            _exchange(new, folder)
        else:
            new.rename(folder)
        _sync_folder(folder.parent)
    finally:
        # After the exchange this is the old result, after a failure the unfinished new one.
        shutil.rmtree(new, ignore_errors=True)


def _exchange(new: Path, folder: Path) -> None:
    """Swap the two names in one step where the system can, else in two."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        pass
    else:
        paths = os.fsencode(new), os.fsencode(folder)
        if rename(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0:
            return
    old = new.with_name(new.name + ".old")
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    old.rename(new)


def _clear_leftovers(folder: Path) -> None:
    """Remove unfinished folders of a crashed run; bring back a result that lost its name."""
    for leftover in sorted(folder.parent.glob(_prefix(folder) + "*")):
        if leftover.name.endswith(".old") and not folder.exists():
            leftover.rename(folder)
        else:
            shutil.rmtree(leftover)


def _prefix(folder: Path) -> str:
    # From a hash, since the name itself may already be as long as a name can be.
    return f".sohoa-{sha256(os.fsencode(folder.name)).hexdigest()[:16]}-"


def _write_new(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with open(descriptor, "wb") as file:  # noqa: PTH123 (a descriptor, not a path)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network file systems sync no folders; the files themselves are on the disk.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)
