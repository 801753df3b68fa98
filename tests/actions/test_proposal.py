"""Proposals: nothing is a claim until accepted, everything can be taken back, and wording is always verbatim."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.actions import claim as claims
from claims.actions import proposal as proposals
from claims.actions.reading import reading_of
from claims.actions.terms import directory, terms_of
from claims.errors import Conflict, Invalid, NotAllowed, NotFound
from claims.models import Claim, Document, Proposal, Role, Source
from claims.models.history import Entry
from claims.text.mentions import find_places
from claims.text.reading import EventTime, PlaceMention, Proposed, Quantity, Voice, Why
from tests import make
from tests.make import ARTICLE_AR

pytestmark = pytest.mark.django_db
RELAY = "نقلت وكالة سبوتنيك عن مصادر محلية أن منزلين تضررا في القرية"


@pytest.fixture
def amal(db):
    return make.user("amal")


@pytest.fixture
def row(amal):
    """An Arabic text with one proposal of a known shape, whatever the engine made of the text."""
    document = make.a_document(amal, ARTICLE_AR, propose=False, published_on=date(2022, 10, 23))
    start = document.body.index(RELAY)
    at = document.body.index("منزلين")
    read = Proposed(
        start=start,
        end=start + len(RELAY),
        chain=(
            Voice("وكالة سبوتنيك", start + 5, start + 18, "sputnik", "Sputnik", 0.95, kind="state_agency"),
            Voice("مصادر محلية", start + 22, start + 33, unnamed=True),
        ),
        verb="نقلت",
        quantities=(Quantity("eq", 2, 2, "house", "منزلين", at, at + 6),),
        event=EventTime(
            date(2022, 10, 22), date(2022, 10, 22), "part_of_day", "مساء السبت", zone="Asia/Damascus"
        ),
        places=(PlaceMention("القرية", start, start + 6),),
        why=Why("relays", "نقلت", "وكالة سبوتنيك"),
    )
    return Proposal.objects.create(
        document=document,
        start=read.start,
        end=read.end,
        wording=RELAY,
        reading=reading_of(read),
        edits={"v": 1},
    )


def accept(amal, row, **given):
    return proposals.accept_proposal(actor=amal, proposal_id=row.pk, version=row.version, **given)


def test_accepting_makes_a_claim_with_chain_quantities_event_and_place_in_one_entry(amal, row):
    before = Entry.objects.count()
    made = accept(amal, row)
    hops = [(hop.source.name_ar, hop.hop) for hop in made.attributions.order_by("-hop")]
    assert hops == [("سبوتنيك", 1), ("مصادر محلية", 0)]
    quantity = made.quantities.get()
    assert (quantity.low, quantity.unit, quantity.raw) == (Decimal(2), "house", "منزلين")
    assert (made.event_earliest_at.isoformat(), made.event_raw) == ("2022-10-21T21:00:00+00:00", "مساء السبت")
    assert (made.place, made.wording, Entry.objects.count() - before) == ("القرية", RELAY, 1)


def test_an_unnamed_source_belongs_to_its_document_once(amal, row):
    accept(amal, row)
    other = proposals.mark_passage(actor=amal, document_id=row.document_id, start=0, end=40)
    accept(amal, other, edits={"chain": [{"surface": "مصادر محليّة", "unnamed": True}]})
    assert Source.objects.filter(kind="unnamed", document=row.document_id).count() == 1


def test_an_unknown_named_source_asks_before_anything_is_made(amal, row):
    with pytest.raises(Invalid, match="source-unknown") as asked:
        accept(amal, row, edits={"chain": [{"surface": "شبكة لم نسمع بها"}]})
    assert asked.value.facts["name"] == "شبكة لم نسمع بها"
    row.refresh_from_db()
    assert (row.state, Claim.objects.count(), Source.objects.count()) == ("proposed", 0, 0)


def test_a_new_source_is_made_on_request_and_known_from_then_on(amal, row):
    chain = [{"surface": "شبكة لم نسمع بها", "new": True, "kind": "local_network"}]
    accept(amal, row, edits={"chain": chain})
    other = proposals.mark_passage(actor=amal, document_id=row.document_id, start=0, end=40)
    accept(amal, other, edits={"chain": [{"surface": "شبكة لم نسمع بها"}]})
    assert Source.objects.filter(name_ar="شبكة لم نسمع بها").count() == 1


def test_where_nobody_is_named_the_publisher_says_it(amal, row):
    outlet = make.a_source(amal, "Harbour Gazette")
    type(row.document).objects.filter(pk=row.document_id).update(publisher=outlet)
    other = proposals.mark_passage(actor=amal, document_id=row.document_id, start=0, end=40)
    assert accept(amal, other).attributions.get().source == outlet


def test_accepting_twice_gives_the_same_claim(amal, row):
    assert accept(amal, row) == accept(amal, row)
    assert Claim.objects.count() == 1


def test_a_second_persons_late_click_is_a_conflict(amal, row):
    accept(amal, row)
    with pytest.raises(Conflict, match="proposal-decided"):
        accept(make.user("dina"), row)


def test_a_stale_edit_is_a_conflict_and_changes_nothing(amal, row):
    edit = {"actor": amal, "proposal_id": row.pk, "version": row.version}
    proposals.edit_proposal(**edit, edits={"stance": "denies"})
    with pytest.raises(Conflict, match="stale"):
        proposals.edit_proposal(**edit, edits={"stance": "estimates"})
    row.refresh_from_db()
    assert row.edits["stance"] == "denies"


def test_what_was_edited_is_what_is_accepted(amal, row):
    question = make.a_question(amal)
    edits = {
        "statement_en": "Two houses were damaged.",
        "stance": "estimates",
        "quantities": [{"comparator": "ge", "low": "2", "high": None, "unit": "house", "raw": "منزلين"}],
        "event": None,
        "place": {"name": "دير الزور", "key": ""},
        "question": str(question.pk),
    }
    made = accept(amal, row, edits=edits)
    assert (made.statement_en, made.question, made.incident) == (
        "Two houses were damaged.",
        question,
        question.incident,
    )
    assert {hop.stance for hop in made.attributions.all()} == {"estimates"}
    assert (made.quantities.get().comparator, made.event_raw) == ("ge", "")


def test_wording_moves_with_its_span_and_cannot_be_typed(amal, row):
    start = row.document.body.index("منزلين")
    moved = proposals.edit_proposal(
        actor=amal, proposal_id=row.pk, version=row.version, span=(start, start + 13)
    )
    assert moved.wording == row.document.body[moved.start : moved.end] == "منزلين تضررا"
    with pytest.raises(Invalid, match="unknown-field"):
        proposals.edit_proposal(actor=amal, proposal_id=row.pk, version=moved.version, edits={"wording": "x"})


@pytest.mark.parametrize("span", [(-1, 5), (5, 5), (9, 4), (0, 10_000), (10**30, 10**31)])
def test_a_span_outside_the_text_is_refused(amal, row, span):
    with pytest.raises(Invalid, match="span-outside"):
        proposals.edit_proposal(actor=amal, proposal_id=row.pk, version=row.version, span=span)


def test_a_rejection_is_taken_back(amal, row):
    gone = proposals.reject_proposal(actor=amal, proposal_id=row.pk, version=row.version)
    back = proposals.restore_proposal(actor=amal, proposal_id=row.pk, version=gone.version)
    assert (back.state, back.decided_by) == ("proposed", None)


def test_an_acceptance_is_taken_back_with_all_that_it_made(amal, row):
    made = accept(amal, row)
    row.refresh_from_db()
    back = proposals.restore_proposal(actor=amal, proposal_id=row.pk, version=row.version)
    assert (back.state, back.claim_id) == ("proposed", None)
    assert not Claim.objects.filter(pk=made.pk).exists()


def test_an_acceptance_stands_once_somebody_works_on_the_claim(amal, row):
    made = accept(amal, row)
    claims.comment(actor=amal, claim_id=made.pk, body="Ask the mayor.")
    row.refresh_from_db()
    with pytest.raises(Conflict, match="claim-touched"):
        proposals.restore_proposal(actor=amal, proposal_id=row.pk, version=row.version)
    assert Claim.objects.filter(pk=made.pk).exists()


def test_a_split_puts_quantities_where_they_stand(amal, row):
    at = row.document.body.index("منزلين")
    left, right = proposals.split_proposal(actor=amal, proposal_id=row.pk, version=row.version, at=at)
    assert (left.reading["quantities"], len(right.reading["quantities"])) == ([], 1)
    assert len(left.reading["chain"]) == len(right.reading["chain"]) == 2


def test_a_split_is_taken_back_until_a_part_is_decided(amal, row):
    at = row.document.body.index("منزلين")
    left, _ = proposals.split_proposal(actor=amal, proposal_id=row.pk, version=row.version, at=at)
    row.refresh_from_db()
    proposals.restore_proposal(actor=amal, proposal_id=row.pk, version=row.version)
    assert list(row.document.proposals.values_list("state", flat=True)) == ["proposed"]
    row.refresh_from_db()
    left, _ = proposals.split_proposal(actor=amal, proposal_id=row.pk, version=row.version, at=at)
    proposals.reject_proposal(actor=amal, proposal_id=left.pk, version=left.version)
    row.refresh_from_db()
    with pytest.raises(Conflict, match="parts-decided"):
        proposals.restore_proposal(actor=amal, proposal_id=row.pk, version=row.version)


def test_neighbours_merge_and_come_apart_again(amal):
    document = make.a_document(amal)
    first, second, third, *_ = document.proposals.all()
    with pytest.raises(Invalid, match="not-neighbours"):
        proposals.merge_proposals(actor=amal, proposal_id=first.pk, version=first.version, other_id=third.pk)
    merged = proposals.merge_proposals(actor=amal, proposal_id=first.pk, version=first.version)
    assert (merged.start, merged.end, merged.wording) == (
        first.start,
        second.end,
        document.body[first.start : second.end],
    )
    last = proposals.last_decided(document, amal)
    proposals.restore_proposal(actor=amal, proposal_id=last.pk, version=last.version)
    assert not Proposal.objects.filter(pk=merged.pk).exists()
    assert set(document.proposals.values_list("state", flat=True)) == {"proposed"}


def test_the_last_has_no_next_to_merge_with(amal, row):
    with pytest.raises(Invalid, match="not-neighbours"):
        proposals.merge_proposals(actor=amal, proposal_id=row.pk, version=row.version)


def test_marking_the_same_passage_twice_is_one_proposal(amal, row):
    body = row.document.body
    start = body.index("ثمانية صواريخ")
    one = proposals.mark_passage(actor=amal, document_id=row.document_id, start=start - 1, end=start + 14)
    two = proposals.mark_passage(actor=amal, document_id=row.document_id, start=start, end=start + 13)
    assert (one, one.wording) == (two, "ثمانية صواريخ")


def test_nobody_but_writers_decides(amal, row):
    with pytest.raises(NotAllowed):
        accept(make.user("huda", Role.ADMIN), row)


@pytest.mark.parametrize("key", ["x", "0", "-1", None, "99999999999999999999999", "424242"])
def test_a_proposal_that_is_not_there_is_not_found(amal, key):
    with pytest.raises(NotFound):
        proposals.accept_proposal(actor=amal, proposal_id=key, version=1)


@given(body=st.text(max_size=80), start=st.integers(0, 80), end=st.integers(0, 80))
def test_a_trimmed_span_lies_inside_and_neither_begins_nor_ends_with_a_space(body, start, end):
    found = proposals.trimmed(body, start, min(end, len(body)))
    if found is not None:
        assert start <= found[0] < found[1] <= end
        assert body[found[0] : found[1]] == body[found[0] : found[1]].strip(" \t\r\n,،;؛")


WORDS = st.lists(
    st.sampled_from(["دوّت", "«خمسة»", "blasts", "😀", "107", "،", "\n", "\u200f", "و"]),
    min_size=3,
    max_size=25,
)


@settings(deadline=None, max_examples=25)
@given(words=WORDS, data=st.data())
def test_parts_and_unions_slice_back_to_the_text(words, data):
    body = "a " + " ".join(words) + " z"
    at = data.draw(st.integers(1, len(body) - 1))
    with transaction.atomic():
        amal = make.user("amal")
        document = make.a_document(amal, body, propose=False)
        one = proposals.mark_passage(actor=amal, document_id=document.pk, start=0, end=len(body))
        left, right = proposals.split_proposal(actor=amal, proposal_id=one.pk, version=one.version, at=at)
        merged = proposals.merge_proposals(actor=amal, proposal_id=left.pk, version=left.version)
        assert all(body[p.start : p.end] == p.wording for p in (left, right, merged))
        assert left.end <= right.start
        assert (merged.start, merged.end) == (one.start, one.end)
        transaction.set_rollback(True)


def test_whoever_worded_a_proposal_has_a_hand_in_the_claim_another_accepts(amal, row):
    basim = make.user("basim", Role.REVIEWER)
    proposals.edit_proposal(
        actor=basim, proposal_id=row.pk, version=row.version, edits={"statement_en": "Two houses."}
    )
    row.refresh_from_db()
    made = accept(amal, row)
    assert set(made.contributions.values_list("user__username", flat=True)) == {"amal", "basim"}


def test_whoever_cut_or_joined_a_proposal_has_a_hand_in_its_parts(amal, row):
    basim = make.user("basim", Role.REVIEWER)
    at = row.start + RELAY.index(" عن ")
    left, right = proposals.split_proposal(actor=basim, proposal_id=row.pk, version=row.version, at=at)
    joined = proposals.merge_proposals(
        actor=amal, proposal_id=left.pk, version=left.version, other_id=right.pk
    )
    made = accept(make.user("dina"), joined)
    assert set(made.contributions.values_list("user__username", flat=True)) == {"amal", "basim", "dina"}


def test_a_place_is_a_name_without_the_quotation_marks_it_stood_between():
    row = Proposal(reading={"places": [{"surface": "قاعدة \u201cحقل العمر", "keys": []}]})
    terms = terms_of(row, Document(lang="ar"), directory([]))
    assert terms.place.name == "قاعدة حقل العمر"


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("انفجر لغم في بلدة الغزلانة شرقي حلب", "بلدة الغزلانة", ""),
        ("انفجر لغم في بلدة تادف شرقي حلب", "بلدة تادف", "tadif"),
        ("انفجر لغم في قرية الغزلانة بمحافظة درعا", "قرية الغزلانة", ""),
        ("انفجر لغم في مدرسة بمحافظة درعا", "محافظة درعا", "daraa-gov"),
        ("انفجر لغم شرقي حلب", "حلب", "aleppo"),
    ],
)
def test_a_claim_is_not_placed_where_something_else_lies(text, name, key):
    found = [{**asdict(one), "keys": list(one.keys)} for one in find_places(text)]
    terms = terms_of(Proposal(reading={"places": found}), Document(lang="ar"), directory([]))
    assert (terms.place.name, terms.place.key) == (name, key)
