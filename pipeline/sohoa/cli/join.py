"""``sohoa join``: picture files that are pages of one document, read as one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sohoa.archive.parts import join_pictures
from sohoa.cli.messages import language, say
from sohoa.settings import Settings


def run(sources: Sequence[Path], out: Path | None, settings: Settings) -> int:
    """Tell which files belong together; with ``out``, digitize each series as one document.

    1 where there is none, or where one could not be read.
    """
    from sohoa.batch import Job, Status, run_jobs
    from sohoa.explain import explain
    from sohoa.read import find_sources

    series = [each for each in join_pictures(find_sources(sources)) if len(each.paths) > 1]
    for each in series:
        files = ", ".join(path.name for path in each.paths)
        print(say("join-series", name=each.relative, count=len(each.paths), files=files))
    if not series:
        print(say("join-none"))
        return 1
    if out is None:
        return 0
    jobs = tuple(Job(str(each.relative), each.paths, out / each.relative, out) for each in series)
    out.mkdir(parents=True, exist_ok=True)
    sound = True
    for outcome in run_jobs(jobs, settings, workers=1):
        if outcome.status is Status.DONE:
            print(say("join-done", folder=outcome.folder, pages=outcome.pages))
        else:
            sound = sound and outcome.status is Status.PARTIAL
            print(f"{outcome.name}: {explain(outcome.code, language())}: {outcome.message}")
    return 0 if sound else 1
