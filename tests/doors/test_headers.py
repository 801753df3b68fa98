"""What every answer carries, whichever application gives it (ACCEPTANCE I2, I10, I13)."""

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from factcheck.headers import StandingHeaders
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


@pytest.mark.parametrize(
    "answer",
    [HttpResponse(b"secret"), StreamingHttpResponse([b"sec", b"ret"], headers={"Content-Length": 6})],
)
def test_who_asks_for_headers_gets_no_body_whatever_serves_it(rf, answer):
    """Django leaves it to the server, and waitress sends on what it is given."""
    sent = StandingHeaders(lambda request: answer)(rf.head("/"))
    assert b"".join(sent) == b"" and sent.headers.get("Content-Length", 6) in (6, "6")
