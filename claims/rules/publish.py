"""Publishing: ready to go out, and by whom."""

from claims.errors import Refused
from claims.models import User, Verdict, VerdictState
from claims.rules.role import may_review, may_write
from claims.rules.verdict import has_contributed


def may_publish(user: User, verdict: Verdict) -> Refused | None:
    """A reviewer without a hand in it, on an approved revision. The approver may publish."""
    refused = may_review(user)
    if refused:
        return refused
    if verdict.state != VerdictState.APPROVED:
        return Refused("not-approved")
    return Refused("own-work") if has_contributed(user, verdict) else None


def may_correct(user: User, verdict: Verdict) -> Refused | None:
    """Writers start a correction or withdrawal of what is published; a second person approves it like any revision."""
    refused = may_write(user)
    if refused:
        return refused
    if verdict.state != VerdictState.PUBLISHED:
        return Refused("not-published")
    in_work = verdict.claim.verdicts.filter(
        state__in=[VerdictState.DRAFT, VerdictState.SUBMITTED, VerdictState.APPROVED]
    )
    return Refused("revision-under-way") if in_work.exists() else None
