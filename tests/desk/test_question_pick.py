"""The questions of an incident, once it is chosen in a form."""

import pytest

from tests import make
from tests.desk.cast import page

pytestmark = pytest.mark.django_db
PICK = "/desk/pick/questions/"


def test_the_questions_of_the_incident_are_offered_and_no_others(as_amal, amal):
    ours = make.a_question(amal, "How many explosions?")
    make.a_question(amal, "Who fired?", incident=make.an_incident(amal, "Another night"))
    body = page(as_amal, f"{PICK}?incident={ours.incident_id}")
    assert f'<option value="{ours.pk}">How many explosions?</option>' in body
    assert "Who fired?" not in body
    assert "none yet" in body


@pytest.mark.parametrize("incident", ["", "x", "3f0e4a5c-7d62-4b1e-9a53-0c8d2f6b7e91"])
def test_no_incident_has_no_questions(as_amal, amal, incident):
    make.a_question(amal)
    assert page(as_amal, f"{PICK}?incident={incident}").count("<option") == 1


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get(PICK).status_code == 302


def test_it_is_only_read(as_amal):
    assert as_amal.post(PICK).status_code == 405


def test_the_forms_of_intake_ask_for_them_when_the_incident_changes(as_amal, amal):
    document = make.a_document(amal)
    body = page(as_amal, f"/desk/intake/{document.pk}/")
    assert f'hx-get="{PICK}" hx-trigger="change from:find [name=incident]"' in body
    proposal = document.proposals.first()
    assert f'hx-get="{PICK}"' in page(as_amal, f"/desk/proposals/{proposal.pk}/?edit=1")
