"""The walk of a verdict, and everything that must not pass."""

import pytest
from django.db import IntegrityError, transaction

from claims.actions import claim as claims
from claims.actions import incident, publish, source, verdict
from claims.errors import Conflict, NotAllowed
from claims.models import Claim, Review, Role, Verdict, VerdictState, WorkState
from claims.models.history import Entry
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def amal(db):
    return make.user("amal")


@pytest.fixture
def basim(db):
    return make.user("basim", Role.REVIEWER)


def test_a_claim_walks_to_the_public(amal, basim):
    publication = make.published(amal, basim)
    row = Claim.objects.get(pk=publication.claim_id)
    assert (row.publication_id, row.work_state, row.round) == (publication.pk, WorkState.DECIDED, 2)
    assert row.slug.isascii()


def test_the_proposer_cannot_approve_even_as_a_reviewer(basim):
    row = make.submitted(basim, make.a_checkable_claim(basim))
    with pytest.raises(NotAllowed, match="own-work"):
        verdict.approve_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)


def test_fixing_a_comma_makes_a_reviewer_a_contributor(amal, basim):
    made = make.a_checkable_claim(amal)
    made.refresh_from_db()
    claims.edit_claim(actor=basim, claim_id=made.pk, version=made.version, fields={"place": "al-Omar,"})
    row = make.submitted(amal, made)
    with pytest.raises(NotAllowed, match="own-work"):
        verdict.approve_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)


def test_the_database_refuses_a_contributors_approval_where_the_rule_is_walked_past(amal):
    row = make.submitted(amal, make.a_checkable_claim(amal))
    sami = make.user("sami", Role.REVIEWER)
    made = row.claim
    made.contributions.create(round=made.round, user=sami)
    forged = Review(
        verdict=row,
        content_sha256=row.content_sha256,
        decision="approve",
        reviewer=sami,
        proposer=amal,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        forged.save(force_insert=True)


def test_an_edit_after_submission_voids_it_and_opens_the_next_revision(amal, basim):
    made = make.a_checkable_claim(amal)
    row = make.submitted(amal, made)
    made.refresh_from_db()
    claims.edit_claim(actor=amal, claim_id=made.pk, version=made.version, fields={"place": "elsewhere"})
    with pytest.raises(Conflict, match="revision-changed"):
        verdict.approve_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)
    states = list(Verdict.objects.filter(claim=made).order_by("revision").values_list("state", flat=True))
    assert states == [VerdictState.RETURNED, VerdictState.DRAFT]


def test_an_edit_after_approval_voids_it(amal, basim):
    made = make.a_checkable_claim(amal)
    row = make.submitted(amal, made)
    verdict.approve_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)
    made.refresh_from_db()
    claims.edit_claim(actor=amal, claim_id=made.pk, version=made.version, fields={"place": "elsewhere"})
    with pytest.raises(Conflict):
        publish.publish_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)


def test_a_confirmed_verdict_asks_for_evidence(amal):
    draft = make.a_draft(amal, make.a_checkable_claim(amal), value="confirmed")
    with pytest.raises(NotAllowed) as refused:
        verdict.submit_verdict(actor=amal, verdict_id=draft.pk, version=draft.version)
    assert refused.value.facts["missing"] == ["evidence", "exception"]


def test_an_admin_cannot_touch_a_verdict(amal):
    huda = make.user("huda", Role.ADMIN)
    row = make.submitted(amal, make.a_checkable_claim(amal))
    with pytest.raises(NotAllowed):
        verdict.approve_verdict(actor=huda, verdict_id=row.pk, content_sha256=row.content_sha256)


def test_a_correction_takes_the_same_two_people(amal, basim):
    first = make.published(amal, basim)
    draft = publish.start_correction(actor=amal, verdict_id=first.verdict_id, kind="correction")
    texts = {**make.TEXTS, "change_en": "The place was wrong."}
    draft = verdict.propose_verdict(
        actor=amal, claim_id=first.claim_id, value="unverified", texts=texts, version=draft.version
    )
    row = verdict.submit_verdict(actor=amal, verdict_id=draft.pk, version=draft.version)
    verdict.approve_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)
    second = publish.publish_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)
    first.verdict.refresh_from_db()
    assert (second.number, second.slug, first.verdict.state) == (2, first.slug, VerdictState.SUPERSEDED)


