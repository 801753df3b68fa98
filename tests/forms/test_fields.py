"""Fields of our own draw what Django's would."""

import pytest
from django import forms
from django.test.html import parse_html

from claims.forms.fields import Picker

CHOICES = [("", "any"), ("a", "Al-Omar & <Conoco>"), ("b", "حقل العمر"), (3, "three")]


@pytest.mark.parametrize("value", [None, "", "a", "b", 3, "3", "unknown"])
def test_a_picker_is_drawn_as_a_select(value):
    attrs = {"id": "id_x", "aria-invalid": "true", "required": True, "dir": False}
    ours = Picker(choices=CHOICES, attrs={"class": "auto"}).render("x", value, attrs)
    theirs = forms.Select(choices=CHOICES, attrs={"class": "auto"}).render("x", value, attrs)
    assert parse_html(ours) == parse_html(theirs)
