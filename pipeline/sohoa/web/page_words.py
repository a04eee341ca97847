"""The words of a page as the review page gets them: JSON, of which most is made only once.

A save sends its page again. What it did not touch was written before: the lines of the record are
kept as text, by the very line, and only those that a correction changed are written anew.
"""

from __future__ import annotations

import json
from typing import Any

from sohoa.geometry import BBox
from sohoa.model import Block, BlockKind, Line, Page, Word
from sohoa.review.doubt import doubts_of, is_text

_MOST_CANDIDATES = 3


class PageWords:
    """Writes pages of one record, with whatever corrections. Safe to use from several threads."""

    def __init__(self, base: tuple[Page, ...]) -> None:
        # The record's own lines, by identity: they live as long as this does.
        self._own = {id(line): line for page in base for line in page.lines()}
        self._written: dict[int, str] = {}

    def write(self, page: Page, version: int, locked: frozenset[str]) -> str:
        """The page as it stands, in reading order; ``locked`` are words that people looked at."""
        blocks = ", ".join(self._block(each, locked) for each in page.blocks)
        return f'{{"number": {page.number}, "version": {version}, "blocks": [{blocks}]}}'

    def _block(self, block: Block, locked: frozenset[str]) -> str:
        lines = self._lines(block.lines, locked)
        cells = ""
        if block.kind is BlockKind.TABLE:
            cells = ", ".join(
                f'{{"row": {cell.row}, "column": {cell.column}, "rows": {cell.row_span}, '
                f'"columns": {cell.column_span}, "lines": {self._lines(cell.lines, locked)}}}'
                for cell in block.cells
            )
            cells = f', "cells": [{cells}]'
        return f'{{"box": {_box(block.bbox)}, "lines": {lines}{cells}}}'

    def _lines(self, lines: tuple[Line, ...], locked: frozenset[str]) -> str:
        return f"[{', '.join(self._line(each, locked) for each in lines)}]"

    def _line(self, line: Line, locked: frozenset[str]) -> str:
        if id(line) not in self._own or not locked.isdisjoint(word.id for word in line.words):
            return _written(line, locked)
        text = self._written.get(id(line))
        if text is None:
            text = self._written[id(line)] = _written(line, locked)
        return text


def _written(line: Line, locked: frozenset[str]) -> str:
    doubts = doubts_of(line) if is_text(line) else (None,) * len(line.words)
    words = [
        _word(word, doubt, word.id in locked)
        for word, doubt in zip(line.words, doubts, strict=True)
    ]
    return json.dumps({"kind": line.kind.value, "words": words}, ensure_ascii=False)


def _word(word: Word, doubt: float | None, locked: bool) -> dict[str, Any]:
    value: dict[str, Any] = {"id": word.id, "text": word.text, "box": _box(word.bbox)}
    value["sure"] = round(word.confidence, 3)
    if locked:
        value["locked"] = True
    elif doubt is not None:
        value["doubt"] = doubt
    if word.recognized != word.text:
        value["read"] = word.recognized
    choices = _candidates(word)
    if choices:
        value["choices"] = choices
    return value


def _candidates(word: Word) -> list[str]:
    """Other readings, the likeliest first: the engine's, and what stood before each edit."""
    if not word.alternatives and not word.edits:
        return []
    known = [each.text for each in word.alternatives]
    known += [edit.before for edit in reversed(word.edits)]
    kept = dict.fromkeys(text for text in known if text and text != word.text)
    return list(kept)[:_MOST_CANDIDATES]


def _box(box: BBox) -> list[int]:
    return [box.left, box.top, box.right, box.bottom]
