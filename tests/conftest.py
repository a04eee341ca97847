"""What all tests share: where things lie, and what is skipped with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

# A loaded machine is slow, not wrong: examples have no deadline, and are the same each time.
settings.register_profile("sohoa", deadline=None, derandomize=True)
settings.load_profile("sohoa")


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real scans and corpora beside the project; a user does not have it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the folder shared/ (real scans, corpora) beside the project")
    return folder
