"""``EAD.xml`` and ``EAD_doc``: the fields of a file and of its documents, named as in the rule.

The circular's own schema was not at hand. What is written says so itself: "fields by Circular
05/2025, not checked against an official schema".
"""

from __future__ import annotations

from collections.abc import Iterable

from sohoa.archive.fields import Filled
from sohoa.archive.xml_writing import child, element, to_bytes

NAMESPACE = "urn:sohoa:archive:fields:tt05-2025"
NOTE = (
    "Các trường theo Thông tư 05/2025/TT-BNV, chưa đối chiếu với lược đồ chính thức. "
    "Fields by Circular 05/2025/TT-BNV, not checked against an official schema."
)


def ead(name: str, fields: Iterable[Filled]) -> bytes:
    """The description (``ead`` or ``ead_doc``) as bytes: a field an element, empty ones left out.

    Repeatable fields (values parted by ``;``) are repeated for languages and key words.
    """
    from lxml import etree

    root = element(NAMESPACE, name, {None: NAMESPACE})
    root.append(etree.Comment(f" {NOTE} "))
    dsc = child(root, "simpledc")
    for each in fields:
        repeated = each.field.name in ("language", "keyword")
        values = each.value.split(";") if repeated else [each.value]
        for value in values:
            if value.strip():
                child(dsc, each.field.name, value.strip())
    return to_bytes(root)
