"""Every page of the worked example, in both languages: nothing for axe to find, nothing wider than the screen."""

import pytest
from django.core.management import call_command

from claims.models import Claim, Document, Evidence, Incident, Publication, Source, User, Verdict
from tests.browser.signed_in import sign_in
from tests.chromium import axe

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
READERS = ["", "verdicts/", "incidents/", "sources/", "corrections/", "methodology/", "about/"]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def example(settings, live_server):
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    settings.PUBLIC_URL = live_server.url
    call_command("demo", verbosity=0)


def desk_pages():
    claim = Claim.objects.filter(evidence__isnull=False).first()
    submitted = Verdict.objects.filter(state="submitted").first()
    return [
        *(
            "",
            "intake/",
            "claims/",
            "claims/new/",
            "incidents/",
            "incidents/new/",
            "sources/",
            "sources/new/",
        ),
        *("evidence/", "review/", "history/"),
        f"claims/{claim.pk}/",
        f"claims/{claim.pk}/edit/",
        f"claims/{claim.pk}/history/",
        f"intake/{Document.objects.filter(proposals__isnull=False).first().pk}/",
        f"incidents/{Incident.objects.first().slug}/",
        f"sources/{Source.objects.get(slug='sana').slug}/",
        *(f"evidence/{Evidence.objects.first().pk}/{part}" for part in ("", "place/", "time/")),
        f"review/{submitted.pk}/",
    ]


def public_pages():
    verdict = Publication.objects.filter(number=2).exclude(kind="withdrawal").first()
    return [
        *READERS,
        f"verdicts/{verdict.slug}/",
        f"verdicts/{verdict.slug}/history/",
        f"verdicts/{verdict.slug}/history/1/",
        f"incidents/{Incident.objects.first().slug}/",
        "sources/sana/",
    ]


def faults(page, address):
    answer = page.goto(address)
    found = [f"{address}: {fault}" for fault in axe(page)]
    if answer.status != 200:
        found.append(f"{address}: {answer.status}")
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
        found.append(f"{address}: wider than the screen")
    return found


def test_every_page_can_be_used_by_everybody(example, new_page, live_server):
    found = []
    desk = {"ar": {"viewport": PHONE}, "en": {"color_scheme": "dark"}}
    for language, look in desk.items():
        page = sign_in(
            new_page(locale=language, **look), live_server, User.objects.get(username="basim"), language
        )
        for path in desk_pages():
            found += faults(page, f"{live_server.url}/desk/{path}")
        reader = new_page(locale=language, **look)
        for path in public_pages():
            found += faults(reader, f"{live_server.url}/{language}/{path}")
    assert not found, "\n".join(found)


def test_an_admins_pages_too(example, new_page, live_server):
    page = sign_in(new_page(locale="ar"), live_server, User.objects.get(username="huda"), "ar")
    found = [
        fault for path in ("people/", "jobs/") for fault in faults(page, f"{live_server.url}/desk/{path}")
    ]
    assert not found, "\n".join(found)
