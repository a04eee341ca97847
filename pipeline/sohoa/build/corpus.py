"""Reading and cleaning the text from which counts are taken.

The held-out rule: a line whose SHA-256 is 0 modulo 20 is test text. It is never counted, and
neither is a line that is nearly the same.
"""

from __future__ import annotations

import hashlib
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from sohoa.errors import SourceEmpty
from sohoa.vietnamese import fold_look_alikes

_FRONT_MATTER = re.compile(
    r"^(layout|title|permalink|lastedit|description|keywords|categories|tags|date|source|---)\b.*:"
)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ADDRESS = re.compile(r"\S*(?:https?://|www\.|@)\S*")
_BLANKS = re.compile(r"[._…]{3,}|…")
_MARKUP = re.compile(r"[*#`]+|<[^>]{1,40}>")
_FEW_WORDS = 5
_CUT = re.compile(r"\S*\s*(?:\.\.\.|…)\s*\|?\s*$")


@dataclass(frozen=True, slots=True)
class CorpusLine:
    """One cleaned piece of text: its register (the file's name) and whether it is test text."""

    register: str
    text: str
    held_out: bool


def is_held_out(line: str) -> bool:
    """Whether this raw line (no line end) is test text: SHA-256 of it is 0 modulo 20."""
    return int.from_bytes(hashlib.sha256(line.encode()).digest(), "big") % 20 == 0


def clean_line(line: str) -> tuple[str, ...]:
    """The pieces of running text in a raw line; none for site furniture.

    Table rows fall into their cells; a word cut off by an ellipsis at the end goes; links keep
    their text, addresses and dotted blanks go.
    """
    if _FRONT_MATTER.match(line):
        return ()
    text = _LINK.sub(r"\1", fold_look_alikes(line))
    text = _CUT.sub("", text)
    text = _BLANKS.sub(" ", _MARKUP.sub(" ", _ADDRESS.sub(" ", text)))
    pieces = (" ".join(piece.split()) for piece in text.split("|"))
    return tuple(piece for piece in pieces if _is_vietnamese(piece))


def _is_vietnamese(piece: str) -> bool:
    """Whether there are letters, and marks on them wherever there are more than a few words.

    Corpora hold text from which the marks were lost; counted, it would teach broken words.
    """
    letters = [word for word in piece.split() if any(c.isalpha() for c in word)]
    return bool(letters) and (len(letters) < _FEW_WORDS or not piece.isascii())


def corpus_files(folder: Path) -> tuple[Path, ...]:
    """The text files of a corpus folder (its ``corpus`` folder where it has one), by name."""
    root = folder / "corpus" if (folder / "corpus").is_dir() else folder
    found = sorted(p for p in root.rglob("*") if p.name.endswith((".txt", ".txt.xz")))
    if not found:
        raise SourceEmpty(f"No .txt or .txt.xz below {root}.", remedy="Give a folder with text.")
    return tuple(found)


def read_corpus(files: tuple[Path, ...]) -> Iterator[CorpusLine]:
    """All cleaned lines of the files, in order."""
    for path in files:
        register = path.name.removesuffix(".xz").removesuffix(".txt")
        with _opened(path) as lines:
            for raw in lines:
                line = raw.rstrip("\r\n")
                held_out = is_held_out(line)
                for piece in clean_line(line):
                    yield CorpusLine(register, piece, held_out)


def _opened(path: Path) -> TextIO:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")
