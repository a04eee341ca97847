"""Moving units of an outline: the text never reads in another order."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.directive import Directive, Unit, UnitKind
from sohoa.review.correction import Correction, Kind, now
from sohoa.review.outline import (
    DOWN,
    UP,
    CannotMove,
    correct_outline,
    moved_down,
    moved_up,
    told,
    walk,
)

Units = tuple[Unit, ...]
LEAF = st.builds(
    Unit, st.just(UnitKind.POINT), label=st.sampled_from("abcd"), text=st.text("xyz ", max_size=5)
)
TREES = st.lists(
    st.recursive(
        LEAF,
        lambda inner: st.builds(
            Unit,
            st.just(UnitKind.ARTICLE),
            label=st.sampled_from("1234"),
            children=st.lists(inner, max_size=3).map(tuple),
            wrap_up=st.sampled_from(["", "", "hết"]),
        ),
        max_leaves=8,
    ),
    min_size=1,
    max_size=4,
).map(tuple)


def reading(units: Units) -> list[str]:
    found = []
    for unit in units:
        found += [unit.label, unit.text, *reading(unit.children), unit.wrap_up]
    return [text for text in found if text]


@pytest.mark.parametrize("move", [moved_up, moved_down])
@given(units=TREES, data=st.data())
def test_the_text_reads_in_the_same_order(
    move: Callable[[Units, tuple[int, ...]], Units], units: Units, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from([place for place, _ in walk(units)]))
    try:
        moved = move(units, path)
    except CannotMove:
        return
    assert reading(moved) == reading(units)
    assert moved != units


def test_down_and_up_again_is_where_it_was() -> None:
    units = tuple(Unit(UnitKind.PARAGRAPH, label=label) for label in "123")
    assert moved_up(moved_down(units, (2,)), (1, 0)) == units


def unit_correction(units: Units, path: tuple[int, ...], after: str) -> Correction:
    unit = dict(walk(units))[path]
    field = ".".join(("body", *map(str, path)))
    return Correction(Kind.OUTLINE, "An", now(), before=told(unit), after=after, field=field)


UNITS = (
    Unit(UnitKind.ARTICLE, "Điều 1.", "Tên", children=(Unit(UnitKind.PARAGRAPH, "1.", text="a"),)),
    Unit(UnitKind.ARTICLE, "Điều 2.", "Tên khác"),
)


def test_a_unit_is_found_again_by_its_text() -> None:
    correction = unit_correction(UNITS, (1,), DOWN)
    fresh = Directive(body=(Unit(UnitKind.TEXT, text="mới"), *UNITS))
    done, reason = correct_outline(fresh, correction)
    assert reason == ""
    assert [unit.label for unit in done.body] == ["", "Điều 1."]
    assert done.body[1].children[-1].label == "Điều 2."


def test_another_kind() -> None:
    done, reason = correct_outline(
        Directive(body=UNITS), unit_correction(UNITS, (0, 0), "kind:point")
    )
    assert reason == ""
    assert done.body[0].children[0].kind is UnitKind.POINT


@pytest.mark.parametrize(
    ("path", "after"), [((0,), UP), ((0,), DOWN), ((0,), "kind:nothing"), ((0,), "sideways")]
)
def test_what_cannot_be_is_told(path: tuple[int, ...], after: str) -> None:
    directive = Directive(body=UNITS)
    done, reason = correct_outline(directive, unit_correction(UNITS, path, after))
    assert reason
    assert done is directive


@pytest.mark.parametrize("field", ["body.9", "attachments.0.0", "title", "body"])
def test_a_place_that_is_not_there_is_told(field: str) -> None:
    correction = Correction(Kind.OUTLINE, "An", now(), before="không có", after=UP, field=field)
    assert correct_outline(Directive(body=UNITS), correction)[1]
