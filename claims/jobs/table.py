"""What stands in the job table: for health checks and cleaning."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, Q
from django.utils import timezone

from claims.jobs.turns import FAIR_QUEUES
from claims.models import Job, JobState

JUST_NOW = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=10)  # beyond it, no worker can be running


@dataclass(frozen=True)
class Backlog:
    """What waits. `oldest_wait` is how long the longest-due job has been waiting; zero when nothing does.

    Of a queue with turns it counts only while nothing of that queue is done: there jobs wait for others, not for a
    worker, and a hundred links of one person are no fault.
    """

    n_waiting: int
    n_parked: int
    oldest_wait: timedelta

    @property
    def is_late(self) -> bool:
        """Whether something has waited so long that no worker can be running."""
        return self.oldest_wait > LONGEST_WAIT


def backlog() -> Backlog:
    """How far behind the workers are: a growing `oldest_wait` means that none runs."""
    now = timezone.now()
    waiting = Job.objects.filter(state=JobState.READY, due_at__lte=now) | Job.objects.filter(
        state=JobState.SENT
    )
    late = waiting.exclude(queue__in=_served(now)).aggregate(oldest=Min("due_at"))["oldest"]
    return Backlog(
        n_waiting=waiting.count(),
        n_parked=Job.objects.filter(state=JobState.PARKED).count(),
        oldest_wait=max(now - late, timedelta()) if late else timedelta(),
    )


def _served(now: datetime) -> list[str]:
    """The queues with turns in which a worker is at something, or has just been."""
    at_work = Job.objects.filter(queue__in=FAIR_QUEUES).filter(
        Q(state=JobState.RUNNING, lease_until__gt=now)
        | Q(state=JobState.DONE, finished_at__gt=now - JUST_NOW)
    )
    return list(at_work.order_by().values_list("queue", flat=True).distinct())


def forget_finished(before: datetime) -> int:
    """How many jobs done before that time were removed. Parked ones stay: a person has to look at them."""
    return Job.objects.filter(state=JobState.DONE, finished_at__lt=before).delete()[0]
