"""Evidence at the desk: the list, one piece, its work, and the originals behind their door."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import evidence as actions
from claims.models import Derivative, Evidence, EvidenceState
from claims.models.history import Entry
from tests import make
from tests.desk.cast import NOBODY, page
from tests.media.make import saved, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(amal):
    return make.a_claim(amal)


def attached(amal, claim, data=b"plain words", name="note.txt", **fields):
    row = actions.attach_file(actor=amal, claim_id=claim.pk, chunks=[data], file_name=name, fields=fields)
    make.run_jobs("evidence.examine")
    row.refresh_from_db()
    return row


def a_picture(amal, claim, seed=1, **fields):
    return attached(amal, claim, saved(scene(seed)), "photo.jpg", **fields)


def detail(row):
    return reverse("desk:evidence-detail", args=[row.pk])


def original(row):
    return reverse("desk:evidence-original", args=[row.captures.get().pk])


def body(answer):
    return b"".join(answer.streaming_content)


def test_the_page_of_a_picture_shows_its_copy_its_hash_and_its_custody(as_amal, amal, claim):
    row = a_picture(amal, claim)
    text = page(as_amal, detail(row))
    assert row.captures.get().sha256 in text and "Custody log" in text and "attached evidence" in text
    copy = Derivative.objects.get(capture__evidence=row, kind="public")
    assert reverse("desk:evidence-copy", args=[copy.pk]) in text


def test_a_sensitive_picture_is_folded_until_asked_for(as_amal, amal, claim):
    row = a_picture(amal, claim, is_sensitive=True)
    text = page(as_amal, reverse("desk:claim-detail", args=[claim.pk]))
    assert '<details class="sensitive"><summary class="small">Sensitive: show' in text
    assert "Sensitive: show" in page(as_amal, detail(row))


@pytest.mark.parametrize("name", ["evidence-detail", "evidence-edit", "evidence-redact", "evidence-retire"])
def test_what_is_not_there_is_404(as_amal, name):
    assert as_amal.get(reverse(f"desk:{name}", args=[NOBODY])).status_code == 404


def test_the_list_filters_by_kind_relation_findings_and_words(as_amal, amal, claim):
    attached(amal, claim, title_en="Blue note", relation="refutes")
    actions.attach_link(actor=amal, claim_id=claim.pk, url="https://example.org/red")
    where = reverse("desk:evidence-list")
    assert "Blue note" in page(as_amal, where) and "example.org/red" in page(as_amal, where)
    for query in ("kind=link", "relation=supports", "text=red", "state=waiting"):
        assert "Blue note" not in page(as_amal, f"{where}?{query}"), query
    assert "Blue note" in page(as_amal, f"{where}?text=blue&relation=refutes")
    assert as_amal.get(f"{where}?kind=nonsense").status_code == 422


def test_the_list_asks_the_database_as_often_for_thirty_as_for_three(as_amal, amal, claim):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page(as_amal, reverse("desk:evidence-list"))
        return len(seen)

    for n in range(3):
        attached(amal, claim, f"text {n}".encode())
    first = cost()
    for n in range(3, 20):
        attached(amal, claim, f"text {n}".encode())
    assert cost() == first


def test_c7_an_original_is_saved_never_shown_and_leaves_an_entry(as_amal, amal, claim):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    row = attached(amal, claim, svg, "drawing.svg")
    answer = as_amal.get(original(row))
    assert body(answer) == svg
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
    assert Entry.objects.filter(action="evidence.original-opened", actor_id=amal.pk).count() == 1


def test_parts_of_an_original_can_be_asked_for(as_amal, amal, claim):
    row = attached(amal, claim, b"0123456789")
    for wanted, span, data in [
        ("bytes=2-4", "2-4", b"234"),
        ("bytes=-3", "7-9", b"789"),
        ("bytes=8-", "8-9", b"89"),
    ]:
        answer = as_amal.get(original(row), headers={"Range": wanted})
        assert answer.status_code == 206 and answer["Content-Range"] == f"bytes {span}/10"
        assert body(answer) == data
    assert as_amal.get(original(row), headers={"Range": "bytes=99-"}).status_code == 416


def test_a_later_part_by_the_same_person_is_no_new_view_but_by_another_it_is(as_amal, as_dina, amal, claim):
    row = attached(amal, claim, b"0123456789")
    opened = Entry.objects.filter(action="evidence.original-opened")
    as_amal.get(original(row))
    as_amal.get(original(row), headers={"Range": "bytes=5-"})
    assert opened.count() == 1
    as_dina.get(original(row), headers={"Range": "bytes=5-"})
    assert opened.count() == 2


@pytest.mark.parametrize("wanted", ["bytes=-99", "bytes=00-", "bytes=0-", "bytes=-10", "bytes= 0-9"])
def test_every_way_of_asking_for_the_whole_again_is_a_view(as_amal, amal, claim, wanted):
    row = attached(amal, claim, b"0123456789")
    opened = Entry.objects.filter(action="evidence.original-opened")
    as_amal.get(original(row))
    assert body(as_amal.get(original(row), headers={"Range": wanted})) == b"0123456789"
    assert opened.count() == 2


def test_a_part_that_is_asked_for_much_later_is_a_view(as_amal, amal, claim, monkeypatch):
    row = attached(amal, claim, b"0123456789")
    opened = Entry.objects.filter(action="evidence.original-opened")
    as_amal.get(original(row))
    later = time.time() + 2 * 3600
    monkeypatch.setattr("claims.desk.original.time.time", lambda: later)
    as_amal.get(original(row), headers={"Range": "bytes=1-"})
    assert opened.count() == 2


def test_asking_for_the_headers_or_for_what_is_not_there_shows_nothing_and_is_no_view(as_amal, amal, claim):
    row = attached(amal, claim, b"0123456789")
    assert as_amal.head(original(row)).headers["Content-Length"] == "10"
    assert as_amal.get(original(row), headers={"Range": "bytes=99-"}).status_code == 416
    assert not Entry.objects.filter(action="evidence.original-opened").exists()


def test_a_stranger_gets_neither_original_nor_copy(client, amal, claim):
    row = a_picture(amal, claim)
    copy = Derivative.objects.filter(capture__evidence=row).first()
    for address in (original(row), reverse("desk:evidence-copy", args=[copy.pk]), detail(row)):
        assert client.get(address).status_code == 302


def test_i2_a_copy_kept_by_a_browser_is_shown_only_after_the_gate_was_asked(as_amal, amal, claim):
    row = a_picture(amal, claim)
    address = reverse(
        "desk:evidence-copy", args=[Derivative.objects.filter(capture__evidence=row).first().pk]
    )
    first = as_amal.get(address)
    assert first.headers["Cache-Control"] == "private, no-cache"
    seen = {"If-None-Match": first.headers["ETag"]}
    assert as_amal.get(address, headers=seen).status_code == 304
    assert as_amal.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    as_amal.logout()
    assert as_amal.get(address, headers=seen).status_code == 302


def test_the_same_bytes_and_look_alikes_elsewhere_are_shown(as_amal, amal, claim):
    image = scene(5)
    first = attached(amal, claim, saved(image), "a.jpg", title_en="First copy")
    other = make.a_claim(amal, "Another claim.")
    attached(amal, other, saved(image), "b.jpg", title_en="Same bytes")
    attached(amal, other, saved(image.resize((300, 225)), "PNG"), "c.png", title_en="Smaller copy")
    attached(amal, other, saved(scene(6)), "d.jpg", title_en="Something else")
    text = page(as_amal, detail(first))
    assert "Same bytes" in text and "Smaller copy" in text and "Something else" not in text


def test_describing_saves_and_a_stale_save_keeps_both_texts(as_amal, as_dina, amal, claim):
    row = attached(amal, claim)
    where = reverse("desk:evidence-edit", args=[row.pk])
    typed = {"version": row.version, "relation": "refutes", "title_en": "By Amal"}
    assert as_amal.post(where, typed).status_code == 302
    answer = as_dina.post(where, {**typed, "title_en": "By Dina"})
    text = answer.content.decode()
    assert answer.status_code == 409 and "By Amal" in text and "By Dina" in text
    row.refresh_from_db()
    assert (row.title_en, row.relation) == ("By Amal", "refutes")


def test_setting_aside_needs_a_reason_and_can_be_undone(as_amal, amal, claim):
    row = attached(amal, claim)
    where = reverse("desk:evidence-retire", args=[row.pk])
    assert as_amal.post(where, {"version": row.version, "reason": " "}).status_code == 422
    assert as_amal.post(where, {"version": row.version, "reason": "Wrong night"}).status_code == 302
    assert "Wrong night" in page(as_amal, detail(row))
    as_amal.post(reverse("desk:evidence-restore", args=[row.pk]))
    row.refresh_from_db()
    assert row.retired_at is None


def test_c10_hiding_a_part_by_numbers_draws_the_public_copy_anew(as_amal, amal, claim):
    row = a_picture(amal, claim)
    old = Derivative.objects.get(capture__evidence=row, kind="public")
    where = reverse("desk:evidence-redact", args=[row.pk])
    box = {"crop-left": "25", "crop-top": "٥٠", "crop-width": "50", "crop-height": "50"}
    assert as_amal.post(where, {"version": row.version, **box}).status_code == 302
    old.refresh_from_db()
    assert old.retired_at is not None
    make.run_jobs("evidence.examine")
    copy = Derivative.objects.get(capture__evidence=row, kind="public", retired_at=None)
    assert (copy.width, copy.height) == (320, 240)


@pytest.mark.parametrize(
    "box",
    [
        {"crop-left": "10"},
        {"blur-0-left": "90", "blur-0-top": "0", "blur-0-width": "20", "blur-0-height": "5"},
    ],
)
def test_an_area_outside_the_picture_is_422_and_the_copy_stays(as_amal, amal, claim, box):
    row = a_picture(amal, claim)
    answer = as_amal.post(reverse("desk:evidence-redact", args=[row.pk]), {"version": row.version, **box})
    assert answer.status_code == 422
    assert Derivative.objects.filter(capture__evidence=row, kind="public", retired_at=None).exists()


def test_c8_a_mismatch_stays_in_quarantine_until_somebody_says_why_not(as_amal, amal, claim):
    row = attached(amal, claim, saved(scene(3), "PNG"), "photo.jpg")
    public = Derivative.objects.filter(capture__evidence=row, kind="public")
    assert row.state == EvidenceState.QUARANTINED and not public.exists()
    assert "the bytes are image/png" in page(as_amal, detail(row))
    where = reverse("desk:evidence-release", args=[row.pk])
    assert as_amal.post(where, {"version": row.version, "reason": ""}).status_code == 422
    assert as_amal.post(where, {"version": row.version, "reason": "A phone named it so"}).status_code == 302
    make.run_jobs("evidence.examine")
    row.refresh_from_db()
    assert row.state == EvidenceState.READY and public.exists()


def test_comments_stand_beside_the_evidence(as_amal, amal, claim):
    row = attached(amal, claim)
    assert (
        as_amal.post(
            reverse("desk:evidence-comment", args=[row.pk]), {"body": "Look at the shadow"}
        ).status_code
        == 302
    )
    assert "Look at the shadow" in page(as_amal, detail(row))
    assert "1 comment" in page(as_amal, reverse("desk:claim-detail", args=[claim.pk]))


def test_progress_is_shown_to_every_colleague_and_ends_with_an_event(as_dina, amal, claim):
    row = actions.attach_link(actor=amal, claim_id=claim.pk, url="https://example.org/")
    where = reverse("desk:evidence-progress", args=[row.pk])
    assert "Capture a linked page" in page(as_dina, where)
    Evidence.objects.filter(pk=row.pk).update(state="ready")
    assert as_dina.get(where)["HX-Trigger"] == "job-over"
