"""What stands in the job table: for health checks and cleaning."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.utils import timezone

from claims.models import Job, JobState


@dataclass(frozen=True)
class Backlog:
    """What waits. `oldest_wait` is how long the longest-due job has been waiting; zero when nothing does."""

    n_waiting: int
    n_parked: int
    oldest_wait: timedelta


def backlog() -> Backlog:
    """How far behind the workers are: a growing `oldest_wait` means that none runs."""
    now = timezone.now()
    waiting = Job.objects.filter(state=JobState.READY, due_at__lte=now) | Job.objects.filter(
        state=JobState.SENT
    )
    facts = waiting.aggregate(n=Count("pk"), oldest=Min("due_at"))
    return Backlog(
        n_waiting=facts["n"],
        n_parked=Job.objects.filter(state=JobState.PARKED).count(),
        oldest_wait=max(now - facts["oldest"], timedelta()) if facts["oldest"] else timedelta(),
    )


def forget_finished(before: datetime) -> int:
    """How many jobs done before that time were removed. Parked ones stay: a person has to look at them."""
    return Job.objects.filter(state=JobState.DONE, finished_at__lt=before).delete()[0]
