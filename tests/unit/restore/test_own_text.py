from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sohoa.errors import SettingsError
from sohoa.restore import Channel, RestoreSettings, default_stages, recipe_of, restore_text
from sohoa.restore.language_model import read_language_model
from sohoa.restore.own_text import adapted_model, find_own_text
from sohoa.settings import load_settings

VIE = RestoreSettings(engine=Channel.TESSERACT_VIE)
HABIT = "Đội hình thanh niên xung kích vùng Tân Sưu tham gia lễ hội làng nghề.\n"


def office(folder: Path, text: str) -> RestoreSettings:
    (folder / "own.txt").write_text(text, encoding="utf-8")
    return replace(VIE, own_text=folder)


def test_without_own_text_the_shipped_model_reads() -> None:
    assert adapted_model(None) is read_language_model()


def test_other_text_is_restored_as_before(tmp_path: Path) -> None:
    broken = "Các cấp uỷ tô chức triên khai nhiệm vụ theo thâm quyền được giao hằng năm."
    assert restore_text(broken, office(tmp_path, HABIT)) == restore_text(broken, VIE)


@pytest.mark.parametrize("context", [("tổ", "chức"), ("tân", "sưu"), ("làng", "<s>")])
def test_probabilities_sum_to_one(tmp_path: Path, context: tuple[str, str]) -> None:
    own = find_own_text(office(tmp_path, HABIT * 30).own_text or tmp_path)
    model = adapted_model(own)
    size = len(model.words)
    first, second = (np.full(size, model.identify(word), dtype=np.int64) for word in context)
    words = np.arange(size, dtype=np.int64)
    assert np.exp(model.score(first, second, words)).sum() == pytest.approx(1.0, abs=0.06)
    assert np.exp(model.score_pairs(second, words)).sum() == pytest.approx(1.0, abs=0.06)


def test_a_turn_of_phrase_of_the_office_is_learned(tmp_path: Path) -> None:
    own = find_own_text(office(tmp_path, HABIT * 30).own_text or tmp_path)
    adapted, shipped = adapted_model(own), read_language_model()

    def log(model: object, *words: str) -> float:
        ids = [np.asarray([shipped.identify(word)], dtype=np.int64) for word in words]
        return float(model.score(*ids)[0])  # type: ignore[attr-defined]

    assert log(adapted, "vùng", "tân", "sưu") > log(shipped, "vùng", "tân", "sưu") + 1
    assert log(adapted, "uỷ", "ban", "nhân") == pytest.approx(log(shipped, "uỷ", "ban", "nhân"))


def test_a_name_that_nobody_else_knows_stays(tmp_path: Path) -> None:
    text = "Nhà máy gạch Pruông đóng tại xã."
    settings = office(tmp_path, "Pruông là tên làng. Pruông có chợ. Về Pruông mùa lúa.\n")
    assert "prong" not in restore_text(text, settings).lower()
    assert "Pruông" in restore_text(text, settings)


def test_what_the_text_holds_is_part_of_the_recipe(tmp_path: Path) -> None:
    first = recipe_of(default_stages(office(tmp_path, HABIT)))
    second = recipe_of(default_stages(office(tmp_path, HABIT * 2)))
    assert first != second
    assert str(tmp_path) not in str(first)


def test_a_folder_without_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="own_text"):
        default_stages(replace(VIE, own_text=tmp_path))
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match=r"bad\.txt"):
        restore_text("một hai ba", replace(VIE, own_text=tmp_path))


def test_the_folder_is_seen_from_the_settings_file(tmp_path: Path) -> None:
    (tmp_path / "sohoa.toml").write_text('[restore]\nown_text = "texts"\n')
    assert load_settings(tmp_path / "sohoa.toml").restore.own_text == tmp_path / "texts"
