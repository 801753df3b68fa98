"""Every page of the desk by role: works, stranger, wrong role, missing id, wrong method."""

import pytest
from django.urls import reverse

from claims.models import Comment
from tests import make
from tests.desk.cast import NOBODY

pytestmark = pytest.mark.django_db

LOOK = ["home", "claim-list", "review-queue", "history", "source-names"]
LOOK_ONE = ["claim-detail", "claim-history"]
WRITE_PAGE = ["claim-edit", "chain-new"]
WRITE = [
    "claim-assign",
    "claim-state",
    "verdict-save",
    "verdict-submit",
    "verdict-take-back",
    "verdict-discard",
]
WRITE += ["verdict-correct"]
DECIDE = ["review-approve", "review-publish", "review-return"]


@pytest.mark.parametrize("name", LOOK)
def test_every_colleague_may_look(as_amal, as_basim, as_huda, name):
    for client in (as_amal, as_basim, as_huda):
        assert client.get(reverse(f"desk:{name}")).status_code == 200


@pytest.mark.parametrize("name", [*LOOK, "claim-new"])
def test_a_stranger_is_asked_to_sign_in(client, name):
    answer = client.get(reverse(f"desk:{name}"))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")


@pytest.mark.parametrize("name", [*LOOK_ONE, *WRITE_PAGE, *WRITE, "claim-comment"])
def test_a_stranger_learns_nothing_of_a_claim(client, amal, name):
    path = reverse(f"desk:{name}", args=[make.a_claim(amal).pk])
    for answer in (client.get(path), client.post(path)):
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")


@pytest.mark.parametrize("name", LOOK_ONE)
def test_every_colleague_sees_a_claim(as_amal, as_basim, as_huda, amal, name):
    path = reverse(f"desk:{name}", args=[make.a_claim(amal).pk])
    for client in (as_amal, as_basim, as_huda):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("name", [*WRITE_PAGE, *WRITE])
def test_an_admin_writes_nothing(as_huda, amal, name):
    path = reverse(f"desk:{name}", args=[make.a_claim(amal).pk])
    assert as_huda.post(path).status_code == 403


@pytest.mark.parametrize("name", [*LOOK_ONE, *WRITE_PAGE])
def test_a_page_of_no_claim_is_not_found(as_amal, name):
    assert as_amal.get(reverse(f"desk:{name}", args=[NOBODY])).status_code == 404


@pytest.mark.parametrize("name", [*WRITE, "claim-comment"])
def test_writing_to_no_claim_changes_nothing(as_amal, name):
    data = {
        "version": 1,
        "verdict": NOBODY,
        "kind": "correction",
        "body": "x",
        "state": "open",
        "value": "denied",
    }
    assert as_amal.post(reverse(f"desk:{name}", args=[NOBODY]), data).status_code == 404


@pytest.mark.parametrize("name", [*WRITE, "claim-comment"])
def test_what_writes_is_never_read(as_amal, amal, name):
    assert as_amal.get(reverse(f"desk:{name}", args=[make.a_claim(amal).pk])).status_code == 405


@pytest.mark.parametrize("name", [*LOOK, "review-queue"])
def test_what_reads_is_never_posted_to(as_amal, name):
    assert as_amal.post(reverse(f"desk:{name}")).status_code == 405


@pytest.mark.parametrize("name", DECIDE)
def test_editors_and_admins_decide_nothing(as_dina, as_huda, amal, name):
    row = make.submitted(amal, make.a_checkable_claim(amal))
    path = reverse(f"desk:{name}", args=[row.pk])
    for client in (as_dina, as_huda):
        assert client.post(path, {"content_sha256": row.content_sha256}).status_code == 403


@pytest.mark.parametrize("name", ["review-detail", *DECIDE])
def test_no_revision_is_not_found(as_basim, name):
    path = reverse(f"desk:{name}", args=[NOBODY])
    data = {"content_sha256": "0" * 64}
    answer = as_basim.get(path) if name == "review-detail" else as_basim.post(path, data)
    assert answer.status_code == 404


def test_a_draft_is_no_revision_to_review(as_basim, amal):
    draft = make.a_draft(amal, make.a_checkable_claim(amal))
    assert as_basim.get(reverse("desk:review-detail", args=[draft.pk])).status_code == 404


def test_only_its_author_strikes_a_comment(as_amal, as_dina, amal):
    claim = make.a_claim(amal)
    as_amal.post(reverse("desk:claim-comment", args=[claim.pk]), {"body": "Heard twice."})
    row = Comment.objects.get()
    assert as_dina.post(reverse("desk:comment-strike", args=[row.pk])).status_code == 403
    row.refresh_from_db()
    assert row.struck_at is None
