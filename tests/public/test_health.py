"""Health: anybody may know that it is well, only an admin why it is not."""

import pytest

from claims.models import Role
from tests import make

pytestmark = pytest.mark.django_db


def test_the_process_answers(client):
    assert client.get("/healthz").content == b"ok"


def test_readiness_tells_strangers_no_details(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready")


def test_readiness_tells_admins_everything(client):
    client.force_login(make.user("huda", Role.ADMIN))
    assert client.get("/readyz").json()["ok"] == {
        "database": True,
        "triggers": True,
        "jobs": True,
        "store": True,
        "room": True,
    }


def test_every_answer_carries_the_standing_headers(client):
    for address in ("/healthz", "/nowhere", "/accounts/login/"):
        headers = client.get(address).headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Permissions-Policy"]


@pytest.mark.parametrize("address", ["/ar/verdicts/?q=%00", "/ar/verdicts/?q=%ff", "/x%00y"])
def test_unreadable_addresses_are_refused(client, address):
    assert client.get(address).status_code == 400
