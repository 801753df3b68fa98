"""The review desk: the queue, the frozen revision, the decision on exactly what was read."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import claim as claims
from claims.actions import verdict as verdicts
from claims.actions.claim import Count
from claims.actions.publish import start_correction
from claims.models import Publication, Review, Role, Verdict, VerdictState
from claims.models.history import Entry
from tests import make
from tests.desk.cast import page, signed_in

pytestmark = pytest.mark.django_db
QUEUE = "/desk/review/"


def url(name: str, row: Verdict) -> str:
    return reverse(f"desk:review-{name}", args=[row.pk])


def named(row: Verdict, **more: str) -> dict[str, str]:
    return {"content_sha256": row.content_sha256, **more}


@pytest.fixture
def row(amal):
    return make.submitted(amal, make.a_checkable_claim(amal))


def test_the_queue_is_empty_and_says_so(as_basim):
    assert "Nothing waits for a decision" in page(as_basim, QUEUE)


def test_the_oldest_stands_first_with_those_who_had_a_hand_in_it(as_basim, amal):
    for wording in ("The first one.", "The second one."):
        make.submitted(amal, make.a_checkable_claim(amal, wording))
    body = page(as_basim, QUEUE)
    assert body.index("The first one.") < body.index("The second one.")
    assert "Had a hand in it:" in body


def test_the_queue_filters_by_who_may_decide(basim, as_basim, amal):
    make.submitted(basim, make.a_checkable_claim(basim, "By the reviewer."))
    make.submitted(amal, make.a_checkable_claim(amal, "By the editor."))
    assert "By the reviewer." not in page(as_basim, f"{QUEUE}?mine=yes")
    assert "By the editor." not in page(as_basim, f"{QUEUE}?mine=no")
    assert page(as_basim, f"{QUEUE}?mine=perhaps", 422)


def test_the_number_of_queries_does_not_grow_with_the_queue(as_basim, amal, django_assert_num_queries):
    make.submitted(amal, make.a_checkable_claim(amal, "One."))
    with CaptureQueriesContext(connection) as few:
        as_basim.get(QUEUE)
    for n in range(5):
        make.submitted(amal, make.a_checkable_claim(amal, f"More {n}."))
    with django_assert_num_queries(len(few)):
        as_basim.get(QUEUE)


def test_what_is_shown_is_what_was_frozen(as_basim, amal):
    claim = make.a_checkable_claim(amal, "As it was frozen.")
    row = make.submitted(amal, claim)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_claim SET statement_en = 'Changed behind it'")
    body = page(as_basim, url("detail", row))
    assert "As it was frozen." in body
    assert "Changed behind it" not in body


def test_own_work_has_no_buttons_and_says_why(basim, as_basim):
    row = make.submitted(basim, make.a_checkable_claim(basim))
    body = page(as_basim, url("detail", row))
    assert "You contributed to this revision" in body
    assert 'data-key="a"' not in body
    assert as_basim.post(url("approve", row), named(row)).status_code == 403


def test_approve_and_publish_are_two_actions(as_basim, row):
    before = Entry.objects.count()
    assert as_basim.post(url("approve", row), named(row, publish="1")).status_code == 302
    told = list(Entry.objects.filter(seq__gt=before).order_by("seq").values_list("action", flat=True))
    assert told == ["verdict.approved", "verdict.published"]
    assert Publication.objects.get().verdict == row


def test_approval_alone_waits_to_be_published(as_basim, row):
    as_basim.post(url("approve", row), named(row))
    assert "Approved, not yet published" in page(as_basim, QUEUE)
    as_basim.post(url("publish", row), named(row))
    assert Verdict.objects.get(pk=row.pk).state == VerdictState.PUBLISHED


def test_approving_what_has_changed_answers_409_with_what_changed(as_basim, amal, row):
    claim = row.claim
    claim.refresh_from_db()
    claims.edit_claim(actor=amal, claim_id=claim.pk, version=claim.version, fields={"place": "Another field"})
    answer = as_basim.post(url("approve", row), named(row))
    assert answer.status_code == 409
    assert "Another field" in answer.content.decode()
    assert not Review.objects.exists()


def test_the_second_of_two_reviewers_is_told(as_basim, row):
    sami = signed_in(make.user("sami", Role.REVIEWER))
    assert as_basim.post(url("approve", row), named(row)).status_code == 302
    assert sami.post(url("approve", row), named(row)).status_code == 409
    assert sami.post(url("return", row), named(row, note="No")).status_code == 409
    assert Review.objects.count() == 1


@pytest.mark.parametrize("sha256", ["", "0" * 64, "x" * 64, "0" * 63])
def test_an_approval_names_what_was_read(as_basim, row, sha256):
    assert as_basim.post(url("approve", row), {"content_sha256": sha256}).status_code in {409, 422}
    assert not Review.objects.exists()


def test_a_return_says_why(as_basim, row):
    refused = as_basim.post(url("return", row), named(row))
    assert (refused.status_code, Review.objects.count()) == (422, 0)
    as_basim.post(url("return", row), named(row, note="Which video?"))
    assert (Review.objects.get().note, Verdict.objects.get(pk=row.pk).state) == ("Which video?", "returned")


def test_the_next_revision_shows_what_changed_since_the_last(as_basim, basim, amal, row):
    verdicts.return_verdict(
        actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256, note="Shorter."
    )
    draft = row.claim.verdicts.get(state="draft")
    texts = {**make.TEXTS, "reason_en": "Only one outlet says so."}
    draft = verdicts.propose_verdict(
        actor=amal, claim_id=row.claim_id, value="unverified", texts=texts, version=draft.version
    )
    second = verdicts.submit_verdict(actor=amal, verdict_id=draft.pk, version=draft.version)
    body = page(as_basim, url("detail", second))
    assert "<ins>" in body
    assert "Only one outlet says so." in body
    assert "Reasoning, English" not in body.split("What was said")[0]


def test_the_queryset_and_the_rule_say_the_same(amal, basim, huda):
    from claims.rules.verdict import may_decide

    make.submitted(amal, make.a_checkable_claim(amal, "By the editor."))
    make.submitted(basim, make.a_checkable_claim(basim, "By the reviewer."))
    shared = make.a_checkable_claim(amal, "By both.")
    claims.edit_claim(actor=basim, claim_id=shared.pk, version=shared.version, fields={"place": "x"})
    make.submitted(amal, shared)
    for person in (amal, basim, huda, make.user("sami", Role.REVIEWER)):
        allowed = {row.pk for row in Verdict.objects.all() if may_decide(person, row) is None}
        assert set(Verdict.objects.awaiting(person).values_list("pk", flat=True)) == allowed


def test_the_bar_counts_what_waits_for_the_reviewer(as_basim, as_amal, row):
    assert 'class="count">1<' in page(as_basim, "/desk/claims/")
    assert 'class="count">1<' not in page(as_amal, "/desk/claims/")


def test_the_reviewer_sees_the_picture_and_opens_the_very_bytes_that_were_cited(client):
    from io import BytesIO

    from PIL import Image

    from claims.actions import evidence as evidences
    from claims.models import Role
    from tests import make

    amal, sami = make.user("amal-of-pictures"), make.user("sami-of-pictures", Role.REVIEWER)
    made, picture = make.a_checkable_claim(amal, "A picture shows it."), BytesIO()
    Image.new("RGB", (300, 200), "#775533").save(picture, "PNG")
    row = evidences.attach_file(
        actor=amal, claim_id=made.pk, chunks=[picture.getvalue()], file_name="night.png"
    )
    make.run_jobs("evidence.examine")
    submitted = make.submitted(amal, made, evidence_ids=[row.pk])
    client.force_login(sami)
    page = client.get(f"/desk/review/{submitted.pk}/").content.decode()
    original = f"/desk/captures/{row.captures.get(role='original').pk}/original/"
    assert original in page and "/desk/copies/" in page
    assert client.get(original).status_code == 200


def test_an_editor_is_told_who_decides(as_amal, amal):
    row = make.submitted(amal, make.a_checkable_claim(amal))
    assert "Only reviewers can do this." in page(as_amal, f"/desk/review/{row.pk}/")


def test_a_withdrawal_says_what_it_does_to_who_asks_for_it_and_who_decides(as_amal, as_basim, amal, basim):
    shown = make.published(amal, basim)
    draft = start_correction(actor=amal, verdict_id=shown.verdict_id, kind="withdrawal")
    assert "This takes the public page away." in page(
        as_amal, reverse("desk:claim-detail", args=[shown.claim_id])
    )
    texts = {**make.TEXTS, "change_en": "It rested on a clip we cannot place."}
    draft = verdicts.propose_verdict(
        actor=amal, claim_id=shown.claim_id, value=shown.value, texts=texts, version=draft.version
    )
    sent = verdicts.submit_verdict(actor=amal, verdict_id=draft.pk, version=draft.version)
    body = page(as_basim, url("detail", sent))
    assert "This revision takes the public page away." in body
    assert "Approve and withdraw the page" in body
    assert "Approve and publish" not in body
    assert "as it would be published" not in body
    answer = as_basim.post(url("approve", sent), named(sent, publish="1"), follow=True)
    assert "Withdrawn. Its address says so" in answer.content.decode()


def test_publishing_leads_to_the_page_that_readers_see(as_basim, row):
    answer = as_basim.post(url("approve", row), named(row, publish="1"), follow=True)
    shown = Publication.objects.get(verdict=row)
    assert reverse("public:verdict-detail", args=[shown.slug]) in answer.content.decode()


def test_what_the_reviewer_reads_is_in_words(as_basim, amal):
    document = make.a_document(amal, published_on=date(2022, 10, 23))
    five = Count("ge", Decimal(5), None, "explosion", "five")
    claim = claims.log_claim(actor=amal, fields={}, document=document, span=(0, 40), quantities=[five])
    make.a_chain(amal, claim, make.a_source(amal, "Who said it"))
    body = page(as_basim, url("detail", make.submitted(amal, claim)))
    assert "at least 5 explosions (five)" in body
    assert "23 Oct 2022" in body
    assert "2022-10-23" not in body.split("<main")[1].replace('datetime="2022-10-23', "")
