"""Bodies that are refused before anybody reads them (ACCEPTANCE J4, K1)."""

import pytest

from claims.models import Claim
from tests.api.conftest import error_of

pytestmark = pytest.mark.django_db
JSON = "application/json"
GOOD = b'{"wording": "Two houses were hit."}'


def sent(caller, amal, body, content_type=JSON):
    return caller(amal).client.post("/api/v1/desk/claims", body, content_type=content_type)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"wording": "one", "wording": "another"}',
        b'{"wording": "x", "place": NaN}',
        b"[" * 100_000,
        b'\xff\xfe{"wording": "x"}',
    ],
)
def test_j4_what_is_no_json_is_malformed(caller, amal, body):
    answer = sent(caller, amal, body)
    assert (answer.status_code, error_of(answer)["code"]) == (400, "malformed")
    assert not Claim.objects.exists()


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
def test_j4_json_is_called_json(caller, amal, kind):
    answer = sent(caller, amal, GOOD, kind)
    assert (answer.status_code, error_of(answer)["code"]) == (415, "content-type")
    assert not Claim.objects.exists()
    assert sent(caller, amal, GOOD, "application/json; charset=utf-8").status_code == 201


def test_a_body_too_long_is_told_in_the_one_shape(caller, amal, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = sent(caller, amal, b'{"wording": "' + b"a" * 2000 + b'"}')
    assert (answer.status_code, error_of(answer)["code"]) == (413, "too-large")


@pytest.mark.parametrize(
    "at",
    [
        "1899-12-31T23:59:59Z",
        "1900-01-01T00:00:00+14:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
    ],
)
def test_k1_far_dates_are_refused_in_every_zone(caller, amal, at):
    answer = caller(amal).send("claims", wording="x", event_earliest_at=at)
    assert answer.status_code == 422
    assert caller(amal).get("claims").json()["count"] == 0


def test_a_length_in_other_digits_is_none(caller, amal):
    answer = caller(amal).client.post("/api/v1/desk/claims", GOOD, content_type=JSON, CONTENT_LENGTH="\u00b2")
    assert (answer.status_code, error_of(answer)["code"]) == (413, "too-large")
