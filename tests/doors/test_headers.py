"""What every answer carries, whichever application gives it (ACCEPTANCE I2, I10, I13)."""

import pytest

from tests import make
from tests.desk.cast import signed_in

pytestmark = pytest.mark.django_db
PRIVATE = [
    *("/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/sessions/", "/accounts/password/change/"),
    *("/accounts/reauthenticate/", "/accounts/2fa/recovery-codes/", "/desk/", "/desk/nope/", "/desk/jobs/"),
    *("/admin/", "/readyz", "/api/v1/desk/claims", "/api/v1/nope", "/en/nope/", "/en/?q=%00", "/static/nope"),
]
STANDING = ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"]
STANDING += ["Cross-Origin-Opener-Policy", "X-Frame-Options"]


@pytest.mark.parametrize("path", PRIVATE)
def test_i13_no_cache_keeps_what_is_private_or_wrong(path):
    answer = signed_in(make.user("amal")).get(path)
    assert "no-store" in answer.headers.get("Cache-Control", "")
    assert [name for name in STANDING if name not in answer.headers] == []


@pytest.mark.parametrize("path", ["/en/", "/ar/verdicts/", "/ar/about/", "/feed.atom", "/api/v1/verdicts"])
def test_i13_what_readers_see_may_be_kept_and_sets_no_cookie(client, path):
    answer = client.get(path)
    assert answer.headers["Cache-Control"].startswith("public")
    assert (answer.cookies, "Cookie" in answer.headers.get("Vary", "")) == ({}, False)
