"""No mail is sent: what elsewhere would send one answers alike to everybody, and never fails (ACCEPTANCE I6)."""

import pytest
from django.core import mail

from tests import make
from tests.desk.cast import signed_in

pytestmark = pytest.mark.django_db
ADDRESSES = [
    *("/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/email/"),
    *("/accounts/confirm-email/", "/accounts/password/reset/key/1-a/", "/accounts/login/code/confirm/"),
]


@pytest.fixture(autouse=True)
def _no_mail_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1


@pytest.mark.parametrize("path", ADDRESSES)
def test_i6_says_who_helps(client, path):
    for asking in (client, signed_in(make.user("amal"))):
        assert "administrator" in asking.get(path, headers={"Accept-Language": "en"}).content.decode()


@pytest.mark.parametrize("path", ADDRESSES)
def test_i6_nobody_makes_it_send_or_fail(client, path):
    amal = make.user("amal")
    amal.email = "amal@example.org"
    amal.save()
    for given in (
        {"email": amal.email},
        {"email": "nobody@example.org"},
        {"action_add": "", **{"email": "x@y.org"}},
    ):
        assert client.post(path, given).status_code == 405
        assert signed_in(amal).post(path, given).status_code == 405
    assert not getattr(mail, "outbox", [])
