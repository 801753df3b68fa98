"""Date phrases against the publication date (ARABIC.md §2)."""

from datetime import UTC, date, datetime

import pytest

from claims.text.arabic.dates import Dates
from claims.text.english.dates import Dates as EnglishDates
from claims.text.read import read
from claims.text.reading import EventTime
from claims.text.tokens import tokenise

SUNDAY = date(2022, 10, 23)


def arabic(text, published_on=SUNDAY):
    return list(Dates(tokenise(text), published_on).find())


TABLE = [
    ("مساء السبت 22 من تشرين الأول", "2022-10-22"),
    ("اليوم، الأحد", "2022-10-23"),
    ("اليوم (الأحد)", "2022-10-23"),
    ("أمس", "2022-10-22"),
    ("أول من أمس الجمعة", "2022-10-21"),
    ("الأحد", "2022-10-23"),
    ("الأحد الماضي", "2022-10-16"),
    ("18 من أيلول الماضي", "2022-09-18"),
    ("9 يناير/كانون الثاني 2022", "2022-01-09"),
    ("5 تموز (يوليو)", "2022-07-05"),
    ("التاسع من يناير", "2022-01-09"),
    ("14 جانفي و", "2022-01-14"),
    ("3 غشت", "2022-08-03"),
    ("٠١/٠٢/٢٠٢٢", "2022-02-01"),
    ("قبل يومين", "2022-10-21"),
    ("ليل السبت - الأحد", "2022-10-22"),
    ("في 30 تشرين الثاني المقبل", "2022-11-30"),
    ("قبل 3 أيام", "2022-10-20"),
    ("قبل أحد عشر يوما", "2022-10-12"),
    ("قبل أسبوعين", "2022-10-09"),
    ("الليلة الماضية", "2022-10-22"),
    ("صباح غد", "2022-10-24"),
    ("هذا الصباح", "2022-10-23"),
    ("الأحد قبل الماضي", "2022-10-09"),
    ("الحادي عشر من أيلول", "2022-09-11"),
    ("الحادي والعشرين من أيلول", "2022-09-21"),
    ("الثلاثين من أيلول", "2022-09-30"),
    ("في الثالث من الشهر الماضي", "2022-09-03"),
    ("في 14 شباط من العام الماضي", "2021-02-14"),
    ("14 شباط من العام 2020", "2020-02-14"),
    ("12 أيار مايو 2022", "2022-05-12"),
    ("الخميس الموافق 20/10/2022", "2022-10-20"),
    ("يوم الجمعة الواقع في 21 تشرين الأول", "2022-10-21"),
    ("الخميس الماضي 13 أكتوبر", "2022-10-13"),
    ("يوم الثلاثاء 18/10", "2022-10-18"),
    ("[22/مارس/2021]", "2021-03-22"),
    ("3 / 5 / 2022", "2022-05-03"),
]


@pytest.mark.parametrize(("text", "day"), TABLE)
def test_a_phrase_resolves_against_the_publication_day(text, day):
    (found,) = arabic(text)
    assert found.days[0].isoformat() == day


SPANS = [
    ("في مايو من عام 2019", "2019-05"),
    ("أيار من العام 2019", "2019-05"),
    ("في شباط من العام الماضي", "2021-02"),
    ("تعود إلى فبراير شباط", "2022-02"),
    ("في الأسبوع الأول من أيلول", "2022-09"),
    ("خلال العام 2020", "2020"),
    ("بُني في 2015", "2015"),
    ("صيف 2020", "2020"),
    ("قبل عامين", "2020"),
    ("قبل نحو أسبوعين", "2022-10"),
]


@pytest.mark.parametrize(("text", "span"), SPANS)
def test_a_phrase_resolves_to_a_month_or_a_year(text, span):
    (found,) = arabic(text)
    assert found.event(text, 0, 0, "UTC").iso() == span


OPEN = ["بحلول الجمعة", "قبل السبت", "النصف الأول من العام الجاري", "عن الفترة نفسها من العام الماضي"]


@pytest.mark.parametrize("text", [*OPEN, "كركوك 20 تشرين الأول (وكالات) - قُتل حارس"])
def test_a_deadline_a_half_year_and_a_dateline_are_no_day_of_the_event(text):
    assert all(found.open_period for found in arabic(text))


