"""``python -m sohoa.build CORPUS [OUT]``: build the derived dictionaries again.

``CORPUS`` is a folder with text (``*.txt``, ``*.txt.xz``; its ``corpus`` folder where it has one)
and, if it has one, a ``pairs`` folder with aligned readings. ``OUT`` is the dictionaries folder by
default. The same corpus gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sohoa.build.channels import report_channels
from sohoa.build.confusions import build_foreign_confusions
from sohoa.build.corpus import corpus_files, read_corpus
from sohoa.build.counting import Tokens, count_words, encode, tokenize
from sohoa.build.model_files import write_model
from sohoa.build.smoothing import smooth
from sohoa.build.words import build_words, names_as_lines
from sohoa.dictionaries import dictionaries_folder
from sohoa.errors import SohoaError
from sohoa.restore.language_model import FOLDER

# The Party's language is rare in any corpus of law: its lines count this many times.
_WEIGHTS = {"party": 8}
_NAME_WEIGHT = 10
_PRUNING = 1.0


def build_model(tokens: Tokens, vocabulary: tuple[str, ...], folder: Path) -> dict[str, int]:
    """Estimate, prune and write the language model; the sizes of its arrays in bytes."""
    lines = [line for register, line in tokens.train for _ in range(_WEIGHTS.get(register, 1))]
    lines.extend(line for line in names_as_lines() for _ in range(_NAME_WEIGHT))
    return write_model(smooth(encode(lines, vocabulary), len(vocabulary), _PRUNING), folder)


def main(arguments: list[str]) -> int:
    if not 1 <= len(arguments) <= 2:
        print(__doc__, file=sys.stderr)
        return 2
    corpus = Path(arguments[0])
    out = Path(arguments[1]) if len(arguments) == 2 else dictionaries_folder()
    try:
        files = corpus_files(corpus)
        print(f"reading {', '.join(path.name for path in files)} …", flush=True)
        tokens = tokenize(read_corpus(files))
        registers = tuple(path.name.split(".")[0] for path in files)
        vocabulary = build_words(count_words(tokens), registers, out)
        print(f"{len(vocabulary)} words; counting and smoothing …", flush=True)
        sizes = build_model(tokens, vocabulary, out / FOLDER)
        for name, size in sizes.items():
            print(f"  {name}: {size} bytes")
        report_channels(corpus)
        build_foreign_confusions(corpus, out)
    except SohoaError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
