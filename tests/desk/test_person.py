"""People: admins make accounts, nobody else does, and nobody changes their own."""

import pytest

from claims.models import Role, User
from claims.models.history import Entry
from tests import make
from tests.desk.cast import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/desk/people/"
NEW = {"username": "nour", "role": "editor", "language": "ar", "password": "a-long-way-to-aleppo"}


@pytest.fixture
def huda(client):
    person = make.user("huda", Role.ADMIN)
    client.force_login(person)
    return person


def test_an_admin_makes_an_account(client, huda):
    assert client.post(PAGE, NEW).status_code == 302
    assert User.objects.get(username="nour").role == Role.EDITOR


def test_a_weak_password_is_refused_with_the_form_kept(client, huda):
    answer = client.post(PAGE, {**NEW, "password": "short"})
    assert answer.status_code == 422
    assert not User.objects.filter(username="nour").exists()
    assert b"nour" in answer.content


def test_a_taken_name_answers_409(client, huda):
    assert client.post(PAGE, {**NEW, "username": "huda"}).status_code == 409


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER])
def test_nobody_else_comes_in(client, role):
    client.force_login(make.user("amal", role))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, NEW).status_code == 403


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get(PAGE).url.startswith("/accounts/login/")


def test_nobody_changes_their_own_role(client, huda):
    assert client.post(f"{PAGE}{huda.pk}/role/", {"role": "editor"}).status_code == 403
    huda.refresh_from_db()
    assert huda.role == Role.ADMIN


def test_closing_an_account_shuts_its_owner_out_at_once(client, huda):
    amal = make.user("amal")
    client.post(f"{PAGE}{amal.pk}/active/", {"active": "no"})
    client.force_login(amal)
    assert client.get(PAGE).status_code in {302, 403}


def test_a_reviewer_without_a_second_factor_is_led_to_set_one_up(client):
    client.force_login(make.user("basim", Role.ADMIN, is_demo=False))
    assert client.get(PAGE).url == "/accounts/2fa/"


def test_the_examples_people_need_a_second_factor_once_the_data_is_in_production(client, settings):
    client.force_login(make.user("huda", Role.ADMIN, is_demo=True))
    assert client.get(PAGE).status_code == 200
    settings.LOOPBACK_ONLY, settings.DEMO = False, False
    assert client.get(PAGE).url == "/accounts/2fa/"


def test_an_unknown_person_is_404(client, huda):
    answer = client.post(f"{PAGE}00000000-0000-0000-0000-000000000000/role/", {"role": "editor"})
    assert answer.status_code == 404


def test_a_wrong_method_is_405(client, huda):
    assert client.get(f"{PAGE}{huda.pk}/role/").status_code == 405


# ---------------------------------------------------------------- a forgotten password


def test_an_admin_sets_a_new_password_for_whoever_forgot_theirs(client, huda):
    amal = make.user("amal")
    theirs = signed_in(amal)
    answer = client.post(f"{PAGE}{amal.pk}/password/", {"password": "a-long-way-to-aleppo"})
    assert answer.status_code == 302
    amal.refresh_from_db()
    assert amal.check_password("a-long-way-to-aleppo")
    assert theirs.get("/desk/").status_code == 302  # what was signed in with the old one has ended
    newest = Entry.objects.order_by("-seq").first()
    assert (newest.action, newest.subject_id) == ("person.password-set", str(amal.pk))
    assert "aleppo" not in newest.body


@pytest.mark.parametrize("password", ["", "short"])
def test_a_weak_new_password_changes_nothing(client, huda, password):
    amal = make.user("amal")
    before = amal.password
    assert client.post(f"{PAGE}{amal.pk}/password/", {"password": password}).status_code == 422
    amal.refresh_from_db()
    assert amal.password == before


def test_nobody_sets_their_own_password_past_the_question_for_the_old_one(client, huda):
    answer = client.post(f"{PAGE}{huda.pk}/password/", {"password": "a-long-way-to-aleppo"})
    assert answer.status_code == 403


def test_only_admins_set_passwords(client):
    amal, basim = make.user("amal"), make.user("basim", Role.REVIEWER)
    client.force_login(basim)
    assert client.post(f"{PAGE}{amal.pk}/password/", {"password": "x" * 20}).status_code == 403
