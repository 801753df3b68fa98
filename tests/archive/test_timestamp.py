import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from claims.archive.timestamp import StampFailed, certificates, stamp, verify
from tests.archive.hostile import Server, TestNet, answer

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl")
CONFIG = """[tsa]
default_tsa = t
[t]
serial = SERIAL
signer_cert = DIR/tsa.pem
signer_key = DIR/tsa.key
default_policy = 1.2.3.4
digests = sha256, sha512
ess_cert_id_alg = sha256
signer_digest = sha256
[ext]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


def authority_files(folder):
    """A root and a timestamp signer made by openssl."""
    folder.mkdir()
    (folder / "tsa.cnf").write_text(
        CONFIG.replace("DIR", str(folder)).replace("SERIAL", str(folder / "serial"))
    )
    (folder / "serial").write_text("01\n")
    root, signer = ["-CA", folder / "ca.pem", "-CAkey", folder / "ca.key"], folder / "tsa.csr"
    new = ["req", "-new", "-newkey", "rsa:2048", "-nodes"]
    usage = ["-addext", "keyUsage=critical,keyCertSign"]
    openssl(*new, "-x509", "-subj", "/CN=Test Root", "-keyout", root[3], "-out", root[1], *usage)
    openssl(*new, "-subj", "/CN=Test TSA", "-keyout", folder / "tsa.key", "-out", signer)
    extensions = ["-CAcreateserial", "-extfile", folder / "tsa.cnf", "-extensions", "ext"]
    openssl("x509", "-req", "-in", signer, *root, *extensions, "-out", folder / "tsa.pem")
    return folder


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return authority_files(tmp_path_factory.mktemp("tsa") / "one")


def replies(folder, spoil=lambda reply: reply):
    """A server that answers as the authority, by `openssl ts`."""

    def say(head, sock):
        query = head.partition(b"\r\n\r\n")[2]
        (folder / "q").write_bytes(query)
        openssl(
            "ts", "-reply", "-config", folder / "tsa.cnf", "-queryfile", folder / "q", "-out", folder / "r"
        )
        answer(spoil((folder / "r").read_bytes()), Content_Type="application/timestamp-reply")(head, sock)

    return Server(say)


def roots(folder):
    return certificates((folder / "ca.pem").read_bytes())


def stamped(server, folder, tmp_path, message=b"checkpoint 7"):
    try:
        return stamp(message, "http://tsa.example/", roots(folder), tmp_path, net=TestNet(server))
    finally:
        server.close()


def test_a_stamp_is_got_verified_and_verified_again_later(authority, tmp_path):
    got = stamped(replies(authority), authority, tmp_path)
    assert abs(got.stamped_at - datetime.now(UTC)) < timedelta(minutes=2) and got.policy == "1.2.3.4"
    again = verify(b"checkpoint 7", got.answer, roots(authority))
    assert (again.serial, again.stamped_at) == (got.serial, got.stamped_at)


def test_a_bundle_that_holds_a_root_twice_verifies_as_well(authority, tmp_path):
    got = stamped(replies(authority), authority, tmp_path)
    twice = certificates((authority / "ca.pem").read_bytes() * 2)
    assert verify(b"checkpoint 7", got.answer, twice).serial == got.serial


def test_a_stamp_of_something_else_does_not_hold(authority, tmp_path):
    got = stamped(replies(authority), authority, tmp_path)
    with pytest.raises(StampFailed):
        verify(b"checkpoint 8", got.answer, roots(authority))


def test_a_stamp_of_an_authority_we_do_not_trust_does_not_hold(authority, tmp_path):
    other = authority_files(tmp_path / "other")
    with pytest.raises(StampFailed):
        stamped(replies(other), authority, tmp_path)


def test_an_answer_to_another_request_does_not_hold(authority, tmp_path):
    first = stamped(replies(authority), authority, tmp_path).answer
    with pytest.raises(StampFailed):
        stamped(replies(authority, spoil=lambda reply: first), authority, tmp_path)


@pytest.mark.parametrize(
    "spoil",
    [lambda r: b"", lambda r: b"<html>", lambda r: r[:-20], lambda r: r.replace(b"1.2", b"1.3")[:100]],
)
def test_a_broken_answer_is_a_failure_by_name(authority, tmp_path, spoil):
    with pytest.raises(StampFailed):
        stamped(replies(authority, spoil), authority, tmp_path)


def test_openssl_accepts_the_answer_we_keep(authority, tmp_path):
    got = stamped(replies(authority), authority, tmp_path, b"checkpoint 9")
    (tmp_path / "r").write_bytes(got.answer)
    (tmp_path / "m").write_bytes(b"checkpoint 9")
    openssl("ts", "-verify", "-data", tmp_path / "m", "-in", tmp_path / "r", "-CAfile", authority / "ca.pem")
