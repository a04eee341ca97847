"""The shipped network, run with onnxruntime on one thread."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sohoa.dictionaries import dictionary_path
from sohoa.errors import EngineError
from sohoa.recognize.lines.framing import HEIGHT, Frame

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

MODEL = "line_recognizer.onnx"
# Columns of a frame for one place along the line at which a character can be told.
STRIDE = 4
_MOST_FRAMES = 16
_WASTE = 1.15  # frames of one batch differ in width by this factor at most
_EXTRA = "Install it: pip install 'sohoa[lines]'."


@dataclass(frozen=True, slots=True, eq=False)
class LineNetwork:
    """Frames in, chances of each character at each place out; ``session`` is onnxruntime's."""

    session: Any

    def chances(self, frames: Sequence[Frame]) -> list[Floats]:
        """For each frame, in their order: places x classes, chances 0..1 that add up to 1."""
        found: list[Floats] = [np.zeros((0, 0), dtype=np.float32)] * len(frames)
        for batch in _batches(frames):
            widest = -(-max(frames[index].width for index in batch) // STRIDE) * STRIDE
            inputs = np.zeros((len(batch), 1, HEIGHT, widest), dtype=np.float32)
            for place, index in enumerate(batch):
                inputs[place, 0, :, : frames[index].width] = frames[index].pixels
            inputs /= 255
            (scores,) = self.session.run(None, {"frames": inputs})
            for place, index in enumerate(batch):
                count = -(-frames[index].width // STRIDE)
                found[index] = _softmax(scores[place, :, :count].T)
        return found


def _batches(frames: Sequence[Frame]) -> list[list[int]]:
    """Indexes of frames of like width: the padding of a batch is work for nothing."""
    order = sorted(range(len(frames)), key=lambda index: frames[index].width)
    batches: list[list[int]] = []
    for index in order:
        last = batches[-1] if batches else None
        if (
            last is None
            or len(last) == _MOST_FRAMES
            or frames[index].width > _WASTE * frames[last[0]].width
        ):
            batches.append([index])
        else:
            last.append(index)
    return batches


def _softmax(scores: Floats) -> Floats:
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), dtype=np.float32)


@cache
def read_line_network() -> LineNetwork:
    """The network that is shipped, loaded once for each process.

    Raises ``EngineError`` where onnxruntime is not installed or the model cannot be loaded,
    ``DictionaryError`` where its file is missing.
    """
    return load_line_network(dictionary_path(MODEL))


def load_line_network(path: Path) -> LineNetwork:
    """The network of that file; ``EngineError`` as for ``read_line_network``."""
    try:
        import onnxruntime
    except ImportError as error:
        raise EngineError("onnxruntime is not installed.", remedy=_EXTRA) from error
    options = onnxruntime.SessionOptions()
    # One page, one thread: pages and documents run side by side instead.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(
            path.read_bytes(), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:
        # onnxruntime has its own errors for each way in which a file can be no model.
        raise EngineError(
            f"{path.name} cannot be loaded: {str(error)[:200]}",
            remedy="Install the package again: pip install --force-reinstall sohoa.",
        ) from error
    return LineNetwork(session)


@cache
def network_version() -> str:
    """Version of onnxruntime and fingerprint of the model."""
    try:
        import onnxruntime
    except ImportError as error:
        raise EngineError("onnxruntime is not installed.", remedy=_EXTRA) from error
    digest = hashlib.sha256(dictionary_path(MODEL).read_bytes()).hexdigest()
    return f"{onnxruntime.__version__}+{digest[:12]}"
