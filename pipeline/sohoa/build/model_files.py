"""Writing the language model as flat arrays (see ``sohoa.restore.language_model``)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sohoa.build.smoothing import SmoothedModel
from sohoa.restore.language_model import ARRAYS, BACKOFF_TOP, STEPS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def _quantized(logs: NDArray[np.float64]) -> NDArray[np.uint8]:
    import numpy as np

    return np.clip(np.round(-logs * STEPS), 0, 255).astype(np.uint8)


def _quantized_backoff(logs: NDArray[np.float64]) -> NDArray[np.uint8]:
    import numpy as np

    return np.clip(np.round((BACKOFF_TOP - logs) * STEPS), 0, 255).astype(np.uint8)


def write_model(model: SmoothedModel, folder: Path) -> dict[str, int]:
    """Write the arrays; the sizes in bytes by name. The same model gives the same bytes."""
    import numpy as np

    size = model.size
    context = np.searchsorted(model.bigram_keys, model.trigram_keys // size)
    arrays: dict[str, NDArray[Any]] = {
        "unigram_values": np.stack(
            [_quantized(model.unigram), _quantized_backoff(model.unigram_backoff)], axis=1
        ),
        "bigram_counts": np.bincount(model.bigram_keys // size, minlength=size).astype(np.uint16),
        "bigram_second": (model.bigram_keys % size).astype(np.uint16),
        "bigram_values": np.stack(
            [_quantized(model.bigram), _quantized_backoff(model.bigram_backoff)], axis=1
        ),
        "trigram_counts": np.bincount(context, minlength=len(model.bigram_keys)).astype(np.uint16),
        "trigram_third": (model.trigram_keys % size).astype(np.uint16),
        "trigram_values": _quantized(model.trigram),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name in ARRAYS:
        np.save(folder / f"{name}.npy", arrays[name])
    return {name: arrays[name].nbytes for name in ARRAYS}
