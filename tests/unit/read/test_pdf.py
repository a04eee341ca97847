"""PDF pages: what they read as, and where the boxes of their words fall."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from sohoa.model import LayerVerdict, LineKind, Severity
from sohoa.read import AppearanceKind, ReadSettings, SourcePage, open_source

if TYPE_CHECKING:
    from tests.unit.read.conftest import PdfMaker


def first_page(path: Path, settings: ReadSettings | None = None) -> SourcePage:
    with open_source([path], settings) as source:
        return source.page(1)


def ink_share(page: SourcePage) -> float:
    """Share of the dark pixels that lie in the boxes of the words."""
    assert page.image is not None
    dark = page.image.pixels.reshape(page.image.height, page.image.width, -1)[:, :, 0] < 128
    inside = np.zeros_like(dark)
    for line in page.lines:
        for word in line.words:
            inside[word.bbox.top : word.bbox.bottom, word.bbox.left : word.bbox.right] = True
    return float((dark & inside).sum() / max(1, dark.sum()))


def test_composed_page_is_good_and_boxes_lie_on_the_ink(maker: PdfMaker, tmp_path: Path) -> None:
    maker.page(maker.prose())
    page = first_page(maker.save(tmp_path / "a.pdf"))
    assert page.layer.verdict is LayerVerdict.GOOD
    assert page.dpi == 200
    assert (page.width, page.height) == (round(595 / 72 * 200), round(842 / 72 * 200))
    assert [line.text for line in page.lines] == [text.text for text in maker.prose()]
    assert ink_share(page) > 0.98
    ids = [word.id for line in page.lines for word in line.words]
    assert ids == [f"p1w{number}" for number in range(1, len(ids) + 1)]


@pytest.mark.parametrize("rotation", [90, 180, 270])
@pytest.mark.parametrize("box", [(0, 0, 595, 842), (-20, 30, 575, 872)])
def test_rotated_and_shifted_pages_keep_boxes_on_the_ink(
    maker: PdfMaker, tmp_path: Path, rotation: int, box: tuple[float, ...]
) -> None:
    maker.page(maker.prose(), box=box, Rotate=rotation)
    page = first_page(maker.save(tmp_path / "a.pdf"))
    assert page.layer.verdict is LayerVerdict.GOOD
    assert ink_share(page) > 0.95
    assert {line.text for line in page.lines} == {text.text for text in maker.prose()}
    if rotation != 180:
        assert page.width > page.height


def test_crop_box_hides_what_is_outside(maker: PdfMaker, tmp_path: Path) -> None:
    import pikepdf

    hidden = maker.line(60, 40, "ngoài khung", 12)
    maker.page([*maker.prose(), hidden], CropBox=pikepdf.Array([30, 100, 595, 842]))
    page = first_page(maker.save(tmp_path / "a.pdf"))
    assert page.height == round(742 / 72 * 200)
    assert "ngoài" not in page.layer.text
    assert ink_share(page) > 0.98


def test_user_unit_makes_the_sheet_larger(maker: PdfMaker, tmp_path: Path) -> None:
    maker.page(
        [maker.line(30, 400 - 11 * row, text.text, 5.5) for row, text in enumerate(maker.prose())],
        box=(0, 0, 297.5, 421),
        UserUnit=2,
    )
    page = first_page(maker.save(tmp_path / "a.pdf"))
    assert (page.width, page.height, page.dpi) == (1653, 2339, 200)
    assert ink_share(page) > 0.95


def test_inherited_box_and_rotation_count(maker: PdfMaker, tmp_path: Path) -> None:
    page_object = maker.page(maker.prose())
    del page_object.obj["/MediaBox"]
    tree = maker.pdf.Root["/Pages"]
    tree["/MediaBox"] = [0, 0, 595, 842]
    tree["/Rotate"] = 90
    page = first_page(maker.save(tmp_path / "a.pdf"))
    assert page.width > page.height
    assert ink_share(page) > 0.95


@pytest.mark.parametrize("rotation", [0, 90])
@pytest.mark.parametrize("off", [0.0, 0.8])
def test_scan_is_taken_at_its_own_pixels(
    maker: PdfMaker, tmp_path: Path, rotation: int, off: float
) -> None:
    image = maker.scan(827, 1169)
    maker.page(
        image=(image, (0, 0, 595.3, 841.7)), box=(0, 0, 595 + off, 841 + off), Rotate=rotation
    )
    page = first_page(maker.save(tmp_path / "a.pdf"))
    assert page.image is not None
    own = np.asarray(image)
    expected = np.rot90(own, -1) if rotation else own
    assert np.array_equal(page.image.pixels, expected)
    assert page.dpi == pytest.approx(100, abs=0.3)
    assert page.layer.verdict is LayerVerdict.NONE


def test_scan_that_states_no_believable_size_is_taken_as_a4(
    maker: PdfMaker, tmp_path: Path
) -> None:
    image = maker.scan(1240, 1754)
    maker.page(image=(image, (0, 0, 1240, 1754)), box=(0, 0, 1240, 1754))
    page = first_page(maker.save(tmp_path / "a.pdf"))
    assert (page.width, page.height) == (1240, 1754)
    assert page.dpi == pytest.approx(150, abs=0.3)


def test_scan_finer_than_the_bound_is_made_coarser(maker: PdfMaker, tmp_path: Path) -> None:
    image = maker.scan(1654, 2339)
    maker.page(image=(image, (0, 0, 595, 842)))
    page = first_page(maker.save(tmp_path / "a.pdf"), ReadSettings(composed_dpi=100, max_dpi=100))
    assert page.dpi == pytest.approx(100, abs=0.1)
    assert page.width == pytest.approx(827, abs=1)


def test_fax_pixels_are_made_square(maker: PdfMaker, tmp_path: Path) -> None:
    image = maker.scan(1654, 1170)
    maker.page(image=(image, (0, 0, 595, 842)))
    page = first_page(maker.save(tmp_path / "a.pdf"))
    assert page.width == pytest.approx(1654, abs=2)
    assert page.height == pytest.approx(2340, abs=3)


def bare(maker: PdfMaker, mode: int) -> list[Any]:
    from sohoa.vietnamese import strip_marks

    return [maker.line(text.x, text.y, strip_marks(text.text), 11, mode) for text in maker.prose()]


def test_text_without_marks_is_foreign_even_where_it_is_drawn(
    maker: PdfMaker, tmp_path: Path
) -> None:
    maker.page(bare(maker, 0))
    layer = first_page(maker.save(tmp_path / "a.pdf")).layer
    assert layer.verdict is LayerVerdict.FOREIGN


def test_hidden_text_over_a_scan_is_a_witness_only(maker: PdfMaker, tmp_path: Path) -> None:
    maker.page(bare(maker, 3), image=(maker.scan(), (0, 0, 595, 842)))
    page = first_page(maker.save(tmp_path / "a.pdf"))
    assert page.layer.verdict is LayerVerdict.FOREIGN
    assert page.lines[0].text.startswith("De chuan bi")
    assert page.dpi == pytest.approx(100, abs=0.3)


def test_line_pressed_on_a_scan_is_a_stamp(maker: PdfMaker, tmp_path: Path) -> None:
    pressed = maker.line(60, 820, "Công văn đến số 15 ngày 20 tháng 9", 9)
    maker.page([pressed], image=(maker.scan(), (0, 0, 595, 842)))
    page = first_page(maker.save(tmp_path / "a.pdf"))
    assert page.layer.verdict is LayerVerdict.STAMP


def test_page_that_is_half_picture_is_not_good(maker: PdfMaker, tmp_path: Path) -> None:
    maker.page(maker.prose()[:2], image=(maker.scan(), (60, 60, 475, 600)))
    page = first_page(maker.save(tmp_path / "a.pdf"))
    assert page.layer.verdict is not LayerVerdict.GOOD
    assert page.layer.coverage < 0.6


def signed(maker: PdfMaker) -> Any:
    """A page whose number and day are left to signature fields."""
    return maker.page(
        [
            maker.line(60, 800, "UỶ BAN MẪU"),
            maker.line(60, 780, "Số:"),
            maker.line(120, 780, "/TB-UBM"),
            maker.line(330, 800, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", 10),
            maker.line(330, 780, "Hà Mẫu, ngày"),
            maker.line(450, 780, "tháng 9 năm 2025", 12),
            *maker.prose(740),
        ]
    )


def test_number_and_day_of_fields_stand_in_their_gaps(maker: PdfMaker, tmp_path: Path) -> None:
    page_object = signed(maker)
    maker.field(page_object, (85, 776, 115, 794), texts=[maker.line(4, 4, "27")], name="So")
    maker.field(page_object, (420, 776, 448, 794), texts=[maker.line(2, 4, "05")], name="Ngay")
    page = first_page(maker.save(tmp_path / "a.pdf"))
    texts = [line.text for line in page.lines]
    assert "Số: 27 /TB-UBM" in texts
    assert "Hà Mẫu, ngày 05 tháng 9 năm 2025" in texts
    assert page.layer.verdict is LayerVerdict.GOOD
    assert [a.text for a in page.appearances] == ["27", "05"]
    assert not any(a.reads_as_signature or a.has_picture for a in page.appearances)


def test_number_drawn_as_a_picture_is_exposed(maker: PdfMaker, tmp_path: Path) -> None:
    page_object = signed(maker)
    digits = maker.scan(40, 40, rows=2)
    maker.field(page_object, (85, 776, 105, 796), image=digits, name="So")
    maker.field(page_object, (400, 400, 500, 500), image=maker.scan(90, 90), name="Dau")
    number, seal = first_page(maker.save(tmp_path / "a.pdf")).appearances
    assert (number.name, number.kind) == ("So", AppearanceKind.SIGNATURE)
    assert number.has_picture
    assert not number.reads_as_signature
    assert number.bbox.left == pytest.approx(85 / 72 * 200, abs=1)
    assert number.bbox.top == pytest.approx((842 - 796) / 72 * 200, abs=1)
    assert seal.has_picture
    assert seal.reads_as_signature


def test_signature_text_is_marked_and_kept_out(maker: PdfMaker, tmp_path: Path) -> None:
    page_object = signed(maker)
    words = [
        maker.line(2, 26, "Ký bởi: Uỷ ban Mẫu", 7),
        maker.line(2, 16, "Thời gian ký: 05/09/2025 08:15:00 +07:00", 7),
    ]
    maker.field(page_object, (380, 806, 590, 840), texts=words)
    page = first_page(maker.save(tmp_path / "a.pdf"))
    marked = [line.text for line in page.lines if line.kind is LineKind.ESIGN]
    assert marked == ["Ký bởi: Uỷ ban Mẫu", "Thời gian ký: 05/09/2025 08:15:00 +07:00"]
    assert page.appearances[0].reads_as_signature
    assert page.layer.verdict is LayerVerdict.GOOD


def test_print_beneath_a_stamp_on_a_scan_comes_with_it(maker: PdfMaker, tmp_path: Path) -> None:
    page_object = maker.page(image=(maker.scan(), (0, 0, 595, 842)))
    plain = first_page(maker.save(tmp_path / "plain.pdf")).image
    words = [maker.line(2, 100, "Ký bởi: Uỷ ban Mẫu", 20)]
    maker.field(page_object, (100, 500, 400, 700), texts=words)
    stamped = first_page(maker.save(tmp_path / "stamped.pdf"))
    (field,) = stamped.appearances
    part = slice(field.bbox.top, field.bbox.bottom), slice(field.bbox.left, field.bbox.right)
    assert plain is not None
    assert stamped.image is not None
    assert field.beneath is not None
    assert np.array_equal(field.beneath, plain.pixels[part])
    assert not np.array_equal(field.beneath, stamped.image.pixels[part])


def test_scan_with_a_signature_only_is_a_stamp(maker: PdfMaker, tmp_path: Path) -> None:
    page_object = maker.page(image=(maker.scan(), (0, 0, 595, 842)))
    maker.field(page_object, (380, 806, 590, 840), texts=[maker.line(2, 26, "Ký bởi: A Mẫu", 7)])
    page = first_page(maker.save(tmp_path / "a.pdf"))
    assert page.layer.verdict is LayerVerdict.STAMP
    assert [line.kind for line in page.lines] == [LineKind.ESIGN]


def test_note_over_the_page_is_a_stamp_and_hidden_fields_are_nothing(
    maker: PdfMaker, tmp_path: Path
) -> None:
    page_object = signed(maker)
    words = [maker.line(2, 4, "Chuyển phòng Hành chính xử lý trước thứ sáu", 8)]
    maker.field(page_object, (300, 600, 560, 616), texts=words, subtype="/FreeText")
    maker.field(page_object, (300, 500, 560, 516), texts=words, name="An")
    page_object.obj["/Annots"][1]["/F"] = 2
    page = first_page(maker.save(tmp_path / "a.pdf"))
    assert [line.text for line in page.lines if line.kind is LineKind.STAMP] == [words[0].text]
    assert [a.name for a in page.appearances] == ["FreeText"]
    assert page.appearances[0].kind is AppearanceKind.OTHER


def test_rotated_page_maps_fields_too(maker: PdfMaker, tmp_path: Path) -> None:
    page_object = maker.page(maker.prose(), Rotate=90)
    maker.field(page_object, (100, 300, 150, 320), image=Image.new("L", (60, 30), 0), name="So")
    page = first_page(maker.save(tmp_path / "a.pdf"))
    assert page.image is not None
    box = page.appearances[0].bbox
    inside = page.image.pixels[box.top : box.bottom, box.left : box.right]
    assert box.width == pytest.approx(56, abs=2)
    assert box.height == pytest.approx(139, abs=2)
    assert (inside < 128).mean() > 0.9


def test_page_over_the_limit_is_scaled_down(maker: PdfMaker, tmp_path: Path) -> None:
    maker.page(maker.prose(), box=(0, 0, 5950, 8420))
    page = first_page(maker.save(tmp_path / "a.pdf"), ReadSettings(max_megapixels=2))
    assert page.width * page.height <= 2e6
    assert [(f.code, f.page) for f in page.findings] == [("page-scaled-down", 1)]


def test_broken_page_does_not_end_the_document(maker: PdfMaker, tmp_path: Path) -> None:
    maker.page(maker.prose())
    bomb = maker.page(maker.prose())
    bomb.obj["/Contents"] = maker.pdf.make_stream(b"q Q " * 2_000_000)
    maker.page(maker.prose())
    path = maker.save(tmp_path / "a.pdf", compress_streams=True)
    assert path.stat().st_size < 100_000
    with open_source([path], ReadSettings(max_inflated_megabytes=4)) as source:
        pages = [source.page(number) for number in (1, 2, 3)]
    assert [page.image is None for page in pages] == [False, True, False]
    finding = pages[1].findings[0]
    assert (finding.code, finding.severity, finding.page) == ("page-broken", Severity.ERROR, 2)
    assert "page 2" in finding.message.lower()
    assert "a.pdf" in finding.message


def test_giant_declared_picture_is_not_decoded(maker: PdfMaker, tmp_path: Path) -> None:
    page_object = maker.page(image=(maker.scan(10, 10), (0, 0, 595, 842)))
    picture = page_object.obj["/Resources"]["/XObject"]["/Im0"]
    picture["/Width"], picture["/Height"] = 200_000, 200_000
    page = first_page(maker.save(tmp_path / "a.pdf"))
    assert page.image is None
    assert page.findings[0].code == "page-broken"


def test_form_that_draws_itself_is_survived(maker: PdfMaker, tmp_path: Path) -> None:
    import pikepdf

    page_object = maker.page(maker.prose())
    form = maker.pdf.make_stream(
        b"/Fx Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
        BBox=pikepdf.Array([0, 0, 10, 10]),
    )  # fmt: skip
    form["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fx=form))
    page_object.obj["/Resources"]["/XObject"] = pikepdf.Dictionary(Fx=form)
    old = page_object.obj["/Contents"].read_bytes()
    page_object.obj["/Contents"] = maker.pdf.make_stream(b"/Fx Do\n" + old)
    page = first_page(maker.save(tmp_path / "a.pdf"))
    assert page.image is not None
