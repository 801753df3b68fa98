"""Countries of sources by name: the codes of ISO 3166 that the registry uses; what an editor types stays as typed."""

from django import template
from django.utils.translation import pgettext_lazy

register = template.Library()

COUNTRIES = {
    "DE": pgettext_lazy("country", "Germany"),
    "EG": pgettext_lazy("country", "Egypt"),
    "FR": pgettext_lazy("country", "France"),
    "GB": pgettext_lazy("country", "United Kingdom"),
    "IL": pgettext_lazy("country", "Israel"),
    "IQ": pgettext_lazy("country", "Iraq"),
    "IR": pgettext_lazy("country", "Iran"),
    "JO": pgettext_lazy("country", "Jordan"),
    "LB": pgettext_lazy("country", "Lebanon"),
    "LY": pgettext_lazy("country", "Libya"),
    "PS": pgettext_lazy("country", "Palestine"),
    "QA": pgettext_lazy("country", "Qatar"),
    "RU": pgettext_lazy("country", "Russia"),
    "SA": pgettext_lazy("country", "Saudi Arabia"),
    "SD": pgettext_lazy("country", "Sudan"),
    "SY": pgettext_lazy("country", "Syria"),
    "TR": pgettext_lazy("country", "Turkey"),
    "UA": pgettext_lazy("country", "Ukraine"),
    "US": pgettext_lazy("country", "United States"),
    "YE": pgettext_lazy("country", "Yemen"),
}


@register.filter
def country(code: str) -> str:
    """The name of a country by its code."""
    return str(COUNTRIES.get(code.upper(), code))
