"""Recipients (nơi nhận), authority (thẩm quyền ký), position and signer of a closing part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sohoa.directive import Leaf, absent
from sohoa.structure.closing import (
    bare_name,
    find_closing,
    has_prefix,
    is_authority_name,
    is_person,
    is_position,
    is_signer,
    unspaced,
)
from sohoa.structure.draft import Draft, leaf
from sohoa.structure.paragraphs import join_rows
from sohoa.structure.rows import Role, Row, fold


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature block says."""

    authority: tuple[Leaf, ...]
    position: Leaf
    signer: Leaf


def find_signature(draft: Draft) -> Draft:
    """Set recipients, authority, position and signer; claim their rows.

    Rows after the closing part (a copy block, annexes) stay free for their own rules.
    """
    closing = find_closing(draft.free(), {sheet.page: sheet for sheet in draft.sheets})
    if closing is None:
        reason = "no recipients and no signature found"
        return draft.found(position=absent(reason), signer=absent(reason))
    signed = read_signature(closing.right)
    draft = draft.found(
        recipients=read_recipients(closing.left),
        authority=signed.authority,
        position=signed.position,
        signer=signed.signer,
    )
    draft = draft.claim(closing.left, Role.RECIPIENTS)
    return draft.claim([*closing.right, *closing.beside], Role.SIGNATURE)


_DASH = re.compile(r"^[\s|'’‘.,:;]*(?:[-–—−‒~•·▪■●+*=«_]|[-–—]{2,})\s*")
_LABEL = re.compile(r"^\W*\w{2,4}\s*\w{3,5}\s*[:;.,]?\s*")


def read_recipients(rows: Sequence[Row]) -> tuple[Leaf, ...]:
    """The items of a list of recipients, with the punctuation that is printed after them.

    An item begins with a dash; a row without one goes on with the item above, unless that was
    closed by ``;`` or ``.`` (a dash that the engine lost).
    """
    items: list[list[Row]] = []
    dashed = sum(bool(_DASH.match(row.text)) for row in rows[1:])
    for place, row in enumerate(rows):
        text = _without_label(row) if place == 0 and not _DASH.match(row.text) else row.text
        if not any(c.isalnum() for c in text):
            continue
        opens = bool(_DASH.match(text)) or not items or (place == 1 and not dashed)
        closed = bool(items) and _text(items[-1]).endswith((";",)) and dashed * 2 > 0
        if opens or closed:
            items.append([row])
        else:
            items[-1].append(row)
    if dashed and items and not _DASH.match(items[0][0].text) and _is_speck(items[0]):
        items.pop(0)
    found = []
    for item in items:
        value = _text(item)
        if value:
            found.append(leaf(value, item, "recipients-list", certainty=0.96))
    return tuple(found)


def _is_speck(item: Sequence[Row]) -> bool:
    """A few letters without a dash before the first recipient: a pen stroke, no recipient."""
    return sum(c.isalpha() for row in item for c in _text([row])) <= 5


def _without_label(row: Row) -> str:
    end = row.folded.find("nhan")
    if end < 0:
        match = _LABEL.match(row.text)
        return row.text[match.end() :] if match else ""
    return row.text[end + 4 :].lstrip(" :;.,")


def _text(rows: Sequence[Row]) -> str:
    """The item's text: the label and the dash off, specks at its ends off."""
    text = join_rows(rows)
    label = re.match(r"^\W*n\w{1,2}\s*nhan\s*[:;.,]?\s*", fold(text))
    if label:
        text = text[label.end() :]
    text = _DASH.sub("", text).strip(" |_'’‘*~")
    while " " in text and not any(c.isalnum() for c in text.rsplit(" ", 1)[1]):
        text = text.rsplit(" ", 1)[0].rstrip()
    # A colon never ends a recipient: it is a semicolon whose tail was lost.
    return f"{text[:-1]};" if text.endswith(":") else text


