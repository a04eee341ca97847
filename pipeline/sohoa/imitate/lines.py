"""``python -m sohoa.imitate.lines TEXTS OUT COUNT [FIRST] [test]``: lines to learn to read from.

``TEXTS`` is a folder with ``train.txt`` and ``test.txt`` (see ``sohoa.build.line_texts``). Written
to ``OUT`` are parts ``part-NNNN.npz``: blocks of print are made, scanned, cleaned as any page is,
and their rows found and framed as at run time; what is kept is what the recognizer would see, with
its true text and the place of each character. ``COUNT`` parts are made, numbered from ``FIRST``;
``test`` takes the test texts and a family of type that is not learnt from.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sohoa.errors import SettingsError
from sohoa.imitate.line_blocks import Block, Family, Placed, make_block
from sohoa.imitate.line_texts import LineTexts
from sohoa.look import LookSettings, clean
from sohoa.model import PageImage
from sohoa.recognize.lines.alphabet import encode
from sohoa.recognize.lines.framing import Frame, frame_rows
from sohoa.recognize.lines.rows import find_rows_of_print

_ROOTS = (Path("/usr/share/fonts"), Path("/usr/share/texmf/fonts"), Path("/usr/local/share/fonts"))
_LEARNT = (
    ("LiberationSerif-{}.ttf", ("Regular", "Bold", "Italic", "BoldItalic")),
    ("LiberationSerif-{}.ttf", ("Regular", "Bold", "Italic", "BoldItalic")),
    ("texgyretermes-{}.otf", ("regular", "bold", "italic", "bolditalic")),
    ("texgyretermes-{}.otf", ("regular", "bold", "italic", "bolditalic")),
    ("texgyretermes-{}.otf", ("regular", "bold", "italic", "bolditalic")),
    ("LiberationSans-{}.ttf", ("Regular", "Bold", "Italic", "BoldItalic")),
)
_TEST = (("FreeSerif{}.ttf", ("", "Bold", "Italic", "BoldItalic")),)
_BLOCKS = 400  # of one part
_SEED = 20261122
_LOOK = LookSettings(tables=False)


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A frame, its true text, and the middle of each character across the frame, px."""

    frame: Frame
    text: str
    places: tuple[float, ...]


def families(*, test: bool, roots: tuple[Path, ...] = _ROOTS) -> tuple[Family, ...]:
    """The families of type; ``SettingsError`` where a file of one is not installed."""
    found = []
    for pattern, faces in _TEST if test else _LEARNT:
        files = tuple(_font_file(pattern.format(face), roots) for face in faces)
        found.append((files[0], files[1], files[2], files[3]))
    return tuple(found)


def _font_file(name: str, roots: tuple[Path, ...]) -> Path:
    # Where two versions lie side by side, the older (by its folder's name) lacks letters.
    found = [path for root in roots for path in sorted(root.rglob(name), reverse=True)]
    if not found:
        raise SettingsError(
            f"The font {name} is not installed.",
            remedy="Install: apt-get install fonts-liberation2 fonts-texgyre fonts-freefont-ttf.",
        )
    return found[0]


def samples_of(block: Block) -> Iterator[Sample]:
    """What the recognizer sees of a block, where its characters are known without doubt."""
    page = clean(PageImage(1, block.pixels, float(block.dpi)), _LOOK).image
    to_clean = page.to_page.inverse()
    lines = [
        [Placed(each.text, *to_clean.point(each.x, each.y)) for each in line]
        for line in block.lines
    ]
    for frame in frame_rows(page.pixels, find_rows_of_print(page.pixels, page.dpi)):
        sample = _sample(frame, lines)
        if sample is not None:
            yield sample


def _sample(frame: Frame, lines: list[list[Placed]]) -> Sample | None:
    row = frame.row
    inside: list[Placed] = []
    for line in lines:
        reached = [
            each
            for each in line
            if row.left <= each.x <= row.right and abs(row.level(each.x) - each.y) < 0.3 * row.tall
        ]
        inside = max(inside, reached, key=len)
    while inside and inside[0].text == " ":
        inside = inside[1:]
    while inside and inside[-1].text == " ":
        inside = inside[:-1]
    if not inside:
        return None
    # A row that goes on where no character is known, or is cut within one, teaches nonsense.
    slack = 0.8 * row.tall
    if inside[0].x - row.left > slack or row.right - inside[-1].x > slack:
        return None
    text = "".join(each.text for each in inside)
    places = tuple(frame.x_in_frame(each.x) for each in inside)
    return Sample(frame, text, places) if encode(text) is not None else None


def make_part(texts: LineTexts, kinds: tuple[Family, ...], number: int) -> dict[str, object]:
    """Arrays of one part: frames side by side, their widths, texts, and places of characters."""
    samples = [
        sample
        for index in range(_BLOCKS)
        for sample in samples_of(make_block(texts, kinds, _SEED + number * _BLOCKS + index))
    ]
    return {
        "pixels": np.concatenate([sample.frame.pixels for sample in samples], axis=1),
        "widths": np.array([sample.frame.width for sample in samples], dtype=np.int32),
        "lengths": np.array([len(sample.text) for sample in samples], dtype=np.int32),
        "codes": np.array([c for s in samples for c in encode(s.text) or ()], dtype=np.int16),
        "places": np.array([x for s in samples for x in s.places], dtype=np.float32),
    }


def main(arguments: list[str]) -> int:
    test = "test" in arguments
    arguments = [each for each in arguments if each != "test"]
    if not 3 <= len(arguments) <= 4:
        print(__doc__, file=sys.stderr)
        return 2
    out = Path(arguments[1])
    first = int(arguments[3]) if len(arguments) == 4 else (100_000 if test else 0)
    try:
        lines = (Path(arguments[0]) / ("test.txt" if test else "train.txt")).read_text("utf-8")
        texts, kinds = LineTexts(tuple(lines.splitlines())), families(test=test)
    except (OSError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    out.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + int(arguments[2])):
        part = make_part(texts, kinds, number)
        path = out / f"part-{number:06d}.npz"
        np.savez(path.with_suffix(".tmp.npz"), **part)  # type: ignore[arg-type]
        path.with_suffix(".tmp.npz").rename(path)
        print(f"{path.name}: {len(part['widths'])} frames", flush=True)  # type: ignore[arg-type]
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
