"""How many words a reviewer must look at to bring pages to a recall, guided by their doubt.

    python tests/bench/review_effort.py TRUTH RESULTS [--recall 0.999]

Words of a page are looked at in the order of their doubt (the queue of the review page). Looking at
a word puts right what it stands for; a truth word for which nothing was read is seen when the word
after it is looked at. A recall that cannot be reached so is told as such. Handwriting is left out
on both sides. The last line tells what is left when 15 of 100 words were looked at: the recall, how
many words are still wrong, and for how many of them nothing was read: no order of the words that
were read leads to those.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sohoa.evaluate.alignment import tokens_of
from sohoa.evaluate.folding import fold_text
from sohoa.evaluate.outputs import find_results, read_result
from sohoa.evaluate.truth import read_truth
from sohoa.model import Page
from sohoa.review.doubt import DOUBTFUL, doubts_of, is_text

_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Effort:
    """One page: its truth words, and for each output word its doubt and the misses it mends.

    ``seen`` are doubt, misses, and those of them for which nothing was read.
    """

    name: str
    words: int
    misses: int
    seen: tuple[tuple[float, int, int], ...]

    def looks_needed(self, recall: float) -> int | None:
        """How many words, most doubtful first, until the recall is reached; None: never."""
        left = self.misses
        allowed = round(self.words * (1 - recall) + 1e-9) if self.words else 0
        if left <= allowed:
            return 0
        for count, (_, mended, _) in enumerate(self.seen, 1):
            left -= mended
            if left <= allowed:
                return count
        return None


def measure(name: str, truth_text: str, page: Page) -> Effort:
    """Which misses of a page are mended by looking at which of its words."""
    from rapidfuzz.distance import Levenshtein

    truth = tokens_of(truth_text)
    lines = [line for line in page.lines() if is_text(line)]
    output = [word for line in lines for word in line.words]
    doubts = [doubt for line in lines for doubt in doubts_of(line)]
    folded = [fold_text(word.text) for word in output]
    lost: list[tuple[str, int, bool]] = []
    spare: Counter[str] = Counter()
    for code in Levenshtein.opcodes([token.folded for token in truth], folded):
        if code.tag == "equal":
            continue
        spare.update(folded[code.dest_start : code.dest_end])
        last = max(code.dest_start, code.dest_end - 1)
        for position, token in enumerate(truth[code.src_start : code.src_end]):
            if token.is_printed:
                place = min(code.dest_start + position, last)
                unread = code.dest_start + position >= code.dest_end
                lost.append((token.folded, place, unread))
    mends, unreads = [0] * len(output), [0] * len(output)
    misses = 0
    for text, place, unread in lost:
        # A word that was read, only in another order, is no miss.
        if spare[text] > 0:
            spare[text] -= 1
            continue
        misses += 1
        if output:
            mends[min(place, len(output) - 1)] += 1
            unreads[min(place, len(output) - 1)] += unread
    seen = sorted(zip(doubts, mends, unreads, strict=True), key=lambda each: -each[0])
    printed = sum(token.is_printed for token in truth)
    return Effort(name, printed, misses, tuple(seen))


def main() -> None:
    """Print a table, one page a line, and what all pages take together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("truth", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("--recall", type=float, default=0.999)
    options = parser.parse_args()
    efforts = find_efforts(options.truth, options.results)
    print(
        f"{'page':38} {'words':>6} {'recall':>7} {'look':>6} {'share':>7} {'queue':>6} {'then':>7}"
    )
    for each in efforts:
        print(told(each, options.recall))
    whole = together(efforts)
    print(told(whole, options.recall))
    later = whole.seen[round(len(whole.seen) * _SHARE) :]
    left = sum(mended for _, mended, _ in later)
    unread = sum(nothing for _, _, nothing in later)
    recall = 1 - left / max(1, whole.words)
    print(f"after {_SHARE:.0%} of the words: recall {recall:.4f}, wrong {left}, unread {unread}")


def find_efforts(truth: Path, results: Path) -> tuple[Effort, ...]:
    """Every page that has both truth and a result."""
    folders = find_results(results)
    found = []
    for document in read_truth(truth):
        for folder in folders.get(document.name, ())[:1]:
            record = read_result(folder, results).record
            for number, text in document.pages:
                pages = [page for page in record.pages if page.number == number] if record else []
                found += [measure(f"{document.name}.p{number}", text, page) for page in pages]
    return tuple(found)


def together(efforts: tuple[Effort, ...]) -> Effort:
    """All pages as one: the most doubtful words of all of them first."""
    seen = sorted((each for effort in efforts for each in effort.seen), key=lambda each: -each[0])
    words = sum(each.words for each in efforts)
    return Effort("all", words, sum(each.misses for each in efforts), tuple(seen))


def told(effort: Effort, recall: float) -> str:
    looks = effort.looks_needed(recall)
    share = looks / max(1, len(effort.seen)) if looks is not None else None
    queue = [each for each in effort.seen if each[0] >= DOUBTFUL]
    left = effort.misses - sum(mended for _, mended, _ in queue)
    return (
        f"{effort.name:38} {effort.words:6} {1 - effort.misses / max(1, effort.words):7.4f} "
        f"{'never' if looks is None else looks:>6} "
        f"{'' if share is None else f'{share:.1%}':>7} "
        f"{len(queue) / max(1, len(effort.seen)):6.1%} {1 - left / max(1, effort.words):7.4f}"
    )


if __name__ == "__main__":
    main()
