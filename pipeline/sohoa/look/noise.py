"""Specks, borders and pen strokes that the engine read as letters: set apart, never thrown away."""

from __future__ import annotations

from dataclasses import replace

from sohoa.geometry import union_all
from sohoa.look.rows import looks_like_text
from sohoa.model import Block, Line, LineKind, Word

# Signs that print uses alone: dashes and dots of lists and fills, brackets, the star of a header.
_PRINTED_SIGNS = frozenset("-–—+*•.…,;:/()[]“”\"'&%=×~_")
_SURE = 0.5
_MOST_NOISE_WORDS = 6


def mark_noise(block: Block, height: float) -> tuple[Block, ...]:
    """The block with noise in lines of their own, marked ``NOISE``, behind the lines of print.

    A line is noise where none of its few words looks like print. At the ends of a printed line,
    words of stray signs alone are noise. Table cells are left alone, and so is every word that
    holds a digit: a number written by pen is badly read, too. ``height``: typical word height.
    """
    printed: list[Line] = []
    noise: list[Line] = []
    for line in block.lines:
        if line.kind is not LineKind.TEXT:
            printed.append(line)
        elif _is_noise(line, height):
            noise.append(replace(line, kind=LineKind.NOISE))
        else:
            body, stray = _without_stray_ends(line)
            printed.append(body)
            noise += [Line(word.bbox, (word,), LineKind.NOISE) for word in stray]
    if not noise:
        return (block,)
    blocks = [
        Block(union_all(line.bbox for line in lines), tuple(lines), block.kind, block.cells)
        for lines in (printed,)
        if lines
    ]
    return (*blocks, Block(union_all(line.bbox for line in noise), tuple(noise)))


def _is_noise(line: Line, height: float) -> bool:
    if len(line.words) > _MOST_NOISE_WORDS:
        return False
    if any(character.isdigit() for word in line.words for character in word.text):
        return False
    if all(_is_stray(word) or _of_odd_size(word, height) for word in line.words):
        return True
    return not any(looks_like_text(word) or _is_printed_sign(word) for word in line.words)


def _without_stray_ends(line: Line) -> tuple[Line, tuple[Word, ...]]:
    words = list(line.words)
    stray: list[Word] = []
    while len(words) > 1 and _is_stray(words[-1]):
        stray.append(words.pop())
    while len(words) > 1 and _is_stray(words[0]):
        stray.append(words.pop(0))
    if not stray:
        return line, ()
    kept = replace(line, words=tuple(words), bbox=union_all(word.bbox for word in words))
    return kept, tuple(stray)


def _is_stray(word: Word) -> bool:
    """Signs only, and such that no printer sets alone, or hardly seen."""
    if any(character.isalnum() for character in word.text):
        return False
    return not _is_printed_sign(word)


def _is_printed_sign(word: Word) -> bool:
    return set(word.text) <= _PRINTED_SIGNS and (word.confidence >= _SURE or len(word.text) <= 3)


def _of_odd_size(word: Word, height: float) -> bool:
    """Far taller than print, and not read with any certainty."""
    return word.bbox.height > 3.5 * height and word.confidence < _SURE
