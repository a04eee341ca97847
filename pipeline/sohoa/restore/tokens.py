"""How text becomes the tokens of the language model; the same for building and for use.

Letters in lower case and newer tone style are words; a chunk with a digit is ``NUMBER``; an end of
a sentence or clause (. ; : ! ?) is ``BREAK``. Other signs are passed over: a comma says little
about the words on its two sides.
"""

from __future__ import annotations

import re

from sohoa.lexicon import fold_key

UNKNOWN = "<unk>"
BREAK = "<s>"
NUMBER = "<num>"
SPECIAL = (UNKNOWN, BREAK, NUMBER)

_PIECE = re.compile(r"[^\W_]*\d[\w./\-]*|[^\W\d_]+|[.;:!?]")


def model_tokens(text: str) -> list[str]:
    """The tokens of one line, without the break that ends it."""
    tokens: list[str] = []
    for piece in _PIECE.findall(text):
        first = piece[0]
        if first in ".;:!?":
            if tokens and tokens[-1] != BREAK:
                tokens.append(BREAK)
        elif any(character.isdigit() for character in piece):
            tokens.append(NUMBER)
        else:
            tokens.append(fold_key(piece))
    return tokens
