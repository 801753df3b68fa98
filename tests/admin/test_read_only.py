"""The Django admin shows to admins and writes for nobody (ACCEPTANCE B8)."""

import pytest

from claims.models import Claim, Role, Verdict
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(client):
    amal = make.user("amal")
    client.force_login(make.user("huda", Role.ADMIN))
    return make.submitted(amal, make.a_checkable_claim(amal))


def test_an_admin_looks(client, row):
    assert client.get("/admin/claims/verdict/").status_code == 200
    assert client.get(f"/admin/claims/verdict/{row.pk}/change/").status_code == 200


@pytest.mark.parametrize("page", ["add/", "{pk}/change/", "{pk}/delete/"])
def test_an_admin_writes_nothing(client, row, page):
    answer = client.post(f"/admin/claims/verdict/{page.format(pk=row.pk)}", {"state": "approved"})
    assert answer.status_code == 403
    row.refresh_from_db()
    assert row.state == "submitted"


def test_no_bulk_action_deletes(client, row):
    data = {"action": "delete_selected", "_selected_action": [str(row.claim_id)]}
    client.post("/admin/claims/claim/", data)
    assert Claim.objects.filter(pk=row.claim_id).exists()
    assert Verdict.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER])
def test_nobody_else_looks(client, row, role):
    client.force_login(make.user("basim", role))
    assert client.get("/admin/claims/verdict/").status_code in {302, 403}
