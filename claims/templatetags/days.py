"""Days and times in the words of a newsroom, in Arabic and English. No markup: `show` adds that."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

_LEVANT = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
]
_COMMON = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
_LEVANT_ZONES = {f"Asia/{city}" for city in ("Damascus", "Beirut", "Baghdad", "Amman", "Gaza", "Hebron")}
_ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAYS_AR = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
_DAYS_EN = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


@cache
def newsroom_zone() -> ZoneInfo:
    """The zone every time is shown in."""
    return ZoneInfo(settings.NEWSROOM_TIME_ZONE)


def arabic() -> bool:
    """Whether the page being written is in Arabic."""
    return (get_language() or "").startswith("ar")


def here(value: date | datetime) -> date | datetime:
    """The same moment on the newsroom's clock; a plain day or a naive time is left as it is."""
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(newsroom_zone())
    return value


def month_name(month: int) -> str:
    """Arabic names follow the newsroom's region: October is تشرين الأول in Damascus and أكتوبر in Cairo."""
    if not arabic():
        return _ENGLISH[month - 1]
    return (_LEVANT if settings.NEWSROOM_TIME_ZONE in _LEVANT_ZONES else _COMMON)[month - 1]


def clock(value: datetime) -> str:
    """21:05"""
    return f"{value:%H:%M}"


def day(value: date, *, weekday: bool = False, year: bool = True) -> str:
    """Sat 22 Oct 2022, without what is not asked for."""
    names = _DAYS_AR if arabic() else _DAYS_EN
    words = [
        names[value.weekday()] if weekday else "",
        str(value.day),
        month_name(value.month),
        str(value.year) if year else "",
    ]
    return " ".join(word for word in words if word)


def moment(value: date | datetime, style: str) -> str:
    """A moment in one of the styles `full`, `short` (no year if it is this one), `day`, `time`."""
    local = here(value)
    if style == "time" and isinstance(local, datetime):
        return clock(local)
    short = style == "short"
    text = day(local, weekday=style == "full", year=not short or local.year != now().year)
    if style == "day" or not isinstance(local, datetime):
        return text
    return f"{text}{_comma()} {clock(local)}"


def span(earliest: date | datetime, latest: date | datetime, precision: str) -> str:
    """When something happened, no finer than it is known."""
    first, last = here(earliest), here(latest)
    if precision == "year":
        return _joined(str(first.year), str(last.year))
    if precision == "month":
        return _months(first, last)
    if isinstance(first, datetime) and isinstance(last, datetime) and precision in _CLOCKED:
        return _times(first, last)
    text = _days(first, last)
    return _("about %(when)s") % {"when": text} if precision == "about" else text


_CLOCKED = {"minute", "hour", "time", "second", "exact"}


def _comma() -> str:
    return "،" if arabic() else ","


def _joined(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"


def _months(first: date, last: date) -> str:
    def text(value: date, year: bool = True) -> str:
        return f"{month_name(value.month)} {value.year}" if year else month_name(value.month)

    return _joined(text(first, first.year != last.year or first.month == last.month), text(last))


def _days(first: date, last: date) -> str:
    one, two = (v.date() if isinstance(v, datetime) else v for v in (first, last))
    if one == two:
        return day(one, weekday=True)
    if (one.year, one.month) == (two.year, two.month):
        return f"{one.day}–{day(two)}"
    return f"{day(one, year=one.year != two.year)} – {day(two)}"


def _times(first: datetime, last: datetime) -> str:
    if first.date() != last.date():
        return f"{moment(first, 'full')} – {moment(last, 'full')}"
    until = "" if clock(first) == clock(last) else f"–{clock(last)}"
    return f"{moment(first, 'full')}{until}"
