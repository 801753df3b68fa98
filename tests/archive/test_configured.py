from claims.archive.bucket import BucketStore
from claims.archive.configured import store
from claims.archive.disk import DiskStore


def test_the_folder_is_the_default_and_a_bucket_name_switches(settings, tmp_path):
    settings.EVIDENCE_DIR, settings.S3_BUCKET = tmp_path, ""
    assert isinstance(store(), DiskStore) and store().top == tmp_path
    settings.S3_BUCKET = "evidence-of-ours"
    assert isinstance(store(), BucketStore) and store() is store()
