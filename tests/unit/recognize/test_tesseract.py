from __future__ import annotations

import numpy as np
import pytest

from sohoa.errors import EngineError, SettingsError
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


def test_a_model_that_is_not_there_is_named() -> None:
    engine = make_engine(RecognizeSettings(languages="tlh"))
    with pytest.raises(EngineError, match="tlh"):
        engine.recognize(BLANK)
    with pytest.raises(EngineError, match="tlh"):
        engine.version()
