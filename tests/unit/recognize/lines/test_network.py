"""The shipped network: what happens where it is damaged, and that batches change nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sohoa.errors import EngineError
from sohoa.recognize.lines.framing import HEIGHT, Frame
from sohoa.recognize.lines.network import load_line_network, network_version, read_line_network
from sohoa.recognize.lines.rows import Row


def noise(width: int, seed: int) -> Frame:
    row = Row(0, width, 0.0, 30.0, 21.0, np.array([[1, 10, 8, 30]], dtype=np.int64))
    pixels = np.random.default_rng(seed).integers(0, 256, (HEIGHT, width), dtype=np.uint8)
    return Frame(pixels, row, 0.0)


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.onnx"
    path.write_bytes(b"no model at all")
    with pytest.raises(EngineError, match="broken"):
        load_line_network(path)


def test_chances_come_in_the_order_of_the_frames_and_add_up_to_one() -> None:
    frames = [noise(width, seed) for seed, width in enumerate((90, 300, 94, 8, 301))]
    found = read_line_network().chances(frames)
    for frame, chances in zip(frames, found, strict=True):
        assert len(chances) == -(-frame.width // 4)
        assert np.allclose(chances.sum(axis=1), 1.0, atol=1e-4)
    (alone,) = read_line_network().chances(frames[3:4])
    assert np.allclose(alone, found[3], atol=1e-3)


def test_no_frames_give_no_chances() -> None:
    assert read_line_network().chances([]) == []


def test_the_version_tells_the_model() -> None:
    program, model = network_version().split("+")
    assert program
    assert len(model) == 12
