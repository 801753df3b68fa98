"""What a quantity counts. The engine's units are English words; editors may type any, in either language."""

from django.utils.functional import Promise
from django.utils.translation import override, pgettext_lazy

UNITS: dict[str, Promise] = {
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


def unit_word(unit: str) -> str:
    """The word for a unit, in the plural; a unit that is not the engine's as it was typed."""
    return str(UNITS.get(unit, unit))


def unit_key(typed: str) -> str:
    """The engine's unit for its word in either language, so that claims compare; else as it was typed."""
    wanted = typed.strip()
    for language in ("ar", "en"):
        with override(language):
            key = next((key for key, word in UNITS.items() if wanted == str(word)), None)
        if key is not None:
            return key
    return wanted
