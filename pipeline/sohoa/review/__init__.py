"""Checking and correcting by people: corrections as values, their store, and what they change."""

from __future__ import annotations

from sohoa.review.correction import Correction, Kind, Place, active, now, sign_off_of
from sohoa.review.replay import Replayed, apply, replay

__all__ = [
    "Correction", "Kind", "Place", "Replayed", "active", "apply", "now", "replay", "sign_off_of",
]  # fmt: skip
