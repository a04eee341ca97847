"""What an office installs holds everything: data, schemas, pages."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Names of the files in a wheel that is built from the checkout."""
    pytest.importorskip("hatchling", reason="the build back end is not installed")
    out = tmp_path_factory.mktemp("wheel")
    build = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run(
        [sys.executable, "-c", build, str(out)], cwd=ROOT, check=True, capture_output=True
    )
    (wheel,) = out.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


def _kept(folder: Path) -> list[Path]:
    """Files of a folder as they are kept in the repository."""
    return sorted(
        path.relative_to(folder)
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    )


def test_all_of_the_package_is_in_the_wheel(packed: frozenset[str]) -> None:
    files = _kept(ROOT / "pipeline" / "sohoa")
    assert Path("archive/schemas/METS.xsd") in files
    assert not [each for each in files if f"sohoa/{each.as_posix()}" not in packed]


def test_all_dictionaries_are_in_the_wheel(packed: frozenset[str]) -> None:
    files = [each for each in _kept(ROOT / "dictionaries") if each.suffix != ".md"]
    assert len(files) > 10
    assert not [each for each in files if f"sohoa/_dictionaries/{each.as_posix()}" not in packed]


def test_nothing_else_is_in_the_wheel(packed: frozenset[str]) -> None:
    tops = {name.split("/")[0] for name in packed}
    assert {top for top in tops if not top.startswith("sohoa")} == set()
    assert not [name for name in packed if "test" in name.split("/")[0]]
