"""The verdict box: the draft, what is missing before it is submitted, and the ways back."""

import pytest
from django.urls import reverse

from claims.actions import verdict as verdicts
from claims.models import Claim, Verdict, VerdictState
from tests import make
from tests.desk.cast import HTMX, page

pytestmark = pytest.mark.django_db
TEXTS = {
    "reason_en": "One outlet only.",
    "rationale_en": "Nobody else reports it.",
    "would_settle_en": "Footage.",
}


def url(name: str, claim: Claim) -> str:
    return reverse(f"desk:{name}", args=[claim.pk])


def step(row: Verdict) -> dict[str, str]:
    return {"verdict": str(row.pk), "version": str(row.version)}


@pytest.fixture
def claim(amal):
    return make.a_checkable_claim(amal)


def test_the_checklist_says_what_is_missing_before_the_click(as_amal, claim):
    body = page(as_amal, url("claim-detail", claim))
    assert "A proposed verdict" in body
    as_amal.post(url("verdict-save", claim), {"value": "confirmed"})
    body = page(as_amal, url("claim-detail", claim))
    for missing in ("The reasoning", "At least one piece of evidence cited", "Two independent origins"):
        assert missing in body


def test_a_draft_is_saved_and_submitted_in_one_go(as_amal, claim):
    data = {"value": "unverified", **TEXTS, "then": "submit"}
    assert as_amal.post(url("verdict-save", claim), data).status_code == 302
    row = Verdict.objects.get()
    assert (row.state, row.reason_en) == (VerdictState.SUBMITTED, "One outlet only.")


def test_what_is_missing_keeps_the_draft_and_answers_422(as_amal, claim):
    answer = as_amal.post(url("verdict-save", claim), {"value": "denied", **TEXTS, "then": "submit"})
    assert answer.status_code == 422
    assert (Verdict.objects.get().state, Verdict.objects.get().value) == ("draft", "denied")


def test_for_htmx_the_box_comes_back_alone(as_amal, claim):
    answer = as_amal.post(url("verdict-save", claim), {"value": "unverified", **TEXTS}, headers=HTMX)
    body = answer.content.decode()
    assert "One outlet only." in body
    assert "<html" not in body


@pytest.mark.parametrize(
    "wrong",
    [{"value": "maybe"}, {"value": ""}, {"reason_en": "x" * 301}, {"evidence": ["x"]}, {"version": "abc"}],
)
def test_a_bad_draft_is_kept_as_typed_and_not_saved(as_amal, claim, wrong):
    data = {"value": "unverified", "rationale_en": "My long reasoning", **wrong}
    answer = as_amal.post(url("verdict-save", claim), data)
    assert answer.status_code == 422
    assert "My long reasoning" in answer.content.decode()
    assert not Verdict.objects.exists()


def test_a_stale_draft_shows_both_texts(as_amal, amal, dina, claim):
    draft = make.a_draft(amal, claim)
    texts = {**make.TEXTS, "rationale_en": "Dina's reasoning."}
    verdicts.propose_verdict(
        actor=dina, claim_id=claim.pk, value="denied", texts=texts, version=draft.version
    )
    answer = as_amal.post(
        url("verdict-save", claim), {"value": "unverified", "rationale_en": "Mine.", "version": draft.version}
    )
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Dina&#x27;s reasoning." in body
    assert "Mine." in body
    assert Verdict.objects.get().rationale_en == "Dina's reasoning."


def test_two_first_drafts_at_once_are_a_conflict(as_amal, dina, claim):
    make.a_draft(dina, claim)
    assert as_amal.post(url("verdict-save", claim), {"value": "denied", **TEXTS}).status_code == 409


def test_a_submission_is_taken_back_once(as_amal, amal, claim):
    row = make.submitted(amal, claim)
    assert as_amal.post(url("verdict-take-back", claim), step(row)).status_code == 302
    assert as_amal.post(url("verdict-take-back", claim), step(row)).status_code in {403, 409}
    assert list(claim.verdicts.values_list("state", flat=True)) == ["draft", "returned"]


def test_a_draft_is_discarded(as_amal, amal, claim):
    draft = make.a_draft(amal, claim)
    as_amal.post(url("verdict-discard", claim), step(draft))
    assert not claim.verdicts.exists()


def test_a_correction_is_started_and_asks_what_changed(as_amal, amal, basim, claim):
    shown = make.published(amal, basim, claim)
    data = {"verdict": str(shown.verdict_id), "kind": "correction"}
    assert as_amal.post(url("verdict-correct", claim), data).status_code == 302
    body = page(as_amal, url("claim-detail", claim))
    assert "What changed and why" in body
    assert claim.verdicts.get(state="published").pk == shown.verdict_id


@pytest.mark.parametrize("kind", ["verdict", "", "revenge"])
def test_there_is_no_other_kind_of_correction(as_amal, amal, basim, claim, kind):
    shown = make.published(amal, basim, claim)
    data = {"verdict": str(shown.verdict_id), "kind": kind}
    assert as_amal.post(url("verdict-correct", claim), data).status_code == 422


def test_the_reasons_for_a_return_stand_by_the_draft_and_at_home(as_amal, amal, basim, claim):
    row = make.submitted(amal, claim)
    verdicts.return_verdict(
        actor=basim, verdict_id=row.pk, content_sha256=row.content_sha256, note="Name the second outlet."
    )
    assert "Name the second outlet." in page(as_amal, url("claim-detail", claim))
    assert "Name the second outlet." in page(as_amal, reverse("desk:home"))


def test_submitting_by_htmx_goes_to_the_page_instead_of_into_the_box(as_amal, claim):
    data = {"value": "unverified", **TEXTS, "then": "submit"}
    answer = as_amal.post(url("verdict-save", claim), data, headers=HTMX)
    assert answer.headers["HX-Redirect"].startswith(url("claim-detail", claim))


def test_submitting_from_the_claim_page_loads_it_again(as_amal, claim):
    here = {**HTMX, "HX-Current-URL": f"http://testserver{url('claim-detail', claim)}"}
    data = {"value": "unverified", **TEXTS, "then": "submit"}
    assert as_amal.post(url("verdict-save", claim), data, headers=here).headers["HX-Refresh"] == "true"


def test_what_is_missing_is_said_in_the_box(as_amal, claim):
    data = {"value": "denied", **TEXTS, "then": "submit"}
    body = as_amal.post(url("verdict-save", claim), data, headers=HTMX).content.decode()
    assert "Something on the checklist is still missing." in body
    assert f'name="version" value="{Verdict.objects.get().version}"' in body


def test_the_keys_shown_beside_the_verdicts_choose_them(as_amal, claim):
    body = page(as_amal, url("claim-detail", claim))
    for key, value in enumerate(("confirmed", "denied", "unverified"), 1):
        assert f'<label class="{value}" for="id_value_{key - 1}" data-key="{key}">' in body


def test_discarding_a_draft_asks_first(as_amal, claim):
    as_amal.post(url("verdict-save", claim), {"value": "confirmed"})
    body = page(as_amal, url("claim-detail", claim))
    question = body.split('<details class="confirm">')[1].split("</details>")[0]
    assert "the history keeps it" in question
    assert url("verdict-discard", claim) in question
