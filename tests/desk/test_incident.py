"""Incidents at the desk: the matrix, the questions, and who may touch them."""

from decimal import Decimal

import pytest

from claims.actions import claim as claims
from claims.actions import incident as incidents
from claims.actions.claim import Count
from claims.models import Incident, Role
from tests import make

pytestmark = pytest.mark.django_db
LIST = "/desk/incidents/"


@pytest.fixture
def amal(client):
    person = make.user("amal")
    client.force_login(person)
    return person


@pytest.fixture
def night(amal):
    return make.an_incident(amal)


def answer(amal, question, name, comparator, low, high, stance="asserts"):
    made = claims.log_claim(
        actor=amal,
        fields={
            "wording": f"{name} said so",
            "lang": "en",
            "question_id": question.pk,
            "answer_en": f"{comparator} {low}",
        },
        quantities=[Count(comparator, low, high, "explosion", str(low))],
    )
    return make.a_chain(amal, made, make.a_source(amal, name), stance=stance)


def test_numbers_that_cannot_both_be_true_are_marked(client, amal, night):
    question = incidents.ask_question(actor=amal, incident_id=night.pk, text_en="How many?")
    answer(amal, question, "SOHR", "ge", 5, None)
    answer(amal, question, "Ayn al-Furat", "eq", 2, 2)
    answer(amal, question, "SANA", "several", 3, None)
    page = client.get(f"{LIST}{night.slug}/", headers={"Accept-Language": "en"}).content.decode()
    assert page.count('class="clash"') == 3  # two contradicts both others; several agrees with at least five
    assert "cannot be true with" in page


def test_the_page_asks_the_same_number_of_queries_however_many_claims(
    client, amal, night, django_assert_max_num_queries
):
    question = incidents.ask_question(actor=amal, incident_id=night.pk, text_en="How many?")
    for number in range(12):
        answer(amal, question, f"Outlet {number}", "eq", number, number)
    with django_assert_max_num_queries(22):
        assert client.get(f"{LIST}{night.slug}/").status_code == 200


def test_an_incident_is_opened_and_edited(client, amal):
    assert client.post(f"{LIST}new/", {"title_ar": "ليلة العمر"}).status_code == 302
    made = Incident.objects.get(title_ar="ليلة العمر")
    answer = client.post(f"{LIST}{made.slug}/edit/", {"title_ar": "ليلة أخرى", "version": made.version})
    assert answer.status_code == 302
    made.refresh_from_db()
    assert made.title_ar == "ليلة أخرى"


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"title_en": "x" * 301},
        {"title_en": "x", "earliest_at": "1850-01-01T00:00"},
        {"title_en": "x", "earliest_at": "9999-12-31T23:59"},
        {"title_en": "x", "earliest_at": "2022-02-31T00:00"},
        {"title_en": "x", "earliest_at": "2022-10-23T00:00", "latest_at": "2022-10-22T00:00"},
        {"title_en": "a\x00b"},
    ],
)
def test_bad_input_answers_422_and_opens_nothing(client, amal, typed):
    assert client.post(f"{LIST}new/", typed).status_code == 422
    assert not Incident.objects.exists()


def test_a_stale_edit_answers_409(client, amal, night):
    incidents.edit_incident(actor=amal, incident_id=night.pk, version=1, fields={"place": "al-Omar"})
    answer = client.post(f"{LIST}{night.slug}/edit/", {"title_en": "Mine", "version": 1})
    assert answer.status_code == 409
    assert b"Mine" in answer.content


def test_a_question_somebody_answers_stays(client, amal, night):
    question = incidents.ask_question(actor=amal, incident_id=night.pk, text_en="How many?")
    answer(amal, question, "SOHR", "ge", 5, None)
    url = f"{LIST}{night.slug}/questions/{question.pk}/remove/"
    assert client.post(url, {"version": question.version}).status_code == 422
    assert night.questions.exists()


def test_questions_stand_in_the_order_they_were_asked(client, amal, night):
    asked = [f"Question {number}?" for number in range(6)]
    for text in asked:
        incidents.ask_question(actor=amal, incident_id=night.pk, text_en=text)
    page = client.get(f"{LIST}{night.slug}/", headers={"Accept-Language": "en"}).content.decode()
    assert sorted(asked, key=page.index) == asked


def test_a_question_moves_up(client, amal, night):
    incidents.ask_question(actor=amal, incident_id=night.pk, text_en="First?")
    second = incidents.ask_question(actor=amal, incident_id=night.pk, text_en="Second?")
    client.post(f"{LIST}{night.slug}/questions/order/", {"pk": second.pk})
    assert [question.text_en for question in night.questions.all()] == ["Second?", "First?"]


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get(LIST).url.startswith("/accounts/login/")


def test_an_admin_looks_and_writes_nothing(client, night):
    client.force_login(make.user("huda", Role.ADMIN))
    assert client.get(f"{LIST}{night.slug}/").status_code == 200
    assert client.post(f"{LIST}new/", {"title_en": "x"}).status_code == 403


def test_an_unknown_incident_is_404(client, amal):
    assert client.get(f"{LIST}nowhere/").status_code == 404


def test_a_wrong_method_is_405(client, amal, night):
    assert client.get(f"{LIST}{night.slug}/questions/order/").status_code == 405


def test_a_claim_without_a_short_answer_answers_with_its_number(client, amal, night):
    question = make.a_question(amal, incident=night)
    five = Count("ge", Decimal(5), None, "explosion", "five")
    fields = {
        "wording": "SOHR said it had counted them.",
        "incident_id": night.pk,
        "question_id": question.pk,
    }
    claim = claims.log_claim(actor=amal, fields=fields, quantities=[five])
    make.a_chain(amal, claim, make.a_source(amal, "SOHR"))
    assert "انفجارات: 5 على الأقل" in client.get(f"{LIST}{night.slug}/").content.decode()
