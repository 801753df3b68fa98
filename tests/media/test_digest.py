import hashlib
import io
import os

from hypothesis import given
from hypothesis import strategies as st

from claims.media.digest import CHUNK, chunks_of, digest, sha256_of


@given(st.lists(st.binary(max_size=300)))
def test_a_digest_does_not_depend_on_how_the_stream_is_cut(chunks):
    whole = b"".join(chunks)
    got = digest(iter(chunks))
    assert got == digest([whole])
    assert (got.sha256, got.sha3_512, got.size) == (
        hashlib.sha256(whole).hexdigest(),
        hashlib.sha3_512(whole).hexdigest(),
        len(whole),
    )
    assert sha256_of(chunks) == got.sha256


def test_a_long_stream_has_the_same_digest_as_its_bytes():
    whole = os.urandom(9 * CHUNK + 17)
    got = digest(whole[at : at + 700_001] for at in range(0, len(whole), 700_001))
    assert (got.sha256, got.sha3_512) == (
        hashlib.sha256(whole).hexdigest(),
        hashlib.sha3_512(whole).hexdigest(),
    )


def test_a_file_is_read_in_pieces_of_the_size_asked_for():
    assert [len(c) for c in chunks_of(io.BytesIO(b"x" * 2500), 1000)] == [1000, 1000, 500]
