"""Trusted timestamps (RFC 3161): a third party's signed word that something existed by a certain time."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from claims.archive.fetch import Policy, fetch
from claims.archive.net import Net
from claims.archive.wire import Limits
from claims.errors import FactcheckError

MOST_ANSWER = 256 * 1024
GRANTED = (0, 1)


class StampFailed(FactcheckError):
    """The authority gave no stamp, or one that does not hold. Facts: reason."""

    code = "timestamp-failed"


@dataclass(frozen=True)
class Stamp:
    """A verified stamp: the authority's whole answer (DER), its time in UTC, its serial and policy."""

    authority: str
    answer: bytes
    stamped_at: datetime
    serial: int
    policy: str


def stamp(
    message: bytes,
    authority: str,
    roots: list[x509.Certificate],
    folder: Path,
    *,
    policy: Policy | None = None,
    net: Net | None = None,
) -> Stamp:
    """Have a message (a digest or a checkpoint, never a file) stamped and verify what comes back.

    `authority` is an address the operator named, `roots` the certificates it trusts for stamps.
    Raises FetchFailed, Refused, StampFailed.
    """
    request = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA512).build()
    policy = policy or Policy(limits=Limits(seconds=20, body_bytes=MOST_ANSWER))
    fetched = fetch(
        authority,
        folder,
        policy=policy,
        method="POST",
        headers=[("Content-Type", "application/timestamp-query"), ("Accept", "application/timestamp-reply")],
        body=request.as_bytes(),
        net=net,
    )
    if fetched.answer.status != 200:
        raise StampFailed(reason=f"status {fetched.answer.status}")
    with fetched.body.open("rb") as file:
        answer = file.read(MOST_ANSWER)
    return _checked(message, answer, roots, authority, request.nonce)


def verify(message: bytes, answer: bytes, roots: list[x509.Certificate], *, authority: str = "") -> Stamp:
    """Check a kept answer again, without a network. Raises StampFailed when it does not hold for the message."""
    return _checked(message, answer, roots, authority, None)


def certificates(pem: bytes) -> list[x509.Certificate]:
    """The certificates of a PEM file, each once: bundles put together often repeat one. Raises ValueError."""
    return list(dict.fromkeys(x509.load_pem_x509_certificates(pem)))


def _checked(
    message: bytes, answer: bytes, roots: list[x509.Certificate], authority: str, nonce: int | None
) -> Stamp:
    try:
        read = decode_timestamp_response(answer)
    except ValueError as error:
        raise StampFailed(reason="unreadable answer") from error
    if read.status not in GRANTED:
        raise StampFailed(reason=f"refused with status {read.status}")
    builder = VerifierBuilder()
    for root in roots:
        builder = builder.add_root_certificate(root)
    if nonce is not None:
        builder = builder.nonce(nonce)
    try:
        builder.build().verify_message(read, message)
    except (VerificationError, ValueError) as error:
        raise StampFailed(reason=str(error)[:200]) from error
    return _stamp(read, answer, authority)


def _stamp(read: TimeStampResponse, answer: bytes, authority: str) -> Stamp:
    info = read.tst_info
    return Stamp(
        authority, answer, info.gen_time.astimezone(UTC), info.serial_number, info.policy.dotted_string
    )
