"""Corrections of the outline: a unit goes a level up or down, or becomes one of another kind.

The order in which the text reads never changes.
"""

from __future__ import annotations

from dataclasses import replace

from sohoa.directive import Directive, Unit, UnitKind
from sohoa.review.correction import Correction

UP, DOWN = "up", "down"
KIND = "kind:"
_SHOWN = 80

Path = tuple[int, ...]


class CannotMove(ValueError):
    """The unit cannot go there: it is at the top, or nothing stands before it."""


def told(unit: Unit) -> str:
    """What tells a unit from others: the beginning of its text, with its label."""
    text = " ".join(part for part in (unit.label, unit.heading, unit.text) if part)
    return text[:_SHOWN]


def correct_outline(directive: Directive, correction: Correction) -> tuple[Directive, str]:
    """The directive with one unit moved, and the reason where that cannot be done."""
    parts = (correction.field or "").split(".")
    where, numbers = parts[0], parts[1:]
    attachment = None
    if where == "attachments" and numbers and numbers[0].isdigit():
        attachment, numbers = int(numbers[0]), numbers[1:]
        if attachment >= len(directive.attachments):
            return directive, "there is no such annex"
        units = directive.attachments[attachment].body
    elif where == "body":
        units = directive.body
    else:
        return directive, "there is no such part of the document"
    path = _find(units, tuple(int(n) for n in numbers if n.isdigit()), correction.before)
    if path is None:
        return directive, "no such unit in the outline"
    try:
        changed = _changed(units, path, correction.after)
    except CannotMove as error:
        return directive, str(error)
    if attachment is None:
        return replace(directive, body=changed), ""
    annexes = list(directive.attachments)
    annexes[attachment] = replace(annexes[attachment], body=changed)
    return replace(directive, attachments=tuple(annexes)), ""


def _changed(units: tuple[Unit, ...], path: Path, how: str) -> tuple[Unit, ...]:
    if how == UP:
        return moved_up(units, path)
    if how == DOWN:
        return moved_down(units, path)
    kind = how.removeprefix(KIND)
    if not how.startswith(KIND) or kind not in list(UnitKind):
        raise CannotMove("no such way to change a unit")
    index = path[0]
    unit = units[index]
    if len(path) == 1:
        new = replace(unit, kind=UnitKind(kind))
    else:
        new = replace(unit, children=_changed(unit.children, path[1:], how))
    return (*units[:index], new, *units[index + 1 :])


def moved_up(units: tuple[Unit, ...], path: Path) -> tuple[Unit, ...]:
    """The unit becomes the next sibling of its parent; what followed it there becomes its own.

    ``CannotMove`` for a unit of the highest level.
    """
    if len(path) < 2:
        raise CannotMove("it stands on the highest level already")
    index = path[0]
    parent = units[index]
    new: tuple[Unit, ...]
    if len(path) > 2:
        new = (replace(parent, children=moved_up(parent.children, path[1:])),)
    else:
        at = path[1]
        unit = parent.children[at]
        followers = parent.children[at + 1 :]
        if unit.wrap_up and (followers or parent.wrap_up):
            raise CannotMove("its closing text would be parted from it")
        left = replace(parent, children=parent.children[:at], wrap_up="")
        risen = replace(
            unit, children=(*unit.children, *followers), wrap_up=unit.wrap_up or parent.wrap_up
        )
        new = (left, risen)
    return (*units[:index], *new, *units[index + 1 :])


def moved_down(units: tuple[Unit, ...], path: Path) -> tuple[Unit, ...]:
    """The unit becomes the last child of the unit before it; ``CannotMove`` for the first one."""
    index = path[0]
    if len(path) > 1:
        parent = units[index]
        new = replace(parent, children=moved_down(parent.children, path[1:]))
        return (*units[:index], new, *units[index + 1 :])
    if index == 0:
        raise CannotMove("no unit stands before it on its level")
    before = units[index - 1]
    if before.wrap_up:
        raise CannotMove("the unit before it has a closing text")
    grown = replace(before, children=(*before.children, units[index]))
    return (*units[: index - 1], grown, *units[index + 1 :])


def _find(units: tuple[Unit, ...], path: Path, text: str) -> Path | None:
    """The place of the unit of that text: at ``path``, else anywhere if there is only one."""
    if path and (unit := _at(units, path)) is not None and told(unit) == text:
        return path
    found = [place for place, unit in _walk(units) if told(unit) == text]
    return found[0] if len(found) == 1 else None


def _at(units: tuple[Unit, ...], path: Path) -> Unit | None:
    unit = None
    for index in path:
        if index >= len(units):
            return None
        unit = units[index]
        units = unit.children
    return unit


def _walk(units: tuple[Unit, ...], above: Path = ()) -> list[tuple[Path, Unit]]:
    found = []
    for index, unit in enumerate(units):
        found.append(((*above, index), unit))
        found += _walk(unit.children, (*above, index))
    return found


def walk(units: tuple[Unit, ...]) -> list[tuple[Path, Unit]]:
    """Every unit with its path, in reading order."""
    return _walk(units)
