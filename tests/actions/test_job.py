"""Another try for parked work."""

import pytest

from claims.actions.job import retry_job
from claims.errors import Conflict, NotAllowed, NotFound
from claims.jobs import ask, lease
from claims.models import Job, Role
from claims.models.history import Entry
from tests import make

pytestmark = pytest.mark.django_db


def parked(**more) -> Job:
    job = lease.begin(ask("upkeep.tidy", **more).pk)[0]
    lease.park(job, "OSError: no such page")
    return job


def test_an_admin_lets_a_parked_job_wait_again_and_the_history_says_who():
    job, huda = parked(), make.user("huda", Role.ADMIN)
    assert retry_job(actor=huda, job_id=job.pk).state == "ready"
    entry = Entry.objects.get(action="job.retried")
    assert (entry.actor_id, entry.subject_type, entry.subject_id) == (huda.pk, "job", str(job.pk))
    assert "no such page" in entry.body


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER])
def test_nobody_else_may(role):
    job = parked()
    with pytest.raises(NotAllowed):
        retry_job(actor=make.user("amal", role), job_id=job.pk)
    assert Job.objects.get(pk=job.pk).state == "parked"


def test_a_job_that_is_not_parked_is_left_alone_and_nothing_is_entered():
    job, huda = ask("upkeep.tidy"), make.user("huda", Role.ADMIN)
    with pytest.raises(Conflict):
        retry_job(actor=huda, job_id=job.pk)
    assert not Entry.objects.filter(action="job.retried").exists()


def test_what_was_asked_for_again_meanwhile_is_not_done_twice():
    job, huda = parked(dedup_key="tidy"), make.user("huda", Role.ADMIN)
    ask("upkeep.tidy", dedup_key="tidy")
    with pytest.raises(Conflict):
        retry_job(actor=huda, job_id=job.pk)


def test_an_unknown_job_is_not_found():
    with pytest.raises(NotFound):
        retry_job(actor=make.user("huda", Role.ADMIN), job_id="00000000-0000-0000-0000-000000000000")
