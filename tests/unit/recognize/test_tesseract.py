from __future__ import annotations

import numpy as np
import pytest

from sohoa.errors import EngineError, SettingsError
from sohoa.imitate.fonts import Face, font_path
from sohoa.model import PageImage
from sohoa.recognize import ENGINES, RecognizeSettings, make_engine

BLANK = PageImage(1, np.full((300, 400), 255, dtype=np.uint8), 200.0)


def test_an_engine_that_does_not_exist_is_a_bad_setting() -> None:
    with pytest.raises(SettingsError, match="tesseract"):
        make_engine(RecognizeSettings(engine="crystal-ball"))


@pytest.mark.parametrize("name", ENGINES)
def test_the_contract_of_an_engine(name: str) -> None:
    engine = make_engine(RecognizeSettings(engine=name))
    assert engine.name
    assert engine.version()
    assert engine.recognize(BLANK) == ()
    colour = PageImage(1, np.full((300, 400, 3), 255, dtype=np.uint8), 200.0)
    assert engine.recognize(colour) == ()
    assert engine.recognize_lines(()) == ()
    assert len(engine.recognize_lines((BLANK, colour, BLANK))) == 3


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_reads_a_plain_line(name: str) -> None:
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype(str(font_path(Face.REGULAR)), 40)
    picture = Image.new("L", (1000, 200), 255)
    text = "Thực hiện nhiệm vụ được giao"
    ImageDraw.Draw(picture).text((100, 120), text, font=font, fill=0, anchor="ls")
    image = PageImage(1, np.asarray(picture, dtype=np.uint8), 200.0)
    engine = make_engine(RecognizeSettings(engine=name))
    whole = engine.recognize(image)
    (alone,) = engine.recognize_lines((image,))
    for (line,) in (whole, alone):
        assert line.text == text
        assert all(100 <= w.bbox.left < w.bbox.right < 700 for w in line.words)
        assert all(70 < w.bbox.top < 105 < 115 < w.bbox.bottom < 140 for w in line.words)
        assert all(0.5 < w.confidence <= 1 for w in line.words)
        assert len({w.id for w in line.words}) == len(line.words)


def test_a_model_that_is_not_there_is_named() -> None:
    engine = make_engine(RecognizeSettings(languages="tlh"))
    with pytest.raises(EngineError, match="tlh"):
        engine.recognize(BLANK)
    with pytest.raises(EngineError, match="tlh"):
        engine.version()
