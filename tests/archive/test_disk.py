import errno
import hashlib
import os
import random
import stat
import time

import pytest

from claims.archive import store as store_module
from claims.archive.disk import DiskStore
from claims.archive.store import Damaged, EmptyFile, NotStored, StoreFull, TooLarge

BYTES = random.Random(300_000).randbytes(300_000)  # the same in every process that collects
NAME = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture
def kept(tmp_path):
    return DiskStore(tmp_path / "evidence")


def pieces(data, each=65536):
    return (data[i : i + each] for i in range(0, len(data), each))


def files(store):
    return sorted(p.relative_to(store.top).as_posix() for p in store.top.rglob("*") if p.is_file())


def test_put_keeps_the_exact_bytes_under_their_hash(kept):
    stored = kept.put(pieces(BYTES), limit=1 << 20)
    assert (stored.sha256, stored.size) == (NAME, len(BYTES))
    assert stored.sha3_512 == hashlib.sha3_512(BYTES).hexdigest()
    assert files(kept) == [f"{NAME[:2]}/{NAME[2:4]}/{NAME}"]
    with kept.open(NAME) as file:
        assert file.read() == BYTES


def test_an_object_is_read_only(kept):
    kept.put([BYTES], limit=1 << 20)
    assert stat.S_IMODE((kept.top / NAME[:2] / NAME[2:4] / NAME).stat().st_mode) == 0o444


def test_c15_a_stream_over_the_limit_leaves_nothing_and_never_held_more(kept):
    most = 0

    def drip():
        nonlocal most
        for piece in pieces(BYTES, 1000):
            yield piece
            most = max(most, sum(p.stat().st_size for p in (kept.top / "incoming").iterdir()))

    with pytest.raises(TooLarge) as refused:
        kept.put(drip(), limit=100_000)
    assert refused.value.code == "too-large" and refused.value.facts == {"limit": 100_000}
    assert most <= 100_000
    assert files(kept) == []


def test_c14_zero_bytes_are_refused(kept):
    with pytest.raises(EmptyFile):
        kept.put(iter([b"", b""]), limit=10)
    assert files(kept) == []


def test_c16_a_client_that_dies_leaves_no_partial_object(kept):
    def dying():
        yield BYTES[:-1]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        kept.put(dying(), limit=1 << 20)
    assert files(kept) == []


def test_c16_the_same_bytes_twice_are_one_object_and_the_same_answer(kept):
    assert kept.put([BYTES], limit=1 << 20) == kept.put(pieces(BYTES), limit=1 << 20)
    assert len(files(kept)) == 1


def test_e7_a_full_disk_is_named_and_leaves_nothing(kept, monkeypatch):
    def full(file, chunk):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store_module, "_write_all", full)
    with pytest.raises(StoreFull):
        kept.put([BYTES], limit=1 << 20)
    assert files(kept) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
def test_e7_the_error_of_a_real_full_device_is_the_one_we_map(tmp_path):
    with open("/dev/full", "wb", buffering=0) as full, pytest.raises(OSError) as error:
        store_module._write_all(full, b"x")
    assert error.value.errno == errno.ENOSPC


@pytest.mark.parametrize("name", ["../../../etc/passwd", "", "abc", "A" * 64, "g" * 64, NAME + "\n", "\0"])
def test_c14_no_name_reaches_outside_the_store(kept, name):
    with pytest.raises(NotStored), kept.open(name):
        pass
    with pytest.raises(NotStored):
        kept.exists(name)


def test_a_range_is_read_without_what_stands_before_it(kept):
    kept.put([BYTES], limit=1 << 20)
    assert b"".join(kept.chunks(NAME, start=1000, length=2000, each=300)) == BYTES[1000:3000]
    assert b"".join(kept.chunks(NAME, start=len(BYTES))) == b""


def damage(path, how):
    path.chmod(0o644)
    data = path.read_bytes()
    if how == "bit":
        path.write_bytes(data[:5] + bytes([data[5] ^ 1]) + data[6:])
    elif how == "cut":
        path.write_bytes(data[:-1])
    elif how == "gone":
        path.unlink()
    elif how == "link":
        path.rename(path.with_suffix(".moved"))
        path.symlink_to(path.with_suffix(".moved"))


@pytest.mark.parametrize(
    ("how", "state"),
    [
        ("bit", "changed"),
        ("cut", "truncated"),
        ("gone", "missing"),
        ("link", "not-a-file"),
        ("mode", "writable"),
    ],
)
def test_f5_verify_names_what_happened_to_a_file(kept, how, state):
    kept.put([BYTES], limit=1 << 20)
    assert kept.verify(NAME, size=len(BYTES)).state == "ok"
    damage(kept.top / NAME[:2] / NAME[2:4] / NAME, how)
    assert kept.verify(NAME, size=len(BYTES)).state == state


def test_f6_a_walk_meets_strangers_and_swapped_files(kept):
    kept.put([BYTES], limit=1 << 20)
    (kept.top / "stranger.txt").write_text("x")
    misplaced = kept.top / "00" / NAME
    misplaced.parent.mkdir(exist_ok=True)
    misplaced.write_text("x")
    found = {f.path: f.sha256 for f in kept.walk()}
    assert found == {f"{NAME[:2]}/{NAME[2:4]}/{NAME}": NAME, "stranger.txt": None, f"00/{NAME}": None}


def test_a_damaged_object_is_not_acknowledged_again(kept):
    kept.put([BYTES], limit=1 << 20)
    damage(kept.top / NAME[:2] / NAME[2:4] / NAME, "bit")
    with pytest.raises(Damaged):
        kept.put([BYTES], limit=1 << 20)


def test_what_a_killed_upload_left_is_swept_and_what_still_arrives_is_not(kept):
    folder = kept.top / "incoming"
    folder.mkdir(parents=True)
    (folder / "in-old.part").write_bytes(b"x")
    os.utime(folder / "in-old.part", (0, 0))
    (folder / "in-new.part").write_bytes(b"x")
    assert kept.sweep(time.time() - 3600) == 1
    assert files(kept) == ["incoming/in-new.part"]
