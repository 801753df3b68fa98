"""The bucket that compose.yaml asks for before anything else starts."""

import pytest
from django.core.management import CommandError, call_command
from moto.server import ThreadedMotoServer

from claims.archive import configured


@pytest.fixture
def bucket_settings(settings):
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    settings.S3_BUCKET, settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY = "evidence-made", "key", "secret"
    settings.S3_ENDPOINT_URL = f"http://127.0.0.1:{server.get_host_and_port()[1]}"
    settings.S3_REGION = "eu-central-1"
    yield settings
    server.stop()


def test_it_makes_the_bucket_once_and_says_so(bucket_settings, capsys):
    for _ in range(2):
        call_command("make_bucket")
    assert capsys.readouterr().out == "Bucket evidence-made is there.\n" * 2
    assert configured.store().client.head_bucket(Bucket="evidence-made")


def test_it_gives_up_with_the_reason(bucket_settings):
    bucket_settings.S3_ENDPOINT_URL = "http://127.0.0.1:9"
    with pytest.raises(CommandError, match="evidence-made does not answer"):
        call_command("make_bucket", wait=0)


def test_a_folder_needs_no_bucket(capsys):
    call_command("make_bucket")
    assert "folder" in capsys.readouterr().out
