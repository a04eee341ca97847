"""Engines that crash, hang, or lie: programs put in Tesseract's place on the path."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sohoa.errors import EngineError
from sohoa.model import PageImage
from sohoa.recognize import RecognizeSettings, TesseractEngine

IMAGE = PageImage(4, np.full((60, 200), 255, dtype=np.uint8), 200.0)


def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")


def test_no_program_is_told_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineError, match="apt-get install tesseract-ocr"):
        TesseractEngine().recognize(IMAGE)


def test_a_crash_names_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, "echo 'out of luck' >&2; exit 3")
    with pytest.raises(EngineError, match=r"Page 4: Tesseract failed.*out of luck"):
        TesseractEngine().recognize(IMAGE)


def test_a_hang_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, "exec tail -f /dev/null")
    engine = TesseractEngine(RecognizeSettings(timeout_s=0.3))
    with pytest.raises(EngineError, match=r"gave no answer in 0\.3 s"):
        engine.recognize(IMAGE)


@pytest.mark.parametrize(
    "lie", ["printf 'no xml at all'", ":", "printf '<html><span></html>'", "printf '\\377\\376'"]
)
def test_rubbish_is_an_error_of_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lie: str
) -> None:
    install(tmp_path, monkeypatch, f'{lie} > "$2.hocr"')
    with pytest.raises(EngineError, match="Page 4"):
        TesseractEngine().recognize(IMAGE)
