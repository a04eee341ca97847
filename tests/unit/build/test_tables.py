"""Every dictionary table keeps the promise of its header."""

from __future__ import annotations

import unicodedata

import pytest

from sohoa.dictionaries import dictionaries_folder, read_table

NAMES = sorted(path.stem for path in dictionaries_folder().glob("*.tsv"))


@pytest.mark.parametrize("name", NAMES)
def test_table_is_whole(name: str) -> None:
    table = read_table(name)
    header = dict(table.header)
    assert table.rows, "a table without rows"
    for key in ("title", "source", "licence", "columns", "version", "built"):
        assert header.get(key), f"the header lacks {key}"
    assert len(set(table.columns)) == len(table.columns)


@pytest.mark.parametrize("name", NAMES)
def test_table_has_no_duplicates_and_is_clean(name: str) -> None:
    path = dictionaries_folder() / f"{name}.tsv"
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert text.endswith("\n")
    assert "\r" not in text
    rows = read_table(name).rows
    assert len(set(rows)) == len(rows)
    for row in rows:
        for cell in row:
            assert cell == cell.strip(), f"outer blanks in {row}"


@pytest.mark.parametrize("name", NAMES)
def test_table_may_be_given_on(name: str) -> None:
    licence = dict(read_table(name).header)["licence"]
    assert "MIT" in licence
    assert "GPL" not in licence


def test_provinces_have_successors() -> None:
    now = set(read_table("provinces").column("code"))
    assert len(now) == 34
    before = read_table("provinces_before_2025")
    assert len(before.rows) == 63
    assert set(before.column("successor_code")) <= now


def test_words_are_keys() -> None:
    from sohoa.lexicon import fold_key

    words = read_table("words").column("word")
    assert len(set(words)) == len(words)
    assert all(fold_key(word) == word for word in words)


def test_all_shipped_data_stays_small() -> None:
    files = [path for path in dictionaries_folder().rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 40_000_000
    assert max(path.stat().st_size for path in files) <= 8_000_000
