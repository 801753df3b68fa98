"""Workers die at any moment of a capture; each link is captured once, and the store holds no half object."""

import random
import time

import pytest

from claims.actions import evidence as actions
from claims.archive.disk import DiskStore
from claims.jobs import ask
from claims.models import Job
from tests import make
from tests.archive.hostile import Server, answer
from tests.media.make import saved, scene
from tests.servers import wait_for
from tests.tasks.conftest import all_done
from tests.tasks.work import group_of_start, starts

pytestmark = pytest.mark.slow
ROUNDS = 20
PAGE = (
    "<html><title>t</title><article><p>"
    + "Five blasts were heard near the field. " * 20
    + "</p><img src=/a.jpg>"
)
PATHS = {b"/a": answer(PAGE.encode()), b"/a.jpg": answer(saved(scene(1)), Content_Type="image/jpeg")}


@pytest.fixture
def site():
    def say(head, sock):
        time.sleep(0.1)
        PATHS.get(head.split(b" ")[1], answer(b"", "404 No"))(head, sock)

    server = Server(say)
    yield server
    server.close()


def test_e2_twenty_kills_at_random_moments_of_a_capture_leave_each_link_captured_once(embedded, site):
    amal, chance = make.user("amal"), random.Random(7)
    claim, jobs, rows = make.a_claim(amal), [], []
    embedded.start()
    for _ in range(ROUNDS):
        rows.append(actions.attach_link(actor=amal, claim_id=claim.pk, url="http://news.example/a"))
        Job.objects.filter(name="evidence.capture").delete()  # done below, over the site of the test
        given = {"evidence": str(rows[-1].pk), "port": site.port, "folder": str(embedded.folder)}
        jobs.append(ask("test.capture", **given))
        wait_for(lambda: starts(embedded.folder, jobs[-1]))
        time.sleep(chance.uniform(0, 1.5))
        embedded.kill(group_of_start(embedded.folder, jobs[-1]))
        embedded.start()
    wait_for(lambda: all_done(jobs), 120)
    for row in rows:
        roles = sorted(row.captures.values_list("role", flat=True))
        assert roles == ["media", "original", "text", "warc"]
    store = DiskStore(embedded.nursery.log.parent / "evidence")
    states = {store.verify(found.sha256).state for found in store.walk() if found.sha256}
    assert states == {"ok"}
    assert len(starts(embedded.folder)) > ROUNDS
