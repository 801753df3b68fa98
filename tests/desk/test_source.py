"""The source registry at the desk."""

import pytest

from claims.actions import source as sources
from claims.models import Role, Source
from tests import make

pytestmark = pytest.mark.django_db
LIST = "/desk/sources/"


@pytest.fixture
def amal(client):
    person = make.user("amal")
    client.force_login(person)
    return person


def test_a_source_is_found_by_an_alias_in_either_script(client, amal):
    sana = make.a_source(amal, "SANA", name_ar="سانا", kind="state_agency")
    sources.add_alias(actor=amal, source_id=sana.pk, name="الوكالة السورية الرسمية")
    for asked in ("سانا", "الوكاله السوريه", "sana"):
        assert b"/desk/sources/sana/" in client.get(LIST, {"q": asked}).content


def test_a_source_is_added_and_edited(client, amal):
    assert client.post(f"{LIST}new/", {"name_en": "Naher Media", "kind": "local_network"}).status_code == 302
    made = Source.objects.get(name_en="Naher Media")
    typed = {"name_en": "Naher Media", "kind": "agency", "version": made.version}
    assert client.post(f"{LIST}{made.slug}/edit/", typed).status_code == 302
    made.refresh_from_db()
    assert made.kind == "agency"


def test_a_name_that_another_source_has_is_refused_with_the_form_kept(client, amal):
    make.a_source(amal, "SANA")
    answer = client.post(f"{LIST}new/", {"name_en": "Sana", "kind": "agency"})
    assert answer.status_code == 422
    assert Source.objects.filter(name_en="Sana").count() == 0


def test_a_taken_alias_answers_409_and_names_who_has_it(client, amal):
    make.a_source(amal, "SANA")
    other = make.a_source(amal, "SOHR")
    answer = client.post(f"{LIST}{other.slug}/names/", {"name": "sana", "lang": "en"})
    assert answer.status_code == 409
    assert b"SANA" in answer.content


def test_a_circle_of_parents_is_refused(client, amal):
    child = make.a_source(amal, "Child")
    parent = make.a_source(amal, "Parent", parent_id=child.pk)
    typed = {"name_en": "Child", "kind": "agency", "parent": parent.pk, "version": child.version}
    assert client.post(f"{LIST}{child.slug}/edit/", typed).status_code == 422


def test_the_record_counts_what_was_said_first_hand_only(client, amal):
    basim = make.user("basim", Role.REVIEWER)
    relay, origin = make.a_source(amal, "Relay"), make.a_source(amal, "Origin")
    made = make.a_chain(amal, make.a_claim(amal), relay, origin)
    make.published(amal, basim, made)
    assert b'class="row record"' in client.get(f"{LIST}{origin.slug}/").content
    assert b'class="row record"' not in client.get(f"{LIST}{relay.slug}/").content


def test_a_retired_source_is_offered_no_more(client, amal):
    made = make.a_source(amal, "Old")
    client.post(f"{LIST}{made.slug}/retire/", {"version": made.version})
    assert b"/desk/sources/old/" not in client.get(LIST).content


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get(LIST).url.startswith("/accounts/login/")


def test_an_unknown_source_is_404(client, amal):
    assert client.get(f"{LIST}nobody/").status_code == 404


def test_a_wrong_method_is_405(client, amal):
    assert client.get(f"{LIST}{make.a_source(amal).slug}/retire/").status_code == 405


def test_country_platform_and_side_are_in_the_language_of_the_page(client, amal):
    made = make.a_source(amal, "SANA", country="SY", affiliation="الحكومة / The government")
    sources.add_account(actor=amal, source_id=made.pk, platform="x", handle="SANA")
    body = client.get(f"{LIST}{made.slug}/", headers={"accept-language": "en"}).content.decode()
    assert "Syria" in body
    assert "X · @SANA" in body
    assert "The government" in body
    assert "الحكومة" not in body
