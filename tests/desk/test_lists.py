"""No list asks more queries because it is longer, and each shows what it counts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import evidence
from tests import make
from tests.desk.cast import page

pytestmark = pytest.mark.django_db


def more(amal, n: int) -> None:
    source = make.a_source(amal, f"Agency {n}")
    incident = make.an_incident(amal, f"Night {n}")
    for said in range(2):
        claim = make.a_claim(amal, f"Blast {n}, {said}.", incident_id=incident.pk)
        make.a_chain(amal, claim, source, make.FIRST)
        evidence.attach_note(actor=amal, claim_id=claim.pk, fields={"description_en": f"Note {n}."})


@pytest.fixture
def few(amal, monkeypatch):
    monkeypatch.setattr(make, "FIRST", make.a_source(amal, "First"), raising=False)
    more(amal, 0)
    more(amal, 1)


@pytest.mark.parametrize("address", ["incidents/", "sources/", "sources/first/", "evidence/", "claims/"])
def test_a_longer_list_asks_no_more_queries(as_amal, amal, few, address, django_assert_num_queries):
    as_amal.get(f"/desk/{address}")
    with CaptureQueriesContext(connection) as asked:
        assert as_amal.get(f"/desk/{address}").status_code == 200
    for n in range(2, 6):
        more(amal, n)
    with django_assert_num_queries(len(asked)):
        as_amal.get(f"/desk/{address}")


def test_lists_count_what_hangs_on_their_rows(as_amal, few):
    make_incident = [row.n_claims for row in as_amal.get("/desk/incidents/").context["page"]]
    said = {row.name_en: row.n_said for row in as_amal.get("/desk/sources/").context["page"]}
    assert make_incident == [2, 2]
    assert said == {"First": 4, "Agency 0": 2, "Agency 1": 2}


def test_a_source_shows_what_it_said_newest_first(as_amal, few):
    body = page(as_amal, "/desk/sources/first/")
    assert body.index("Blast 1, 1.") < body.index("Blast 0, 0.")


@pytest.mark.parametrize("asked", [str(10**30), "9" * 5000, "7"])
@pytest.mark.parametrize("address", ["incidents/", "sources/", "sources/first/", "evidence/", "claims/"])
def test_a_page_behind_the_end_is_the_last_one(as_amal, few, address, asked, monkeypatch):
    for module in ("incident", "source", "evidence_list", "claim_list"):
        monkeypatch.setattr(f"claims.desk.{module}.PER_PAGE", 1)
    shown = as_amal.get(f"/desk/{address}?page={asked}").context["page"]
    assert shown.number == shown.paginator.num_pages > 1


@pytest.mark.parametrize("asked", ["-3", "0", "\u00b2", "two", "1e9", ""])
def test_what_is_no_page_is_the_first_one(as_amal, few, asked, monkeypatch):
    monkeypatch.setattr("claims.desk.incident.PER_PAGE", 1)
    assert as_amal.get("/desk/incidents/", {"page": asked}).context["page"].number == 1


def test_a_page_may_be_written_in_arabic_digits(as_amal, few, monkeypatch):
    monkeypatch.setattr("claims.desk.incident.PER_PAGE", 1)
    assert as_amal.get("/desk/incidents/", {"page": "\u0662"}).context["page"].number == 2
