import hashlib
import io

from hypothesis import given
from hypothesis import strategies as st

from claims.media.digest import chunks_of, digest, sha256_of


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


def test_a_file_is_read_in_pieces_of_the_size_asked_for():
    assert [len(c) for c in chunks_of(io.BytesIO(b"x" * 2500), 1000)] == [1000, 1000, 500]
