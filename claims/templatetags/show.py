"""How values look in templates: verdict words, times, digits, hashes, user text. `{% load show %}`."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.defaultfilters import filesizeformat, stringfilter
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from claims.models import Platform
from claims.models.incident import half_in_language
from claims.templatetags import controls, days
from claims.templatetags.opening import opening
from claims.text.diff import Piece, word_diff

register = template.Library()
register.filter("opening", stringfilter(opening), is_safe=True)

VERDICTS = {
    "confirmed": pgettext_lazy("verdict", "Confirmed"),
    "denied": pgettext_lazy("verdict", "Denied"),
    "unverified": pgettext_lazy("verdict", "Unverified"),
}
STATES = {
    "new": pgettext_lazy("state", "New"),
    "open": pgettext_lazy("state", "Open"),
    "in-review": pgettext_lazy("state", "In review"),
    "decided": pgettext_lazy("state", "Decided"),
    "on-hold": pgettext_lazy("state", "On hold"),
    "rejected": pgettext_lazy("state", "Not checkable"),
    "draft": pgettext_lazy("state", "Draft"),
    "submitted": pgettext_lazy("state", "Submitted"),
    "returned": pgettext_lazy("state", "Returned"),
    "approved": pgettext_lazy("state", "Approved"),
    "published": pgettext_lazy("state", "Published"),
    "superseded": pgettext_lazy("state", "Superseded"),
    "withdrawn": pgettext_lazy("state", "Withdrawn"),
    "waiting": pgettext_lazy("state", "Waiting"),
    "running": pgettext_lazy("state", "Running"),
    "done": pgettext_lazy("state", "Done"),
    "failed": pgettext_lazy("state", "Failed"),
    "parked": pgettext_lazy("state", "Stopped after repeated failure"),
}
OUTCOMES = {
    "alive": pgettext_lazy("link", "still there"),
    "changed": pgettext_lazy("link", "its text has changed"),
    "gone": pgettext_lazy("link", "gone"),
    "soft-gone": pgettext_lazy("link", "gone: the page says that it no longer exists"),
    "redirected": pgettext_lazy("link", "leads elsewhere now"),
    "unreachable": pgettext_lazy("link", "did not answer"),
}
BEARINGS = {
    "supports": pgettext_lazy("evidence", "supports"),
    "refutes": pgettext_lazy("evidence", "refutes"),
    "context": pgettext_lazy("evidence", "context"),
}


@register.filter
def slug_state(value: object) -> str:
    """`in review`, `in_review` and `in-review` are one state: its CSS class."""
    return str(value).strip().lower().replace("_", "-").replace(" ", "-")


@register.filter
def badge(value: object, size: str = "") -> SafeString:
    """A verdict as word, shape and colour; a work state as word and shape."""
    key = slug_state(value)
    if key in VERDICTS:
        return format_html('<span class="badge {} {}">{}</span>', key, size, VERDICTS[key])
    return format_html('<span class="badge state {} {}">{}</span>', key, size, STATES.get(key, value))


@register.filter
def word(value: object) -> str:
    """The word alone for a verdict, a work state or how evidence bears."""
    key = slug_state(value)
    return str(VERDICTS.get(key) or STATES.get(key) or BEARINGS.get(key) or value)


@register.filter
def shape(value: object) -> SafeString:
    """A verdict's shape for narrow places, with its word for those who cannot see it."""
    key = slug_state(value)
    name = word(value)
    return format_html('<span class="shape {}" title="{}"></span><span class="sr">{}</span>', key, name, name)


@register.filter
def link_outcome(value: object) -> str:
    """What a later look at a cited link found."""
    return str(OUTCOMES.get(str(value), value))


@register.filter
def bears(value: object) -> SafeString:
    """How evidence bears on a claim: + supports, − refutes, · context."""
    return format_html('<span class="bears {}">{}</span>', slug_state(value), word(value))


@register.filter
def when(value: date | datetime | None, style: str = "full") -> SafeString:
    """A moment on the newsroom's clock as a `<time>`. Styles: full, short, day, time, ago."""
    if value is None:
        return mark_safe("")
    local = days.here(value)
    iso = local.isoformat(timespec="seconds") if isinstance(local, datetime) else local.isoformat()
    if style == "ago" and isinstance(value, datetime):
        text, title = _ago(value), days.moment(value, "full")
    else:
        text, title = (
            days.moment(value, style),
            str(local.tzinfo or "") if isinstance(local, datetime) else "",
        )
    return format_html('<time datetime="{}" title="{}">{}</time>', iso, title, text)


