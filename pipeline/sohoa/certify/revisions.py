"""What was added to a PDF after a signature: pyHanko's comparison of its revisions.

A later signature of another officer or organ is the ordinary way of a paper; a changed page is
not. pyHanko refuses everything that it cannot explain, and so does this.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sohoa.evidence import Changes

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import StandardDiffPolicy


@dataclass(frozen=True, slots=True)
class Later:
    """What came after a signature.

    ``ends_revision``: a revision of the file ends just where the signed bytes end (None: cannot
    tell).
    """

    changes: Changes
    reason: str = ""
    fields: tuple[str, ...] = ()
    ends_revision: bool | None = None


class Revisions:
    """The revisions of one PDF, read once for all its signatures."""

    def __init__(self, data: bytes, first_byte: int) -> None:
        self._data = data[first_byte:]
        self._first_byte = first_byte
        self._reader: PdfFileReader | None = None
        self._unreadable = ""

    def after(self, number: tuple[int, int], end: int, signed: frozenset[str]) -> Later:
        """What came after the signature dictionary ``number``, whose signed bytes end at ``end``.

        ``signed`` are the names of all fields that hold a signature: a new field that holds none
        is no further signature, whatever it draws on the page.
        """
        try:
            return self._compare(self._open(), number, end - self._first_byte, signed)
        except Exception as error:
            message = f"The later revisions cannot be read ({type(error).__name__})."
            return Later(Changes.UNKNOWN, self._unreadable or message)

    def _open(self) -> PdfFileReader:
        from pyhanko.pdf_utils.crypt import AuthStatus

        from sohoa.certify.quick_reader import QuickReader

        if self._reader is None:
            reader = QuickReader(io.BytesIO(self._data), strict=False)
            if reader.encrypted and reader.decrypt(b"").status == AuthStatus.FAILED:
                self._unreadable = "The later revisions are locked with a password."
                raise ValueError(self._unreadable)
            self._reader = reader
        return self._reader

    def _compare(
        self, reader: PdfFileReader, number: tuple[int, int], end: int, signed: frozenset[str]
    ) -> Later:
        from pyhanko.pdf_utils.generic import Reference
        from pyhanko.sign.diff_analysis import ModificationLevel, SuspiciousModification

        revision = reader.xrefs.get_last_change(Reference(*number, reader))
        if not _revision_ends_at(reader, revision, end):
            reason = "The signed bytes do not end with a revision of the file."
            return Later(Changes.OTHER, reason, ends_revision=False)
        if revision == reader.xrefs.total_revisions - 1:
            reason = "Bytes follow the signed ones that belong to no revision of the file."
            return Later(Changes.OTHER, reason, ends_revision=True)
        if _freed(reader, revision):
            return Later(Changes.OTHER, "Parts of the signed file were removed.", (), True)
        level, fields = _locks(reader, number)
        strict = _policy(forms=False).review_file(reader, revision, fields, level)
        forms = isinstance(strict, SuspiciousModification)
        result = (
            _policy(forms=True).review_file(reader, revision, fields, level) if forms else strict
        )
        if isinstance(result, SuspiciousModification):
            return Later(Changes.OTHER, _short(str(result)), (), True)
        changed = tuple(sorted(result.changed_form_fields))
        if level is not None and result.modification_level.value > level.value:
            reason = "The certification does not allow what was added."
            return Later(Changes.OTHER, reason, changed, True)
        if result.modification_level is ModificationLevel.ANNOTATIONS:
            return Later(Changes.FORM_FILLING, "Notes were added.", changed, True)
        if forms or not signed.issuperset(changed):
            reason = "Form fields were filled in or added."
            return Later(Changes.FORM_FILLING, reason, changed, True)
        return Later(Changes.SIGNATURES, "", changed, True)


def _revision_ends_at(reader: PdfFileReader, revision: int, end: int) -> bool:
    """Whether the revision's own cross-reference lies within, and is what the end points to."""
    from pyhanko.pdf_utils.misc import PdfReadError
    from pyhanko.pdf_utils.reader import process_data_at_eof

    reader.stream.seek(end)
    try:
        startxref = process_data_at_eof(reader.stream)
    except PdfReadError:
        return False
    if startxref != reader.xrefs.get_startxref_for_revision(revision):
        return False
    containers = (reader.xrefs.get_xref_container_info(each) for each in range(revision + 1))
    return all(container.end_location <= end for container in containers)


def _freed(reader: Any, base: int) -> bool:
    """Whether a later revision takes away an object that the signed one had.

    Some tools free object numbers that were never used; that takes nothing away.
    """
    from pyhanko.pdf_utils.generic import NullObject, Reference

    signed = reader.get_historical_resolver(base)
    for revision in range(base + 1, reader.xrefs.total_revisions):
        for freed in reader.get_historical_resolver(revision).refs_freed_in_revision():
            for generation in range(min(freed.generation, 3) + 1):
                old = signed(Reference(freed.idnum, generation, reader))
                if not isinstance(old, NullObject):
                    return True
    return False


def _locks(reader: Any, number: tuple[int, int]) -> tuple[Any, Any]:
    """What the signature itself forbids: the certification level, and the locked fields."""
    from pyhanko.pdf_utils.generic import Reference
    from pyhanko.sign.fields import FieldMDPSpec, MDPPerm

    signature = reader.get_object(Reference(*number, reader))
    level = fields = None
    for reference in signature.get("/Reference", ()):
        entry = reference.get_object()
        method = entry.get("/TransformMethod")
        if method == "/DocMDP":
            level = MDPPerm(entry["/TransformParams"].get("/P", 2))
        elif method == "/FieldMDP":
            fields = FieldMDPSpec.from_pdf_object(entry["/TransformParams"])
    return level, fields


def _policy(*, forms: bool) -> StandardDiffPolicy:
    """The rules of pyHanko, with two that are nearer to what signed papers are.

    ``forms``: fields that hold no signature may be filled in.

    Acrobat, and every signing tool in use, adds a visible field for the organ's signature after
    the officer's certification at level 2; freed objects are looked at in ``_freed``.
    """
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, StandardDiffPolicy
    from pyhanko.sign.diff_analysis.form_rules_api import FormUpdatingRule
    from pyhanko.sign.diff_analysis.rules.form_field_rules import (
        GenericFieldModificationRule,
        SigFieldCreationRule,
        SigFieldModificationRule,
    )

    creation: Any = SigFieldCreationRule
    rules: list[Any] = [
        creation(allow_new_visible_after_certify=True),
        SigFieldModificationRule(),
    ]
    if forms:
        rules.append(GenericFieldModificationRule())
    return StandardDiffPolicy(
        global_rules=DEFAULT_DIFF_POLICY.global_rules,
        form_rule=FormUpdatingRule(field_rules=rules),
        reject_object_freeing=False,
    )


def _short(text: str) -> str:
    return " ".join(text.split())[:300]
