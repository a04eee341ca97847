from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.geometry import BBox, Transform, rotation_deg, union_all

numbers = st.integers(-2000, 2000)


@st.composite
def boxes(draw: st.DrawFn) -> BBox:
    left, right = sorted((draw(numbers), draw(numbers)))
    top, bottom = sorted((draw(numbers), draw(numbers)))
    return BBox(left, top, right, bottom)


def test_a_box_must_not_be_inside_out() -> None:
    with pytest.raises(ValueError, match="not a box"):
        BBox(1, 0, 0, 1)


def test_boxes_that_do_not_meet_share_nothing() -> None:
    assert BBox(0, 0, 5, 5).intersection_area(BBox(5, 0, 9, 5)) == 0
    assert BBox(0, 0, 0, 0).share_inside(BBox(0, 0, 5, 5)) == 0.0
    assert union_all([]) == BBox(0, 0, 0, 0)


@given(boxes(), boxes())
def test_union_holds_both_and_intersection_is_symmetric(a: BBox, b: BBox) -> None:
    both = a.union(b)
    assert both == b.union(a)
    assert a.intersection_area(both) == a.area
    assert a.intersection_area(b) == b.intersection_area(a)


@given(boxes(), st.integers(1, 3000), st.integers(1, 3000))
def test_a_clipped_box_is_on_the_page(box: BBox, width: int, height: int) -> None:
    inside = box.clipped(width, height)
    assert 0 <= inside.left <= inside.right <= width
    assert 0 <= inside.top <= inside.bottom <= height


@given(
    st.floats(-3, 3), st.floats(-500, 500), st.floats(0.2, 4), st.floats(-500, 500),
    st.floats(-1000, 1000), st.floats(-1000, 1000),
)  # fmt: skip
def test_a_map_and_its_inverse_bring_a_point_home(
    shear: float, dx: float, zoom: float, dy: float, x: float, y: float
) -> None:
    there = Transform.affine(zoom, shear, dx, 0.0, zoom, dy)
    back = there.then(there.inverse())
    home = back.point(x, y)
    assert home == pytest.approx((x, y), abs=1e-4)


def test_order_of_maps_and_their_angle() -> None:
    first = Transform.shift(10, 0).then(Transform.scale(2))
    assert first.point(1, 1) == (22.0, 2.0)
    assert rotation_deg(Transform.affine(0, -1, 0, 1, 0, 0)) == pytest.approx(90)
    assert Transform().is_identity
    with pytest.raises(ValueError, match="no inverse"):
        Transform.affine(1, 1, 0, 1, 1, 0).inverse()
