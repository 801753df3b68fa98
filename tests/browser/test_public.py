"""What readers see first, on a phone and on paper."""

import pytest
from django.core.cache import cache

from claims.models import Role
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def address(live_server):
    cache.clear()
    amal, basim = make.user("amal"), make.user("basim", Role.REVIEWER)
    long = "At least eight rockets were launched from the base near the al-Omar field on Saturday evening."
    row = make.published(amal, basim, make.a_chain(amal, make.a_claim(amal, long), make.a_source(amal)))
    return f"{live_server.url}/en/verdicts/{row.slug}/"


def test_claim_verdict_and_reason_stand_above_the_fold_on_a_phone(address, new_page):
    page = new_page(viewport=PHONE)
    page.goto(address)
    for part in ("h1", ".badge.big", ".why"):
        box = page.locator(part).first.bounding_box()
        assert box["y"] + box["height"] < PHONE["height"], part


def test_on_paper_the_chrome_is_gone_and_the_address_stands(address, page):
    page.goto(address)
    page.emulate_media(media="print")
    assert not page.locator(".masthead nav").is_visible()
    assert page.get_by_text(address.split("/verdicts/")[1]).is_visible()


def test_the_link_can_be_copied(address, new_page):
    page = new_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    page.get_by_role("button", name="Copy the link").click()
    assert "/verdicts/" in page.evaluate("navigator.clipboard.readText()")
