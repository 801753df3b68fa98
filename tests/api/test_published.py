"""What everybody may read without a key: published, in its one shape, and nothing that is not."""

import json

import pytest

from claims.models import VerdictState
from tests import make
from tests.api.conftest import error_of

pytestmark = pytest.mark.django_db
LISTS = ["verdicts", "incidents", "sources", "corrections"]


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_newsroom_answers_empty_lists(client, path):
    assert client.get(f"/api/v1/{path}").json() == {"count": 0, "page": 1, "per_page": 20, "items": []}


def test_a_published_verdict_is_listed_and_read(client, amal, basim):
    row = make.published(amal, basim)
    listed = client.get("/api/v1/verdicts").json()["items"]
    assert [item["slug"] for item in listed] == [row.slug]
    whole = client.get(f"/api/v1/verdicts/{row.slug}").json()
    assert whole["verdict"]["reason_en"] == make.TEXTS["reason_en"]
    assert whole["snapshot_sha256"] == row.snapshot_sha256


def test_its_history_names_every_state(client, amal, basim):
    row = make.published(amal, basim)
    states = client.get(f"/api/v1/verdicts/{row.slug}/history").json()["states"]
    assert [state["snapshot_sha256"] for state in states] == [row.snapshot_sha256]


def test_a_draft_is_nowhere(client, amal):
    draft = make.a_draft(amal, make.a_checkable_claim(amal, "A secret draft about Hajin"))
    assert draft.state == VerdictState.DRAFT
    assert all(client.get(f"/api/v1/{path}").json()["count"] == 0 for path in LISTS)


@pytest.mark.parametrize("path", ["verdicts/nothing", "incidents/nothing", "sources/nothing", "nowhere"])
def test_what_is_not_there_is_404(client, db, path):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404


def test_a_withdrawn_verdict_is_410_with_its_reason(client, amal, basim):
    row = make.withdrawn(amal, basim, make.published(amal, basim))
    answer = client.get(f"/api/v1/verdicts/{row.slug}")
    assert (answer.status_code, error_of(answer)["code"]) == (410, "withdrawn")
    assert answer.json()["reason"]["en"] == "We had the wrong night."
    assert client.get("/api/v1/corrections").json()["items"][0]["kind"] == "withdrawal"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written_without_a_key(client, db, method):
    answer = getattr(client, method)("/api/v1/verdicts")
    assert (answer.status_code, error_of(answer)["code"]) == (405, "method")


@pytest.mark.parametrize(
    "query", ["page=0", "per_page=101", "page=x", "value=maybe", "q=" + "x" * 201, "lang=zz", "page=1e9"]
)
def test_a_question_that_cannot_be_read_is_422(client, db, query):
    answer = client.get(f"/api/v1/verdicts?{query}")
    assert answer.status_code == 422
    assert error_of(answer)["field"] == query.split("=")[0]


def test_a_search_finds_in_either_script(client, amal, basim):
    make.published(
        amal, basim, make.a_chain(amal, make.a_claim(amal, "سُمع دويّ خمسة انفجارات"), make.a_source(amal))
    )
    assert client.get("/api/v1/verdicts?q=انفجارات").json()["count"] == 1
    assert client.get("/api/v1/verdicts?q=north press").json()["count"] == 1
    assert client.get("/api/v1/verdicts?q=Tripoli").json()["count"] == 0


def test_no_name_and_no_inner_number_gets_out(client, amal, basim):
    row = make.published(amal, basim)
    paths = [f"verdicts/{row.slug}", f"verdicts/{row.slug}/history", *LISTS]
    said = "".join(json.dumps(client.get(f"/api/v1/{path}").json()) for path in paths)
    inner = [amal.username, basim.username, row.claim_id, row.verdict_id, row.pk, amal.pk]
    assert [each for each in map(str, inner) if each in said] == []


def test_too_many_requests_are_told_to_wait(client, db, monkeypatch):
    from claims.api.urls import api

    monkeypatch.setattr(
        api.throttle[0] if isinstance(api.throttle, list) else api.throttle, "num_requests", 2
    )
    answers = [client.get("/api/v1/verdicts") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert error_of(answers[-1])["code"] == "rate"
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_the_description_needs_no_page_of_its_own(client, db):
    described = client.get("/api/v1/openapi.json").json()
    assert "/api/v1/verdicts/{slug}" in described["paths"]
    assert client.get("/api/v1/docs").status_code == 404


def test_lists_ask_the_database_equally_often_however_long(
    client, amal, basim, django_assert_max_num_queries
):
    for number in range(6):
        make.published(amal, basim, make.a_checkable_claim(amal, f"Claim number {number}"))
    with django_assert_max_num_queries(4):
        assert client.get("/api/v1/verdicts").json()["count"] == 6
