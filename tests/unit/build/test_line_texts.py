"""Texts for made lines: what is held out is never learnt from."""

from __future__ import annotations

from pathlib import Path

from sohoa.build.corpus import is_held_out
from sohoa.build.line_texts import main, write_texts


def corpus(folder: Path) -> Path:
    lines = [f"Các cơ quan, đơn vị thực hiện nhiệm vụ số {number}" for number in range(2000)]
    folder.mkdir()
    (folder / "party.txt").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_held_out_text_goes_to_the_test_only(tmp_path: Path) -> None:
    counts = write_texts(corpus(tmp_path / "corpus"), tmp_path / "out")
    train = (tmp_path / "out" / "train.txt").read_text(encoding="utf-8").splitlines()
    test = (tmp_path / "out" / "test.txt").read_text(encoding="utf-8").splitlines()
    assert (len(train), len(test)) == counts
    assert test
    assert all(is_held_out(line) for line in test)
    assert not any(is_held_out(line) for line in train)


def test_the_same_corpus_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "corpus")
    for name in ("one", "two"):
        write_texts(folder, tmp_path / name)
    for part in ("train.txt", "test.txt"):
        assert (tmp_path / "one" / part).read_bytes() == (tmp_path / "two" / part).read_bytes()


def test_a_folder_without_text_is_refused(tmp_path: Path) -> None:
    assert main([str(tmp_path), str(tmp_path / "out")]) == 1
    assert main([]) == 2
