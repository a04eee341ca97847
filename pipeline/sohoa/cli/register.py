"""``sohoa register``: the register of a results folder, written, taken back, compared."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sohoa.archive import OperatorMetadata, read_operator_metadata
from sohoa.archive.register import Listed, write_csv, write_xlsx
from sohoa.archive.register_reading import FieldChange, compare_register, read_changes
from sohoa.cli.messages import say
from sohoa.cli.results import Result, find_results
from sohoa.errors import SettingsError

if TYPE_CHECKING:
    from sohoa.review import Correction

_PDF = "searchable.pdf"
_CORRECTIONS = "corrections.jsonl"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One of: a file to write, a corrected one to take back (by ``who``), one to compare with."""

    out: Path | None
    apply: Path | None
    who: str
    compare: Path | None
    metadata: Path | None


def run(top: Path, wanted: Wanted) -> int:
    """Do what is wanted; 1 where registers and scans differ, or a correction had no place."""
    if sum(each is not None for each in (wanted.out, wanted.apply, wanted.compare)) != 1:
        raise SettingsError(say("one-of"))
    results = find_results(top)
    if wanted.out is not None:
        operator = read_operator_metadata(wanted.metadata) if wanted.metadata else None
        _write(results, wanted.out, operator or OperatorMetadata())
        return 0
    if wanted.compare is not None:
        return _compare(results, wanted.compare)
    if not wanted.who.strip():
        raise SettingsError(say("who-needed"))
    return _apply(results, wanted)


def _write(results: tuple[Result, ...], out: Path, operator: OperatorMetadata) -> None:
    from sohoa.export import write_atomically

    listed = [Listed(each.record, _link(each.folder, out)) for each in results]
    csv = out.suffix.lower() == ".csv"
    out.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(out, write_csv(listed) if csv else write_xlsx(listed, operator))
    print(say("register-written", path=out, count=len(listed)))


def _link(folder: Path, out: Path) -> str:
    """From the register to the file that a person opens, relative, as both may move together."""
    names = ("searchable.pdf", "text.html", "text.md", "record.json")
    name = next((each for each in names if (folder / each).is_file()), names[-1])
    path = os.path.relpath(folder / name, out.resolve().parent)
    return Path(path).as_posix()


def _compare(results: tuple[Result, ...], register: Path) -> int:
    found = compare_register(register, [each.record for each in results])
    for each in found:
        values = {
            "row": each.row, "name": each.name, "field": each.field,
            "theirs": each.theirs, "ours": each.ours,
        }  # fmt: skip
        print(say(f"compare.{each.kind}", **values))
    if not found:
        print(say("compare.same"))
    return 1 if found else 0


def _apply(results: tuple[Result, ...], wanted: Wanted) -> int:
    by_id = {each.record.id: each for each in results}
    register = wanted.apply or Path()
    changes = read_changes(register, {ident: each.record for ident, each in by_id.items()})
    per_record: dict[str, list[FieldChange]] = {}
    for change in changes:
        per_record.setdefault(change.record, []).append(change)
    unplaced = 0
    for ident, own in per_record.items():
        unplaced += _corrected(by_id[ident], own, wanted.who)
    done = len(changes) - unplaced
    print(say("register-changes", count=done, documents=len(per_record)))
    return 1 if unplaced else 0


def _corrected(result: Result, changes: list[FieldChange], who: str) -> int:
    """Lay the corrections over the record and write the folder anew; how many had no place."""
    from sohoa.export import export_result, formats_among, write_result
    from sohoa.export.searchable_pdf import renew
    from sohoa.review import Correction, Kind, now, replay
    from sohoa.review.fields import check_value

    corrections = [
        Correction(
            Kind.FIELD, who, now(), each.before, check_value(each.field, each.after),
            "register", field=each.field,
        )
        for each in changes
    ]  # fmt: skip
    replayed = replay(result.record, corrections)
    for correction, reason in replayed.unplaced:
        print(say("register-unplaced", field=correction.field, reason=reason))
    there = {path.name: path.read_bytes() for path in result.folder.iterdir() if path.is_file()}
    _, files = export_result(replayed.record, None, formats_among(there))
    if _PDF in there:
        renewed = renew(there[_PDF], replayed.record)
        if renewed is None:
            print(say("pdf-signed", name=result.record.source.name))
        else:
            files[_PDF] = renewed
    files[_CORRECTIONS] = (
        there.get(_CORRECTIONS, b"")
        + "".join(f"{_line(result, each)}\n" for each in corrections).encode()
    )
    write_result(result.folder, {**there, **files})
    return len(replayed.unplaced)


def _line(result: Result, correction: Correction) -> str:
    """A correction as review writes it beside a result: whose, when, what."""
    import json

    from sohoa.review.correction import FORMAT, to_dict

    source = result.record.source
    value = {
        "format": FORMAT,
        "source": {"name": source.name, "sha256": source.sha256},
        "folder": result.folder.name,
        "correction": to_dict(correction),
    }
    return json.dumps(value, ensure_ascii=False)
