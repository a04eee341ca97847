"""A small grammar: templates with choices and slots, drawn with a seeded generator.

``[a|b|c]`` is a choice (may be nested, may be empty), ``{name}`` a slot filled by the context.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

Value = TypeVar("Value")

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
Slot = str | Callable[[], str]


@dataclass(slots=True)
class Grammar:
    """Expands templates; the same seed and the same calls give the same text."""

    rng: random.Random
    slots: Mapping[str, Slot] = field(default_factory=dict)

    def expand(self, template: str) -> str:
        """The template with every choice made and every slot filled; blanks tidied.

        ``KeyError`` for a slot that the context does not have.
        """
        text = template
        while _CHOICE.search(text):
            text = _CHOICE.sub(lambda found: self.rng.choice(found[1].split("|")), text)
        text = _SLOT.sub(self._fill, text)
        text = re.sub(r"\s+", " ", text).strip()
        return re.sub(r" ([,.;:])", r"\1", text)

    def _fill(self, found: re.Match[str]) -> str:
        value = self.slots[found[1]]
        return value if isinstance(value, str) else value()

    def draw(self, items: Sequence[Value], count: int) -> list[Value]:
        """``count`` different items in random order (all of them where there are fewer)."""
        return self.rng.sample(list(items), min(count, len(items)))


def capitalized(text: str) -> str:
    """The text with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


_NEW_TO_OLD = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_ALL_PAIRS = {
    key: value
    for new, old in _NEW_TO_OLD.items()
    for key, value in (
        (new, old),
        (new.upper(), old.upper()),
        (new.capitalize(), old.capitalize()),
    )
}
_NEW_STYLE = re.compile(rf"(?<![qQ])({'|'.join(_ALL_PAIRS)})(?!\w)")


def old_tones(text: str) -> str:
    """Tone marks set in the old style: ``hoà`` -> ``hòa``; ``hoàn`` and ``quý`` stay."""
    return _NEW_STYLE.sub(lambda found: _ALL_PAIRS[found[1]], text)
