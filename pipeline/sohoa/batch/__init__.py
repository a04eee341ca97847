"""Many documents: worker processes, outcomes, nothing lost."""

from sohoa.batch.job import Job, Outcome, PageOutcome, PageState, Paper, Status
from sohoa.batch.runner import Stop, default_workers, run_events, run_jobs
from sohoa.batch.work import Crafts

__all__ = [
    "Crafts",
    "Job",
    "Outcome",
    "PageOutcome",
    "PageState",
    "Paper",
    "Status",
    "Stop",
    "default_workers",
    "run_events",
    "run_jobs",
]
