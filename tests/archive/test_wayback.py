import json
from urllib.parse import parse_qs

import pytest

from claims.archive.wayback import Keys, WaybackFailed, ask, known, progress
from claims.archive.wire import FetchFailed
from tests.archive.hostile import Server, TestNet, answer, certificate, tls_context

KEYS = Keys("access", "secret")
ROOT_PEM, _, ROOT = certificate("Test Root")


@pytest.fixture
def archive(tmp_path):
    started = []

    def start(said, host="web.archive.org", trusted=ROOT_PEM):
        pem, key, _ = certificate(host, issuer=ROOT)
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        started.append(Server(answer(body, Content_Type="application/json"), tls_context(tmp_path, pem, key)))
        return TestNet(started[-1], trusted=trusted)

    yield start
    for server in started:
        server.close()


def test_asking_gives_a_job_and_keeps_the_whole_answer(archive, tmp_path):
    net = archive({"url": "http://news.example/", "job_id": "spn2-1"})
    got = ask("http://news.example/?a=b&c", KEYS, tmp_path, net=net)
    assert (got.state, got.job) == ("pending", "spn2-1") and json.loads(got.answer)["job_id"] == "spn2-1"
    head, _, body = net.server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /save HTTP/1.1") and b"Authorization: LOW access:secret" in head
    assert parse_qs(body.decode())["url"] == ["http://news.example/?a=b&c"]


def test_a_job_that_is_done_gives_the_address_of_the_copy(archive, tmp_path):
    net = archive(
        {"status": "success", "timestamp": "20260101000000", "original_url": "http://news.example/"}
    )
    got = progress("spn2-1", KEYS, tmp_path, net=net)
    assert got.url == "https://web.archive.org/web/20260101000000/http://news.example/"


def test_the_newest_known_copy_needs_no_keys(archive, tmp_path):
    closest = {"available": True, "url": "http://web.archive.org/web/2018/x", "timestamp": "20180113000000"}
    net = archive({"archived_snapshots": {"closest": closest}}, "archive.org")
    assert known("http://news.example/", tmp_path, net=net).at == "20180113000000"
    assert b"Authorization" not in net.server.requests[0]
    assert (
        known("http://news.example/", tmp_path, net=archive({"archived_snapshots": {}}, "archive.org"))
        is None
    )


@pytest.mark.parametrize("said", [b"<html>busy", {"message": "blocked"}, [], b""])
def test_a_refusal_is_a_failure_with_its_reason(archive, tmp_path, said):
    with pytest.raises(WaybackFailed) as failed:
        ask("http://news.example/", KEYS, tmp_path, net=archive(said))
    assert failed.value.facts["reason"]


def test_d10_keys_are_never_sent_to_a_server_with_a_bad_certificate(archive, tmp_path):
    net = archive({"job_id": "x"}, host="other.example")
    with pytest.raises(FetchFailed):
        ask("http://news.example/", KEYS, tmp_path, net=net)
    assert net.server.requests == []


def test_without_keys_it_is_off():
    assert not Keys("", "") and not Keys("a", "") and KEYS
