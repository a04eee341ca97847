"""Engines for tests: they read a fixed text, and misbehave on the page that the settings name.

``languages`` is ``<fault>@<page>`` or ``<fault>@<page>@<file>``: with a file the fault strikes
only until the file exists.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sohoa.errors import EngineError
from sohoa.geometry import BBox
from sohoa.model import Line, PageImage, Word
from sohoa.recognize import RecognizeSettings

_TEXT = (
    "TỈNH ỦY BẮC NINH",
    "Số 05-CT/TU",
    "CHỈ THỊ về công tác văn thư, lưu trữ của các cơ quan",
    "Căn cứ Luật Lưu trữ và đề nghị của Văn phòng Tỉnh ủy, yêu cầu các cấp thực hiện",
    "các nhiệm vụ sau đây trong thời gian tới cho đến khi có quy định mới thay thế",
)


def _lines(texts: Sequence[str]) -> tuple[Line, ...]:
    lines = []
    count = 0
    for row, text in enumerate(texts):
        words = []
        for column, part in enumerate(text.split()):
            left, top = 20 + 42 * column, 30 + 40 * row
            words.append(Word(f"w{count}", BBox(left, top, left + 36, top + 20), part, 0.9))
            count += 1
        lines.append(
            Line(BBox(20, 30 + 40 * row, words[-1].bbox.right, 50 + 40 * row), tuple(words))
        )
    return tuple(lines)


@dataclass
class FaultEngine:
    fault: str = ""
    page: int = 0
    until: str = ""
    name: str = "fault"

    def version(self) -> str:
        return "1"

    def recognize(self, image: PageImage) -> tuple[Line, ...]:
        if image.number == self.page and not (self.until and Path(self.until).exists()):
            if self.until:
                Path(self.until).touch()
            found = getattr(self, f"_{self.fault}")()
            if found is not None:
                return tuple(found)
        return _lines((*_TEXT, f"Trang này là trang thứ {image.number} của văn bản"))

    def recognize_lines(self, images: Sequence[PageImage]) -> tuple[tuple[Line, ...], ...]:
        return tuple(() for _ in images)

    def _segfault(self) -> None:
        os.kill(os.getpid(), signal.SIGSEGV)

    def _killed(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def _orphan(self) -> None:
        # As Tesseract would be left: a program that nobody waits for any more.
        subprocess.Popen(["tail", "-f", "/dev/null"], start_new_session=False)
        os.kill(os.getpid(), signal.SIGSEGV)

    def _hang(self) -> None:
        threading.Event().wait()

    def _hog(self) -> None:
        held = []
        while True:
            held.append(bytearray(64 << 20))

    def _error(self) -> None:
        raise EngineError("out of luck")

    def _bug(self) -> None:
        raise KeyError("no such thing")

    def _rubbish(self) -> tuple[Line, ...]:
        return _lines(("qxz wvk zzt fjw",) * 5)


def make(settings: RecognizeSettings) -> FaultEngine:
    fault, page, until = (*settings.languages.split("@"), "", "")[:3]
    return FaultEngine(fault, int(page or 0), until)
