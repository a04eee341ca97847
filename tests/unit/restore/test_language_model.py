from __future__ import annotations

import numpy as np
import pytest

from sohoa.errors import DictionaryError
from sohoa.restore.language_model import load, read_language_model

MODEL = read_language_model()


@pytest.mark.parametrize("context", [("tổ", "chức"), ("uỷ", "ban"), ("<s>", "căn"), ("zz", "zz")])
def test_probabilities_sum_to_one(context: tuple[str, str]) -> None:
    size = len(MODEL.words)
    first, second = (np.full(size, MODEL.identify(word), dtype=np.int64) for word in context)
    total = np.exp(MODEL.score(first, second, np.arange(size, dtype=np.int64))).sum()
    # Logs are stored in steps of 1/12.
    assert total == pytest.approx(1.0, abs=0.06)


def test_usual_words_are_likelier() -> None:
    def log(*words: str) -> float:
        ids = [np.asarray([MODEL.identify(word)], dtype=np.int64) for word in words]
        return float(MODEL.score(*ids)[0])

    assert log("uỷ", "ban", "nhân") > log("uỷ", "ban", "nhãn") + 3
    assert log("cấp", "có", "thẩm") > log("cấp", "có", "thâm") + 3


def test_a_model_of_other_words_is_refused() -> None:
    from sohoa.dictionaries import dictionary_path

    folder = dictionary_path("language_model/unigram_values.npy").parent
    with pytest.raises(DictionaryError):
        load(folder, ("<unk>", "<s>", "<num>", "một"))
