"""The history at the desk: the whole chain and a claim's part of it, in words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from claims.actions import claim as claims
from claims.actions.person import system_user
from claims.actions.proposal import edit_proposal
from claims.desk import entry_words, history
from claims.models.history import Entry
from tests import make
from tests.desk.cast import page

pytestmark = pytest.mark.django_db
HISTORY = "/desk/history/"


def test_each_entry_shows_its_hash_and_the_one_before(as_amal, amal):
    make.a_claim(amal)
    newest = Entry.objects.order_by("-seq").first()
    body = page(as_amal, HISTORY)
    assert newest.sha256 in body
    assert newest.prev_sha256 in body
    assert "logged the claim" in body


def test_an_edit_reads_field_by_field(as_amal, amal):
    claim = make.a_claim(amal, place="the field")
    claims.edit_claim(actor=amal, claim_id=claim.pk, version=1, fields={"place": "the base"})
    body = page(as_amal, reverse("desk:claim-history", args=[claim.pk]))
    assert "<del>field</del>" in body
    assert "<ins>base</ins>" in body


def test_ids_are_shown_by_name(as_amal, amal, dina):
    claim = make.a_claim(amal)
    about = make.an_incident(amal, "The night at al-Omar")
    claim = claims.edit_claim(actor=amal, claim_id=claim.pk, version=1, fields={"incident_id": about.pk})
    claims.assign_claim(actor=amal, claim_id=claim.pk, version=claim.version, assignee=dina)
    body = page(as_amal, reverse("desk:claim-history", args=[claim.pk]))
    assert "The night at al-Omar" in body
    assert "dina" in body
    assert str(about.pk) not in body


def test_filters_narrow_it(as_amal, amal, dina):
    mine, hers = make.a_claim(amal, "Amal's claim."), make.a_claim(dina, "Dina's claim.")
    assert "Amal&#x27;s claim." not in page(as_amal, f"{HISTORY}?person={dina.pk}")
    assert "Dina&#x27;s claim." not in page(as_amal, f"{HISTORY}?subject={mine.pk}")
    assert str(hers.pk) not in page(as_amal, f"{HISTORY}?action=person.added")
    assert "No entry fits" in page(as_amal, f"{HISTORY}?until=2001-01-01")


@pytest.mark.parametrize("query", ["action=x", "person=x", "since=1-1-1", "subject=<b>"])
def test_a_bad_filter_is_said(as_amal, query):
    page(as_amal, f"{HISTORY}?{query}", 422)


def test_pages_follow_each_other_and_cost_the_same(as_amal, amal, django_assert_num_queries):
    claim = make.a_claim(amal)
    for n in range(history.PER_PAGE + 5):
        claims.comment(actor=amal, claim_id=claim.pk, body=f"Comment {n:03}")
    with CaptureQueriesContext(connection) as first:
        body = page(as_amal, reverse("desk:claim-history", args=[claim.pk]))
    assert "Comment 004" not in body
    oldest_shown = Entry.objects.order_by("-seq")[history.PER_PAGE - 1].seq
    with django_assert_num_queries(len(first)):
        older = page(as_amal, reverse("desk:claim-history", args=[claim.pk]) + f"?before={oldest_shown}")
    assert "Comment 004" in older


def test_every_action_there_is_has_words(amal, basim):
    make.published(amal, basim)
    told = set(Entry.objects.values_list("action", flat=True))
    assert told - set(entry_words.ACTIONS) == set()


def test_every_action_in_the_code_has_words():
    import re
    from pathlib import Path

    code = "\n".join(path.read_text() for path in Path("claims/actions").glob("*.py"))
    named = set(re.findall(r'action="([a-z]+\.[a-z-]+)"', code))
    assert named - set(entry_words.ACTIONS) == set()


def test_words_follow_the_language_of_the_page():
    with translation.override("en"):
        assert entry_words.value_words("claim", "work_state", "on_hold", {}) == "On hold"
        assert entry_words.value_words("claim", "is_party", True, {}) == "yes"


def test_every_guarded_column_has_words_or_says_nothing():
    from claims.desk import row_words
    from claims.models.projection import GUARDED, label_of, state_of

    nameless = {
        (label_of(model), field)
        for model in GUARDED
        if label_of(model) not in row_words.SILENT_TABLES
        for field in state_of(model())
        if field not in row_words.FIELDS and field not in row_words.SILENT_FIELDS
    }
    assert nameless == set()
    assert {label_of(model) for model in GUARDED} <= {*row_words.TABLES, *row_words.SILENT_TABLES}


def test_a_stored_structure_reads_as_words():
    with translation.override("en"):
        words = entry_words.value_words("evidence", "findings", [{"code": "no-metadata", "facts": {}}], {})
        assert words.startswith("The file says nothing of time")
        edits = {"v": 1, "answer_en": "Yes", "chain": [{"source": "7fe5b4d6"}]}
        assert entry_words.value_words("proposal", "edits", edits, {}) == "Short answer in English: Yes"


def test_what_an_editor_changed_in_a_proposal_reads_field_by_field(as_amal, amal):
    document = make.a_document(amal)
    proposal = document.proposals.first()
    edit_proposal(
        actor=amal,
        proposal_id=proposal.pk,
        version=proposal.version,
        edits={
            "statement_ar": "وقع انفجار.",
            "stance": "denies",
            "chain": [{"source": "", "surface": "Eyewitness"}],
        },
    )
    body = page(as_amal, HISTORY)
    assert "Statement in Arabic" in body
    assert "Eyewitness" in body
    assert "Denies" in body
    assert "surface" not in body
    assert "{&#x27;" not in body


def test_a_chain_written_anew_shows_what_differs_in_it():
    alike = {"source_id": "", "stance": "asserts", "surface": "SANA", "verbatim": "It said so."}
    body = {
        "changes": [
            {"type": "attribution", "was": {**alike, "id": 1}},
            {"type": "attribution", "was": {**alike, "surface": "SOHR", "id": 2}},
            {"type": "attribution", "is": {**alike, "id": 3}},
            {"type": "attribution", "is": {**alike, "surface": "SOHR", "stance": "denies", "id": 4}},
        ]
    }
    (only,) = entry_words.changes_of(body, {})
    assert (only.how, [(edit.label, edit.old, edit.new) for edit in only.edits]) == (
        "changed",
        [("Stance", "Asserts", "Denies")],
    )


def test_the_system_has_a_name_in_the_language_of_the_page():
    with translation.override("ar"):
        assert system_user().name == "النظام"


@pytest.mark.parametrize("before", ["0", "x", str(10**30)])
def test_a_page_that_begins_at_no_entry_shows_the_newest(as_amal, amal, before):
    make.a_claim(amal)
    shown = as_amal.get(reverse("desk:history"), {"before": before})
    assert shown.status_code == 200
    assert shown.context["lines"][0].seq == Entry.objects.order_by("-seq").first().seq
