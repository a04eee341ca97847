"""Seals drawn on the spot, and those of the real scans: none invented, none missed."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sohoa.certify import (
    SealedPage,
    SealReading,
    StampReading,
    find_handwriting,
    find_page_ink,
    find_seals,
    find_stamps,
    mark_set_off,
    match_name,
    name_seal,
    read_rings,
    unroll_ring,
)
from sohoa.certify.stamps import stamp_kind
from sohoa.evidence import InkColour, Presence, Seal, SealKind, StampKind
from sohoa.geometry import BBox
from sohoa.model import PageImage

DPI = 150.0
RED, BLACK, BLUE, PALE = (205, 30, 45), (20, 20, 20), (30, 40, 170), (245, 205, 210)
Colour = tuple[int, int, int]


def px(millimetres: float) -> int:
    return round(millimetres * DPI / 25.4)


def blank() -> Any:
    return np.full((px(297), px(210), 3), 255, np.uint8)


def write_text(paper: Any) -> None:
    """Lines of print-like words all over the page."""
    rows = range(px(25), px(270), px(9))
    for count, row in enumerate(rows):
        words = f"Can cu Quyet dinh so {count} ve viec to chuc thuc hien nhiem vu nam"
        cv2.putText(paper, words, (px(30), row), cv2.FONT_HERSHEY_TRIPLEX, 0.75, BLACK, 1)


def draw_seal(paper: Any, at: tuple[float, float], colour: Colour, size: float = 36) -> None:
    """Two circles, a star and letters about one centre (millimetres)."""
    centre = (px(at[0]), px(at[1]))
    for share, width in ((0.5, 3), (0.46, 1), (0.34, 2)):
        cv2.circle(paper, centre, px(share * size), colour, width, cv2.LINE_AA)
    for letter in range(20):
        angle = math.radians(letter * 18)
        x = centre[0] + px(0.4 * size) * math.cos(angle)
        y = centre[1] + px(0.4 * size) * math.sin(angle)
        place = (round(x) - 5, round(y) + 5)
        cv2.putText(paper, "A", place, cv2.FONT_HERSHEY_SIMPLEX, 0.5, colour, 1, cv2.LINE_AA)
    cv2.circle(paper, centre, px(0.1 * size), colour, -1, cv2.LINE_AA)


def sign(paper: Any, at: tuple[float, float], colour: Colour) -> None:
    """A looping stroke, 45 x 16 mm, from the given point (millimetres) to the right."""
    steps = np.linspace(0, 1, 120)
    x = at[0] + 45 * steps
    y = at[1] + 8 * np.sin(9 * steps) * (1 - 0.4 * steps)
    points = np.stack([x, y], axis=1) * DPI / 25.4
    cv2.polylines(paper, [points.astype(np.int32)], False, colour, 2, cv2.LINE_AA)


def page(pixels: Any) -> PageImage:
    return PageImage(1, pixels, DPI)


def test_print_has_no_seals_stamps_or_signatures() -> None:
    paper = blank()
    write_text(paper)
    cv2.rectangle(paper, (px(30), px(100)), (px(180), px(160)), BLACK, 2)
    for pixels in (paper, paper[..., 0].copy()):
        assert find_seals(page(pixels)) == ()
        assert find_stamps(page(pixels), ()) == ()
        assert find_handwriting(page(pixels), ()) == ()


def test_small_and_large_circles_are_no_seals() -> None:
    paper = blank()
    for size in (10, 60):
        cv2.circle(paper, (px(100), px(150)), px(size / 2), RED, 3, cv2.LINE_AA)
    assert find_seals(page(paper)) == ()


@pytest.mark.parametrize("colour", [RED, BLUE, BLACK])
def test_round_drawings_are_no_seals(colour: Colour) -> None:
    """A circle, a disc such as a logo, a pie: round, but without letters between two circles."""
    for size in (34,):
        for thickness in (2, px(4), -1):
            paper = blank()
            cv2.circle(paper, (px(100), px(150)), px(size / 2), colour, thickness, cv2.LINE_AA)
            assert find_seals(page(paper)) == (), (size, thickness)
    paper = blank()
    for start, tint in ((0, RED), (120, BLUE), (240, BLACK)):
        at = ((px(100), px(150)), (px(18), px(18)))
        cv2.ellipse(paper, *at, 0, start, start + 120, tint, -1)
    assert find_seals(page(paper)) == ()


def test_highlighted_and_underlined_lines_are_no_seals_or_stamps() -> None:
    paper = blank()
    for row in range(60, 200, 18):
        cv2.rectangle(paper, (px(30), px(row)), (px(150), px(row + 5)), (255, 240, 90), -1)
        cv2.line(paper, (px(30), px(row + 8)), (px(150), px(row + 9)), RED, 3)
    write_text(paper)
    assert find_seals(page(paper)) == ()
    assert find_stamps(page(paper), ()) == ()


@pytest.mark.parametrize("size", [29, 35, 40])
@pytest.mark.parametrize("kind", ["red", "blue", "purple", "grey", "1-bit"])
def test_round_seals_are_found_and_measured(size: int, kind: str) -> None:
    paper = blank()
    write_text(paper)
    draw_seal(paper, (120, 180), {"purple": (150, 30, 160), "blue": BLUE}.get(kind, RED), size)
    colours = {"red": InkColour.RED, "purple": InkColour.PURPLE, "blue": InkColour.BLUE}
    pixels = paper
    if kind in {"grey", "1-bit"}:
        pixels = cv2.cvtColor(paper, cv2.COLOR_RGB2GRAY)
    if kind == "1-bit":
        pixels = ((pixels > 190) * 255).astype(np.uint8)
    (seal,) = find_seals(page(pixels))
    assert seal.kind is SealKind.ROUND
    assert seal.colour is colours.get(kind, InkColour.BLACK)
    assert seal.presence is Presence.PRESENT
    assert seal.diameter_mm == pytest.approx(size, abs=2.5)
    assert seal.bbox.center_x == pytest.approx(px(120), abs=px(1.5))
    assert seal.bbox.center_y == pytest.approx(px(180), abs=px(1.5))


def test_a_seal_across_sheets_is_an_edge_seal() -> None:
    paper = blank()
    draw_seal(paper, (212, 150), RED)
    (seal,) = find_seals(page(paper))
    assert seal.kind is SealKind.EDGE
    assert seal.bbox.right <= paper.shape[1]
    assert seal.bbox.width < px(20)


def test_two_seals_are_two() -> None:
    paper = blank()
    draw_seal(paper, (60, 200), RED)
    draw_seal(paper, (150, 200), RED)
    assert len(find_seals(page(paper))) == 2


@given(x=st.floats(25, 185), y=st.floats(25, 270), size=st.floats(29, 40))
@settings(max_examples=8)
def test_a_seal_is_found_wherever_it_stands(x: float, y: float, size: float) -> None:
    paper = blank()
    draw_seal(paper, (x, y), RED, size)
    (seal,) = find_seals(page(paper))
    assert seal.bbox.left <= px(x) <= seal.bbox.right
    assert seal.bbox.top <= px(y) <= seal.bbox.bottom


def test_a_mirror_image_beside_a_stronger_seal_is_a_set_off() -> None:
    front, facing = blank(), blank()
    draw_seal(front, (140, 200), RED)
    draw_seal(facing, (70, 200), PALE)
    pages = [
        SealedPage(number, pixels.shape[1], find_seals(PageImage(number, pixels, DPI)))
        for number, pixels in ((1, facing), (2, front))
    ]
    set_off, seal = mark_set_off(pages)
    assert (set_off.page, set_off.kind, set_off.presence) == (1, SealKind.SET_OFF, Presence.ABSENT)
    assert (seal.page, seal.kind) == (2, SealKind.ROUND)
    apart = [replace(pages[0], number=5), pages[1]]
    assert {each.kind for each in mark_set_off(apart)} == {SealKind.ROUND}


@pytest.mark.parametrize(("colour", "name"), [(BLUE, InkColour.BLUE), (BLACK, InkColour.BLACK)])
def test_a_signature_under_a_seal_is_found(colour: Colour, name: InkColour) -> None:
    paper = blank()
    write_text(paper)
    cv2.rectangle(paper, (px(80), px(160)), (px(205), px(240)), (255, 255, 255), -1)
    sign(paper, (125, 200), colour)
    draw_seal(paper, (120, 200), RED)
    image = page(paper)
    (found,) = find_handwriting(image, find_seals(image))
    assert found.colour is name
    assert found.crossed_by_seal
    truth = BBox(px(125), px(192), px(170), px(208))
    shared = found.bbox.intersection_area(truth)
    assert shared / (found.bbox.area + truth.area - shared) > 0.5


def test_a_blue_signature_needs_no_seal() -> None:
    paper = blank()
    write_text(paper)
    cv2.rectangle(paper, (px(80), px(160)), (px(205), px(240)), (255, 255, 255), -1)
    sign(paper, (125, 200), BLUE)
    (found,) = find_handwriting(page(paper), ())
    assert not found.crossed_by_seal


def test_a_red_name_stamp_stands_at_the_foot_of_the_seal() -> None:
    paper = blank()
    draw_seal(paper, (110, 180), RED)
    place = (px(112), px(207))
    cv2.putText(paper, "Nguyen Van Thu", place, cv2.FONT_HERSHEY_SCRIPT_COMPLEX, 1.2, RED, 2)
    image = page(paper)
    (stamp,) = find_stamps(image, find_seals(image))
    assert (stamp.kind, stamp.colour) == (StampKind.NAME, InkColour.RED)


def draw_stamp(paper: Any, colour: Colour, tilt_deg: float = 0.0) -> BBox:
    """A frame of 50 x 25 mm with two rows of words; its box in pixels."""
    layer = blank()
    box = BBox(px(25), px(60), px(75), px(85))
    cv2.rectangle(layer, (box.left, box.top), (box.right, box.bottom), colour, 4)
    cv2.putText(layer, "CONG VAN DEN", (px(28), px(70)), cv2.FONT_HERSHEY_TRIPLEX, 0.9, colour, 2)
    cv2.putText(layer, "So: 481", (px(28), px(80)), cv2.FONT_HERSHEY_TRIPLEX, 0.9, colour, 2)
    turn = cv2.getRotationMatrix2D((box.center_x, box.center_y), tilt_deg, 1.0)
    size = (paper.shape[1], paper.shape[0])
    turned = cv2.warpAffine(layer, turn, size, borderValue=(255, 255, 255))
    np.minimum(paper, turned, out=paper)
    return box


@pytest.mark.parametrize("colour", [RED, BLUE, BLACK, (115, 40, 140)])
@pytest.mark.parametrize("tilt_deg", [0.0, 3.0, -4.0])
def test_an_incoming_stamp_over_print_is_found_and_read(colour: Colour, tilt_deg: float) -> None:
    paper = blank()
    write_text(paper)
    truth = draw_stamp(paper, colour, tilt_deg)
    words = ["CÔNG VĂN ĐẾN", "Số: 481 Ngày: 3/2/2025"]
    reading = StampReading(lambda strips: [*words, *[""] * len(strips)][: len(strips)])
    (stamp,) = find_stamps(page(paper), (), reading)
    assert stamp.kind is StampKind.INCOMING
    assert stamp.bbox.intersection_area(truth) / stamp.bbox.union(truth).area > 0.7
    assert (stamp.number, stamp.date) == ("481", "2025-02-03")


def test_a_black_frame_without_words_of_a_stamp_is_none() -> None:
    paper = blank()
    draw_stamp(paper, BLACK)
    assert find_stamps(page(paper), ()) == ()
    assert find_stamps(page(paper), (), StampReading(lambda strips: ["Bảng 1"] * len(strips))) == ()


def test_a_day_that_is_no_day_is_not_told() -> None:
    paper = blank()
    draw_stamp(paper, RED)
    reading = StampReading(lambda strips: ["ĐẾN ngày 31/02/2025"] * len(strips))
    (stamp,) = find_stamps(page(paper), (), reading)
    assert (stamp.number, stamp.date) == (None, None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("HOẢ TỐC", StampKind.URGENCY),
        ("THƯỢNG KHẨN", StampKind.URGENCY),
        ("TUYỆT MẬT", StampKind.SECRECY),
        ("CÔNG VĂN ĐẾN Số: 12", StampKind.INCOMING),
        ("SAO Y BẢN CHÍNH", StampKind.COPY),
        ("Nguyễn Văn Thử", StampKind.OTHER),
        ("", StampKind.OTHER),
    ],
)
def test_kinds_of_stamps_follow_from_their_words(text: str, kind: StampKind) -> None:
    assert stamp_kind(text) is kind


def test_ring_readings_are_matched_fuzzily_but_not_with_strangers() -> None:
    names = ("UỶ BAN NHÂN DÂN TỈNH ĐÔNG SƠN", "UỶ BAN NHÂN DÂN TỈNH TÂY NGUYÊN")
    assert match_name("NHÂN DÂN TỈNH ĐÔNG SUN * ỦY BAN", names).name == names[0]
    assert match_name("F ỦY BAN NHÂN DAN TỈNH TÂY NG YÊN", names).name == names[1]
    assert match_name("", names).name is None
    assert match_name("HẢO MAÀHH 1A8 YU X", names).name is None


def test_the_ring_is_unrolled_from_the_foot_clockwise() -> None:
    """A mark at the left of the seal comes a quarter of the way along the strip."""
    paper = blank()
    seal = Seal(1, BBox(300, 300, 500, 500), SealKind.ROUND, InkColour.RED, 1.0)
    cv2.circle(paper, (400 - 80, 400), 6, RED, -1)
    strip: Any = unroll_ring(page(paper), seal).pixels
    columns = np.nonzero((strip < 128).any(axis=0))[0]
    assert float(columns.mean()) / strip.shape[1] == pytest.approx(0.25, abs=0.03)
    foot: Any = unroll_ring(page(paper), seal, foot=True).pixels
    columns = np.nonzero((foot < 128).any(axis=0))[0]
    assert float(columns.mean()) / foot.shape[1] == pytest.approx(0.25, abs=0.03)


def test_words_are_read_by_the_reader_that_is_given() -> None:
    paper = blank()
    draw_seal(paper, (110, 180), RED)
    image = page(paper)
    (seal,) = find_seals(image)
    names = ("TỈNH UỶ ĐÔNG SƠN",)
    assert read_rings(image, (seal,), None) == ()
    (reading,) = read_rings(image, (seal,), lambda strips: [names[0]] * len(strips))
    assert name_seal(reading, names).matched == names[0]
    piece = replace(seal, kind=SealKind.EDGE)
    assert read_rings(image, (piece,), lambda strips: ["A"] * len(strips)) == ()


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        ("# ỦY §AN NHÂN DÂN TỈNH ĐÔNG SƠN .", "ỦY BAN NHÂN DÂN TỈNH ĐÔNG SƠN"),
        ("ỦY BAN NHÂN DÂN TỈNH TÂY LĨNH", "ỦY BAN NHÂN DÂN TỈNH TÂY LĨNH"),
        ("ỦY BAN NHÂN DÂN TỈNH ĐÔNG SÔM", None),  # one of two sisters
        ("ÊE Ủ SAN NHẢAS MÀ! 4", None),
    ],
)
def test_a_stranger_is_named_only_where_it_is_read_clearly(
    reading: str, expected: str | None
) -> None:
    seal = Seal(1, BBox(0, 0, 90, 90), SealKind.ROUND, InkColour.RED, 1.0)
    own = ("ỦY BAN NHÂN DÂN TỈNH ĐÔNG SƠN",)
    strangers = ("ỦY BAN NHÂN DÂN TỈNH TÂY LĨNH", "ỦY BAN NHÂN DÂN TỈNH ĐÔNG SÔM")
    assert name_seal(SealReading(seal, (reading, ""), ""), own, strangers).matched == expected


def test_the_name_may_begin_in_the_middle_and_end_at_the_foot() -> None:
    seal = Seal(1, BBox(0, 0, 90, 90), SealKind.ROUND, InkColour.RED, 1.0)
    reading = SealReading(seal, ("ĐẢNG CỘNG SẢN VIỆT NAM", "* ĐÔNG SƠN *"), "TỈNH ỦY")
    assert name_seal(reading, ("TỈNH ỦY ĐÔNG SƠN",)).matched == "TỈNH ỦY ĐÔNG SƠN"


def test_all_ink_of_a_page_is_found_together() -> None:
    paper = blank()
    draw_seal(paper, (110, 180), RED)
    image = page(paper)
    ink = find_page_ink(image)
    assert ink.seals == find_seals(image)
    assert find_page_ink(image, hidden=[ink.seals[0].bbox.padded(4)]).seals == ()


Box = tuple[float, float, float, float]


def overlap(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    shared = max(0.0, width) * max(0.0, height)
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return shared / (areas - shared)


def f1(pairs: list[tuple[list[Box], list[Box]]]) -> float:
    hits = found = wanted = 0
    for ours, truth in pairs:
        left = list(truth)
        for box in ours:
            best = max(left, key=lambda each: overlap(box, each), default=None)
            if best is not None and overlap(box, best) >= 0.5:
                hits += 1
                left.remove(best)
        found += len(ours)
        wanted += len(truth)
    return 2 * hits / (found + wanted)


def shares(boxes: list[BBox], image: PageImage) -> list[Box]:
    w, h = image.width, image.height
    return [(each.left / w, each.top / h, each.right / w, each.bottom / h) for each in boxes]


def rendered(path: Path) -> Callable[[int], PageImage]:
    import pypdfium2

    if path.suffix == ".jpg":
        read: Any = cv2.imread(str(path))
        pixels: Any = cv2.cvtColor(read, cv2.COLOR_BGR2RGB)
        return lambda number: PageImage(number, pixels, 0.0)
    document = pypdfium2.PdfDocument(path)

    def render(number: int) -> PageImage:
        bitmap = document[number - 1].render(scale=DPI / 72, may_draw_forms=False)
        return PageImage(number, bitmap.to_numpy()[..., 2::-1].copy(), DPI)

    return render


@pytest.mark.scans
def test_seals_and_signatures_of_real_scans(shared: Path) -> None:
    seals, hands = [], []
    folder = shared / "scans"
    for truth_path in sorted((folder / "truth").glob("*.json")):
        truth = json.loads(truth_path.read_text(encoding="utf-8"))
        (path, *_) = folder.glob(f"*/{truth['doc']}.*")
        if path.parent.name == "born_digital":
            continue  # their seals are pictures of form fields
        render = rendered(path)
        hand = truth.get("handwritten_signature")
        wanted = truth.get("seals") or []
        pages = {1, *(each["page"] for each in wanted), *([hand["page"]] if hand else [])}
        for number in sorted(pages):
            image = render(number)
            found = find_seals(image)
            ours = shares([each.bbox for each in found], image)
            seals.append((ours, [tuple(s["bbox"]) for s in wanted if s["page"] == number]))
            strokes = find_handwriting(image, found)
            theirs = [tuple(hand["bbox"])] if hand and hand["page"] == number else []
            hands.append((shares([each.bbox for each in strokes], image), theirs))
    assert f1(seals) >= 0.95
    assert f1(hands) >= 0.85
