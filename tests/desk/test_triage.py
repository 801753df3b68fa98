"""The triage screen: what it shows, what each decision answers, what nobody may lose."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import proposal as proposals
from claims.models import Claim, Incident, Proposal, Question, Source
from claims.models.history import Entry
from tests import make
from tests.desk.cast import HTMX, page, signed_in
from tests.make import ARTICLE_EN

pytestmark = pytest.mark.django_db


def form(**fields):
    return {"kind": "article", "zone": "Asia/Damascus", **fields}


def at(name, key):
    return reverse(f"desk:{name}", args=[key])


@pytest.fixture
def text(amal):
    return make.a_document(amal, published_on=date(2022, 10, 23))


@pytest.fixture
def first(text):
    return text.proposals.first()


def decide(client, row, what, status=200, **fields):
    answer = client.post(at(f"proposal-{what}", row.pk), {"version": row.version, **fields}, headers=HTMX)
    assert answer.status_code == status, answer.content[:1000]
    return answer.content.decode()


def test_each_proposal_is_highlighted_where_it_stands(as_amal, text, first):
    shown = page(as_amal, at("document-detail", text.pk))
    assert f'data-p="{first.pk}" data-start="{first.start}"' in shown
    assert shown.count("data-proposal=") == text.proposals.count()


def test_what_was_typed_is_shown_as_text_and_controls_are_labelled(as_amal, amal):
    body = "North Press reported <script>alert(1)</script> that \u202efive\u202c blasts were heard near the base."
    shown = page(as_amal, at("document-detail", make.a_document(amal, body).pk))
    assert "<script>alert" not in shown
    assert 'data-name="RLO"' in shown


def test_the_number_of_queries_does_not_grow_with_the_text(as_amal, amal):
    counts = []
    for n in (1, 3):
        address = at("document-detail", make.a_document(amal, ARTICLE_EN * n).pk)
        as_amal.get(address)
        with CaptureQueriesContext(connection) as seen:
            as_amal.get(address)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 22


def test_accepting_answers_with_the_card_and_the_counts(as_amal, first):
    shown = decide(as_amal, first, "accept")
    assert f'id="p{first.pk}"' in shown and 'id="tally"' in shown and "<html" not in shown
    assert Claim.objects.get().wording == first.wording


def test_without_a_script_one_lands_on_what_waits_next(as_amal, text, first):
    answer = as_amal.post(at("proposal-reject", first.pk), {"version": first.version})
    second = text.proposals.filter(state="proposed").first()
    assert answer.status_code == 302
    assert answer.url.endswith(f"#p{second.pk}")


def test_a_double_click_makes_one_claim_and_one_entry(as_amal, first):
    decide(as_amal, first, "accept")
    entries = Entry.objects.count()
    decide(as_amal, first, "accept")
    assert (Claim.objects.count(), Entry.objects.count()) == (1, entries)


def test_a_colleagues_decision_is_told_not_overwritten(as_amal, dina, first):
    decide(signed_in(dina), first, "reject")
    assert "Somebody has decided" in decide(as_amal, first, "accept", status=409)
    assert Claim.objects.count() == 0


@pytest.mark.parametrize("version", ["", "x", "-1", "999", "9" * 40])
def test_a_stale_card_decides_nothing(as_amal, first, version):
    as_amal.post(at("proposal-accept", first.pk), {"version": version}, headers=HTMX)
    assert Claim.objects.count() == 0


def opened(client, row):
    """The fields of the open card as the browser would send them."""
    answer = client.get(at("proposal-detail", row.pk) + "?edit=1", headers=HTMX)
    forms = answer.context["card"].forms
    return {
        field.html_name: "" if field.value() is None else field.value()
        for part in (forms.main, forms.chain.management_form, forms.counts.management_form)
        for field in part
    } | {
        field.html_name: "" if field.value() is None else field.value()
        for rows in (forms.chain, forms.counts)
        for row_form in rows
        for field in row_form
    }


def test_an_open_card_saves_what_was_typed_and_accepts_it(as_amal, first):
    fields = opened(as_amal, first) | {
        "statement_ar": "قول معاد",
        "place": "دير الزور",
        "stance": "estimates",
    }
    decide(as_amal, first, "accept", **fields)
    made = Claim.objects.get()
    assert (made.statement_ar, made.place) == ("قول معاد", "دير الزور")
    assert {hop.stance for hop in made.attributions.all()} == {"estimates"}


def test_an_open_card_left_alone_changes_nothing(as_amal, first):
    decide(as_amal, first, "edit", **opened(as_amal, first))
    first.refresh_from_db()
    assert first.edits == {"v": 1}


def test_wording_that_is_not_in_the_text_is_refused_and_kept(as_amal, first):
    fields = opened(as_amal, first) | {"wording": "rockets that nobody launched"}
    shown = decide(as_amal, first, "edit", status=422, **fields)
    assert "do not stand in the text" in shown and "rockets that nobody launched" in shown


def test_wording_is_trimmed_to_words_of_the_text(as_amal, first):
    fields = opened(as_amal, first) | {"wording": "at least eight rockets were launched from the base"}
    decide(as_amal, first, "edit", **fields)
    first.refresh_from_db()
    assert first.wording == first.document.body[first.start : first.end] == fields["wording"]


def test_a_stale_open_card_shows_both_texts_and_saves_on_the_second_press(as_amal, dina, first):
    mine = opened(as_amal, first) | {"statement_en": "My words."}
    as_dina = signed_in(dina)
    decide(as_dina, first, "edit", **opened(as_dina, first) | {"statement_en": "Her words."})
    shown = decide(as_amal, first, "edit", status=409, **mine)
    assert "My words." in shown and "Her words." in shown
    first.refresh_from_db()
    decide(as_amal, first, "edit", **mine | {"version": first.version})
    first.refresh_from_db()
    assert first.edits["statement_en"] == "My words."


def test_an_unknown_name_opens_the_card_and_is_added_with_its_kind(as_amal, amal, first):
    row = proposals.edit_proposal(
        actor=amal,
        proposal_id=first.pk,
        version=first.version,
        edits={"chain": [{"surface": "Quayside Monitor"}]},
    )
    shown = decide(as_amal, row, "accept", status=422)
    assert "Quayside Monitor" in shown and f'name="p{row.pk}-hop-0-kind"' in shown
    decide(as_amal, row, "accept", **opened(as_amal, row) | {f"p{row.pk}-hop-0-kind": "monitoring_group"})
    assert Source.objects.get(name_en="Quayside Monitor").kind == "monitoring_group"


def test_a_split_offers_its_places_and_cuts(as_amal, text, first):
    assert 'class="cut' in decide(as_amal, first, "split")
    decide(as_amal, first, "split", at=first.start + 20)
    assert [row.end <= first.end for row in text.proposals.filter(state="proposed")[:2]] == [True, True]
    assert Proposal.objects.get(pk=first.pk).state == "split"


@pytest.mark.parametrize("cut", ["0", "999999", "abc", "-5", "1" * 30])
def test_a_cut_outside_the_words_changes_nothing(as_amal, text, first, cut):
    n = text.proposals.count()
    as_amal.post(at("proposal-split", first.pk), {"version": first.version, "at": cut}, headers=HTMX)
    assert text.proposals.count() == n


def test_merging_and_undoing(as_amal, text, first):
    n = text.proposals.count()
    decide(as_amal, first, "merge")
    assert text.proposals.filter(state="proposed").count() == n - 1
    as_amal.post(at("document-undo", text.pk), headers=HTMX)
    assert text.proposals.filter(state="proposed").count() == n


def test_undo_with_nothing_decided_says_so(as_amal, text):
    assert as_amal.post(at("document-undo", text.pk), headers=HTMX).status_code == 409


def test_a_passage_is_marked_by_its_words_or_its_place(as_amal, text):
    body = text.body
    start = body.index("two houses")
    as_amal.post(at("document-mark", text.pk), {"words": "two houses were damaged"})
    as_amal.post(at("document-mark", text.pk), {"start": start, "end": start + 10, "words": "x"})
    by_hand = text.proposals.filter(by_hand=True).order_by("end")
    assert [row.wording for row in by_hand] == ["two houses", "two houses were damaged"]


def test_words_that_are_not_in_the_text_mark_nothing(as_amal, text):
    answer = as_amal.post(at("document-mark", text.pk), {"words": "nowhere to be found"})
    assert (answer.status_code, text.proposals.filter(by_hand=True).count()) == (422, 0)


def test_incident_and_question_named_once_hold_for_the_next_claims(as_amal, text):
    fields = {"new_incident": "ليلة قرب الحقل", "new_question": "كم انفجارًا؟", "version": text.version}
    as_amal.post(at("document-where", text.pk), fields)
    one, two = text.proposals.all()[:2]
    decide(as_amal, one, "accept")
    decide(as_amal, two, "accept")
    incident, question = Incident.objects.get(), Question.objects.get()
    assert (incident.title_ar, question.text_ar) == ("ليلة قرب الحقل", "كم انفجارًا؟")
    assert {(c.incident, c.question) for c in Claim.objects.all()} == {(incident, question)}


def test_a_question_of_another_incident_is_not_taken(as_amal, amal, text):
    other = make.a_question(amal)
    mine = make.an_incident(amal, "Ours")
    fields = {"incident": mine.pk, "question": other.pk, "version": text.version}
    as_amal.post(at("document-where", text.pk), fields)
    one = text.proposals.first()
    decide(as_amal, one, "accept")
    made = Claim.objects.get()
    assert (made.incident, made.question) == (mine, None)


def test_another_date_reads_again_and_keeps_decisions(as_amal, text, first):
    decide(as_amal, first, "reject")
    fields = form(published_on="2022-11-01", lang="en", version=text.version)
    assert as_amal.post(at("document-edit", text.pk), fields).status_code == 302
    text.refresh_from_db()
    first.refresh_from_db()
    assert (text.published_on, first.state) == (date(2022, 11, 1), "rejected")


def test_stale_facts_are_kept_in_the_form(as_amal, text):
    as_amal.post(at("document-edit", text.pk), form(lang="en", title="Theirs", version=text.version))
    answer = as_amal.post(at("document-edit", text.pk), form(lang="en", title="Mine", version=text.version))
    assert answer.status_code == 409
    assert 'value="Mine"' in answer.content.decode() and "Theirs" in answer.content.decode()


def test_when_all_is_decided_the_incident_is_next(as_amal, amal, text):
    incident = make.an_incident(amal)
    as_amal.post(at("document-where", text.pk), {"incident": incident.pk, "version": text.version})
    for row in text.proposals.all():
        shown = decide(as_amal, row, "reject")
    assert "All decided." in shown and at("incident-detail", incident.slug) in shown


# ------------------------------------------------------------------------------------ long texts
def test_a_long_text_has_pages_that_lose_nothing(as_amal, amal):
    line = "North Press reported that rocket number {} fell near the base on Saturday.\n"
    body = "".join(line.format(n) for n in range(700))
    row = make.a_document(amal, body)
    n_pages = as_amal.get(at("document-detail", row.pk)).context["triage"].n_pages
    shown = [
        as_amal.get(at("document-detail", row.pk), {"page": n}).context["triage"]
        for n in range(1, n_pages + 1)
    ]
    assert n_pages > 3
    assert "".join(piece.text for part in shown for piece in part.pieces) == body
    assert sum(len(part.cards) for part in shown) == row.proposals.count()


def test_a_text_still_being_read_says_how_far_it_is(as_amal, amal):
    row = make.a_document(amal, "North Press reported that a rocket fell near the base.\n" * 900)
    answer = as_amal.get(at("document-reading", row.pk), headers=HTMX)
    assert "hx-trigger" in answer.content.decode() and "% done" in answer.content.decode()


# ------------------------------------------------------------------------------------ the source picker
def test_a_source_is_found_by_part_of_any_name_in_either_script(as_amal, amal):
    make.a_source(amal, "Harbour Gazette", name_ar="جريدة الميناء")
    for typed in ("harb", "GAZETTE", "الميناء", "المينـاء جريدة"):
        assert "Harbour Gazette" in page(as_amal, f"/desk/sources/search/?q={typed}")


def test_a_name_nobody_has_says_so_safely(as_amal):
    shown = page(as_amal, "/desk/sources/search/?p1-hop-0-name=<b>nobody")
    assert "No source is called" in shown and "<b>nobody" not in shown


def test_a_stranger_finds_no_sources(client):
    assert client.get("/desk/sources/search/?q=a").status_code == 302
