"""Examining evidence: what is shown is redrawn, what kills a parser is set aside."""

import json
from io import BytesIO

import pytest
from PIL import Image

from claims.actions import evidence
from claims.archive.configured import store
from claims.jobs import lease
from claims.models import Derivative, DerivativeKind, EvidenceState, Job, Role
from tests import make

pytestmark = pytest.mark.django_db
SECRET = b"PRIVATE-SERIAL-0815"


def picture():
    made = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    Image.new("RGB", (900, 600), "#775533").save(made, "JPEG", exif=exif, comment=SECRET)
    return made.getvalue()


def examined(data, name="photo.jpg", **fields):
    amal = make.user("amal")
    row = evidence.attach_file(
        actor=amal, claim_id=make.a_claim(amal).pk, chunks=[data], file_name=name, fields=fields
    )
    make.run_jobs("evidence.examine")
    row.refresh_from_db()
    return row


def test_a_picture_gets_a_thumbnail_and_a_public_copy_without_metadata():
    row = examined(picture())
    assert row.state == EvidenceState.READY
    copies = Derivative.objects.filter(capture__evidence=row)
    assert {copy.kind for copy in copies} == {DerivativeKind.THUMBNAIL, DerivativeKind.PUBLIC}
    for copy in copies:
        with store().open(copy.sha256) as kept:
            assert SECRET not in kept.read()


def test_the_original_keeps_its_metadata():
    capture = examined(picture()).captures.get()
    with store().open(capture.sha256) as kept:
        assert SECRET in kept.read()


def test_what_may_not_be_published_gets_no_public_copy():
    row = examined(picture(), may_publish=False)
    assert not Derivative.objects.filter(capture__evidence=row, kind=DerivativeKind.PUBLIC).exists()


def test_a_broken_picture_is_kept_with_a_finding():
    row = examined(picture()[:400])
    assert row.findings and not Derivative.objects.filter(capture__evidence=row).exists()


def test_redacting_withdraws_the_copy_at_once_and_the_next_one_is_cropped():
    row = examined(picture())
    amal = row.created_by
    evidence.redact_evidence(
        actor=amal, evidence_id=row.pk, version=row.version, crop=[0, 0, 0.5, 0.5], blur=[]
    )
    assert not Derivative.objects.filter(capture__evidence=row, retired_at__isnull=True).exists()
    make.run_jobs("evidence.examine")
    copy = Derivative.objects.get(capture__evidence=row, kind="public", retired_at__isnull=True)
    assert (copy.width, copy.height) == (450, 300)


def test_a_copy_drawn_before_a_redaction_is_dropped():
    amal = make.user("amal")
    row = evidence.attach_file(
        actor=amal, claim_id=make.a_claim(amal).pk, chunks=[picture()], file_name="a.jpg"
    )
    job, handler = lease.begin(Job.objects.get(name="evidence.examine").pk)
    drawn = handler.work(job, **job.args)
    boxes = {"crop": None, "blur": [[0.1, 0.1, 0.5, 0.5]]}
    evidence.redact_evidence(actor=amal, evidence_id=row.pk, version=row.version, **boxes)
    lease.finish(job, drawn)
    row.refresh_from_db()
    public = Derivative.objects.filter(capture__evidence=row, kind=DerivativeKind.PUBLIC)
    assert (row.state, public.exists()) == (EvidenceState.WORKING, False)
    make.run_jobs("evidence.examine")
    assert public.count() == 1


def test_a_copy_drawn_before_publishing_was_forbidden_is_dropped():
    amal = make.user("amal")
    row = evidence.attach_file(
        actor=amal, claim_id=make.a_claim(amal).pk, chunks=[picture()], file_name="a.jpg"
    )
    job, handler = lease.begin(Job.objects.get(name="evidence.examine").pk)
    drawn = handler.work(job, **job.args)
    evidence.edit_evidence(actor=amal, evidence_id=row.pk, version=row.version, fields={"may_publish": False})
    lease.finish(job, drawn)
    row.refresh_from_db()
    kinds = set(Derivative.objects.filter(capture__evidence=row).values_list("kind", flat=True))
    assert (row.state, kinds) == (EvidenceState.READY, {DerivativeKind.THUMBNAIL})


def test_what_may_no_longer_be_published_loses_its_copy_and_gets_it_back():
    row = examined(picture())
    public = Derivative.objects.filter(
        capture__evidence=row, kind=DerivativeKind.PUBLIC, retired_at__isnull=True
    )
    hidden = evidence.edit_evidence(
        actor=row.created_by, evidence_id=row.pk, version=row.version, fields={"may_publish": False}
    )
    assert not public.exists()
    evidence.edit_evidence(
        actor=row.created_by, evidence_id=row.pk, version=hidden.version, fields={"may_publish": True}
    )
    make.run_jobs("evidence.examine")
    assert public.count() == 1


def test_c11_a_publication_does_not_hold_when_a_file_was_sent_in():
    row = examined(picture())
    amal, basim = row.created_by, make.user("basim", Role.REVIEWER)
    made = make.a_chain(amal, row.claim, make.a_source(amal))
    held = json.loads(make.published(amal, basim, made, evidence_ids=[row.pk]).snapshot)
    (file,) = held["evidence"]
    assert file["copies"] and [one["captured_at"] for one in file["captures"]] == [None]
