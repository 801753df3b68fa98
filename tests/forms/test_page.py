"""Page numbers as people send them."""

import pytest
from django.test import RequestFactory

from claims.forms.page import BEYOND, page_asked


@pytest.mark.parametrize(
    ("sent", "page"),
    [
        *[
            ("2", 2),
            ("002", 2),
            ("\u0662", 2),
            ("1000000000", BEYOND),
            (str(10**30), BEYOND),
            ("9" * 5000, BEYOND),
        ],
        *[("", 1), ("0", 1), ("-3", 1), ("two", 1), ("1e9", 1), ("\u00b2", 1), ("1 ", 1)],
    ],
)
def test_a_page_is_read_as_it_was_meant(sent, page):
    assert page_asked(RequestFactory().get("/", {"page": sent})) == page


def test_none_asked_for_is_the_first():
    assert page_asked(RequestFactory().get("/")) == 1
