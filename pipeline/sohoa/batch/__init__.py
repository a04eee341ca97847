"""Many documents: worker processes, outcomes, nothing lost."""

from sohoa.batch.run import Job, Outcome, Status, run_jobs

__all__ = ["Job", "Outcome", "Status", "run_jobs"]