@pytest.mark.parametrize("text", ["منذ أربعة أيام", "خلال اليوم الماضي", "منذ شهرين"])
def test_how_long_something_lasts_is_no_date(text):
    assert arabic(text) == []


def test_that_day_is_the_day_last_named():
    text = "قالت الشرطة إن قنبلة انفجرت في السوق يوم الخميس.\nوقال التاجر سليم إن حارسين قتلا يومها."
    assert [p.event.iso() for p in read(text, published_on=SUNDAY).proposals] == ["2022-10-20"] * 2


def test_a_day_without_a_year_lies_in_the_year_an_undated_text_stated_last():
    text = "قالت الشرطة إن قنبلة انفجرت في 27 أيلول 2021.\nوقال التاجر سليم إن حارسين قتلا في 29 أيلول."
    later = read(text, published_on=None).proposals[1].event
    assert (later.iso(), later.notes) == ("2021-09-29", ("inferred",))


def test_a_count_after_in_is_no_year():
    assert arabic("في 2000 قرية") == []


def test_month_names_that_disagree_are_flagged_and_the_weekday_decides():
    (found,) = arabic("السبت 22 أكتوبر/تشرين الثاني")
    assert found.days[0] == date(2022, 10, 22)
    assert "months-disagree" in found.notes


def test_today_with_another_weekday_trusts_the_weekday_and_says_so():
    (found,) = arabic("اليوم السبت")
    assert found.days[0] == date(2022, 10, 22)
    assert "weekday-disagrees" in found.notes


def test_a_hijri_date_is_a_range_of_three_days():
    (found,) = arabic("15 رمضان 1445 هـ")
    assert found.days[0] < date(2024, 3, 25) < found.days[1]
    assert (found.days[1] - found.days[0]).days == 2
    assert "hijri-range" in found.notes


@pytest.mark.parametrize("text", ["أمس", "السبت الماضي", "18 من أيلول الماضي", "Saturday"])
def test_without_a_publication_date_a_relative_phrase_stays_unresolved(text):
    reader = EnglishDates if text.isascii() else Dates
    (found,) = reader(tokenise(text), None).find()
    assert found.days is None
    assert found.event(text, 0, len(text), "UTC").precision == "unresolved"


def test_a_full_date_resolves_without_a_publication_date():
    (found,) = arabic("22 من تشرين الأول 2022", None)
    assert found.days[0] == date(2022, 10, 22)


def test_since_opens_a_period_and_dates_no_event():
    assert arabic("منذ 17 أيلول الماضي")[0].open_period


ENGLISH = [
    ("on Saturday", "2022-10-22"),
    ("last Sunday", "2022-10-16"),
    ("on Nov. 26, 2021", "2021-11-26"),
    ("September 18", "2022-09-18"),
    ("18 September 2022", "2022-09-18"),
    ("yesterday", "2022-10-22"),
    ("two days ago", "2022-10-21"),
    ("2022-10-01", "2022-10-01"),
]


@pytest.mark.parametrize(("text", "day"), ENGLISH)
def test_an_english_phrase_resolves_against_the_publication_day(text, day):
    (found,) = EnglishDates(tokenise(text), SUNDAY).find()
    assert found.days[0].isoformat() == day


def test_may_and_march_are_months_only_with_a_capital_and_a_number_or_a_lead():
    assert not list(EnglishDates(tokenise("they may march"), SUNDAY).find())


def test_instants_follow_the_zone_through_syrias_change_of_october_2022():
    before = EventTime(date(2022, 10, 20), date(2022, 10, 20), "day", "x", zone="Asia/Damascus")
    after = EventTime(date(2022, 11, 20), date(2022, 11, 20), "day", "x", zone="Asia/Damascus")
    assert before.earliest_at == datetime(2022, 10, 19, 21, tzinfo=UTC)
    assert after.earliest_at == datetime(2022, 11, 19, 21, tzinfo=UTC)


def test_a_day_ends_where_the_next_begins():
    day = EventTime(SUNDAY, SUNDAY, "day", "x", zone="UTC")
    assert day.latest_at == datetime(2022, 10, 24, tzinfo=UTC)
