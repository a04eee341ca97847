"""What the pages say, in Vietnamese and in English."""

from __future__ import annotations

from collections.abc import Mapping

from sohoa.web.wording_pages import PAGES
from sohoa.web.wording_review import REVIEW

# key: (Vietnamese, English); the keys of REVIEW are also known to the scripts.
MESSAGES: Mapping[str, tuple[str, str]] = {**PAGES, **REVIEW}
REASONS = (
    "secrecy", "page-failed", "contradiction", "field-guess", "handwritten", "field-missing",
    "field-unsure", "doubtful-words", "warning",
)  # fmt: skip


# What the audit log names, each with its own words.
LOGGED = (
    "login", "login-failed", "login-refused", "logout", "account", "secret-opened", "sign-off",
    "reopen",
)  # fmt: skip


def told_day(day: str | None) -> str:
    """A day of ISO 8601 (or a month, or a year) as it is written on papers: 17/07/2025."""
    return "/".join(reversed((day or "").split("-")))


def pick_language(chosen: str, accepted: str) -> str:
    """``vi`` or ``en``: what the reader chose, else the first of the two that the browser asks
    for, else Vietnamese.
    """
    if chosen in {"vi", "en"}:
        return chosen
    weighed = []
    for position, part in enumerate(accepted.lower().split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), position, tag[:2]))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(weighed) if tag in {"vi", "en"}), "vi")


def say(key: str, language: str, **values: object) -> str:
    """The message under ``key``; ``KeyError`` for one that nobody wrote."""
    text = MESSAGES[key][0 if language == "vi" else 1]
    return text.format(**values) if values else text


def for_script(language: str) -> dict[str, str]:
    """What the scripts of the review page say."""
    return {key: texts[0 if language == "vi" else 1] for key, texts in REVIEW.items()}
