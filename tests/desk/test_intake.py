"""Intake at the desk: paste or upload, decide, take back; refusals say why and keep what was typed."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import proposal as proposals
from claims.models import Claim, Document
from tests import make
from tests.desk.cast import HTMX, NOBODY, page
from tests.make import ARTICLE_AR, ARTICLE_EN

pytestmark = pytest.mark.django_db
INTAKE = "/desk/intake/"
PAGE = """<!doctype html><html lang="en"><head><title>Two houses damaged | Harbour Gazette</title>
<meta property="article:published_time" content="2022-10-23T08:00:00Z">
<link rel="canonical" href="https://gazette.example/two-houses"></head><body><nav>Home Sport Weather</nav>
<article><h1>Two houses damaged</h1>{}</article><footer>All rights reserved.</footer></body></html>"""


def form(**fields):
    return {"body": ARTICLE_EN, "lang": "auto", "kind": "article", "zone": "Asia/Damascus", **fields}


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


# ------------------------------------------------------------------------------------ who may come in
def test_a_stranger_signs_in_first(client, text):
    for address in (INTAKE, at("document-detail", text.pk)):
        assert client.get(address).status_code == 302


def test_an_admin_looks_but_changes_nothing(as_huda, text, first):
    assert "data-act" not in page(as_huda, at("document-detail", text.pk))
    assert as_huda.post(INTAKE, form(body="New text here.")).status_code == 403
    decide(as_huda, first, "accept", status=403)
    assert (Document.objects.count(), Claim.objects.count()) == (1, 0)


@pytest.mark.parametrize("key", [NOBODY, "nonsense"])
def test_a_text_that_is_not_there_is_not_found(as_amal, key):
    assert as_amal.get(f"/desk/intake/{key}/").status_code == 404


@pytest.mark.parametrize("key", ["424242", "99999999999999999999999"])
def test_a_proposal_that_is_not_there_is_not_found(as_amal, key):
    assert as_amal.post(f"/desk/proposals/{key}/accept/", {"version": 1}).status_code == 404


def test_decisions_are_posted(as_amal, text, first):
    for name in ("accept", "reject", "restore", "merge", "split", "edit"):
        assert as_amal.get(at(f"proposal-{name}", first.pk)).status_code == 405
    assert as_amal.post(at("document-detail", text.pk)).status_code == 405


# ------------------------------------------------------------------------------------ bringing texts in
def test_a_pasted_text_goes_to_its_proposals(as_amal):
    answer = as_amal.post(INTAKE, form(body=ARTICLE_AR.replace("\n", "\r\n"), published_on="2022-10-23"))
    row = Document.objects.get()
    assert answer.url == at("document-detail", row.pk)
    assert (row.body, row.lang) == (ARTICLE_AR, "ar")
    assert row.proposals.count() >= 3


def test_the_outlet_is_found_by_any_of_its_names(as_amal, amal):
    outlet = make.a_source(amal, "Harbour Gazette", name_ar="جريدة الميناء")
    as_amal.post(INTAKE, form(outlet="جريدة المينــاء"))
    assert Document.objects.get().publisher == outlet


def test_an_unknown_outlet_asks_and_is_added_on_request(as_amal):
    answer = as_amal.post(INTAKE, form(outlet="Harbour Gazette"))
    assert (answer.status_code, Document.objects.count()) == (422, 0)
    as_amal.post(INTAKE, form(outlet="Harbour Gazette", outlet_kind="newspaper"))
    assert Document.objects.get().publisher.name_en == "Harbour Gazette"


@pytest.mark.parametrize(
    "fields",
    [
        {"body": ""},
        {"body": "  \n "},
        {"body": "with\0nul"},
        {"body": "x" * 1_000_001},
        {"published_on": "1899-12-31"},
        {"published_on": "2999-01-01"},
        {"published_on": "31/02/2022"},
        {"lang": "tlh"},
        {"zone": "Mars/Olympus"},
        {"url": "javascript:alert(1)"},
        {"outlet_id": "not-an-id"},
    ],
)
def test_bad_input_is_refused_and_what_was_typed_stays(as_amal, fields):
    answer = as_amal.post(INTAKE, form(**{"title": "Kept title", **fields}))
    assert (answer.status_code, Document.objects.count()) == (422, 0)
    assert "Kept title" in answer.content.decode()


def test_the_same_text_again_leads_to_the_first_unless_asked(as_amal, text):
    answer = as_amal.post(INTAKE, form())
    assert answer.status_code == 409
    assert at("document-detail", text.pk) in answer.content.decode()
    as_amal.post(INTAKE, form(again="1"))
    assert Document.objects.count() == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1256"])
def test_a_text_file_is_read_in_its_encoding(as_amal, encoding):
    file = SimpleUploadedFile("report.txt", ARTICLE_AR.encode(encoding))
    as_amal.post(INTAKE, form(body="", file=file))
    assert Document.objects.get().body == ARTICLE_AR


@pytest.mark.parametrize("raw", [b"", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 20, bytes(range(256)) * 10])
def test_a_file_that_is_no_text_is_refused(as_amal, raw):
    answer = as_amal.post(INTAKE, form(body="", file=SimpleUploadedFile("report.txt", raw)))
    assert (answer.status_code, Document.objects.count()) == (422, 0)


def test_a_page_is_shown_for_a_look_with_what_it_says_of_itself(as_amal):
    body = "".join(f"<p>{line}</p>" for line in ARTICLE_EN.splitlines())
    file = SimpleUploadedFile("saved.html", PAGE.format(body).encode())
    answer = as_amal.post(INTAKE, form(body="", file=file))
    shown = answer.content.decode()
    assert (answer.status_code, Document.objects.count()) == (200, 0)
    assert "two houses were damaged in the village" in shown
    assert "https://gazette.example/two-houses" in shown
    assert "2022-10-23" in shown
    assert "Weather" not in shown


def test_unfinished_texts_are_listed_with_what_waits(as_amal, text, amal):
    n = text.proposals.count()
    assert re.search(rf"{n}\s+waits?", page(as_amal, INTAKE))
    for row in text.proposals.all():
        proposals.reject_proposal(actor=amal, proposal_id=row.pk, version=row.version)
    assert at("document-detail", text.pk) not in page(as_amal, INTAKE)


def test_the_list_of_unfinished_texts_never_fetches_or_groups_by_their_bodies(as_amal, text):
    with CaptureQueriesContext(connection) as seen:
        page(as_amal, INTAKE)
    texts = [
        query["sql"]
        .replace('SUBSTR("claims_document"."body",', "")
        .replace('LEFT("claims_document"."body",', "")
        for query in seen
    ]
    assert [sql for sql in texts if '"claims_document"."body",' in sql] == []
    assert [sql for sql in texts if '"body"' in sql.partition("GROUP BY")[2]] == []