def _ago(value: datetime) -> str:
    """Minutes, hours or days ago; older than a month, or still to come, as a date."""
    seconds = (now() - value).total_seconds()
    minutes, hours, age = int(seconds // 60), int(seconds // 3600), int(seconds // 86400)
    if seconds < 0 or age > 30:
        return days.moment(value, "short")
    if minutes < 1:
        return _("just now")
    if hours < 1:
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    if age < 1:
        return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    return ngettext("%(n)d day ago", "%(n)d days ago", age) % {"n": age}


@register.simple_tag
def date_range(
    earliest: date | datetime | None, latest: date | datetime | None = None, precision: object = ""
) -> SafeString:
    """When something happened, no finer than known. Either end may be missing; both missing says so."""
    first, last = earliest or latest, latest or earliest
    if first is None or last is None:
        return format_html('<span class="soft">{}</span>', _("date unknown"))
    local = days.here(first)
    iso = (local.date() if isinstance(local, datetime) else local).isoformat()
    return format_html(
        '<time datetime="{}">{}</time>', iso, days.span(first, last, str(precision or "").lower())
    )


@register.filter
def digits(value: int | float | None) -> str:
    """A count with groups of three, in western digits in both languages, as desks of this field write."""
    return "" if value is None else f"{value:,}"


@register.filter
def bytes_size(value: int | None) -> str:
    """A number of bytes in the unit a person reads."""
    return "" if value is None else re.sub(r"[.,٫]0(?!\d)", "", str(filesizeformat(value)))


@register.filter
def platform(value: str) -> str:
    """A platform by the name it goes by."""
    return str(dict(Platform.choices).get(value, value))


@register.filter
def captured_by(tool: str) -> str:
    """What made a capture: a program and its version, or a person's upload."""
    return _("uploaded") if tool.startswith("upload ") else tool


@register.filter
def duration(value: float | timedelta | None) -> SafeString:
    """Seconds as 41 s, 2:05 or 1:02:05."""
    if value is None:
        return mark_safe("")
    seconds = round(value.total_seconds() if isinstance(value, timedelta) else value)
    if seconds < 60:
        return format_html("<bdi>{}</bdi>", _("%(n)s s") % {"n": seconds})
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return format_html('<bdi dir="ltr">{}</bdi>', text)


@register.filter
def short_hash(value: str | None) -> SafeString:
    """The two ends of a hash; the whole of it on hover."""
    if not value:
        return mark_safe("")
    text = value if len(value) <= 12 else f"{value[:4]}…{value[-4:]}"
    return format_html('<span class="hash" title="{}">{}</span>', value, text)


@register.filter
def marked(value: object) -> SafeString:
    """User text escaped, each bidi control replaced by a small visible label so that it cannot act."""
    text = str(escape("" if value is None else str(value)))
    return mark_safe(controls.ANY.sub(_label, text))  # noqa: S308 (escaped above)


@register.filter
def spelled(value: object) -> str:
    """User text for an attribute, where no markup can stand: bidi controls in words, harmless marks left out."""
    return controls.spelled("" if value is None else str(value))


def _label(match: re.Match[str]) -> str:
    sign = match.group()
    mild = " mild" if sign in controls.MILD else ""
    return f'<span class="control{mild}" data-name="{controls.NAMES[sign]}" title="U+{ord(sign):04X}"></span>'


@register.filter
def bdi(value: object) -> SafeString:
    """A name, number or address of unknown direction inside other text."""
    return format_html("<bdi>{}</bdi>", marked(value))


register.filter("in_page_language", half_in_language)


@register.filter
def verbatim(value: object, classes: str = "") -> SafeString:
    """User text as typed: its own direction, its line breaks kept."""
    return format_html('<span class="verbatim {}" dir="auto">{}</span>', classes, marked(value))


@register.simple_tag
def diff(old: str | None, new: str | None, context: int = 0) -> list[Piece]:
    """Pieces from old to new. With `context`, long unchanged runs keep that many characters at each end."""
    pieces = word_diff(old or "", new or "")
    return [
        piece if piece.kind != "same" else Piece("same", _folded(piece.text, context)) for piece in pieces
    ]


def _folded(text: str, context: int) -> str:
    if not context or len(text) <= 2 * context + 40:
        return text
    return f"{text[:context]} […] {text[-context:]}"


@register.filter
def beside(cells: Any, columns: Any) -> list[tuple[Any, Any]]:
    """Each cell of a matrix row with the column it stands in."""
    return list(zip(columns, cells, strict=True))


@register.filter
def page_numbers(page: Page[Any]) -> list[int]:
    """Page numbers worth a link: the ends and the neighbours; 0 stands for a gap."""
    last = page.paginator.num_pages
    wanted = sorted({1, last, *range(max(1, page.number - 2), min(last, page.number + 2) + 1)})
    shown: list[int] = []
    for n in wanted:
        if shown and n - shown[-1] > 1:
            shown.append(0)
        shown.append(n)
    return shown
