"""PREMIS 3: which files there are, and what was done to come to them: by whom, when, how it went.

Times are real: of the scan (from the original's own metadata, or what the operator says), of the
result (when it was written), of the packing. An event whose time nobody knows is left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sohoa.archive.mets import PackedFile
from sohoa.archive.xml_writing import PREMIS, XSI, child, element, to_bytes
from sohoa.model import Severity
from sohoa.record import Record, Step

if TYPE_CHECKING:
    from lxml.etree import _Element

_REVIEW = "review"
_READING = frozenset({"read", "look", "structure"})


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done: type, time (ISO 8601), what, how it went, by which agents.

    ``objects``: the ids of the files it was done to.
    """

    ident: str
    type: str
    when: str
    detail: str
    outcome: str
    agents: tuple[str, ...]
    objects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """What a person did to a document: their name, when (ISO 8601), what, and what came of it.

    ``type``: the PREMIS event, ``modification`` for corrections, ``validation`` for a sign-off.
    """

    who: str
    when: str
    type: str
    detail: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Agent:
    """Who did something: a program with its version, or an organization or person."""

    ident: str
    name: str
    type: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """When things happened (ISO 8601 with a zone); empty where nobody knows."""

    digitized: str
    processed: str
    packed: str


def person_ident(who: str) -> str:
    """The id of a person as an agent: the same for the same name."""
    return f"person-{hashlib.sha256(who.encode()).hexdigest()[:12]}"


def premis(files: Iterable[PackedFile], events: Iterable[Event], agents: Iterable[Agent]) -> bytes:
    """The PREMIS file as bytes."""
    root = element(PREMIS, "premis", {None: PREMIS, "xsi": XSI})
    root.set("version", "3.0")
    for file in files:
        _object(root, file)
    for event in events:
        _event(root, event)
    for agent in agents:
        _agent(root, agent)
    return to_bytes(root)


def events_of(
    record: Record,
    times: Times,
    objects: tuple[str, ...],
    prefix: str,
    acts: tuple[Act, ...] = (),
) -> list[Event]:
    """What was done with one document, from its record; the ids begin with ``prefix``.

    ``acts``: what people did, where it was written down who and when; they stand in place of what
    the record alone tells of corrections.
    """
    events: list[Event] = []

    def add(kind: str, when: str, detail: str, outcome: str, agents: tuple[str, ...]) -> None:
        if when:
            ident = f"{prefix}-event-{len(events) + 1}"
            events.append(Event(ident, kind, when, detail, outcome, agents, objects))

    add("transfer", times.digitized, "Số hoá tài liệu giấy", "success", ("operator",))
    words = sum(1 for page in record.pages for _ in page.words())
    for step in record.recipe:
        if step.name == "sohoa":
            continue
        detail, outcome = _told(step, record, words)
        kind = "metadata extraction" if step.name in _READING else "modification"
        if _is_engine(step):
            kind = "transcription"
        add(kind, times.processed, detail, outcome, (f"software-{step.name}",))
    for act in acts:
        add(act.type, act.when, act.detail, act.outcome, (person_ident(act.who),))
    people = 0 if acts else _corrected(record)
    if people:
        add(
            "modification", times.processed, "Con người hiệu đính", f"{people} words", ("operator",)
        )
    claimed = not any(each.code == "pdfa-not-claimed" for each in record.findings)
    add(
        "validation", times.packed, "PDF/A-2b: pikepdf.pdfa", "pass" if claimed else "fail",
        ("software-sohoa",),
    )  # fmt: skip
    add("message digest calculation", times.packed, "SHA-256", "success", ("software-sohoa",))
    return events


def agents_of(
    records: Iterable[Record], operator: str, version: str, people: Iterable[str] = ()
) -> list[Agent]:
    """The programs of all recipes, each with its version, who did the work, and who checked it."""
    agents = {"software-sohoa": Agent("software-sohoa", "sohoa", "software", version)}
    for record in records:
        for step in record.recipe:
            ident = f"software-{step.name}"
            agents.setdefault(ident, Agent(ident, step.name, "software", step.version))
    agents["operator"] = Agent("operator", operator or "không rõ", "organization")
    for who in people:
        agents[person_ident(who)] = Agent(person_ident(who), who, "person")
    return list(agents.values())


def _told(step: Step, record: Record, words: int) -> tuple[str, str]:
    settings = "; ".join(f"{key}={value}" for key, value in step.settings)
    detail = f"{step.name} {step.version}" + (f" ({settings})" if settings else "")
    edits = sum(
        1
        for page in record.pages
        for word in page.words()
        if any(edit.stage == step.name for edit in word.edits)
    )
    if _is_engine(step):
        bad = sum(1 for each in record.findings if each.severity is Severity.ERROR)
        return detail, f"{words} words" + (f", {bad} errors" if bad else "")
    return detail, f"{edits} words changed" if edits else "success"


def _is_engine(step: Step) -> bool:
    return any(key == "engine" for key, _ in step.settings)


def _corrected(record: Record) -> int:
    return sum(
        1
        for page in record.pages
        for word in page.words()
        if any(edit.stage == _REVIEW for edit in word.edits)
    )


def _object(root: _Element, file: PackedFile) -> None:
    entry = child(root, "object", None, {f"{{{XSI}}}type": "file"})
    _identifier(entry, "object", file.ident)
    facts = child(entry, "objectCharacteristics")
    fixity = child(facts, "fixity")
    child(fixity, "messageDigestAlgorithm", "SHA-256")
    child(fixity, "messageDigest", file.sha256)
    child(facts, "size", str(file.size))
    designation = child(child(facts, "format"), "formatDesignation")
    child(designation, "formatName", file.media_type)
    child(entry, "originalName", file.path)


def _event(root: _Element, event: Event) -> None:
    entry = child(root, "event")
    _identifier(entry, "event", event.ident)
    child(entry, "eventType", event.type)
    child(entry, "eventDateTime", event.when)
    child(child(entry, "eventDetailInformation"), "eventDetail", event.detail)
    child(child(entry, "eventOutcomeInformation"), "eventOutcome", event.outcome)
    for agent in event.agents:
        link = child(entry, "linkingAgentIdentifier")
        child(link, "linkingAgentIdentifierType", "local")
        child(link, "linkingAgentIdentifierValue", agent)
    for ident in event.objects:
        link = child(entry, "linkingObjectIdentifier")
        child(link, "linkingObjectIdentifierType", "local")
        child(link, "linkingObjectIdentifierValue", ident)


def _agent(root: _Element, agent: Agent) -> None:
    entry = child(root, "agent")
    _identifier(entry, "agent", agent.ident)
    child(entry, "agentName", agent.name)
    child(entry, "agentType", agent.type)
    if agent.version:
        child(entry, "agentVersion", agent.version)


def _identifier(entry: _Element, kind: str, value: str) -> None:
    node = child(entry, f"{kind}Identifier")
    child(node, f"{kind}IdentifierType", "local")
    child(node, f"{kind}IdentifierValue", value)
