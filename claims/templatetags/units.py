"""How much and of what, in the language of the page. The engine's units are English words; editors may type any."""

from decimal import Decimal
from typing import Protocol

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.models import Comparator
from claims.models.unit import unit_word

register = template.Library()

register.filter(unit_word)


class Bounded(Protocol):
    """A quantity from a form, the engine, a row or a frozen revision: bounds of which either may be open."""

    @property
    def comparator(self) -> str: ...
    @property
    def low(self) -> Decimal | float | None: ...
    @property
    def high(self) -> Decimal | float | None: ...
    @property
    def unit(self) -> str: ...


@register.filter
def counted(count: Bounded) -> str:
    """A quantity in words: at least 8 rockets, 2 to 3 houses, several explosions."""
    low, high = _number(count.low), _number(count.high)
    texts = {
        Comparator.EQUAL: _("%(low)s"),
        Comparator.AT_LEAST: _("at least %(low)s"),
        Comparator.AT_MOST: _("at most %(high)s"),
        Comparator.ABOUT: _("about %(low)s"),
        Comparator.SEVERAL: _("several"),
        Comparator.RANGE: _("%(low)s to %(high)s"),
    }
    words = texts[Comparator(count.comparator)] % {"low": low or high, "high": high or low}
    if not count.unit:
        return words
    # Where a noun takes its form from the number before it, as in Arabic, a translation sets the noun apart.
    return pgettext("quantity", "%(count)s %(unit)s") % {"count": words, "unit": unit_word(count.unit)}


def _number(value: Decimal | float | None) -> str:
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
