from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sohoa.geometry import BBox
from sohoa.model import Line
from sohoa.recognize import hocr

PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><body>
<div class='ocr_page' title='image "x"; bbox 0 0 900 400'>{content}</div></body></html>"""


def parse_hocr(data: bytes) -> tuple[Line, ...]:
    (lines,) = hocr.parse_hocr(data)
    return lines


def page(content: str) -> bytes:
    return PAGE.format(content=content).encode()


def word(text: str, title: str = "bbox 10 10 40 30; x_wconf 91", inner: str = "") -> str:
    return f"<span class='ocrx_word' title='{title}'>{text}{inner}</span>"


def glyph(number: int, *choices: tuple[str, float]) -> str:
    inner = "".join(
        f"<span class='ocrx_cinfo' title='x_confs {share}'>{text}</span>" for text, share in choices
    )
    return f"<span class='ocrx_cinfo' id='lstm_choices_{number}'>{inner}</span>"


def line(*words: str, kind: str = "ocr_line") -> str:
    return f"<span class='{kind}' title='bbox 10 10 200 30'>{''.join(words)}</span>"


def test_nothing_on_the_page_is_no_line() -> None:
    assert parse_hocr(page("")) == ()
    assert parse_hocr(page(line(word("  "), word("")))) == ()


def test_words_with_boxes_and_confidence() -> None:
    (found,) = parse_hocr(page(line(word("Điều"), word("1.", "bbox 50 10 70 30; x_wconf 40"))))
    assert found.text == "Điều 1."
    assert found.words[1].bbox == BBox(50, 10, 70, 30)
    assert [each.confidence for each in found.words] == [0.91, 0.40]
    assert len({each.id for each in found.words}) == 2


def test_decomposed_letters_are_composed_and_bold_words_are_read() -> None:
    text = unicodedata.normalize("NFD", "<strong>QUYẾT</strong>")
    (found,) = parse_hocr(page(line(word(text))))
    assert found.words[0].text == "QUYẾT"


def test_headers_and_captions_are_lines_too() -> None:
    kinds = ["ocr_header", "ocr_caption", "ocr_textfloat"]
    assert len(parse_hocr(page("".join(line(word("a"), kind=kind) for kind in kinds)))) == 3


def test_alternatives_multiply_the_choices_of_their_glyphs() -> None:
    inner = glyph(1, ("t", 95.0)) + glyph(2, ("ô", 70.0), ("ổ", 60.0), ("o", 0.2))
    (found,) = parse_hocr(page(line(word("tô", inner=inner))))
    (alternative,) = found.words[0].alternatives
    assert alternative.text == "tổ"
    assert abs(alternative.confidence - 0.57) < 0.001


def test_choices_that_do_not_spell_the_word_say_nothing() -> None:
    inner = glyph(1, ("t", 95.0), ("l", 40.0))
    (found,) = parse_hocr(page(line(word("tô", inner=inner))))
    assert found.words[0].alternatives == ()


def test_control_bytes_do_not_break_the_page() -> None:
    (found,) = parse_hocr(page(line(word("a\x0bb"))))
    assert found.text == "ab"


@given(st.text(alphabet=st.characters(blacklist_characters="<>&", min_codepoint=32), max_size=20))
def test_any_text_gives_valid_words(text: str) -> None:
    for found in parse_hocr(page(line(word(text)))):
        for each in found.words:
            assert each.text == unicodedata.normalize("NFC", each.text)


def test_each_page_has_its_own_lines_and_ids() -> None:
    body = "".join(f"<div class='ocr_page'>{line(word(text))}</div>" for text in ("a", "b"))
    first, second = hocr.parse_hocr(f"<html>{body}<div class='ocr_page'/></html>".encode())[:2]
    assert (first[0].text, second[0].text) == ("a", "b")
    assert first[0].words[0].id == second[0].words[0].id
