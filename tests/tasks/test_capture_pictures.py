"""Pictures that captures bring: what hides something waits, what is hidden in one is not shown in another."""

import pytest
from django.urls import reverse

from claims.actions import evidence as actions
from claims.models import DerivativeKind, EvidenceState
from tests import make
from tests.archive.hostile import answer
from tests.desk.cast import signed_in
from tests.media.make import saved, scene
from tests.tasks.pages import WORDS, captured, settled

pytestmark = pytest.mark.django_db


def a_picture_with_a_script():
    return saved(scene(1)) + b"<script>alert(1)</script>"


@pytest.mark.parametrize("path", [b"/a", b"/a.jpg"])
def test_c8_what_hides_something_waits_in_quarantine_when_it_was_captured_too(web, path):
    web[path] = answer(a_picture_with_a_script(), Content_Type="image/jpeg")
    row = captured("http://news.example/a")
    assert row.state == EvidenceState.QUARANTINED and "polyglot" in {one["code"] for one in row.findings}
    hidden = row.captures.get(url=f"http://news.example{path.decode()}", media_kind="image")
    assert not hidden.derivatives.filter(kind=DerivativeKind.PUBLIC).exists()


def test_c8_taking_one_capture_out_of_quarantine_lets_no_later_one_through(web):
    web[b"/a"] = answer(a_picture_with_a_script(), Content_Type="image/jpeg")
    row = captured("http://news.example/a")
    row = actions.release_evidence(
        actor=row.created_by, evidence_id=row.pk, version=row.version, reason="An advertisement, looked at."
    )
    assert settled(row).state == EvidenceState.READY
    web[b"/a"] = answer(saved(scene(2)) + b"<script>other()</script>", Content_Type="image/jpeg")
    actions.recapture_evidence(actor=row.created_by, evidence_id=row.pk)
    assert settled(row).state == EvidenceState.QUARANTINED
    newest = row.captures.filter(role="original").order_by("-captured_at").first()
    assert not newest.derivatives.filter(kind=DerivativeKind.PUBLIC).exists()


TWO = f"<html><title>x</title><article><p>{WORDS}</p><img src=/a.jpg><img src=/b.jpg></article></html>"


def public_of(row):
    live = row.captures.filter(derivatives__kind=DerivativeKind.PUBLIC, derivatives__retired_at=None)
    return {capture.url.rpartition("/")[2] for capture in live}


def test_c10_what_is_blurred_in_one_picture_is_not_published_in_another(web):
    web[b"/a"], web[b"/b.jpg"] = answer(TWO.encode()), answer(saved(scene(2)), Content_Type="image/jpeg")
    row = captured("http://news.example/a")
    assert public_of(row) == {"a.jpg", "b.jpg"}
    drawn_on = row.captures.get(url__endswith="/b.jpg")
    blur = [[0.1, 0.1, 0.2, 0.2]]
    row = actions.redact_evidence(
        actor=row.created_by,
        evidence_id=row.pk,
        version=row.version,
        crop=None,
        blur=blur,
        capture_id=drawn_on.pk,
    )
    assert public_of(row) == set() and public_of(settled(row)) == {"b.jpg"}
    row = actions.redact_evidence(
        actor=row.created_by, evidence_id=row.pk, version=row.version, crop=None, blur=[]
    )
    assert public_of(settled(row)) == {"a.jpg", "b.jpg"}


def test_areas_are_drawn_on_the_picture_that_is_shown(web):
    web[b"/a"], web[b"/b.jpg"] = answer(TWO.encode()), answer(saved(scene(2)), Content_Type="image/jpeg")
    row = captured("http://news.example/a")
    desk, other = signed_in(row.created_by), row.captures.get(url__endswith="/b.jpg")
    address = reverse("desk:evidence-redact", args=[row.pk])
    page = desk.get(f"{address}?capture={other.pk}")
    assert page.context["picture"] == other and "the others are not published" in page.content.decode()
    sides = {"blur-0-left": 10, "blur-0-top": 10, "blur-0-width": 5, "blur-0-height": 5}
    desk.post(address, {"version": row.version, "capture": other.pk, **sides})
    row.refresh_from_db()
    assert row.redaction["capture"] == str(other.pk)
    assert desk.get(address).context["picture"] == other
    assert desk.get(f"{address}?capture={make.a_claim(row.created_by).pk}").status_code == 404
