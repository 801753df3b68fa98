import os
import time

import pytest

from claims.errors import Invalid
from claims.media import child, sandbox
from claims.media.sandbox import Limits, ParserDied, run
from tests.media.make import png_bomb, saved, scene


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "photo.jpg"
    path.write_bytes(saved(scene(1)))
    return path


def test_a_child_makes_a_thumbnail(photo, tmp_path):
    size = run("thumbnail", photo, out=str(tmp_path / "small"), box=[100, 100])
    assert size == (tmp_path / "small").stat().st_size > 100


def test_a_refusal_crosses_over_with_its_code_and_facts(photo, tmp_path):
    photo.write_bytes(png_bomb(9000, 9000))
    with pytest.raises(Invalid) as refused:
        run("redrawn", photo, out=str(tmp_path / "out"))
    assert (refused.value.code, refused.value.facts["width"]) == ("too-many-pixels", 9000)


def test_c17_a_child_that_is_killed_is_reported_and_the_next_one_works(photo, tmp_path):
    with pytest.raises(ParserDied) as died:
        run("redrawn", photo, limits=Limits(memory=40 * 1024 * 1024), out=str(tmp_path / "out"))
    assert died.value.facts["step"] == "redrawn"
    assert run("sniff", photo)["media_type"] == "image/jpeg"


def test_c17_a_child_that_takes_too_long_is_ended(photo, tmp_path):
    start = time.monotonic()
    with pytest.raises(ParserDied) as died:
        run("redrawn", photo, limits=Limits(seconds=0.01), out=str(tmp_path / "out"))
    assert died.value.facts["reason"] == "time" and time.monotonic() - start < 10


def test_c17_a_child_cannot_fill_the_disk(photo, tmp_path):
    with pytest.raises(ParserDied):
        run("redrawn", photo, limits=Limits(written=1000), out=str(tmp_path / "out"), output="PNG")
    assert (tmp_path / "out").stat().st_size <= 1000


def test_a_child_sees_none_of_our_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x" * 60)
    monkeypatch.setenv("DATABASE_URL", "postgres://")
    assert not {"SECRET_KEY", "DATABASE_URL", "DATA_DIR"} & set(sandbox._environment())


@pytest.mark.parametrize(
    "head",
    [b"\xff\xd8\xff\xe0", b"GIF89a", b"RIFF\xff\xff\0\0WEBPVP8 ", b"\0\0\0\x1cftypavif", b"II*\0\x08\0\0\0"],
)
def test_c17_garbage_behind_a_good_signature_is_refused_not_fatal(photo, tmp_path, head):
    photo.write_bytes(head + os.urandom(5000))
    with pytest.raises(Invalid):
        run("thumbnail", photo, out=str(tmp_path / "out"), box=[50, 50])


def test_the_child_answers_for_an_unknown_step():
    assert child.answer({"step": "nothing", "path": "x", "arguments": {}}) == {"died": "KeyError"}


def test_c17_a_file_that_the_child_dies_of_is_told_as_one_of_which_nothing_is_known(tmp_path):
    nothing = tmp_path / "nothing"
    nothing.write_bytes(b"")  # cannot be mapped: the reader breaks
    told = sandbox.sniffed(nothing, declared="image/jpeg")
    assert (told["media_type"], told["kind"]) == ("application/octet-stream", "other")
    assert [one["code"] for one in told["findings"]] == ["parser-died"]
