"""An admin can open any account, and so could act as its owner: never unseen."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.utils import timezone

from claims.actions import person
from claims.desk import access
from claims.models import Role
from claims.models.history import Entry
from tests import make
from tests.desk.cast import page, signed_in

pytestmark = pytest.mark.django_db
NEW = "a-long-way-to-aleppo"
FACTOR = "/accounts/2fa/totp/activate/"


def sign_in(username: str, password: str) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    answer = client.post("/accounts/login/", {"login": username, "password": password})
    assert answer.status_code == 302, answer.content[:500]
    return client


def set_up_factor(client: Client, password: str) -> None:
    assert client.post("/accounts/reauthenticate/", {"password": password}).status_code == 302
    form = client.get(FACTOR).context["form"]
    with time_machine.travel(timezone.now(), tick=False):  # a code is good for its half minute only
        step = next(iter(totp.yield_hotp_counters_from_time()))
        code = totp.format_hotp_value(totp.hotp_value(form.secret, step))
        answer = client.post(FACTOR, {"code": code})
    assert answer.status_code == 302, answer.content[:500]


def actions_of(user) -> list[str]:
    return list(
        Entry.objects.filter(subject_id=str(user.pk)).order_by("seq").values_list("action", flat=True)
    )


def test_an_admin_who_acts_as_a_reviewer_without_a_second_factor_is_seen_by_all(as_huda, amal, as_amal):
    nour = make.user("nour", Role.REVIEWER, is_demo=False, display_name="Nour")
    row = make.submitted(amal, make.a_checkable_claim(amal))
    assert as_huda.post(f"/desk/people/{nour.pk}/password/", {"password": NEW}).status_code == 302
    as_nour = sign_in("nour", NEW)
    review = f"/desk/review/{row.pk}/"
    assert as_nour.get(review).url == "/accounts/2fa/"
    set_up_factor(as_nour, NEW)
    assert as_nour.post(f"{review}approve/", {"content_sha256": row.content_sha256}).status_code == 302
    assert actions_of(nour) == ["person.added", "person.password-set", "person.factor-added"]
    shown = page(as_amal, review)
    assert "Others changed this account" in shown
    assert shown.index("set a password") < shown.index("set up a second factor")
    assert "set a password" in page(as_amal, "/desk/")


def test_a_decision_of_an_account_that_only_its_owner_touched_has_no_such_note(
    as_basim, as_amal, amal, basim
):
    row = make.submitted(amal, make.a_checkable_claim(amal))
    password = "another-way-to-aleppo"
    given = {"oldpassword": "basim-knows-the-way-7", "password1": password, "password2": password}
    assert as_basim.post("/accounts/password/change/", given).status_code == 302
    assert actions_of(basim)[-1] == "person.password-changed"
    as_basim = sign_in("basim", password)
    review = f"/desk/review/{row.pk}/"
    as_basim.post(f"{review}approve/", {"content_sha256": row.content_sha256})
    shown = page(as_amal, review)
    assert "approved" in shown.lower() and "Others changed this account" not in shown
    assert "Changes of accounts" not in page(as_amal, "/desk/")


def test_a_factor_taken_away_leaves_an_entry(amal):
    client = sign_in("amal", "amal-knows-the-way-7")
    set_up_factor(client, "amal-knows-the-way-7")
    client.post("/accounts/2fa/totp/deactivate/")
    assert actions_of(amal)[1:] == ["person.factor-added", "person.factor-removed"]


def test_the_first_page_tells_for_a_fortnight(as_huda, huda, amal, monkeypatch):
    person.set_password(actor=huda, person_id=amal.pk, password=NEW)
    told = [(one.who, one.whom) for one in access.lately()]
    assert told == [("huda", "amal")]
    later = timezone.now() + timedelta(days=15)
    monkeypatch.setattr(access.timezone, "now", lambda: later)
    assert access.lately() == []


def test_a_password_set_from_the_shell_is_told_too(amal, as_amal):
    person.set_password(actor=person.system_user(), person_id=amal.pk, password=NEW)
    assert [(one.who, one.did) for one in access.lately()] == [("System", "set a password")]


def test_a_refused_password_says_why_beside_its_field(as_huda, amal):
    answer = as_huda.post(f"/desk/people/{amal.pk}/password/", {"password": "short"})
    assert answer.status_code == 422
    assert amal.check_password("amal-knows-the-way-7")
    text = answer.content.decode()
    assert "at least 12 characters" in text and 'aria-invalid="true"' in text


def test_why_a_password_is_refused_is_told_in_arabic(as_huda, amal):
    as_huda.cookies["django_language"] = "ar"
    answer = as_huda.post(f"/desk/people/{amal.pk}/password/", {"password": "short"})
    assert "This password" not in answer.content.decode()


def test_the_page_of_a_new_password_is_for_admins(as_basim, as_huda, amal):
    address = f"/desk/people/{amal.pk}/password/"
    assert as_basim.get(address).status_code == 403
    assert "everybody's first page" in page(as_huda, address).replace("&#x27;", "'")
    assert signed_in(amal).post(address, {"password": NEW}).status_code == 403
    assert (
        as_huda.get(address.replace(str(amal.pk), "00000000-0000-4000-8000-000000000000")).status_code == 404
    )
