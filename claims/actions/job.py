"""Background work that was parked: another try, asked for by an admin."""

from typing import Any

from claims import jobs
from claims.actions.history import change
from claims.errors import Conflict, ensure
from claims.models import Job, User
from claims.rules.role import may_administer


def retry_job(*, actor: User, job_id: Any) -> Job:
    """Let a parked job wait for a worker again, its attempts counted anew.

    Raises NotAllowed, NotFound, Conflict("not-parked") also where the same work has been asked for again meanwhile.
    """
    ensure(may_administer(actor))
    with change(actor=actor, action="job.retried") as c:
        job = c.lock(Job, job_id)
        c.subject = job
        c.tell(name=job.name, ids=job.args, attempts=job.attempts, reason=job.last_error[:500])
        if not jobs.retry(job):
            raise Conflict("not-parked", what="job", current=job)
        job.refresh_from_db()
        return job
