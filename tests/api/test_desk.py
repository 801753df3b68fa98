"""The desk by key: the same walk and the same refusals as by hand."""

import uuid

import pytest
from django.test import Client

from claims.actions.person import set_active
from claims.actions.token import revoke_token
from claims.models import ApiToken, Claim, Role
from tests import make
from tests.api.conftest import error_of

pytestmark = pytest.mark.django_db
TEXTS = {"value": "unverified", **make.TEXTS}


def a_submitted_revision(amal, caller):
    claim = make.a_checkable_claim(amal)
    draft = caller(amal).send(f"claims/{claim.pk}/verdict", "put", **TEXTS).json()
    return caller(amal).send(f"verdicts/{draft['id']}/submit", version=draft["version"]).json()


def test_the_whole_walk_by_two_keys(client, amal, basim, caller):
    source = make.a_source(amal)
    by_amal, by_basim = caller(amal), caller(basim)
    claim = by_amal.send("claims", wording="Two houses were hit.", lang="en").json()
    hops = [{"source": source.slug}]
    claim = by_amal.send(f"claims/{claim['id']}/chains", version=claim["version"], hops=hops).json()
    assert by_amal.send(f"claims/{claim['id']}/notes", description_en="Called the mayor.").status_code == 201
    draft = by_amal.send(f"claims/{claim['id']}/verdict", "put", **TEXTS).json()
    sent = by_amal.send(f"verdicts/{draft['id']}/submit", version=draft["version"]).json()
    named = {"content_sha256": sent["content_sha256"]}
    assert by_basim.send(f"verdicts/{draft['id']}/approve", **named).json()["state"] == "approved"
    made = by_basim.send(f"verdicts/{draft['id']}/publish", **named).json()
    assert client.get(f"/en/verdicts/{made['slug']}/").status_code == 200


def test_nobody_approves_their_own_work(amal, caller):
    reviewer = make.user("rana", Role.REVIEWER)
    sent = a_submitted_revision(reviewer, caller)
    answer = caller(reviewer).send(f"verdicts/{sent['id']}/approve", content_sha256=sent["content_sha256"])
    assert answer.status_code == 403
    assert error_of(answer)["code"] in {"own-work", "contributed"}


def test_an_editor_cannot_approve_at_all(amal, caller):
    sent = a_submitted_revision(amal, caller)
    dina = caller(make.user("dina"))
    answer = dina.send(f"verdicts/{sent['id']}/approve", content_sha256=sent["content_sha256"])
    assert answer.status_code == 403


def test_another_revision_than_the_one_that_stands_is_409(amal, basim, caller):
    sent = a_submitted_revision(amal, caller)
    answer = caller(basim).send(f"verdicts/{sent['id']}/approve", content_sha256="0" * 64)
    assert (answer.status_code, error_of(answer)["code"]) == (409, "revision-changed")


def test_a_stale_version_is_409_and_names_the_one_that_stands(amal, caller):
    claim = make.a_claim(amal)
    answer = caller(amal).send(
        f"claims/{claim.pk}/chains", version=claim.version + 7, hops=[{"source": make.a_source(amal).slug}]
    )
    assert (answer.status_code, answer.json()["version"]) == (409, claim.version)


def test_returning_says_why(amal, basim, caller):
    sent = a_submitted_revision(amal, caller)
    named = {"content_sha256": sent["content_sha256"]}
    assert caller(basim).send(f"verdicts/{sent['id']}/return", **named).status_code == 422
    answer = caller(basim).send(f"verdicts/{sent['id']}/return", **named, note="Which night?")
    assert answer.json()["state"] == "returned"


def test_an_incomplete_draft_cannot_be_submitted(amal, caller):
    claim = make.a_claim(amal)
    draft = caller(amal).send(f"claims/{claim.pk}/verdict", "put", value="confirmed").json()
    answer = caller(amal).send(f"verdicts/{draft['id']}/submit", version=draft["version"])
    assert answer.status_code == 403
    assert error_of(answer)


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer fc_wrong", "Basic YTpi", "Bearer \u00e9"])
def test_without_a_valid_key_it_is_401(db, header):
    answer = Client(headers={"Authorization": header}).get("/api/v1/desk/claims")
    assert (answer.status_code, error_of(answer)["code"]) == (401, "sign-in")


def test_a_session_is_no_key(amal):
    browser = Client()
    browser.force_login(amal)
    assert browser.get("/api/v1/desk/claims").status_code == 401


def test_a_revoked_key_and_a_closed_account_are_refused_at_once(amal, caller):
    first, second = caller(amal), caller(make.user("dina"))
    revoke_token(actor=amal, token_id=ApiToken.objects.get(user=amal).pk)
    set_active(actor=make.user("huda", Role.ADMIN), person_id=second.user.pk, active=False)
    assert (first.get("claims").status_code, second.get("claims").status_code) == (401, 401)


def test_whoever_needs_a_second_factor_needs_it_here(db, caller):
    answer = caller(make.user("ziad", Role.REVIEWER, is_demo=False)).get("claims")
    assert (answer.status_code, error_of(answer)["code"]) == (403, "second-factor")


def test_what_is_not_there_is_404(amal, caller):
    nothing = uuid.uuid4()
    asked = caller(amal)
    answers = [asked.get(f"claims/{nothing}"), asked.send(f"verdicts/{nothing}/submit", version=1)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert error_of(answers[0])["code"] == "not-found"


def test_a_wrong_method_is_405(amal, caller):
    assert caller(amal).send("claims", "delete").status_code == 405


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"wording": ""},
        {"wording": "x" * 20_001},
        {"wording": "nul \x00"},
        {"wording": "x", "lang": "zz"},
        {"wording": "x", "work_state": "decided"},
        {"wording": "x", "created_by": 1},
        {"wording": "x", "incident": "nowhere"},
        {"wording": "x", "question": str(uuid.uuid4())},
        {"wording": "x", "event_earliest_at": "0001-01-01T00:00:00Z"},
        {"wording": "x", "event_earliest_at": "2024-01-01T00:00:00"},
        {"wording": ["x"]},
    ],
)
def test_a_claim_that_cannot_be_taken_is_422_and_changes_nothing(amal, caller, given):
    answer = caller(amal).send("claims", **given)
    assert answer.status_code == 422, answer.content
    assert error_of(answer)
    assert not Claim.objects.exists()


@pytest.mark.parametrize("body", [b"{", b'{"wording": "\\ud800"}', b"\xff", b"[]", b"null", b"1e999"])
def test_a_body_that_cannot_be_read_is_4xx(amal, caller, body):
    answer = caller(amal).client.post("/api/v1/desk/claims", body, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert error_of(answer)
    assert not Claim.objects.exists()


def test_the_key_itself_is_nowhere_in_the_database(amal, caller):
    asked = caller(amal)
    asked.get("claims")
    row = ApiToken.objects.get()
    assert asked.secret not in str(vars(row))
    assert row.last_used_at is not None


def test_the_list_asks_equally_often_however_long(amal, caller, django_assert_max_num_queries):
    for number in range(8):
        make.a_claim(amal, f"Claim number {number}")
    asked = caller(amal)
    with django_assert_max_num_queries(4):
        assert asked.get("claims").json()["count"] == 8


@pytest.mark.parametrize("bad", ["a\x00b", "a\ud800b"])
def test_names_no_database_can_hold_are_422(amal, caller, bad):
    claim = make.a_claim(amal)
    assert caller(amal).send("claims", wording="Two.", incident=bad).status_code == 422
    hops = [{"source": bad}]
    assert caller(amal).send(f"claims/{claim.pk}/chains", version=1, hops=hops).status_code == 422
