"""Look-alikes through the database: what is the same picture is found, what is not is not reported."""

import importlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import ImageOps

from claims.actions.lookalike import look_alikes, prints_of, row_of
from claims.media.lookalike import mirrored_prints, prints
from claims.models import Capture, LookPrint
from tests import make
from tests.media.make import scene

pytestmark = pytest.mark.django_db
N = 25


@pytest.fixture
def archive(db):
    """Pictures in the archive, by the capture that holds each."""
    amal = make.user("amal")
    claim = make.a_claim(amal)
    from claims.actions import evidence

    kept = {}
    for seed in range(N):
        row = evidence.attach_file(actor=amal, claim_id=claim.pk, chunks=[b"%d" % seed], file_name="a.txt")
        kept[seed] = row.captures.get().pk
        LookPrint.objects.bulk_create(row_of(kept[seed], p) for p in prints(scene(seed)))
    return kept


CHANGED = {
    "smaller": lambda image: image.resize((200, 150)),
    "framed": lambda image: ImageOps.expand(image, 30, "white"),
    "mirrored": ImageOps.mirror,
    "cropped": lambda image: image.crop((32, 24, 608, 456)),
}


@pytest.mark.parametrize("how", CHANGED)
def test_a_changed_copy_is_found_and_nothing_else(archive, how):
    for seed in range(0, N, 5):
        image = CHANGED[how](scene(seed))
        found = look_alikes(prints(image), mirrored_prints(image))
        assert [one.capture_id for one in found] == [archive[seed]], seed
        assert found[0].is_mirrored == (how == "mirrored")


def test_prints_come_back_as_they_were_stored(archive):
    scenes = prints(scene(900))
    LookPrint.objects.filter(capture_id=archive[3]).delete()
    LookPrint.objects.bulk_create(row_of(archive[3], p) for p in scenes)
    assert sorted(prints_of([archive[3]]), key=lambda p: p.window) == scenes


def test_an_unrelated_picture_finds_nothing(archive):
    for seed in range(1000, 1010):
        assert look_alikes(prints(scene(seed)), mirrored_prints(scene(seed))) == []


def test_the_number_of_questions_does_not_grow_with_the_archive(archive):
    with CaptureQueriesContext(connection) as asked:
        look_alikes(prints(scene(1)))
    assert len(asked) <= 4 and Capture.objects.count() == N


def test_a_look_that_was_stored_four_times_moves_as_it_is(archive):
    moved = importlib.import_module("claims.migrations.0008_looks_move_to_their_rows")
    for seen in prints(scene(900)):
        value = f"{seen.coarse:016x}{seen.fine:064x}"
        assert _columns(moved.row_of(LookPrint, archive[0], seen.window, value)) == _columns(
            row_of(archive[0], seen)
        )


def _columns(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.local_fields}
