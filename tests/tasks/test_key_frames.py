"""Key frames of a film: kept as redrawn copies with their times, shown to colleagues, looked after by verify."""

import shutil

import pytest
from django.conf import settings
from django.urls import reverse

from claims.actions import evidence
from claims.archive.configured import store
from claims.desk.evidence import film_clock
from claims.models import Derivative, DerivativeKind
from claims.tasks.verify import Check
from tests import make
from tests.desk.cast import page, signed_in
from tests.media.test_examine import TOOLS, film

pytestmark = pytest.mark.django_db


@pytest.fixture
def amal():
    return make.user("amal")


@pytest.fixture
def row(amal, tmp_path):
    path = film(tmp_path / "f.mp4", "-metadata", "title=PRIVATE-TITLE-0815")
    made = evidence.attach_file(
        actor=amal, claim_id=make.a_claim(amal).pk, chunks=[path.read_bytes()], file_name="f.mp4"
    )
    make.run_jobs("evidence.examine")
    made.refresh_from_db()
    return made


def frames(row):
    kept = Derivative.objects.filter(capture__evidence=row, kind=DerivativeKind.FRAME, retired_at=None)
    return list(kept.order_by("at_seconds"))


@TOOLS
def test_frames_are_kept_in_the_order_of_the_film_and_without_its_metadata(row):
    kept = frames(row)
    assert len(kept) == 3 and [one.at_seconds for one in kept] == [0.5, 1.5, 2.5]
    for one in kept:
        with store().open(one.sha256) as file:
            data = file.read()
        assert data[8:12] == b"WEBP" and b"PRIVATE" not in data and (one.width, one.height) == (320, 240)


@TOOLS
def test_the_page_shows_them_as_a_strip_with_their_times(row, amal):
    text = page(signed_in(amal), reverse("desk:evidence-detail", args=[row.pk]))
    where = [text.index(reverse("desk:evidence-copy", args=[one.pk])) for one in frames(row)]
    assert where == sorted(where) and "0:01.5" in text and "Key frames" in text
    shown = signed_in(amal).get(reverse("desk:evidence-copy", args=[frames(row)[0].pk]))
    assert shown.status_code == 200 and shown["Content-Type"] == "image/webp"


@TOOLS
def test_frames_are_never_public(row, client):
    for one in frames(row):
        assert client.get(reverse("copy", args=[one.token])).status_code == 404
        assert client.get(reverse("desk:evidence-copy", args=[one.pk])).status_code == 302


@TOOLS
def test_examining_again_keeps_the_frames_that_are_the_same(row, amal):
    before = frames(row)
    evidence.recapture_evidence(actor=amal, evidence_id=row.pk)
    make.run_jobs("evidence.examine")
    assert frames(row) == before
    assert Derivative.objects.filter(capture__evidence=row, kind=DerivativeKind.FRAME).count() == 3


@TOOLS
def test_verify_counts_every_frame_and_names_one_that_is_missing(row):
    check = Check()
    # A set: the small picture may be the first frame's twin, byte for byte.
    kept = set(Derivative.objects.values_list("sha256", flat=True))
    assert list(check.faults()) == [] and check.n["files"] == 1 + len(kept) and len(kept) >= 3
    lost = frames(row)[1]
    (file,) = list(settings.EVIDENCE_DIR.rglob(lost.sha256))
    file.parent.chmod(0o755)
    shutil.move(file, file.parent / "elsewhere")
    found = [(one.kind, one.what, one.problem) for one in Check().faults()]
    assert ("file", lost.sha256, "missing") in found


@TOOLS
def test_rows_from_before_there_were_frames_hash_as_they_did(row):
    from claims.models.projection import state_of

    thumb = Derivative.objects.get(capture__evidence=row, kind=DerivativeKind.THUMBNAIL)
    assert "at_seconds" not in state_of(thumb) and "at_seconds" in state_of(frames(row)[0])


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00.0"), (7.46, "0:07.5"), (59.96, "1:00.0"), (725, "12:05.0"), (3725.25, "1:02:05.2")],
)
def test_a_place_in_a_film_is_written_as_players_do(seconds, shown):
    assert film_clock(seconds) == shown
