"""Elements of Akoma Ntoso: made in its namespace, with text that XML can hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from sohoa.vietnamese import nfc

if TYPE_CHECKING:
    from lxml.etree import _Element

    Element: TypeAlias = _Element
else:
    Element = object

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

# Everything outside the characters of XML 1.0, and the code points that are no characters.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def root() -> Element:
    from lxml import etree

    spaces: dict[str | None, str] = {None: NAMESPACE}
    return etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap=spaces)  # type: ignore[arg-type]


def child(parent: Element, tag: str, text: str = "", /, **attributes: str) -> Element:
    """A new last child of that name; the attributes in the order given."""
    from lxml import etree

    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    for key, value in attributes.items():
        element.set(key, safe(value))
    if text:
        element.text = safe(text)
    return element


def append_text(parent: Element, text: str) -> None:
    """Add text after all that the element holds already."""
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + safe(text)
    else:
        parent.text = (parent.text or "") + safe(text)


def safe(text: str) -> str:
    """The text without what XML cannot hold."""
    return nfc(_FORBIDDEN.sub("", text))


_MIXED = frozenset(("p", "num", "heading"))


def to_bytes(top: Element) -> bytes:
    """The document as UTF-8 with its declaration; set in lines, but never inside mixed text."""
    from lxml import etree

    _indent(top, "\n")
    data: bytes = etree.tostring(top, encoding="UTF-8", xml_declaration=True)
    return data + b"\n"


def _indent(element: Element, margin: str) -> None:
    if not len(element) or _name(element) in _MIXED:
        return
    element.text = f"{margin} "
    for inner in element:
        _indent(inner, f"{margin} ")
        inner.tail = f"{margin} "
    element[-1].tail = margin


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
