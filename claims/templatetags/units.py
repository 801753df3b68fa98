"""What a quantity counts, in the language of the page. The engine's units are English words; editors may type any."""

from django import template
from django.utils.translation import pgettext_lazy

register = template.Library()

UNITS = {
    "attack": pgettext_lazy("unit", "attacks"),
    "child": pgettext_lazy("unit", "children"),
    "civilian": pgettext_lazy("unit", "civilians"),
    "day": pgettext_lazy("unit", "days"),
    "drone": pgettext_lazy("unit", "drones"),
    "explosion": pgettext_lazy("unit", "explosions"),
    "family": pgettext_lazy("unit", "families"),
    "fire": pgettext_lazy("unit", "fires"),
    "hour": pgettext_lazy("unit", "hours"),
    "house": pgettext_lazy("unit", "houses"),
    "injured": pgettext_lazy("unit", "injured"),
    "killed": pgettext_lazy("unit", "killed"),
    "km": pgettext_lazy("unit", "km"),
    "missile": pgettext_lazy("unit", "missiles"),
    "mm": pgettext_lazy("unit", "mm"),
    "percent": pgettext_lazy("unit", "percent"),
    "person": pgettext_lazy("unit", "people"),
    "rocket": pgettext_lazy("unit", "rockets"),
    "shell": pgettext_lazy("unit", "shells"),
    "site": pgettext_lazy("unit", "sites"),
    "soldier": pgettext_lazy("unit", "soldiers"),
    "strike": pgettext_lazy("unit", "strikes"),
    "target": pgettext_lazy("unit", "targets"),
    "village": pgettext_lazy("unit", "villages"),
    "woman": pgettext_lazy("unit", "women"),
}


@register.filter
def unit_word(unit: str) -> str:
    """The word for a unit, in the plural; a unit that is not the engine's as it was typed."""
    return str(UNITS.get(unit, unit))
