"""Merkle trees: any leaf proves itself, and nothing else does."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ledger.canonical import canonical_text, digest
from claims.ledger.chain import GENESIS, Link, first_break, link
from claims.ledger.merkle import holds, proof, root, roots_at, running_root


def leaves(n):
    return [hashlib.sha256(str(number).encode()).hexdigest() for number in range(n)]


@given(st.integers(1, 70), st.data())
def test_every_leaf_has_a_proof_that_holds_for_it_alone(size, data):
    hashes = leaves(size)
    index = data.draw(st.integers(0, size - 1))
    top, path = root(hashes), proof(hashes, index)
    assert holds(hashes[index], index, size, path, top)
    assert not holds(hashlib.sha256(b"forged").hexdigest(), index, size, path, top)
    if size > 1:
        assert not holds(hashes[index], (index + 1) % size, size, path, top)


def test_the_known_answer_of_rfc_9162_style_trees():
    a, b, c = leaves(3)
    node = lambda x, y: hashlib.sha256(b"\x01" + x + y).digest()  # noqa: E731
    leaf = lambda x: hashlib.sha256(b"\x00" + bytes.fromhex(x)).digest()  # noqa: E731
    assert root([a, b, c]) == node(node(leaf(a), leaf(b)), leaf(c)).hex()


def a_chain(bodies):
    prev, links = GENESIS, []
    for seq, body in enumerate(bodies, 1):
        sha = link(prev, body)
        links.append(Link(seq, prev, sha, body))
        prev = sha
    return links


def test_a_whole_chain_holds():
    assert first_break(a_chain(["{}", '{"a":1}', '{"b":2}'])) is None


@pytest.mark.parametrize(
    ("tamper", "seq", "problem"),
    [
        (lambda ls: [ls[0], Link(2, ls[1].prev_sha256, ls[1].sha256, "{forged}"), ls[2]], 2, "changed"),
        (lambda ls: [ls[0], ls[2]], 2, "missing"),
        (lambda ls: [ls[0], ls[0], ls[1], ls[2]], 2, "repeated"),
        (
            lambda ls: [ls[0], Link(2, ls[2].prev_sha256, ls[1].sha256, ls[1].body), ls[2]],
            2,
            "does not follow",
        ),
    ],
)
def test_the_first_bad_entry_is_named(tamper, seq, problem):
    found = first_break(tamper(a_chain(["{}", '{"a":1}', '{"b":2}'])))
    assert (found.seq, found.problem) == (seq, problem)


def test_one_value_has_one_form():
    assert canonical_text({"b": 1, "a": ["é", None]}) == '{"a":["é",null],"b":1}'
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})


def test_the_root_of_a_stream_is_the_root_of_the_list():
    for n in range(40):
        hashes = [hashlib.sha256(bytes([i])).hexdigest() for i in range(n)]
        assert running_root(hashes) == root(hashes)


def test_one_pass_gives_the_roots_of_every_size_asked_for():
    hashes = [hashlib.sha256(bytes([i])).hexdigest() for i in range(30)]
    assert list(roots_at(hashes, [1, 2, 7, 30])) == [(n, root(hashes[:n])) for n in (1, 2, 7, 30)]
