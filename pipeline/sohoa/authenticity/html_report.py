"""What vouches for a paper as one HTML page, with cut-outs of the scan beside each statement.

Self-contained: no script, no network, the pictures are inside. Both languages are in the page and
a reader changes between them. It never says that a paper is authentic.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from sohoa.authenticity.crops import Crops, Picture
from sohoa.authenticity.html_style import STYLE
from sohoa.authenticity.names_of_facts import LABELS, InkThing, facts_of_seal, facts_of_signature
from sohoa.record import Record
from sohoa.statements import AuthenticityReport, Event, Statement
from sohoa.wording import term

_LANGUAGES = ("vi", "en")
_SIGNS = {"seen": "✓", "inferred": "≈", "missing": "–", "contradicted": "✕"}
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def to_html(record: Record, picture: Picture, language: str = "vi") -> bytes:
    """The page; ``picture(number)`` gives the pixels of a page, None where there are none.

    ``language`` (``vi`` or ``en``) is the one shown first. The same record and pictures give the
    same bytes.
    """
    return "\n".join(_parts(record, Crops(record, picture), language)).encode()


def _parts(record: Record, crops: Crops, language: str) -> Iterator[str]:
    report = record.authenticity or AuthenticityReport()
    name = escape(record.source.name)
    yield f"<!doctype html><html lang='{language}'><head><meta charset='utf-8'>"
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield "<meta name='viewport' content='width=device-width'>"
    yield f"<title>{name}</title><style>{STYLE}</style></head><body>"
    for each, label in zip(_LANGUAGES, ("Tiếng Việt", "English"), strict=True):
        checked = " checked" if each == language else ""
        yield f"<input type='radio' name='language' id='{each}'{checked}>"
        yield f"<label for='{each}'>{label}</label>"
    yield f"<main><h1>{_label('title')}</h1><p class='file'>{name}<br>"
    yield f"<small>SHA-256 {escape(record.source.sha256)}</small></p>"
    outcome = _term(f"outcome.{report.outcome}")
    yield f"<p class='outcome {report.outcome}'>{outcome}</p><p class='note'>{_label('note')}</p>"
    yield _legend()
    for event in Event:
        rows = [_row(said, crops) for said in report.statements if said.event is event]
        if rows:
            yield f"<h2>{_heading(f'event.{event}')}</h2><table>{''.join(rows)}</table>"
    yield from _ink(record, crops)
    yield from _signatures(record, crops)
    yield "</main></body></html>"


def _legend() -> str:
    chips = " ".join(_chip(standing) for standing in _SIGNS)
    return f"<p class='legend'>{chips}</p>"


def _chip(standing: str) -> str:
    return (
        f"<span class='chip {standing}'>{_SIGNS[standing]} {_term(f'standing.{standing}')}</span>"
    )


def _row(statement: Statement, crops: Crops) -> str:
    said = _both(statement.told("vi"), statement.told("en"))
    pictures = "".join(crops.of_witness(each) for each in statement.witnesses)
    return (
        f"<tr id='{escape(statement.code)}'><td>{_chip(statement.standing)}</td>"
        f"<td>{said}</td><td class='crops'>{pictures}</td></tr>"
    )


def _ink(record: Record, crops: Crops) -> Iterator[str]:
    """Each seal, stamp and hand signature with its cut-out."""
    things: tuple[InkThing, ...] = (*record.seals, *record.stamps, *record.handwriting)
    if not things:
        return
    yield f"<h2>{_label('ink')}</h2><div class='cards'>"
    for thing in sorted(things, key=lambda each: (each.page, each.bbox.top)):
        facts = _facts(facts_of_seal(thing, "vi"), facts_of_seal(thing, "en"))
        yield f"<div class='card'>{crops.of_box(thing.page, thing.bbox)}{facts}</div>"
    yield "</div>"


def _signatures(record: Record, crops: Crops) -> Iterator[str]:
    """Each digital signature, fact by fact."""
    if not record.signatures:
        return
    yield f"<h2>{_label('signatures')}</h2><div class='cards'>"
    for each in record.signatures:
        facts = _facts(facts_of_signature(each, "vi"), facts_of_signature(each, "en"))
        picture = crops.of_share(each.page, each.box)
        yield f"<div class='card wide {each.verdict}'>{picture}{facts}</div>"
    yield "</div>"


def _facts(vietnamese: list[tuple[str, str]], english: list[tuple[str, str]]) -> str:
    rows = zip(vietnamese, english, strict=True)
    cells = "".join(
        f"<dt>{_label(key)}</dt><dd>{_both(first, second)}</dd>"
        for (key, first), (_, second) in rows
        if first
    )
    return f"<dl>{cells}</dl>"


def _label(key: str) -> str:
    vietnamese, english = LABELS[key]
    return _both(vietnamese, english)


def _term(key: str) -> str:
    return _both(term(key, "vi"), term(key, "en"))


def _heading(key: str) -> str:
    first, second = term(key, "vi"), term(key, "en")
    return _both(first[:1].upper() + first[1:], second[:1].upper() + second[1:])


def _both(vietnamese: str, english: str) -> str:
    if vietnamese == english:
        return escape(vietnamese)
    return f"<span lang='vi'>{escape(vietnamese)}</span><span lang='en'>{escape(english)}</span>"
