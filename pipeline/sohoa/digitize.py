"""One source from files to records: the only place where the crafts meet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from sohoa.certify import recipe_of as certify_recipe
from sohoa.errors import SecretDocument
from sohoa.model import Finding, Severity
from sohoa.page_reading import PageReading, read_page
from sohoa.read import Source
from sohoa.recognize import Engine, PatientEngine
from sohoa.record import Record, SourceInfo, Step
from sohoa.restore import default_stages, restore
from sohoa.restore import recipe_of as restore_recipe
from sohoa.settings import Settings, step
from sohoa.structure import VERSION as STRUCTURE_VERSION
from sohoa.structure import understand
from sohoa.vouching import find_ink, mark_stamped, vouch

_SECRECY_MARK = "secrecy-mark"
PageDone = Callable[[int, int], None]


def digitize(
    source: Source, settings: Settings, engine: Engine, page_done: PageDone | None = None
) -> tuple[Record, ...]:
    """Read, recognize, restore and understand every page of a source; one record a document.

    ``page_done(number, count)`` is called after each page. Raises ``SecretDocument`` for a paper
    with a secrecy mark, unless the settings allow it; what is wrong with single pages stands in
    the record's findings.
    """
    readings = []
    for number in range(1, source.page_count + 1):
        readings.append(read_numbered(source, number, settings, engine))
        if page_done is not None:
            page_done(number, source.page_count)
    return assemble(source, tuple(readings), settings, engine)


def read_numbered(source: Source, number: int, settings: Settings, engine: Engine) -> PageReading:
    """Page ``number`` (from 1) of the source; it depends on no other page."""
    patient = PatientEngine(engine, settings.recognize.page_limit_s)
    given = source.page(number)
    reading = read_page(given, patient, settings.look)
    ink = find_ink(given, reading.page, patient)
    return replace(reading, page=mark_stamped(reading.page, ink), ink=ink)


def assemble(
    source: Source, readings: tuple[PageReading, ...], settings: Settings, engine: Engine
) -> tuple[Record, ...]:
    """The records of a source of which every page was read, in order; see ``digitize``."""
    findings = [*source.findings, *(each for reading in readings for each in reading.findings)]
    pages = tuple(reading.page for reading in readings)
    stages = default_stages(settings.restore)
    understood = understand(restore(pages, stages), settings.structure)
    findings += understood.findings
    _refuse_secret(source, findings, settings)
    inks = [reading.ink for reading in readings if reading.ink is not None]
    vouched = vouch(source, understood.pages, inks, understood.directive, settings.certify)
    findings += vouched.findings
    recipe = recipe_of(settings, engine)
    record = Record(
        id=_record_id(source.sha256, recipe),
        source=SourceInfo(
            source.name, source.sha256, source.media_type, source.size_bytes, source.page_count
        ),
        recipe=recipe,
        pages=understood.pages,
        directive=understood.directive,
        findings=tuple(sorted(findings, key=_place)),
        seals=vouched.seals,
        stamps=vouched.stamps,
        handwriting=vouched.handwriting,
        signatures=vouched.signatures,
        authenticity=vouched.authenticity,
    )
    return (record,)


def recipe_of(settings: Settings, engine: Engine) -> tuple[Step, ...]:
    """Every stage with its version and settings: the key under which work counts as done."""
    from sohoa import __version__

    return (
        step("sohoa", __version__),
        step("read", __version__, settings.read),
        step("look", __version__, settings.look),
        replace(step("recognize", engine.version(), settings.recognize), name=engine.name),
        *restore_recipe(default_stages(settings.restore)),
        step("structure", STRUCTURE_VERSION, settings.structure),
        certify_recipe(settings.certify, __version__),
    )


def _refuse_secret(source: Source, findings: list[Finding], settings: Settings) -> None:
    if settings.output.allow_secret:
        return
    for finding in findings:
        if finding.code == _SECRECY_MARK and finding.severity is Severity.ERROR:
            raise SecretDocument(
                f"{source.name}, page {finding.page}: {finding.message}",
                remedy="It was set aside and nothing of it was written. With leave to digitize "
                "secret papers, set allow_secret = true under [output] in the settings file.",
            )


def _record_id(sha256: str, recipe: tuple[Step, ...]) -> str:
    digest = hashlib.sha256(sha256.encode())
    for each in recipe:
        digest.update(repr(each).encode())
    return digest.hexdigest()[:32]


def _place(finding: Finding) -> tuple[int, str]:
    return finding.page or 0, finding.code
