"""Dates in every form that pages write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.normalize.context import Context
from feedmaker.normalize.dates import day_first_of, is_date_only, looks_like_date, parse_date, parse_moment

BERLIN = ZoneInfo("Europe/Berlin")
NOW = Context(datetime(2025, 2, 7, 12, 0, tzinfo=UTC), BERLIN)
MOMENT = datetime(2025, 2, 6, 18, 52, tzinfo=UTC)
LOCAL = datetime(2025, 2, 6, 18, 52, tzinfo=BERLIN)
DAY = datetime(2025, 2, 6, tzinfo=BERLIN)


@pytest.mark.parametrize(
    "raw",
    [
        "2025-02-06T18:52+0000",
        "2025-02-06T18:52Z",
        "2025-02-06t18:52z",
        "2025-02-06T18:52:00,000Z",
        "2025-02-06T18:52:00.0000000Z",
        "2025-02-06 18:52:00 UTC",
        "2025-02-06 18:52 +0000",
        "2025-02-06T19:52:00Z+01:00",
        "2025-02-06T19:52:00+01:00[Europe/Berlin]",
        "2025-02-06T19:52:00[Europe/Berlin]",
        "2025-02-06T18.52Z",
        "25-02-06T18:52Z",
        "20250206T185200Z",
        "2025-02-07T00:22:00+05:30",
        '"2025-02-06T18:52:00Z"',
    ],
)
def test_iso_8601_is_read_in_its_broken_forms(raw: str) -> None:
    assert parse_date(raw, NOW) == MOMENT


@pytest.mark.parametrize(
    "raw",
    [
        "Thu, 06 Feb 2025 18:52:00 GMT",
        "Thu, 06 Feb 2025 18:52 +0000",
        "Thursday, 06-Feb-25 18:52:00 GMT",
        "Thu Feb 06 2025 18:52:00 GMT+0000 (Coordinated Universal Time)",
        "06 Feb 2025 20:52 EET",
        "Feb 6, 2025 1:52 PM ET",
        "Feb. 6, 2025 at 1:52 p.m. EST",
        "February 6, 2025 • 10:52 AM PST",
        "7 February 2025 12:22 am IST",
        "18:52 GMT 06.02.2025",
        "6 Feb 2025, 19:52 (GMT+1)",
        "6 Feb 2025, 17:52 (UTC-1)",
    ],
)
def test_a_zone_is_taken_from_the_date(raw: str) -> None:
    assert parse_date(raw, NOW) == MOMENT


@pytest.mark.parametrize(
    "raw",
    [
        1738867920,
        1738867920.0,
        1738867920000,
        "1738867920",
        "1738867920000",
        "1738867920000000",
        "1738867920.25",
        "/Date(1738867920000)/",
    ],
)
def test_unix_time_is_read_in_any_unit(raw: str | float) -> None:
    assert parse_date(raw, NOW) == MOMENT


@pytest.mark.parametrize(
    "raw",
    [
        "20250206185200",
        "202502061852",
        "2025-02-06 18:52",
        "06.02.2025 18:52",
        "06.02.2025, 18:52 Uhr",
        "6.2.2025 18.52 Uhr",
        "Am 06.02.2025 um 18.52 Uhr",
        "6. 2. 2025 | 18.52",
        "6. Februar 2025 um 18:52 Uhr",
        "Donnerstag, 6. Februar 2025, 18:52",
        "6 février 2025 à 18h52",
        "6 fév. 2025 18 h 52",
        "6 de febrero de 2025 18:52 h",
        "6 de fev. de 2025 às 18:52",
        "Gepubliceerd op 6 februari 2025 om 18:52",
        "6 lutego 2025, 18:52",
        "6. února 2025 18:52",
        "2025. február 6., 18:52",
        "2025 m. vasario 6 d. 18:52",
        "2025. gada 6. februāris, 18:52",
        "6 февраля 2025, 18:52",
        "6 лютого 2025 18:52",
        "6 Şubat 2025 Perşembe 18:52",
        "6 Φεβρουαρίου 2025 18:52",
        "6 فبراير 2025 18:52",
        "٦ فبراير ٢٠٢٥ ١٨:٥٢",
        "6 בפברואר 2025 18:52",
        "6 फ़रवरी 2025 18:52",
        "6 tháng 2, 2025 18:52",
        "Thứ năm, 6/2/2025, 18:52",
        "2025年2月6日 18:52",
        "2025年2月6日 午後6時52分",
        "令和7年2月6日 18:52",
        "2025년 2월 6일 오후 6:52",
        "2025. 2. 6. 18:52",
        "18:52, 6 Feb 2025Updated 19:41, 6 Feb 2025",
        "Feb 6 2025 6:52pm",
        "Publisert torsdag 06. feb 2025 18:52",
        "Jane Roe | Feb 6, 2025 6:52 PM",
        "6 กุมภาพันธ์ 2568 18:52",
    ],
)
def test_visible_forms_are_read_in_the_zone_of_the_source(raw: str) -> None:
    assert parse_date(raw, NOW, languages=("th",) if "ก" in raw else ("de",)) == LOCAL


@pytest.mark.parametrize("raw", ["gestern, 18:52", "gestern 18.52 Uhr", "Hier à 18:52", "včera 18:52", "вчера, 18:52"])
def test_a_day_named_from_today_has_the_time_beside_it(raw: str) -> None:
    assert parse_date(raw, NOW) == LOCAL


@pytest.mark.parametrize(
    "raw",
    [
        "2025-02-06",
        "20250206",
        "06.02.2025",
        "6 Feb 2025",
        "6. Feb.",
        "06.02.",
        "Thursday, 6 February",
        "06 FEB 25",
        "6th day of February, 2025",
        "2025.02.06 UP",
        "02月06日",
        "06.02.25",
        "Yesterday",
        "i går",
        "昨天",
        "1 day ago",
        "vor einem Tag",
        "há 1 dia",
        "1日前",
        "6/2/2025",
        "Feb 6 - 8, 2025",
        "06.02.2025 01:48 min",
    ],
)
def test_a_day_alone_is_its_midnight_and_says_so(raw: str) -> None:
    moment = parse_moment(raw, NOW, languages=("de",))
    assert moment is not None
    assert (moment.at, moment.has_time) == (DAY, False)


@pytest.mark.parametrize(
    "raw",
    [
        "2 hours ago",
        "2hrs ago",
        "vor 2 Stunden",
        "Vor 2 Std.",
        "il y a 2 heures",
        "hace 2 horas",
        "2 часа назад",
        "2 години тому",
        "преди 2 часа",
        "2小时前",
        "2時間前",
        "2시간 전",
        "há 2 horas",
        "2 ore fa",
        "acum 2 ore",
        "2 saat önce",
        "2 godz. temu",
        "před 2 hodinami",
        "2 órája",
        "πριν από 2 ώρες",
        "منذ 2 ساعات",
        "לפני 2 שעות",
        "2 giờ trước",
        "2 jam yang lalu",
        "for 2 timer siden",
        "2 timmar sedan",
        "2 uur geleden",
        "2 tuntia sitten",
        "prieš 2 val.",
        "pirms 2 stundām",
        "2 घंटे पहले",
        "/ 2 h ago",
        "120 minutes ago",
        "1 hour and 60 minutes ago",
        "vor 2 Stunden, aktualisiert vor 1 Stunde",
        "two hours ago",
        "vor zwei Stunden",
    ],
)
def test_hours_ago_are_counted_from_now_in_any_language(raw: str) -> None:
    moment = parse_moment(raw, NOW)
    assert moment is not None
    assert (moment.at, moment.has_time) == (NOW.now - timedelta(hours=2), True)


@pytest.mark.parametrize("raw", ["an hour ago", "vor einer Stunde", "час назад", "hace una hora"])
def test_one_hour_ago_needs_no_digit(raw: str) -> None:
    assert parse_date(raw, NOW) == NOW.now - timedelta(hours=1)


@pytest.mark.parametrize(("raw", "days"), [("3 weeks 2 days ago", 23), ("2 months ago", 60), ("1年前", 365)])
def test_longer_distances_give_a_day(raw: str, days: int) -> None:
    assert parse_date(raw, NOW) == datetime(2025, 2, 7, tzinfo=BERLIN) - timedelta(days=days)


def test_what_the_tables_do_not_know_is_left_to_dateparser() -> None:
    """Welsh months are in its data; a day without a time stays a day."""
    moment = parse_moment("6 Chwefror 2025", NOW, languages=("cy",))
    assert moment is not None
    assert (moment.at, moment.has_time) == (DAY, False)
    assert parse_date("6 Chwefror 2025 18:52", NOW, languages=("cy",)) == LOCAL


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        "x",
        "15:44 Uhr",
        "3 minute read",
        "Lesezeit: 2 Min.",
        "PT52M23S",
        "March « »",
        "► April (1)",
        "36/2019",
        "Prev March 2026 Next",
        "2019-12",
        "2025-W06-4",
        "5 N.W.3d 680",
        "0",
        "-1",
        "99",
        "2025",
        "v1.2.3",
        "for 3 days",
        "192.168.1.1",
        "$1,234.56",
        "12 points",
        "21.03. – 20.04.",
        "00:00 | 00:00",
        "-00:09:48",
        "By John May 2025",
        "Mai",
        "today's 5 best",
        "1/2",
        "31.31.2024",
        "x" * 500,
        "(Updated 4:30 am)",
        "Feb 30, 2025",
    ],
)
def test_text_without_a_date_is_never_made_into_one(raw: str) -> None:
    assert parse_date(raw, NOW) is None
    assert parse_date(raw, NOW, languages=("en",)) is None


@pytest.mark.parametrize(
    "raw",
    [
        0,
        -1,
        99,
        1e30,
        float("inf"),
        float("nan"),
        True,
        "1970-01-01T00:00:00Z",
        "0001-01-01T00:00:00",
        "1985-02-06",
        "0000-00-00",
        "9999-12-31T23:59:59Z",
        "2025-02-30",
        "2025-13-01",
        "2025-02-09",
        "99999999999999999999 hours ago",
        "6 Feb 2026",
    ],
)
def test_impossible_early_and_future_dates_are_none(raw: str | float) -> None:
    assert parse_date(raw, NOW) is None


def test_a_broken_time_or_zone_costs_only_itself() -> None:
    assert parse_date("2025-02-06T25:00:00Z", NOW) == DAY
    assert parse_date("2025-02-06T18:52+99:00", NOW) == LOCAL
    assert parse_date("2025-02-06T18:52[Mars/Olympus]", NOW) == LOCAL


def test_a_day_of_grace_is_given_to_clocks_that_run_ahead() -> None:
    assert parse_date("2025-02-08T11:59:00Z", NOW) == datetime(2025, 2, 8, 11, 59, tzinfo=UTC)


def test_midnight_at_the_end_of_a_day_is_the_next_day() -> None:
    assert parse_date("2025-02-05T24:00:00", NOW) == DAY


def test_a_leap_second_is_the_second_before() -> None:
    assert parse_date("2025-02-06T18:52:60Z", NOW) == MOMENT + timedelta(seconds=59)


def test_without_any_zone_a_date_is_utc() -> None:
    assert parse_date("2025-02-06 18:52", Context(NOW.now)) == MOMENT


def test_a_datetime_keeps_its_zone() -> None:
    assert parse_date(LOCAL, NOW) == LOCAL
    assert parse_date(LOCAL.replace(tzinfo=None), NOW) == LOCAL


@pytest.mark.parametrize(
    ("raw", "languages", "day_first"),
    [
        ("06/02/2025 18:52", ("en-GB",), None),
        ("06/02/2025 18:52", ("de",), None),
        ("06/02/2025 18:52", (), True),
        ("02/06/2025 6:52 PM", ("en-US",), None),
        ("02/06/2025 18:52", ("en",), None),
        ("02/06/2025 18:52", ("de",), False),
        ("02-06-2025 18:52", ("de",), False),
        ("25.02.06 18:52", ("ko",), None),
        ("2/6 6:52 PM", ("en-US",), None),
        ("6/2, 18:52", ("fr",), None),
    ],
)
def test_the_order_of_day_and_month_follows_the_page(
    raw: str, languages: tuple[str, ...], day_first: bool | None
) -> None:
    assert parse_date(raw, NOW, languages=languages, day_first=day_first) == LOCAL


def test_a_guessed_order_that_leads_into_the_future_is_turned_round() -> None:
    assert parse_date("01/12/2025", NOW, languages=("de",)) == datetime(2025, 1, 12, tzinfo=BERLIN)
    assert parse_date("01/12/2025", NOW, day_first=True) is None


def test_a_date_without_a_year_is_in_the_last_year_that_had_it() -> None:
    assert parse_date("8 Feb", NOW) == datetime(2025, 2, 8, tzinfo=BERLIN)
    assert parse_date("20 Nov", NOW) == datetime(2024, 11, 20, tzinfo=BERLIN)


def test_months_that_neighbours_name_alike_follow_the_language() -> None:
    assert parse_date("6 listopada 2024", NOW, languages=("hr",)) == datetime(2024, 10, 6, tzinfo=BERLIN)
    assert parse_date("6 listopada 2024", NOW, languages=("pl",)) == datetime(2024, 11, 6, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("raws", "languages", "expected"),
    [
        (["03/04/2025", "13/04/2025"], (), True),
        (["03/04/2025", "04/13/2025"], (), False),
        (["04/03/2025", "04/02/2025", "04/01/2025"], ("de",), False),
        (["03.04.2025", "02.04.2025", "01.04.2025"], (), True),
        (["03/04/2025"], ("de",), True),
        (["03/04/2025"], ("en-US",), False),
        (["03/04/2025"], ("en",), None),
        (["03/04/2025", "no date"], (), None),
        ([], (), None),
    ],
)
def test_the_order_is_decided_by_all_dates_together(
    raws: list[str], languages: tuple[str, ...], expected: bool | None
) -> None:
    assert day_first_of(raws, languages) is expected


@pytest.mark.parametrize(
    "raw", ["2025-02-06", "20250206", "06.02.2025", "2025-02-06T00:00:00Z", "yesterday", "3 days ago"]
)
def test_days_are_told_from_moments(raw: str) -> None:
    assert is_date_only(raw)


@pytest.mark.parametrize(
    "raw", ["2025-02-06T18:52Z", "06.02.2025 18:52", "2 hours ago", 1738867920, "1738867920", NOW.now]
)
def test_moments_are_told_from_days(raw: str | datetime) -> None:
    assert not is_date_only(raw)


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-06",
        "06.02.2025",
        "6 février",
        "gestern, 18:52",
        "3 hours ago",
        "vor 3 Std.",
        "2小时前",
        "1738867920",
        "Yesterday",
        "02/06/25",
        "Published Feb 6, 2025",
    ],
)
def test_dates_look_like_dates(text: str) -> None:
    assert looks_like_date(text)


@pytest.mark.parametrize("text", ["", "  ", "18:52", "Read more", "12 comments", "3 Min.", "x" * 300, "May the force"])
def test_other_texts_do_not_look_like_dates(text: str) -> None:
    assert not looks_like_date(text)


days = st.dates(date(1995, 1, 1), date(2025, 2, 6))
clocks = st.times().map(lambda t: t.replace(second=0, microsecond=0)).filter(lambda t: t != time.min)
offsets = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
months = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}


@settings(derandomize=True, max_examples=200)
@given(days, clocks, offsets)
def test_what_isoformat_writes_is_read_back(day: date, clock: time, zone: timezone) -> None:
    moment = datetime.combine(day, clock, tzinfo=zone)
    assert parse_date(moment.isoformat(), NOW) == moment
    assert parse_date(moment.isoformat(" ", "minutes"), NOW) == moment


@settings(derandomize=True, max_examples=200)
@given(days, clocks, st.sampled_from(sorted(months)))
def test_what_people_write_is_read_back(day: date, clock: time, language: str) -> None:
    name = months[language].split()[day.month - 1]
    written = f"{day.day}. {name} {day.year}, {clock:%H:%M}"
    assert parse_date(written, NOW, languages=(language,)) == datetime.combine(day, clock, tzinfo=BERLIN)


@settings(derandomize=True, max_examples=300)
@given(st.text(max_size=60) | st.from_regex(r"[0-9:/. TZ+-]{1,30}", fullmatch=True))
def test_no_text_raises_or_leaves_the_years_of_the_web(text: str) -> None:
    looks_like_date(text)
    is_date_only(text)
    found = parse_date(text, NOW, languages=("en",))
    assert found is None or (found.tzinfo is not None and found.year >= 1990 and found <= NOW.now + timedelta(days=1))
