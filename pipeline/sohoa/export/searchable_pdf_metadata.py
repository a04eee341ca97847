"""What the searchable PDF says of itself: XMP, document information, output intent, outline.

No clock: dates are those of the document. Only simple properties of predefined XMP schemas are
used, which any validator knows: the source's hash stands in ``dc:source``, the steps of the recipe
in ``dc:relation``, the original's signatures in ``dc:description``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from sohoa.directive import Directive, Unit, UnitKind
from sohoa.export.plain_text import printable
from sohoa.record import Record

if TYPE_CHECKING:
    import pikepdf

_ICC_DATE = bytes.fromhex("07D0 0001 0001 0000 0000 0000")
_IN_OUTLINE = frozenset(
    {
        UnitKind.PART,
        UnitKind.CHAPTER,
        UnitKind.SECTION,
        UnitKind.SUBSECTION,
        UnitKind.ARTICLE,
        UnitKind.PARAGRAPH,
    }
)
_DEEPEST = 3
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline: its text, its depth (from 0), its page and first word."""

    text: str
    depth: int
    page: int
    word: str


def title_of(directive: Directive, name: str) -> str:
    """Type, number and title as one line; the source's name where the paper says none of them."""
    number = directive.symbol.printed or directive.number.value
    parts = [directive.type.value, f"số {number}" if number else None, directive.title.value]
    return _clean(" ".join(part for part in parts if part)) or name


def set_metadata(pdf: pikepdf.Pdf, record: Record, *, claim: bool) -> None:
    """Write XMP, document information, language and output intent; ``claim``: say PDF/A-2b."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name

    from sohoa import __version__

    xmp = pikepdf.Stream(pdf, _xmp(record, f"sohoa {__version__}", claim=claim).encode())
    xmp.Type, xmp.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(xmp)
    pdf.Root.Lang = pikepdf.String("vi")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    info = {"/Title": title_of(record.directive, record.source.name)}
    if record.directive.issuer.value:
        info["/Author"] = _clean(record.directive.issuer.value)
    info |= {"/Subject": description_of(record), "/Producer": f"sohoa {__version__}"}
    for key, value in info.items():
        pdf.docinfo[key] = value
    profile = pdf.make_stream(srgb_profile())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB",
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def srgb_profile() -> bytes:
    """An sRGB profile; its date is set to a fixed one, so that the bytes are always the same."""
    from PIL import ImageCms

    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = _ICC_DATE
    profile[84:100] = bytes(16)  # the profile's own hash, which counts the date: none
    return bytes(profile)


def description_of(record: Record) -> str:
    """One sentence on what the file is, and what was left in the original."""
    text = f"Bản số hoá từ {_clean(record.source.name)} (SHA-256 {record.source.sha256})."
    for each in record.signatures:
        who = each.signer or each.name or "không rõ"
        when = f", {each.signed_at}" if each.signed_at else ""
        text += f" Bản gốc có chữ ký số: {_clean(who)}{when}."
    return text


def outline_of(directive: Directive) -> Iterator[Entry]:
    """Units with a label, annexes, the copy block: where each begins."""
    yield from _units(directive.body, 0)
    for annex in directive.attachments:
        text = " ".join(each.value for each in (annex.label, annex.title) if each.value)
        words = (*annex.label.words, *annex.title.words)
        if text and annex.page:
            yield Entry(_short(text), 0, annex.page, words[0] if words else "")
            yield from _units(annex.body, 1)
    block = directive.copy_block
    if block is not None and block.kind.value and block.kind.words:
        yield Entry(_short(block.kind.value), 0, _page_of(block.kind.words[0]), block.kind.words[0])


def _units(units: tuple[Unit, ...], depth: int) -> Iterator[Entry]:
    for unit in units:
        listed = unit.kind in _IN_OUTLINE and bool(unit.label) and bool(unit.words)
        if listed:
            text = f"{unit.label} {unit.heading or unit.text}"
            page = unit.page or _page_of(unit.words[0])
            yield Entry(_short(text), depth, page, unit.words[0])
        if depth + listed < _DEEPEST:
            yield from _units(unit.children, depth + listed)


def _page_of(word: str) -> int:
    """The page that a word's id (``p<page>w<n>``) names; 1 where it names none."""
    head = word[1:].partition("w")[0]
    return int(head) if head.isdigit() else 1


def _short(text: str) -> str:
    text = _clean(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _clean(text: str) -> str:
    return " ".join(printable(text).split())


def _xmp(record: Record, tool: str, *, claim: bool) -> str:
    directive, source = record.directive, record.source
    texts = [
        _alternatives("dc:title", title_of(directive, source.name)),
        _alternatives("dc:description", description_of(record)),
        "<dc:language><rdf:Bag><rdf:li>vi</rdf:li></rdf:Bag></dc:language>",
        f"<dc:source>urn:sha256:{source.sha256}</dc:source>",
        f"<dc:identifier>{_xml(record.id)}</dc:identifier>",
        "<dc:format>application/pdf</dc:format>",
        f"<pdf:Producer>{_xml(tool)}</pdf:Producer>",
        f"<dc:relation><rdf:Bag>{''.join(_recipe(record))}</rdf:Bag></dc:relation>",
    ]
    if directive.issuer.value:
        author = f"<rdf:li>{_xml(directive.issuer.value)}</rdf:li>"
        texts.append(f"<dc:creator><rdf:Seq>{author}</rdf:Seq></dc:creator>")
    if directive.date.value:
        day = f"<rdf:li>{_xml(directive.date.value)}</rdf:li>"
        texts.append(f"<dc:date><rdf:Seq>{day}</rdf:Seq></dc:date>")
    if claim:
        texts.append("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>")
    names = {
        "dc": "http://purl.org/dc/elements/1.1/",
        "pdf": "http://ns.adobe.com/pdf/1.3/",
        "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    }
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in names.items())
    body = "\n".join(texts)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<rdf:Description rdf:about="" {spaces}>\n{body}\n</rdf:Description>\n'
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
    )


def _recipe(record: Record) -> Iterator[str]:
    for step in record.recipe:
        settings = "; ".join(f"{key}={value}" for key, value in step.settings)
        text = f"recipe: {step.name} {step.version}" + (f" ({settings})" if settings else "")
        yield f"<rdf:li>{_xml(text)}</rdf:li>"


def _alternatives(name: str, text: str) -> str:
    inner = f'<rdf:li xml:lang="x-default">{_xml(text)}</rdf:li>'
    return f"<{name}><rdf:Alt>{inner}</rdf:Alt></{name}>"


def _xml(text: str) -> str:
    return escape(_clean(text))
