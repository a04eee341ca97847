"""Figures by pen put into the text: the words of a pen spot, read again figure by figure."""

from __future__ import annotations

import re
from dataclasses import replace

from sohoa.geometry import BBox, union_all
from sohoa.look.pen import FigureReading, read_pen_figures
from sohoa.look.pen_spots import PenSpot, find_pen_spots
from sohoa.model import Alternative, Line, PageImage, Word

# Figures that an engine read this surely are print: they are left alone.
PRINTED = 0.9
# The most that a reading of pen strokes is worth, and the least that a new word needs.
_MOST_SURE = 0.45
_NEEDED, _NEEDED_FOR_NEW = 0.1, 0.5
# Where the engine read no figures at all, a weak reading still is the better guess.
_NEEDED_FOR_RUBBISH = 0.03
# How much a sure engine's reading of the same ink outweighs ours, and what it counts unseen by us.
_SECOND_OPINION, _UNSEEN = 12.0, 0.005
_REASON = "figures by pen, read one by one"


def read_pen_spots(page: PageImage, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with the number and the day of a filled-in form read figure by figure.

    After it: each such reading is a word of its own with an edit, a confidence of at most 0.45, and
    the other readings as alternatives. It leaves alone: figures read surely, figures in running
    text, printed words, blanks without ink, every other word.
    """
    for spot in find_pen_spots(lines):
        if _is_print(spot):
            continue
        found = read_pen_figures(page.pixels, spot)
        readings = _weighed(found, spot) if found else ()
        needed = _NEEDED if _figures_before(spot) else _NEEDED_FOR_RUBBISH
        needed = needed if spot.words else _NEEDED_FOR_NEW
        if readings and _worth(readings[0]) >= needed:
            lines = _filled(lines, spot, readings)
    return lines


def _read_before(spot: PenSpot) -> str:
    """What the engine read in the spot, without the print glued to it."""
    texts = [word.text for word in spot.words]
    if not texts:
        return ""
    texts[-1] = texts[-1][: len(texts[-1]) - spot.tail]
    texts[0] = texts[0][spot.head :]
    return "".join(texts)


def _figures_before(spot: PenSpot) -> str:
    """The figures that the engine read there; empty where it read no possible number or day."""
    text = _read_before(spot).strip(".,_:")
    fits = re.fullmatch(rf"\d{{1,{spot.most}}}[a-zđ]?", text) is not None
    possible = not spot.highest or (text.isdigit() and 1 <= int(text) <= spot.highest)
    return text if fits and possible else ""


def _is_print(spot: PenSpot) -> bool:
    """Whether these are printed figures: read surely, or read at all in running text."""
    sure = spot.in_text or all(word.confidence >= PRINTED for word in spot.words)
    return sure and bool(_figures_before(spot))


def _weighed(readings: tuple[FigureReading, ...], spot: PenSpot) -> tuple[FigureReading, ...]:
    """The readings with what the engine read in the same ink as a second opinion."""
    before = _figures_before(spot)
    if not before:
        return readings
    sure = min(word.confidence for word in spot.words)
    weight = 1.0 + _SECOND_OPINION * sure * sure
    if all(each.text != before for each in readings):
        readings = (*readings, FigureReading(before, _UNSEEN, sure))
    shares = [each.share * (weight if each.text == before else 1.0) for each in readings]
    weighed = [
        replace(
            each,
            share=share / sum(shares),
            certainty=max(each.certainty, sure) if each.text == before else each.certainty,
        )
        for each, share in zip(readings, shares, strict=True)
    ]
    return tuple(sorted(weighed, key=lambda each: (-each.share, each.text)))


def _worth(reading: FigureReading) -> float:
    return reading.share * reading.certainty


def _filled(
    lines: tuple[Line, ...], spot: PenSpot, readings: tuple[FigureReading, ...]
) -> tuple[Line, ...]:
    """The lines with the spot's words made one, and what was glued to it set free."""
    inside = {word.id for word in spot.words}
    figures = _word_of(spot, readings)
    rows: list[Line] = []
    placed = False
    for line in lines:
        if not (inside & {word.id for word in line.words} if inside else _holds(line, spot)):
            rows.append(line)
            continue
        words = [word for word in line.words if word.id not in inside]
        if not placed:
            words += [*_print_around(spot), figures]
            placed = True
        words.sort(key=lambda word: word.bbox.left)
        if words:
            rows.append(replace(line, words=tuple(words), bbox=union_all(w.bbox for w in words)))
    return tuple(rows)


def _holds(line: Line, spot: PenSpot) -> bool:
    """Whether this line ends or goes on where the blank begins."""
    return any(
        abs(word.bbox.right - spot.bbox.left) <= 1 and word.bbox.vertical_overlap(spot.bbox) > 0.6
        for word in line.words
    )


def _word_of(spot: PenSpot, readings: tuple[FigureReading, ...]) -> Word:
    best = readings[0]
    confidence = round(min(_MOST_SURE, _worth(best)), 3)
    others = {
        each.text: round(min(_MOST_SURE, each.share * each.certainty), 3) for each in readings[1:]
    }
    alternatives = tuple(Alternative(text, sure) for text, sure in others.items())
    if not spot.words:
        left, right = spot.bbox.left, spot.bbox.right
        height = spot.bbox.height // 4
        box = BBox(left, spot.bbox.top + height, max(left, right), spot.bbox.bottom - height)
        name = f"pen{left}.{spot.bbox.top}"
        return Word(name, box, best.text, confidence, alternatives)
    read = _read_before(spot)
    whole = union_all(word.bbox for word in spot.words)
    box = BBox(
        max(whole.left, spot.bbox.left) if spot.head else whole.left,
        whole.top,
        max(whole.left, min(whole.right, spot.bbox.right) if spot.tail else whole.right),
        whole.bottom,
    )
    word = Word(f"{spot.words[0].id}.pen", box, read, min(w.confidence for w in spot.words))
    if read == best.text:
        return replace(word, confidence=max(confidence, word.confidence), alternatives=alternatives)
    word = word.edited("pen", best.text, confidence=confidence, reason=_REASON)
    return replace(word, confidence=confidence, alternatives=alternatives)


def _print_around(spot: PenSpot) -> list[Word]:
    """The printed ends of glued words, as words of their own."""
    words: list[Word] = []
    if spot.words and spot.head:
        word = spot.words[0]
        box = replace(word.bbox, right=max(word.bbox.left, spot.bbox.left))
        words.append(Word(f"{word.id}.head", box, word.text[: spot.head], word.confidence))
    if spot.words and spot.tail:
        word = spot.words[-1]
        box = replace(word.bbox, left=min(word.bbox.right, spot.bbox.right))
        text = word.text[len(word.text) - spot.tail :]
        words.append(Word(f"{word.id}.tail", box, text, word.confidence))
    return words
