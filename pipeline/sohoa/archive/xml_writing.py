"""Building XML with lxml, in few words."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

METS = "http://www.loc.gov/METS/"
XLINK = "http://www.w3.org/1999/xlink"
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
PREMIS = "http://www.loc.gov/premis/v3"


def element(namespace: str, name: str, spaces: Mapping[str | None, str]) -> _Element:
    """A root element with its namespaces."""
    from lxml import etree

    nsmap = dict(spaces)
    return etree.Element(f"{{{namespace}}}{name}", nsmap=nsmap)  # type: ignore[arg-type]


def child(
    parent: _Element,
    name: str,
    text: str | None = None,
    attributes: Mapping[str, str] | None = None,
) -> _Element:
    """A child in the parent's namespace; attributes in ``{namespace}name`` form where needed."""
    from lxml import etree

    namespace = etree.QName(parent).namespace
    made = etree.SubElement(parent, f"{{{namespace}}}{name}" if namespace else name)
    if text is not None:
        made.text = clean(text)
    for key, value in (attributes or {}).items():
        made.set(key, clean(value))
    return made


def to_bytes(root: _Element) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return "".join(
        character
        for character in text
        if character in "\t\n"
        or (unicodedata.category(character) not in ("Cc", "Cs") and character not in "\ufffe\uffff")
    )
