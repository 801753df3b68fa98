"""Whose turn it is, and how much may be under way for one person and at one host (ACCEPTANCE D16)."""

import threading
import time
from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from claims.jobs import ask, host_has_place, lease, person_has_place
from claims.jobs.turns import PER_HOST, PER_PERSON
from claims.models import Job, JobState
from tests import make

WINDOW = 16


def link(person, number, host=""):
    host = host or f"site{number}.example"
    return ask("upkeep.tidy", queue="archive", asked_by=person, host=host)


def served(n, window=WINDOW):
    """Do `n` of what waits, sent by turns and each ended before the next is sent; who asked, in that order."""
    order = []
    while len(order) < n:
        ids, _token = lease.mark_sent("archive", window)
        if not ids and not Job.objects.filter(state=JobState.SENT).exists():
            break
        first = Job.objects.filter(state=JobState.SENT).order_by("turn", "due_at").first()
        job, _handler = lease.begin(first.pk)
        lease.finish(job, None)
        order.append(job.asked_by_id)
    return order


@pytest.mark.django_db
def test_d16_fifty_people_with_twenty_links_each_are_served_in_turns():
    people = [make.user(f"person{n:02}") for n in range(50)]
    for person in people:
        for number in range(20):
            link(person, number=f"{person.username}-{number}")
    for rounds in (1, 2):
        assert set(Counter(served(50)).values()) == {1}, rounds


@pytest.mark.django_db
def test_d16_who_comes_after_a_flood_is_served_next_and_not_after_it():
    flood, late = make.user("flood"), make.user("late")
    for number in range(100):
        link(flood, number)
    served(30)
    link(late, "late")
    assert late.pk in served(PER_PERSON + 2)


@pytest.mark.django_db
def test_d16_a_late_comer_with_many_links_does_not_stop_the_first():
    first, second = make.user("first"), make.user("second")
    for number in range(10):
        link(first, number)
    served(4)
    for number in range(50):
        link(second, f"x{number}")
    assert Counter(served(12))[first.pk] >= 5


@pytest.mark.django_db
def test_d16_who_always_asks_for_one_more_does_not_starve_who_asked_for_many():
    many, one, other = make.user("many"), make.user("one"), make.user("other")
    for person, n in ((many, 6), (one, 1), (other, 1)):
        for number in range(n):
            link(person, f"{person.username}{number}")
    done = Counter()
    for number in range(24):
        job, _handler = lease.begin(lease.mark_sent("archive", 1)[0][0])
        done[job.asked_by_id] += 1
        if job.asked_by_id != many.pk:
            link(job.asked_by, f"again{number}")
        lease.finish(job, None)
    assert done[many.pk] == 6


@pytest.mark.django_db
def test_d16_a_thousand_links_to_one_host_are_sent_two_at_a_time():
    people = [make.user(f"person{n}") for n in range(10)]
    rows = [
        Job(name="upkeep.tidy", queue="archive", asked_by=people[n % 10], host="one.example", turn=n // 10)
        for n in range(1000)
    ]
    Job.objects.bulk_create(rows)
    other = link(people[0], "other")
    sent = lease.mark_sent("archive", WINDOW)[0]
    assert len(sent) == PER_HOST + 1 and other.pk in sent
    assert lease.mark_sent("archive", WINDOW)[0] == []
    job, _handler = lease.begin(sent[0])
    assert lease.mark_sent("archive", WINDOW)[0] == []
    lease.finish(job, None)
    assert len(lease.mark_sent("archive", WINDOW)[0]) == 1


@pytest.mark.django_db
def test_d16_one_person_has_four_under_way_and_nobody_has_no_limit():
    amal = make.user("amal")
    for number in range(10):
        link(amal, number)
    assert len(lease.mark_sent("archive", WINDOW)[0]) == PER_PERSON
    for number in range(6):
        ask("upkeep.tidy", queue="archive", host=f"system{number}.example")
    assert len(lease.mark_sent("archive", WINDOW)[0]) == 6


@pytest.mark.django_db
def test_other_queues_stay_first_come_first_served():
    amal = make.user("amal")
    asked = [ask("upkeep.tidy", asked_by=amal).pk for _ in range(8)]
    assert lease.mark_sent("default", WINDOW)[0] == asked


def running(host, person=None):
    job, _handler = lease.begin(link(person, "", host).pk)
    return job


@pytest.mark.django_db
def test_d16_a_place_is_refused_by_the_database_and_free_when_its_holder_ends():
    held = [running("one.example") for _ in range(PER_HOST)]
    assert all(host_has_place(job, "one.example") for job in held)
    third = running("one.example")
    assert not host_has_place(third, "one.example")
    lease.finish(held[0], None)
    assert host_has_place(third, "one.example")


@pytest.mark.django_db
def test_d16_a_place_whose_worker_died_is_free_when_its_lease_has_run_out():
    for _ in range(PER_HOST):
        assert host_has_place(running("one.example"), "one.example")
    late = running("one.example")
    assert not host_has_place(late, "one.example")
    Job.objects.filter(state=JobState.RUNNING).exclude(pk=late.pk).update(lease_until="2020-01-01T00:00Z")
    lease.reclaim(timezone.now())
    assert host_has_place(late, "one.example")


@pytest.mark.django_db
def test_d16_who_is_led_to_another_host_leaves_the_first():
    amal = make.user("amal")
    moved = running("short.example", amal)
    assert host_has_place(moved, "short.example") and host_has_place(moved, "one.example")
    assert all(host_has_place(running("short.example"), "short.example") for _ in range(PER_HOST))
    assert host_has_place(running("one.example"), "one.example")
    assert not host_has_place(running("one.example"), "one.example")


@pytest.mark.django_db(transaction=True)
def test_d16_workers_that_race_never_hold_more_places_than_there_are():
    amal = make.user("amal")
    jobs = [running("one.example", amal) for _ in range(12)]
    inside, most, won, lock = Counter(), Counter(), [], threading.Lock()

    def worker(mine):
        try:
            for job in mine:
                if person_has_place(job) and host_has_place(job, "one.example"):
                    with lock:
                        inside["now"] += 1
                        most["seen"] = max(most["seen"], inside["now"])
                        won.append(job.pk)
                    time.sleep(0.01)
                    with lock:
                        inside["now"] -= 1
                    lease.finish(job, None)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker, args=(jobs[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert won and most["seen"] <= PER_HOST
    held = Job.objects.filter(state=JobState.RUNNING, host_place__isnull=False)
    assert held.count() <= PER_HOST
