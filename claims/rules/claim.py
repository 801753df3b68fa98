"""Claims: view, edit, assign, discuss."""

from claims.errors import Refused
from claims.models import Claim, User, WorkState
from claims.rules.role import may_use_desk, may_write

# Which work states a person may set by hand; in_review and decided follow from the verdict.
BY_HAND = {WorkState.NEW, WorkState.OPEN, WorkState.ON_HOLD, WorkState.REJECTED}


def may_view_claim(user: User, claim: Claim) -> Refused | None:
    """Every colleague sees every claim; says the same as Claim.objects.visible_to."""
    return may_use_desk(user)


def may_edit_claim(user: User, claim: Claim) -> Refused | None:
    """Writers, while the claim is not set aside as not checkable. An edit voids a submission or approval."""
    refused = may_write(user)
    if refused:
        return refused
    return Refused("claim-rejected") if claim.work_state == WorkState.REJECTED else None


def may_assign_claim(user: User, claim: Claim, assignee: User | None) -> Refused | None:
    """Writers assign writers."""
    refused = may_write(user)
    if refused:
        return refused
    if assignee is not None and may_write(assignee):
        return Refused("assignee-cannot-write")
    return None


def may_set_work_state(user: User, claim: Claim, state: str) -> Refused | None:
    """Writers, by hand, between new, open, on hold and not checkable, unless the verdict decides the state."""
    refused = may_write(user)
    if refused:
        return refused
    if state not in BY_HAND:
        return Refused("state-follows-verdict")
    if claim.work_state in {WorkState.IN_REVIEW, WorkState.DECIDED}:
        return Refused("verdict-under-way")
    return None


def may_comment(user: User, claim: Claim) -> Refused | None:
    """Every colleague may discuss."""
    return may_use_desk(user)
