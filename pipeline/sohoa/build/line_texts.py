"""``python -m sohoa.build.line_texts CORPUS OUT``: text for made lines, drawn from a corpus.

Writes ``train.txt`` and ``test.txt``, one piece of text a line. Test text is what the corpus holds
out (see ``sohoa.build.corpus``). The same corpus gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sohoa.build.corpus import corpus_files, read_corpus
from sohoa.errors import SohoaError

# One line in so many is taken; the Party's language is rare in any corpus.
_EVERY = {"party": 1}
_USUAL = 40
_LONGEST = 400  # characters; law paragraphs can fill pages


def write_texts(corpus: Path, out: Path) -> tuple[int, int]:
    """Write both files; how many pieces each holds."""
    files = corpus_files(corpus)
    out.mkdir(parents=True, exist_ok=True)
    counts = [0, 0]
    seen: dict[str, int] = {}
    with (
        (out / "train.txt").open("w", encoding="utf-8") as train,
        (out / "test.txt").open("w", encoding="utf-8") as test,
    ):
        for line in read_corpus(files):
            seen[line.register] = seen.get(line.register, 0) + 1
            if seen[line.register] % _EVERY.get(line.register, _USUAL):
                continue
            (test if line.held_out else train).write(line.text[:_LONGEST] + "\n")
            counts[line.held_out] += 1
    return counts[0], counts[1]


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        train, test = write_texts(Path(arguments[0]), Path(arguments[1]))
    except SohoaError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{train} pieces to learn from, {test} to test with")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
