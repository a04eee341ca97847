"""What a person should look at: fields in doubt, contradictions between fields."""

from __future__ import annotations

from sohoa.directive import Leaf
from sohoa.model import Finding, Severity
from sohoa.structure.draft import Draft

_WATCHED = ("number", "date")


def check_fields(draft: Draft) -> Draft:
    """Findings for a number or a day that is blank, unsure or written by hand."""
    found: list[Finding] = []
    for name in _WATCHED:
        leaf: Leaf = getattr(draft.directive, name)
        if leaf.value is None and leaf.found_by:
            message = f"The {name} could not be read: {leaf.reason}."
            found.append(Finding(f"{name}-unread", Severity.WARNING, message))
        elif leaf.value is not None and leaf.confidence < 0.5:
            pen = "written by hand" if leaf.handwritten else "in doubt"
            message = f"The {name} is {pen}; the reading {leaf.value} must be checked."
            found.append(Finding(f"{name}-unsure", Severity.WARNING, message))
    if draft.letterhead is None and draft.rows:
        found.append(
            Finding("no-letterhead", Severity.INFO, "No letterhead was found on the first page.")
        )
    return draft.report(*found)
