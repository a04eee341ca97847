"""Every signature dictionary of a PDF: those that form fields name, and those that none does.

A walk over the form alone misses a signature that was cut out of the form; so all objects of the
file are looked through as well.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sohoa.certify.widgets import Place, find_places
from sohoa.vietnamese import nfc

if TYPE_CHECKING:
    import pikepdf

_DEEPEST_FIELD = 32
_SIGNATURE_TYPES = frozenset({"/Sig", "/DocTimeStamp"})


@dataclass(frozen=True, slots=True)
class Dictionary:
    """One signature dictionary as it stands in the file.

    ``number``: its object number (0, 0 where it has none of its own). ``value`` is /Contents, None
    where there is none; ``texts`` are its text entries (/M, /Reason …), by key without the slash.
    """

    number: tuple[int, int]
    field: str | None
    type: str
    sub_filter: str | None
    byte_range: tuple[int, ...]
    value: bytes | None
    texts: tuple[tuple[str, str], ...] = ()
    certified: int | None = None
    place: Place | None = None

    def text(self, key: str) -> str | None:
        return dict(self.texts).get(key)


@dataclass(frozen=True, slots=True)
class Survey:
    """What a look through the whole file found.

    ``evidence``: embedded certificates, CRLs and OCSP answers of the document's security store.
    """

    dictionaries: tuple[Dictionary, ...] = ()
    empty_fields: tuple[str, ...] = ()
    certificates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()
    unreadable: str = ""
    locked: bool = False


def survey_pdf(data: bytes) -> Survey:
    """Look through a PDF; a file that cannot be opened gives a survey that says so."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            return _survey(pdf)
    except pikepdf.PasswordError:
        return Survey(unreadable="The file is locked with a password.", locked=True)
    except Exception as error:
        return Survey(unreadable=f"The file's structure is damaged ({type(error).__name__}).")


def _survey(pdf: pikepdf.Pdf) -> Survey:
    places = find_places(pdf)
    named: dict[tuple[int, int], Dictionary] = {}
    direct: list[Dictionary] = []
    empty: list[str] = []
    for name, terminal in _signature_fields(pdf):
        value = terminal.get("/V")
        if not _is_dictionary(value):
            empty.append(name)
            continue
        found = replace(read_dictionary(value), field=name, place=places(terminal))
        if found.number == (0, 0):
            direct.append(found)
        else:
            named.setdefault(found.number, found)
    for thing in pdf.objects:
        if _is_signature(thing) and thing.objgen not in named:
            named[thing.objgen] = read_dictionary(thing)
    store = pdf.Root.get("/DSS")
    return Survey(
        (*named.values(), *direct),
        tuple(empty),
        certificates=_streams(store, "/Certs"),
        crls=_streams(store, "/CRLs"),
        ocsps=_streams(store, "/OCSPs"),
    )


def _is_dictionary(thing: Any) -> bool:
    import pikepdf

    return isinstance(thing, pikepdf.Dictionary) and not isinstance(thing, pikepdf.Stream)


def _is_signature(thing: Any) -> bool:
    if not _is_dictionary(thing):
        return False
    if "/ByteRange" in thing or ("/SubFilter" in thing and "/Contents" in thing):
        return True
    return str(thing.get("/Type", "")) in _SIGNATURE_TYPES


def _signature_fields(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Terminal signature fields with their full names, each object once."""
    form: Any = pdf.Root.get("/AcroForm")
    fields = form.get("/Fields") if _is_dictionary(form) else None
    seen: set[tuple[int, int]] = set()

    def walk(node: Any, prefix: str, kind: str, depth: int) -> Iterator[tuple[str, Any]]:
        if not _is_dictionary(node) or depth > _DEEPEST_FIELD:
            return
        if node.is_indirect:
            if node.objgen in seen:
                return
            seen.add(node.objgen)
        part = text_of(node.get("/T")) or ""
        name = ".".join(piece for piece in (prefix, part) if piece)
        kind = str(node.get("/FT", kind))
        kids = [kid for kid in _items(node.get("/Kids")) if _is_dictionary(kid) and "/T" in kid]
        if kids:
            for kid in kids:
                yield from walk(kid, name, kind, depth + 1)
        elif kind == "/Sig":
            yield name, node

    for node in _items(fields):
        yield from walk(node, "", "", 0)


def _items(value: Any) -> list[Any]:
    import pikepdf

    return list(value) if isinstance(value, pikepdf.Array) else []


def read_dictionary(thing: Any) -> Dictionary:
    """The facts of one signature dictionary; entries of the wrong kind count as absent."""
    import pikepdf

    value = thing.get("/Contents")
    keys = ("M", "Reason", "Location", "ContactInfo", "Name")
    texts = ((key, text_of(thing.get(f"/{key}"))) for key in keys)
    return Dictionary(
        number=thing.objgen if thing.is_indirect else (0, 0),
        field=None,
        type=str(thing.get("/Type", "/Sig")),
        sub_filter=_name(thing.get("/SubFilter")),
        byte_range=_numbers(thing.get("/ByteRange")),
        value=bytes(value) if isinstance(value, pikepdf.String) else None,
        texts=tuple((key, text) for key, text in texts if text is not None),
        certified=_certification(thing),
    )


def text_of(value: Any) -> str | None:
    """A text string as people read it; some tools write UTF-8 without saying so."""
    import pikepdf

    if not isinstance(value, pikepdf.String):
        return None
    raw = bytes(value)
    marked = raw.startswith((b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf"))
    if not marked and not raw.isascii():
        try:
            return nfc(raw.decode("utf-8"))
        except UnicodeDecodeError:
            pass
    return nfc(str(value)).replace("\0", "")


def _name(value: Any) -> str | None:
    import pikepdf

    return str(value).lstrip("/") if isinstance(value, pikepdf.Name) else None


def _numbers(value: Any) -> tuple[int, ...]:
    numbers = []
    for each in _items(value):
        try:
            numbers.append(int(each))
        except (TypeError, ValueError):
            return ()
    return tuple(numbers)


def _certification(thing: Any) -> int | None:
    """The level of a certification signature (DocMDP); 2 where it is not written."""
    for reference in _items(thing.get("/Reference")):
        if _is_dictionary(reference) and str(reference.get("/TransformMethod")) == "/DocMDP":
            parameters = reference.get("/TransformParams")
            level = parameters.get("/P", 2) if _is_dictionary(parameters) else 2
            return int(level) if str(level) in {"1", "2", "3"} else None
    return None


def _streams(store: Any, key: str) -> tuple[bytes, ...]:
    import pikepdf

    if not _is_dictionary(store):
        return ()
    return tuple(
        item.read_bytes() for item in _items(store.get(key)) if isinstance(item, pikepdf.Stream)
    )
