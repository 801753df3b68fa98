"""How values look: words, times, digits, user text."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import timezone, translation

from claims.templatetags import days, show
from claims.templatetags.opening import opening

EVENING = datetime(2022, 10, 22, 16, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _damascus(settings: pytest.FixtureRequest) -> Iterator[None]:
    settings.NEWSROOM_TIME_ZONE = "Asia/Damascus"  # type: ignore[attr-defined]
    days.newsroom_zone.cache_clear()
    with translation.override("en"):
        yield
    days.newsroom_zone.cache_clear()


def test_a_time_is_on_the_newsrooms_clock() -> None:
    html = show.when(EVENING)
    assert 'datetime="2022-10-22T19:05:00+03:00"' in html
    assert "Sat 22 Oct 2022, 19:05" in html


def test_arabic_months_follow_the_newsrooms_region(settings: pytest.FixtureRequest) -> None:
    with translation.override("ar"):
        assert "السبت 22 تشرين الأول 2022، 19:05" in show.when(EVENING)
        settings.NEWSROOM_TIME_ZONE = "Africa/Cairo"  # type: ignore[attr-defined]
        assert "أكتوبر" in show.when(date(2022, 10, 22), "day")


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=1, seconds=2), "1 minute ago"),
        (timedelta(hours=5), "5 hours ago"),
        (timedelta(days=3), "3 days ago"),
    ],
)
def test_the_recent_past_is_told_as_a_distance(ago: timedelta, text: str) -> None:
    assert f">{text}<" in show.when(timezone.now() - ago, "ago")


def test_what_is_old_or_to_come_is_told_as_a_date() -> None:
    assert "22 Oct 2022" in show.when(EVENING, "ago")
    assert "ago" not in show.when(timezone.now() + timedelta(days=2), "ago")


@pytest.mark.parametrize(
    ("first", "last", "precision", "text"),
    [
        (date(2022, 10, 22), None, "day", "Sat 22 Oct 2022"),
        (date(2022, 10, 21), date(2022, 10, 22), "day", "21–22 Oct 2022"),
        (date(2022, 9, 30), date(2022, 10, 2), "day", "30 Sep – 2 Oct 2022"),
        (date(2022, 10, 1), date(2022, 10, 31), "month", "Oct 2022"),
        (date(2022, 1, 1), date(2022, 12, 31), "year", ">2022<"),
        (date(2022, 10, 22), None, "about", "about Sat 22 Oct 2022"),
        (EVENING, EVENING + timedelta(hours=2), "hour", "Sat 22 Oct 2022, 19:05–21:05"),
        (None, None, "", "date unknown"),
    ],
)
def test_a_range_is_no_finer_than_it_is_known(
    first: date | None, last: date | None, precision: str, text: str
) -> None:
    assert text in show.date_range(first, last, precision)


def test_a_verdict_has_word_and_class_and_a_state_is_no_verdict() -> None:
    assert show.badge("denied") == '<span class="badge denied ">Denied</span>'
    assert "badge state in-review" in show.badge("in_review")
    assert "Confirmed" in show.shape("confirmed")


def test_user_text_is_escaped_and_its_bidi_controls_are_made_visible() -> None:
    html = show.bdi("<b>a\u202egpj.exe\u202c\u200f")
    assert "&lt;b&gt;" in html
    assert 'data-name="RLO"' in html
    assert 'class="control mild" data-name="RLM"' in html
    assert not {"\u202e", "\u202c", "\u200f"} & set(html)


def test_every_bidi_control_is_caught() -> None:
    controls = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    assert show.marked(controls).count("data-name") == len(controls)


def test_an_unknown_word_is_escaped_too() -> None:
    assert "<script>" not in show.badge("<script>") + show.shape("<script>") + show.bears("<script>")


@pytest.mark.parametrize(("seconds", "text"), [(41, "41 s"), (125, "2:05"), (3725.2, "1:02:05")])
def test_a_length_reads_as_on_a_player(seconds: float, text: str) -> None:
    assert text in show.duration(seconds)


def test_a_hash_shows_its_ends_and_keeps_the_rest() -> None:
    digest = "9f2c" + "0" * 56 + "a71e"
    assert "9f2c…a71e" in show.short_hash(digest)
    assert digest in show.short_hash(digest)


def test_nothing_is_shown_for_nothing() -> None:
    assert [show.when(None), show.short_hash(None), show.digits(None), show.bytes_size(None)] == [""] * 4


def test_pages_far_away_are_a_gap() -> None:
    assert show.page_numbers(Paginator(range(500), 20).page(12)) == [1, 0, 10, 11, 12, 13, 14, 0, 25]


def test_a_diff_can_fold_what_did_not_change() -> None:
    pieces = show.diff("a " * 400 + "x", "a " * 400 + "y", 30)
    assert len(pieces[0].text) < 80
    assert [piece.kind for piece in pieces] == ["same", "out", "in"]


def test_the_diff_part_never_joins_arabic_letters_across_a_change() -> None:
    page = Template('{% include "parts/_diff.html" with old="الحقل" new="حقل" %}').render(Context())
    assert "</del>&zwnj;<ins>" in page


def test_of_a_text_in_both_languages_the_half_of_the_page_is_shown():
    both = "ملكية سعودية / Saudi-owned"
    shown = show.register.filters["in_page_language"]
    with translation.override("en"):
        assert shown(both) == "Saudi-owned"
        assert shown("Saudi-owned") == "Saudi-owned"
    with translation.override("ar"):
        assert shown(both) == "ملكية سعودية"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Two blasts", "Two blasts"),
        ("Explosions were heard at al-Omar", "Explosions were heard…"),
        ("وقعت انفجارات عدة قرب القاعدة", "وقعت انفجارات عدة قرب…"),
        ("x" * 40, "x" * 23 + "…"),
        ("Explosions near al-Omar-field", "Explosions near…"),
        ("Explosions were heard at once", "Explosions were heard…"),
    ],
)
def test_an_excerpt_ends_with_a_word(text, shown):
    assert opening(text, 24) == shown
