from __future__ import annotations

from pathlib import Path

import pytest

from sohoa.cli.restore import run
from sohoa.errors import SettingsError, SourceMissing, SourceUnsupported

BROKEN = "Căn cứ Quyết định về tô chức triên khai các nhiệm vụ.\n"
MENDED = "Căn cứ Quyết định về tổ chức triển khai các nhiệm vụ.\n"


def test_an_input_is_never_written_over(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text(BROKEN)
    for source in (str(text), str(tmp_path)):
        with pytest.raises(SettingsError, match=r"a\.txt"):
            run([source], tmp_path, None, explain=True)
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
    assert text.read_text() == BROKEN


def test_several_texts_need_a_folder(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(BROKEN)
    with pytest.raises(SettingsError, match=r"--out"):
        run([str(tmp_path)], None, None, explain=False)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", "Qu\u1ea1".encode("utf-16")])
def test_what_is_no_utf8_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(SourceUnsupported, match=r"a\.txt"):
        run([str(tmp_path / "a.txt")], None, None, explain=False)


def test_a_folder_without_texts_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        run([str(tmp_path)], None, None, explain=False)


def test_a_folder_keeps_its_shape(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text(MENDED)
    (tmp_path / "in" / "deep" / "b.txt").write_text(BROKEN)
    run([str(tmp_path / "in")], tmp_path / "out", None, explain=True)
    out = tmp_path / "out"
    assert (out / "a.txt").read_text() == (out / "deep" / "b.txt").read_text() == MENDED
    assert "<del>" not in (out / "a.txt.html").read_text()
    explained = (out / "deep" / "b.txt.html").read_text()
    assert "<del>tô</del>" in explained
    assert ">tổ</ins>" in explained


def test_changes_are_shown_beside_the_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(BROKEN)
    run([str(tmp_path / "a.txt")], None, None, explain=True)
    shown = capsys.readouterr()
    assert shown.out == MENDED
    assert "tô" in shown.err
    assert "tổ" in shown.err
