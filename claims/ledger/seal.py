"""A checkpoint of the history as one short text, signed with Ed25519 (RFC 8032), that anybody can keep and check."""

import base64
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from claims.ledger.canonical import plain

TAG = "factcheck-checkpoint-1"


@dataclass(frozen=True)
class Statement:
    """What is signed. `root_sha256` is over the hashes of entries 1 to `seq`, `head_sha256` the last of them;
    `publications_sha256` is the Merkle root over the snapshot hashes of the first `n_publications` publications."""

    seq: int
    root_sha256: str
    head_sha256: str
    n_publications: int
    publications_sha256: str
    made_at: datetime

    def message(self) -> bytes:
        """The lines that are signed and stamped: ASCII, each ended by a line feed."""
        lines = [
            *(TAG, str(self.seq), self.root_sha256, self.head_sha256),
            *(str(self.n_publications), self.publications_sha256, str(plain(self.made_at))),
        ]
        return ("\n".join(lines) + "\n").encode("ascii")


def new_key() -> str:
    """A fresh private key: 32 bytes in base64."""
    return _text(Ed25519PrivateKey.generate().private_bytes_raw())


def public_key(key: str) -> str:
    """The public half, 32 bytes in base64. Raises ValueError for what is no key."""
    raw = _private(key).public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return _text(raw)


def sign(message: bytes, key: str) -> str:
    """The signature, 64 bytes in base64. Raises ValueError for what is no key."""
    return _text(_private(key).sign(message))


def signature_holds(message: bytes, signature: str, public: str) -> bool:
    """Whether the holder of the private half of `public` signed exactly this message."""
    try:
        given = base64.b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True)).verify(given, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _private(key: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(key, validate=True))


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
