"""What others did to somebody's way in, for everybody to see: who can open an account can act as its owner.

An admin makes accounts, gives roles and sets passwords, and could set up a second factor where there is none yet. It
is never done unseen: colleagues read of it on their first page, and beside what the account decides soon after.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from claims.desk.entry_words import action_words
from claims.models import Role, User
from claims.models.history import Entry
from claims.models.verdict import Review

BY_OTHERS = ["person.added", "person.opened", "person.role-changed", "person.password-set"]
BY_ONESELF = [
    "person.password-changed",
    "person.factor-added",
    "person.factor-removed",
    "person.codes-renewed",
]
LATELY = timedelta(days=14)
BEFORE = timedelta(days=30)
MOST = 12


@dataclass(frozen=True)
class Access:
    """One change of a way in. `whom` is empty for one's own."""

    who: str
    did: str
    whom: str
    at: datetime


def lately() -> list[Access]:
    """What others did in the last fortnight to anybody's account, newest first."""
    # By time and not by number: the few entries of these actions are found by their action, not along the whole chain.
    rows = Entry.objects.filter(action__in=BY_OTHERS, at__gte=timezone.now() - LATELY).order_by("-at")
    return _told(rows[:MOST])


def before(decision: Review | None) -> list[Access]:
    """What happened in the month before a decision to the account that took it, oldest first; none but by others."""
    if decision is None:
        return []
    rows = Entry.objects.filter(
        subject_type="user",
        subject_id=str(decision.reviewer_id),
        action__in=[*BY_OTHERS, *BY_ONESELF],
        at__gt=decision.decided_at - BEFORE,
        at__lte=decision.decided_at,
    )
    told = _told(rows.order_by("at"))
    return told if any(one.whom for one in told) else []


def _told(entries: Iterable[Entry]) -> list[Access]:
    rows = list(entries)
    ids = {str(row.actor_id) for row in rows} | {row.subject_id for row in rows}
    people = {str(row.pk): row for row in User.objects.filter(pk__in=ids)} if ids else {}
    told = []
    for row in rows:
        actor, subject = people.get(str(row.actor_id)), people.get(row.subject_id)
        if actor is None or subject is None or _is_setting_up(row, actor):
            continue
        told.append(
            Access(actor.name, action_words(row.action), "" if actor == subject else subject.name, row.at)
        )
    return told


def _is_setting_up(row: Entry, actor: User) -> bool:
    """The first accounts, made from the shell: nobody is there to be told."""
    return row.action == "person.added" and actor.role == Role.SYSTEM
