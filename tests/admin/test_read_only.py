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


# ---------------------------------------------------------------- the way in


def test_an_admin_without_a_second_factor_sees_nothing(client, row):
    client.force_login(make.user("ziad", Role.ADMIN, is_demo=False))
    for page in ("/admin/", "/admin/claims/user/", "/admin/password_change/"):
        assert client.get(page).status_code == 302
    assert client.get("/admin/login/").url == "/accounts/2fa/"


def test_nobody_signs_in_by_a_password_alone(client, row):
    """Django's own form would ask for neither a second factor nor patience."""
    ziad = make.user("ziad", Role.ADMIN, is_demo=False)
    ziad.set_password("a password of his own")
    ziad.save()
    filled = {"username": "ziad", "password": "a password of his own", "next": "/admin/"}
    for who in (None, make.user("amal2"), make.user("omar", Role.ADMIN, is_demo=False)):
        client.logout()
        if who:
            client.force_login(who)
        answer = client.post("/admin/login/", filled)
        assert answer.status_code in {302, 403}
        assert client.session.get("_auth_user_id") != str(ziad.pk)


def test_a_stranger_is_led_to_the_desks_sign_in_and_back(client, db):
    assert (
        client.get("/admin/login/?next=/admin/claims/job/").url == "/accounts/login/?next=/admin/claims/job/"
    )
