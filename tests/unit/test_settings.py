from __future__ import annotations

from pathlib import Path

import pytest

from sohoa.errors import SettingsError
from sohoa.settings import Settings, load_settings, parse_settings, step


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"recognise": {}}, "recognise"),
        ({"recognize": {"langauges": "vie"}}, "langauges"),
        ({"recognize": {"timeout_s": "long"}}, "timeout_s"),
        ({"recognize": {"alternatives": 1}}, "alternatives"),
        ({"recognize": "vie"}, r"\[recognize\]"),
        ({"look": {"level": None}}, "level"),
        ({"read": {"min_dpi": 900.0}}, "resolution"),
        ({"restore": {"threshold": 7.0}}, "threshold"),
        ({"restore": {"engine": "crystal"}}, "crystal"),
    ],
)
def test_what_means_nothing_is_refused(values: dict[str, object], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        parse_settings(values)


def test_what_is_not_named_keeps_its_default() -> None:
    assert parse_settings({}) == Settings()
    found = parse_settings({"recognize": {"timeout_s": 5}, "restore": {"engine": "foreign"}})
    assert found.recognize.timeout_s == 5.0
    assert found.restore.engine == "foreign"
    assert found.look == Settings().look


def test_a_file_that_is_wrong_is_named(tmp_path: Path) -> None:
    file = tmp_path / "thiet-lap.toml"
    with pytest.raises(SettingsError, match=r"thiet-lap\.toml"):
        load_settings(file)
    file.write_text("[look\n")
    with pytest.raises(SettingsError, match="not TOML"):
        load_settings(file)
    file.write_text("[output]\nallow_secret = true\n")
    assert load_settings(file).output.allow_secret


def test_a_step_tells_its_settings_in_order() -> None:
    made = step("look", "1", Settings().look)
    assert made.settings[0] == ("level", "True")
    assert step("x", "1").settings == ()
