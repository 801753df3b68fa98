"""Merkle trees over entry hashes, with inclusion proofs (RFC 9162, section 2.1: leaf prefix 0x00, node prefix 0x01)."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice


def _leaf(value: str) -> bytes:
    return hashlib.sha256(b"\x00" + bytes.fromhex(value)).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(n: int) -> int:
    """The largest power of two smaller than n."""
    return 1 << (n - 1).bit_length() - 1


def _levels_root(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    at = _split(len(leaves))
    return _node(_levels_root(leaves[:at]), _levels_root(leaves[at:]))


def root(hashes: Sequence[str]) -> str:
    """The tree's root, hex, over hex SHA-256 hashes in order. Of nothing: the SHA-256 of nothing."""
    if not hashes:
        return hashlib.sha256(b"").hexdigest()
    return _levels_root([_leaf(value) for value in hashes]).hex()


def running_root(hashes: Iterable[str]) -> str:
    """The same root from a stream, holding no more than one hash for each level."""
    stack: list[bytes] = []
    _grow(stack, hashes, 0)
    return _folded(stack)


def roots_at(hashes: Iterable[str], sizes: Iterable[int]) -> Iterator[tuple[int, str]]:
    """(size, root of the first `size` hashes) for each size, in one pass over the stream. `sizes` ascend."""
    stream, stack, done = iter(hashes), list[bytes](), 0
    for size in sizes:
        _grow(stack, islice(stream, size - done), done)
        done = size
        yield size, _folded(stack)


def _grow(stack: list[bytes], hashes: Iterable[str], done: int) -> None:
    """Add leaves to the roots of full subtrees, largest first, after `done` leaves."""
    for whole, value in enumerate(hashes, done + 1):
        stack.append(_leaf(value))
        while whole % 2 == 0:
            right = stack.pop()
            stack[-1] = _node(stack[-1], right)
            whole //= 2


def _folded(stack: Sequence[bytes]) -> str:
    if not stack:
        return root([])
    found = stack[-1]
    for larger in reversed(stack[:-1]):
        found = _node(larger, found)
    return found.hex()


def proof(hashes: Sequence[str], index: int) -> list[str]:
    """The inclusion proof of `hashes[index]`: sibling hashes, hex, from the leaf up. Raises IndexError outside."""
    if not 0 <= index < len(hashes):
        raise IndexError(index)
    leaves, path = [_leaf(value) for value in hashes], []
    while len(leaves) > 1:
        at = _split(len(leaves))
        if index < at:
            path.append(_levels_root(leaves[at:]).hex())
            leaves = leaves[:at]
        else:
            path.append(_levels_root(leaves[:at]).hex())
            leaves, index = leaves[at:], index - at
    return path[::-1]


def _sides(index: int, size: int) -> list[bool]:
    """For each proof step from the leaf up: whether the sibling stands to the left."""
    sides = []
    while size > 1:
        at = _split(size)
        sides.append(index >= at)
        index, size = (index - at, size - at) if index >= at else (index, at)
    return sides[::-1]


def holds(value: str, index: int, size: int, path: Sequence[str], expected_root: str) -> bool:
    """Whether the proof shows that the hash `value` is leaf `index` of a tree of `size` leaves with that root."""
    sides = _sides(index, size)
    if not 0 <= index < size or len(sides) != len(path):
        return False
    found = _leaf(value)
    for sibling, left in zip(path, sides, strict=True):
        other = bytes.fromhex(sibling)
        found = _node(other, found) if left else _node(found, other)
    return found.hex() == expected_root
