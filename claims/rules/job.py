"""Who may look at background work."""

from claims.errors import Refused
from claims.models import Job, User
from claims.rules.role import may_administer, may_use_desk


def may_watch_job(user: User, job: Job) -> Refused | None:
    """Whoever asked for it, and admins. The job of a colleague is not known to exist."""
    refused = may_use_desk(user)
    if refused:
        return refused
    if job.asked_by_id == user.pk or may_administer(user) is None:
        return None
    return Refused("not-yours")
