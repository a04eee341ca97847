"""Two machines on one: the same results as at home, and what a lost machine costs."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from sohoa.batch import Crafts, Job, Status, run_events
from sohoa.batch.runner import Ended
from sohoa.errors import SettingsError
from sohoa.settings import Settings, parse_settings

ENGINES = Path(__file__).parent / "engines"
sys.path.insert(0, str(ENGINES))
import fault_engines  # type: ignore[import-not-found]  # noqa: E402

HAS_RAY = importlib.util.find_spec("ray") is not None
needs_ray = pytest.mark.skipif(not HAS_RAY, reason="needs Ray: pip install 'sohoa[cluster]'")
DOCUMENTS = 12


def settings() -> Settings:
    look = {"level": False, "flatten": False, "pen": False}
    made = parse_settings({"look": look, "recognize": {"languages": ""}})
    return replace(made, batch=replace(made.batch, min_free_megabytes=0))


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from ray.cluster_utils import Cluster

    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ENGINES), *sys.path]))
    node = {"num_cpus": 1, "memory": 4 << 30, "object_store_memory": 80 << 20}
    made = Cluster(initialize_head=True, head_node_args=node)
    made.second = made.add_node(**node)
    yield made
    made.shutdown()


def jobs(folder: Path, out: str) -> tuple[Job, ...]:
    place = folder / "in"
    place.mkdir(exist_ok=True)
    found = []
    for number in range(DOCUMENTS):
        path = place / f"{number}.tif"
        pixels = np.full((500, 700), 255, dtype=np.uint8)
        pixels[40 + number, 40:600] = 0
        images = [Image.fromarray(pixels) for _ in range(2)]
        images[0].save(path, save_all=True, append_images=images[1:], dpi=(100, 100))
        found.append(Job(path.name, (path,), folder / out / path.name, folder))
    return tuple(found)


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@needs_ray
def test_a_lost_machine_costs_nothing_and_the_results_are_the_same(
    tmp_path: Path, cluster: Any
) -> None:
    home = Crafts(fault_engines.make)
    list(run_events(jobs(tmp_path, "home"), settings(), workers=2, crafts=home))
    away = replace(home, cluster=cluster.address)
    ended = []
    for event in run_events(jobs(tmp_path, "away"), settings(), workers=1, crafts=away):
        if isinstance(event, Ended):
            ended.append(event.outcome)
            if len(ended) == 3:
                cluster.remove_node(cluster.second, allow_graceful=False)
    assert [each.status for each in ended] == [Status.DONE] * DOCUMENTS
    assert len({each.name for each in ended}) == DOCUMENTS
    assert files(tmp_path / "away") == files(tmp_path / "home")


@pytest.mark.skipif(HAS_RAY, reason="tells what happens without Ray")
def test_without_ray_the_remedy_is_told(tmp_path: Path) -> None:
    away = Crafts(fault_engines.make, cluster="nowhere:1")
    with pytest.raises(SettingsError, match="pip install"):
        list(run_events(jobs(tmp_path, "out")[:1], settings(), workers=1, crafts=away))
