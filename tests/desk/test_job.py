"""Background work on the desk: the list for admins, progress for whoever asked."""

import pytest
from django.test.utils import CaptureQueriesContext

from claims.jobs import ask, lease, progress
from claims.models import Job, Role
from tests import make

pytestmark = pytest.mark.django_db
PAGE = "/desk/jobs/"
NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def huda(client):
    person = make.user("huda", Role.ADMIN, language="en")
    client.force_login(person)
    client.cookies["django_language"] = "en"
    return person


def parked(reason: str = "OSError: no such page\nFile x", **more) -> Job:
    job = lease.begin(ask("upkeep.tidy", **more).pk)[0]
    lease.park(job, reason)
    return job


def test_the_list_opens_with_what_is_parked_and_why(client, huda):
    parked()
    ask("document.read")
    body = client.get(PAGE).content.decode()
    assert "OSError: no such page" in body
    assert "document.read" not in body


def test_each_state_has_its_list(client, huda):
    ask("document.read")
    assert "document.read" in client.get(f"{PAGE}?state=waiting").content.decode()
    assert "document.read" not in client.get(f"{PAGE}?state=done").content.decode()


@pytest.mark.parametrize("query", ["state=nonsense", "page=10000000000000000000000", "page=x"])
def test_odd_addresses_show_a_list_all_the_same(client, huda, query):
    parked()
    assert client.get(f"{PAGE}?{query}").status_code == 200


def test_a_reason_is_shown_as_text(client, huda):
    parked("<script>alert(1)</script>\n<b>")
    assert b"<script>alert" not in client.get(PAGE).content


def test_the_number_of_queries_does_not_grow_with_the_list(client, huda, django_assert_num_queries):
    from django.db import connection

    parked(asked_by=huda)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for _ in range(10):
        parked(asked_by=huda)
    with django_assert_num_queries(len(few)):
        client.get(PAGE)


def test_retrying_takes_it_off_the_list(client, huda):
    job = parked()
    assert client.post(f"{PAGE}{job.pk}/retry/").status_code == 302
    assert Job.objects.get(pk=job.pk).state == "ready"


def test_retrying_twice_answers_409(client, huda):
    job = parked()
    client.post(f"{PAGE}{job.pk}/retry/")
    assert client.post(f"{PAGE}{job.pk}/retry/").status_code == 409


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER])
def test_nobody_else_sees_the_list_or_retries(client, role):
    job = parked()
    client.force_login(make.user("amal", role))
    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}{job.pk}/retry/").status_code == 403
    assert Job.objects.get(pk=job.pk).state == "parked"


def test_a_stranger_is_sent_to_sign_in(client):
    job = ask("upkeep.tidy")
    for address in (PAGE, f"{PAGE}{job.pk}/progress/"):
        assert client.get(address).url.startswith("/accounts/login/")


def test_a_missing_job_is_404_and_a_wrong_method_405(client, huda):
    assert client.post(f"{PAGE}{NOBODY}/retry/").status_code == 404
    assert client.get(f"{PAGE}{NOBODY}/progress/").status_code == 404
    assert client.get(f"{PAGE}{NOBODY}/retry/").status_code == 405


def test_who_asked_sees_how_far_it_is_and_the_page_goes_on_asking(client):
    amal = make.user("amal")
    client.force_login(amal)
    job = lease.begin(ask("upkeep.tidy", asked_by=amal).pk)[0]
    progress(job, 0.42, "Reading")
    answer = client.get(f"{PAGE}{job.pk}/progress/", headers={"HX-Request": "true"})
    body = answer.content.decode()
    assert 'value="42"' in body
    assert "hx-get" in body
    assert "<html" not in body


def test_when_it_is_over_the_page_stops_asking_and_is_told(client):
    amal = make.user("amal")
    client.force_login(amal)
    job = lease.begin(ask("upkeep.tidy", asked_by=amal).pk)[0]
    lease.finish(job, None)
    answer = client.get(f"{PAGE}{job.pk}/progress/", headers={"HX-Request": "true"})
    assert b"hx-get" not in answer.content
    assert answer.headers["HX-Trigger"] == "job-over"


def test_a_colleague_does_not_learn_of_it_but_an_admin_does(client, huda):
    job = ask("upkeep.tidy", asked_by=make.user("amal"))
    assert client.get(f"{PAGE}{job.pk}/progress/").status_code == 200
    client.force_login(make.user("dina"))
    assert client.get(f"{PAGE}{job.pk}/progress/").status_code == 404


def test_where_it_failed_is_for_admins_only(client):
    amal = make.user("amal")
    client.force_login(amal)
    job = parked("OSError: no such page\nFile secret/path", asked_by=amal)
    body = client.get(f"{PAGE}{job.pk}/progress/").content.decode()
    assert "OSError: no such page" in body
    assert "secret/path" not in body