def test_a_stale_save_is_refused_and_changes_nothing(amal):
    made = make.a_claim(amal)
    claims.edit_claim(actor=amal, claim_id=made.pk, version=1, fields={"place": "first"})
    before = Entry.objects.count()
    with pytest.raises(Conflict, match="stale"):
        claims.edit_claim(actor=amal, claim_id=made.pk, version=1, fields={"place": "second"})
    made.refresh_from_db()
    assert (made.place, Entry.objects.count()) == ("first", before)


def test_every_action_leaves_one_entry(amal):
    before = Entry.objects.count()
    made = make.a_claim(amal)
    claims.assign_claim(actor=amal, claim_id=made.pk, version=1, assignee=amal)
    assert list(Entry.objects.filter(seq__gt=before).order_by("seq").values_list("action", flat=True)) == [
        "claim.logged",
        "claim.assigned",
    ]


def test_an_approval_overtaken_by_a_renamed_source_can_be_taken_back(amal, basim):
    made = make.a_checkable_claim(amal)
    row = make.submitted(amal, made)
    row = verdict.approve_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)
    said = made.attributions.get().source
    source.edit_source(actor=amal, source_id=said.pk, version=said.version, fields={"name_en": "Renamed"})
    with pytest.raises(Conflict, match="revision-changed"):
        publish.publish_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)
    draft = verdict.take_back_verdict(actor=amal, verdict_id=row.pk, version=row.version)
    again = verdict.submit_verdict(actor=amal, verdict_id=draft.pk, version=draft.version)
    verdict.approve_verdict(actor=basim, verdict_id=again.pk, content_sha256=again.content_sha256)
    publish.publish_verdict(actor=basim, verdict_id=again.pk, content_sha256=again.content_sha256)


def test_a_reviewer_can_return_what_changed_around_the_revision(amal, basim):
    made = make.a_checkable_claim(amal)
    row = make.submitted(amal, made)
    said = made.attributions.get().source
    source.edit_source(actor=amal, source_id=said.pk, version=said.version, fields={"name_en": "Renamed"})
    back = verdict.return_verdict(
        actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256, note="Its source has a new name."
    )
    assert back.state == VerdictState.RETURNED


def test_a_question_reworded_after_the_approval_is_not_published_unread(amal, basim):
    asked = make.a_question(amal)
    made = make.a_checkable_claim(amal)
    made.refresh_from_db()
    claims.edit_claim(actor=amal, claim_id=made.pk, version=made.version, fields={"question_id": asked.pk})
    row = make.submitted(amal, made)
    verdict.approve_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)
    incident.edit_question(actor=amal, question_id=asked.pk, version=asked.version, text_en="Who did it?")
    with pytest.raises(Conflict, match="revision-changed"):
        publish.publish_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)


@pytest.mark.parametrize("ended", [False, True])
def test_nothing_goes_out_after_a_publication_without_saying_what_changed(amal, basim, ended):
    first = make.published(amal, basim)
    if ended:
        draft = publish.start_correction(actor=amal, verdict_id=first.verdict_id, kind="withdrawal")
        texts = {**make.TEXTS, "change_en": "It was wrong."}
        make.published(amal, basim, first.claim, texts=texts, version=draft.version)
    draft = make.a_draft(amal, first.claim)
    with pytest.raises(NotAllowed) as refused:
        verdict.submit_verdict(actor=amal, verdict_id=draft.pk, version=draft.version)
    assert refused.value.facts["missing"] == ["change"]


def test_an_owner_found_out_after_submission_is_a_change_the_reviewer_has_not_read(amal, basim):
    from claims.actions import source as sources

    owner = make.a_source(amal, "Ministry of Information")
    made = make.a_claim(amal)
    one, other = make.a_source(amal, "Agency"), make.a_source(amal, "Television", parent_id=owner.pk)
    for voice in (one, other):
        made = make.a_chain(amal, made, voice)
    row = make.submitted(amal, made)
    one.refresh_from_db()
    sources.edit_source(actor=amal, source_id=one.pk, version=one.version, fields={"parent_id": owner.pk})
    with pytest.raises(Conflict, match="revision-changed"):
        verdict.approve_verdict(actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256)
