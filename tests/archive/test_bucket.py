import hashlib
import os
import time

import boto3
import pytest
from moto.server import ThreadedMotoServer

from claims.archive.bucket import PREFIX, BucketAccess, BucketStore
from claims.archive.store import Damaged, EmptyFile, NotStored, StoreUnavailable, TooLarge

BYTES = os.urandom(200_000)
NAME = hashlib.sha256(BYTES).hexdigest()
KEY = f"{PREFIX}{NAME[:2]}/{NAME[2:4]}/{NAME}"


@pytest.fixture(scope="module")
def endpoint():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def kept(endpoint, tmp_path):
    access = BucketAccess(f"b{os.urandom(6).hex()}", endpoint, "us-east-1", "key", "secret")
    store = BucketStore(access, spool=tmp_path / "spool")
    store.client.create_bucket(Bucket=access.bucket)
    return store


def test_put_keeps_the_exact_bytes_and_reads_them_back(kept):
    stored = kept.put([BYTES[:1000], BYTES[1000:]], limit=1 << 20)
    assert (stored.sha256, stored.size, kept.size(NAME)) == (NAME, len(BYTES), len(BYTES))
    assert b"".join(kept.chunks(NAME, start=10, length=20)) == BYTES[10:30]
    assert [f.sha256 for f in kept.walk()] == [NAME]
    assert list(kept.spool.iterdir()) == []


def test_what_a_killed_upload_left_in_the_spool_is_swept(kept):
    kept.spool.mkdir()
    (kept.spool / "in-old.part").touch()
    assert (kept.sweep(time.time() - 60), kept.sweep(time.time() + 60)) == (0, 1)


def test_the_same_bytes_twice_are_one_object(kept):
    assert kept.put([BYTES], limit=1 << 20) == kept.put([BYTES], limit=1 << 20)


def test_e15_an_object_with_other_bytes_is_found_by_our_own_hash_and_not_overwritten(kept):
    kept.client.put_object(Bucket=kept.access.bucket, Key=KEY, Body=b"other")
    with pytest.raises(Damaged):
        kept.put([BYTES], limit=1 << 20)
    assert kept.client.get_object(Bucket=kept.access.bucket, Key=KEY)["Body"].read() == b"other"
    assert kept.verify(NAME, size=len(BYTES)).state == "truncated"


def test_e15_a_store_that_does_not_answer_acknowledges_nothing(tmp_path):
    store = BucketStore(BucketAccess("bbb", "http://127.0.0.1:9", "us-east-1", "k", "s"), spool=tmp_path)
    with pytest.raises(StoreUnavailable):
        store.put([BYTES], limit=1 << 20)
    with pytest.raises(StoreUnavailable):
        list(store.walk())
    assert list(tmp_path.iterdir()) == []


def test_e15_a_put_that_was_lost_on_the_way_is_not_acknowledged(kept, monkeypatch):
    monkeypatch.setattr(kept.client, "put_object", lambda **kw: {})
    with pytest.raises(StoreUnavailable):
        kept.put([BYTES], limit=1 << 20)


def test_limits_hold_before_anything_is_sent(kept):
    with pytest.raises(TooLarge):
        kept.put([BYTES], limit=1000)
    with pytest.raises(EmptyFile):
        kept.put([], limit=1000)
    assert list(kept.walk()) == []


def test_f5_a_removed_object_is_missing(kept):
    assert kept.verify(NAME).state == "missing" and not kept.exists(NAME)
    with pytest.raises(NotStored), kept.open(NAME):
        pass


def test_a_child_process_gets_a_checked_copy_that_is_gone_afterwards(kept):
    kept.put([BYTES], limit=1 << 20)
    with kept.local(NAME) as path:
        assert path.read_bytes() == BYTES
    assert not path.exists()


def test_retention_is_asked_for_when_the_operator_says_so(endpoint, tmp_path):
    access = BucketAccess(f"b{os.urandom(6).hex()}", endpoint, "us-east-1", "key", "secret", lock_days=7)
    store = BucketStore(access, spool=tmp_path)
    client = boto3.client(
        "s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="k", aws_secret_access_key="s"
    )
    client.create_bucket(Bucket=access.bucket, ObjectLockEnabledForBucket=True)
    store.put([BYTES], limit=1 << 20)
    assert client.head_object(Bucket=access.bucket, Key=KEY)["ObjectLockMode"] == "COMPLIANCE"