def read_signature(rows: Sequence[Row]) -> Signed:
    """Authority lines, position and signer from the rows of a signature block, top to bottom.

    The name is the lowest row that reads like one; capitals above it are the authority (with a
    prefix, or a body's name) and the position.
    """
    kept = [row for row in rows if sum(c.isalpha() for c in row.text) >= 2]
    name = _name_row(kept)
    caps = [row for row in kept if (name is None or row.index != name.index) and _is_title(row)]
    if name is not None:
        caps = [row for row in caps if row.bbox.center_y < name.bbox.center_y]
    authority: list[list[Row]] = []
    position: list[Row] = []
    for row in caps:
        if has_prefix(row):
            authority.append([row])
            position = []
        elif is_position(row):
            position = [*position, row] if position and _runs_on(position[-1]) else [row]
        elif is_authority_name(row) and not position:
            authority.append([row])
        elif position:
            if len(row.core.split()) > 1 and row.confidence > 0.5:  # not a pen stroke: CP, JŠ
                position.append(row)
        elif authority:
            authority[-1].append(row)
        elif len(row.words) > 1 and row.confidence > 0.6:
            position.append(row)
    if authority and not position and fold(authority[-1][0].text).lstrip().startswith("q"):
        position = authority.pop()  # Q. CỤC TRƯỞNG: an acting head signs in his own position
    signer = _signer(name, kept)
    heads = tuple(
        leaf(_authority(lines), lines, "signature-block", certainty=0.95) for lines in authority
    )
    office = absent("no position over the signature")
    if position:
        office = leaf(_cores(position), position, "signature-block", certainty=0.95)
    return Signed(heads, _for_the_head(heads, office), signer)


_FOR_THE_HEAD = re.compile(r"^K\s*/?\s*T\b[\s.:]*(.+)$")
_UNSURE = 0.4


def _for_the_head(heads: Sequence[Leaf], office: Leaf) -> Leaf:
    """The position, doubted where nobody can hold it: who signs for the head (KT.) is a deputy."""
    mark = _FOR_THE_HEAD.match(heads[-1].value or "") if heads else None
    if mark is None or office.value is None or fold(mark[1]) != fold(office.value):
        return office
    return replace(
        office,
        confidence=min(office.confidence, _UNSURE),
        candidates=(f"PHÓ {office.value}", *office.candidates),
        reason="who signs for the head (KT.) is a deputy: a word before it may be under the seal",
    )


def _signer(name: Row | None, rows: Sequence[Row]) -> Leaf:
    """The name; a name whose first words are under a seal is given as it reads, and as unsure."""
    if name is not None:
        found = leaf(bare_name(name.text), [name], "signature-block", certainty=0.95)
        sure = found.confidence if name.confidence >= 0.6 else min(found.confidence, 0.55)
        words = (found.value or "").split()
        if any(word.isupper() for word in words) and not all(word.isupper() for word in words):
            sure = min(sure, 0.4)  # letters of a seal read as part of the name
        return replace(found, confidence=sure)
    for row in reversed(rows):
        words = [word.text.strip(".,:;'\"“”‘’°") for word in row.words]
        while words and not re.fullmatch(r"[A-ZĐÀ-Ỹ][^\W\d_]+", words[0]):
            words.pop(0)
        if 2 <= len(words) <= 4 and not row.is_caps and is_person(" ".join(words)):
            found = leaf(" ".join(words), [row], "signature-block", certainty=0.4)
            return replace(found, reason="the first words of the name could not be read")
    return absent("no printed name under the signature")


def _runs_on(row: Row) -> bool:
    return row.text.rstrip().endswith((",", "-", "–", "KIÊM"))


def _is_title(row: Row) -> bool:
    return row.is_caps and len(row.words) <= 14 and row.confidence > 0.2


def _name_row(rows: Sequence[Row]) -> Row | None:
    """The lowest row that reads like a person's name and is no position."""
    plain = [row for row in rows if is_person(row.text) and not row.is_caps]
    if plain:
        return max(plain, key=lambda row: (row.page, row.bbox.center_y))
    capital = [row for row in rows if is_signer(row)]
    above = [row for row in rows if has_prefix(row) or is_position(row)]
    capital = [row for row in capital if above and row.index > above[-1].index]
    return capital[-1] if capital else None


def _cores(rows: Sequence[Row]) -> str:
    texts = (row.text.strip(" |*'~_") if row.text[:2] == "Q." else unspaced(row) for row in rows)
    # No position ends in a quote or a question mark: these are strokes of the hand signature.
    return " ".join(text for text in texts if text).strip(' ?!"“”‘’°|*')


_MARKED = re.compile(r"^(TM|KT|TL|TUQ|Q|TU|T/M|K/T|T/L)\s*[.,:;]+\s*")


def _authority(rows: Sequence[Row]) -> str:
    """The authority line; a comma after its prefix can only be the full stop of the form."""
    first = rows[0]
    text = first.text.strip(" |*'~_") if has_prefix(first) and first.text[:1] == "Q" else ""
    joined = " ".join([text or first.core, *(row.core for row in rows[1:])]).strip()
    return _MARKED.sub(lambda mark: mark[1].replace("/", "") + ". ", joined)
