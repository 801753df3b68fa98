"""Whose turn it is in a queue of slow work, and how much of it may be under way for one person and at one host.

Both are kept in the job table, so that any number of workers share them. Turns are handed out when work is asked for:
each person's next job stands one turn behind their last, even where that is done, and nobody starts before the turn
that has been reached, so that a flood of one person's waits while others pass, and nobody passes for ever (start-time
fair queueing). Turns rise from day to day and do not begin anew. Places are columns of a running job under a
unique constraint: the database refuses one too many, and a place is free as soon as the job runs no longer, even where
its worker died.
"""

from collections import Counter
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from claims.jobs.registry import Lost
from claims.models import Job, JobState, User

FAIR_QUEUES = frozenset({"archive"})
PER_PERSON = 4
PER_HOST = 2


def turn_of(queue: str, asked_by: User | None) -> int:
    """The turn of a job that is asked for now; 0 in queues where first come is first served."""
    if queue not in FAIR_QUEUES:
        return 0
    asked = Job.objects.filter(queue=queue)
    reached = asked.exclude(state=JobState.READY).aggregate(turn=Max("turn"))["turn"] or 0
    last = asked.filter(asked_by=asked_by).aggregate(turn=Max("turn"))["turn"]
    return reached if last is None else max(reached, int(last) + 1)


def next_up(due: "QuerySet[Job]", queue: str, room: int) -> list[UUID]:
    """At most `room` jobs of those that are due, by turn; none of a person or host with enough under way."""
    ordered = due.order_by("turn", "due_at")
    if queue not in FAIR_QUEUES:
        return list(ordered.values_list("pk", flat=True)[:room])
    people, hosts = _under_way(queue)
    chosen: list[UUID] = []
    while len(chosen) < room:
        rows = _of_others(ordered.exclude(pk__in=chosen), people, hosts)[: room - len(chosen)]
        found = list(rows.values_list("pk", "asked_by_id", "host"))
        for pk, person, host in found:
            if people[person] < PER_PERSON and hosts[host] < PER_HOST:
                chosen.append(pk)
                _count(people, hosts, person, host)
        if not found:
            break
    return chosen


def _under_way(queue: str) -> tuple[Counter[Any], Counter[str]]:
    people: Counter[Any] = Counter()
    hosts: Counter[str] = Counter()
    rows = Job.objects.filter(queue=queue, state__in=[JobState.SENT, JobState.RUNNING])
    for person, host in rows.values_list("asked_by_id", "host"):
        _count(people, hosts, person, host)
    return people, hosts


def _count(people: Counter[Any], hosts: Counter[str], person: Any, host: str) -> None:
    """Work of nobody's, and work at no host, is not limited."""
    if person is not None:
        people[person] += 1
    if host:
        hosts[host] += 1


def _of_others(rows: "QuerySet[Job]", people: Counter[Any], hosts: Counter[str]) -> "QuerySet[Job]":
    full = [person for person, n in people.items() if n >= PER_PERSON]
    busy = [host for host, n in hosts.items() if n >= PER_HOST]
    if full:
        # Not exclude(): to the database nobody is neither in nor outside a list.
        rows = rows.filter(asked_by__isnull=True) | rows.exclude(asked_by__in=full).filter(
            asked_by__isnull=False
        )
    return rows.exclude(host__in=busy) if busy else rows


def person_has_place(job: Job) -> bool:
    """Whether a running job now holds one of its asker's places. Raises Lost when it is no longer ours."""
    return job.asked_by_id is None or any(_taken(job, asker_place=n) for n in range(PER_PERSON))


def host_has_place(job: Job, host: str) -> bool:
    """Whether a running job now holds a place at this host, having left the one where it was. Raises Lost."""
    if job.host == host and job.host_place is not None:
        return True
    return any(_taken(job, host=host, host_place=n) for n in range(PER_HOST))


def _taken(job: Job, **place: Any) -> bool:
    ours = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, token=job.token)
    try:
        with transaction.atomic():
            if not ours.update(**place):
                raise Lost(job.name)
    except IntegrityError:
        return False
    for name, value in place.items():
        setattr(job, name, value)
    return True
