"""Signing in, in a real browser: both languages, light and dark, a phone; no console error, nothing for axe to find."""

import pytest

from tests.chromium import axe

LOOKS = [
    {"locale": "ar", "color_scheme": "light"},
    {"locale": "en", "color_scheme": "dark"},
    {"locale": "ar", "color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
]


@pytest.mark.parametrize("look", LOOKS, ids=["ar-light", "en-dark", "ar-phone"])
def test_the_sign_in_page_is_accessible(live_server, new_page, look):
    page = new_page(**look)
    page.goto(f"{live_server.url}/accounts/login/")
    assert page.locator("html").get_attribute("lang") == look["locale"]
    assert page.locator("html").get_attribute("dir") == ("rtl" if look["locale"] == "ar" else "ltr")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert axe(page) == []
