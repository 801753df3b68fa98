"""The hash chain: linking an entry to the one before, and finding the first place where a chain is broken."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

# Domain tag, so that an entry's hash can be no other hash of ours.
TAG = b"factcheck-entry-1\n"
GENESIS = "0" * 64


def link(prev_sha256: str, body: str) -> str:
    """SHA-256, hex, of an entry whose canonical body follows the entry with hash `prev_sha256`."""
    return hashlib.sha256(TAG + prev_sha256.encode("ascii") + b"\n" + body.encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Link:
    """What the chain needs to know of one entry."""

    seq: int
    prev_sha256: str
    sha256: str
    body: str


@dataclass(frozen=True)
class Break:
    """The first bad entry: its sequence number and what is wrong with it."""

    seq: int
    problem: str


def first_break(links: Iterable[Link], *, after: Link | None = None) -> Break | None:
    """The first entry that does not follow from the one before; None where the whole run holds.

    `links` in order of `seq`; `after` is the last entry already checked. Sequence numbers have no gaps.
    """
    seq, head = (after.seq, after.sha256) if after else (0, GENESIS)
    for entry in links:
        if entry.seq != seq + 1:
            return Break(seq + 1, "missing" if entry.seq > seq + 1 else "repeated")
        if entry.prev_sha256 != head:
            return Break(entry.seq, "does not follow")
        if link(entry.prev_sha256, entry.body) != entry.sha256:
            return Break(entry.seq, "changed")
        seq, head = entry.seq, entry.sha256
    return None
