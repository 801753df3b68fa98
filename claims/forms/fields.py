"""The kinds of field every form of the desk is made of: text as typed but storable, days and times within reason."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from claims.models.unit import unit_key, unit_word

EARLIEST = date(1900, 1, 1)
_DIGITS = {ord(c): str(n % 10) for n, c in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_SELECTED = mark_safe(" selected")
_SURROGATE = re.compile("[\ud800-\udfff]")


def newsroom_zone() -> ZoneInfo:
    """The zone that days and times without one are in."""
    return ZoneInfo(settings.NEWSROOM_TIME_ZONE)


def last_day() -> date:
    """The latest day any form takes: two years from today."""
    today = timezone.now().astimezone(newsroom_zone()).date()
    return today + timedelta(days=731)


def storable(text: str) -> None:
    """Refuses lone surrogates, which no database column holds (NUL is refused by CharField itself)."""
    if _SURROGATE.search(text):
        raise ValidationError(_("This text holds characters that cannot be stored."), code="surrogate")


def latin_digits(value: Any) -> Any:
    """A typed number or date with its Arabic digits as ASCII; anything but text as it is."""
    return value.translate(_DIGITS) if isinstance(value, str) else value


class Text(forms.CharField):
    """Text as typed, but for the line ends a browser sends. `rows` makes it a text area."""

    default_validators = [storable]

    def __init__(self, *, rows: int = 0, **kwargs: Any) -> None:
        if rows:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class Unit(Text):
    """What a quantity counts, shown and read in the language of the page."""

    def prepare_value(self, value: Any) -> str:
        return unit_word(str(value or ""))

    def clean(self, value: Any) -> str:
        return unit_key(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(unit_key(str(initial or "")), unit_key(str(data or "")))


class Day(forms.DateField):
    """A calendar day from 1900 to two years ahead."""

    widget = forms.DateInput(attrs={"type": "date", "dir": "ltr"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(latin_digits(value))
        if day is not None and not EARLIEST <= day <= last_day():
            raise ValidationError(
                _("Please give a day between %(first)s and %(last)s."),
                code="out-of-range",
                params={"first": EARLIEST.isoformat(), "last": last_day().isoformat()},
            )
        return day


class Clock(forms.TimeField):
    """A time of day."""

    widget = forms.TimeInput(attrs={"type": "time", "dir": "ltr"}, format="%H:%M")

    def to_python(self, value: Any) -> time | None:
        return super().to_python(latin_digits(value))


class Moment(forms.DateTimeField):
    """A day and time of the newsroom's zone, from 1900 to two years ahead; given back with its zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "dir": "ltr"}, format="%Y-%m-%dT%H:%M")
    input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"]

    def prepare_value(self, value: Any) -> Any:
        return (
            value.astimezone(newsroom_zone()).strftime("%Y-%m-%dT%H:%M")
            if isinstance(value, datetime)
            else value
        )

    def to_python(self, value: Any) -> datetime | None:
        try:
            with timezone.override(newsroom_zone()):
                found = super().to_python(latin_digits(value))
        except OverflowError:
            found = datetime.max.replace(tzinfo=UTC)
        if found is not None and not EARLIEST <= found.date() <= last_day():
            raise ValidationError(_("The day must lie between 1900 and two years from today."), code="range")
        return found


class Number(forms.DecimalField):
    """A decimal of at most fifteen digits before the point and three after; Arabic digits are read too."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=18, decimal_places=3, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(latin_digits(value))


class Picker(forms.Select):
    """A choice among many: Django draws each option through two templates, which took a third of a list's time."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            (
                ("" if key is None else key, _SELECTED if str(key) in chosen else "", words)
                for key, words in self.choices
            ),
        )
        given = flatatt(self.build_attrs({**self.attrs, "name": name}, attrs))
        return format_html("<select{}>\n{}\n</select>", given, options)


class Version(forms.IntegerField):
    """The version of the row the form was filled from (DESIGN rule 4)."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=2_000_000_000, **kwargs)


def moment(day: date | None, clock: time | None, zone: ZoneInfo | None = None, *, end: bool = False) -> Any:
    """The instant, in UTC, of a day and perhaps a time of day in a zone; None without a day.

    Without a time of day: the first instant of the day, or with `end` the last second of it.
    """
    if day is None:
        return None
    at = clock or (time(23, 59, 59) if end else time())
    return datetime.combine(day, at, zone or newsroom_zone()).astimezone(UTC)


def choices_with(first: Any, choices: Any) -> Callable[[], list[tuple[str, Any]]]:
    """Choices headed by an empty one called `first`."""
    return lambda: [("", first), *choices]
