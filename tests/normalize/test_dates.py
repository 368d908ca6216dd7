"""Days and moments, the order of day and month, what looks like a date, and what is written is read back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.normalize.dates import day_first_of, is_date_only, looks_like_date, parse_date
from tests.normalize.moments import BERLIN, LOCAL, NOW


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
        (["06/02/2025", "03/01/2025", "02/01/2025"], ("en",), True),
        (["02/06/2025", "02/03/2025", "01/02/2025"], ("en-GB",), False),
        (["05/04/2025", "03/02/2025"], ("fr",), True),
        (["06/03/2024", "02/12/2023", "10/11/2023"], ("en",), True),
        (["06/03/2024", "05/12/2023"], ("en",), None),
        (["03.05.2025", "02.01.2025", "01.01.2025"], ("de",), True),
        (["06/02/25", "04/01/25"], (), True),
        ([], (), None),
    ],
)
def test_the_order_is_decided_by_all_dates_together(
    raws: list[str], languages: tuple[str, ...], expected: bool | None
) -> None:
    assert day_first_of(raws, languages, NOW.now) is expected


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


@pytest.mark.parametrize("raw", ["just now", "Soeben", "Hace un momento", "только что", "방금", "Just now."])
def test_just_now_is_the_minute_of_reading(raw: str) -> None:
    assert parse_date(raw, NOW) == NOW.now.replace(second=0, microsecond=0)
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
        "il y a 2 heures",
        "il y a une heure",
        "aujourd’hui à 8h15",
        "an hour ago",
        "vor einer Stunde",
        "hace una hora",
        "un'ora fa",
        "godzinę temu",
        "час назад",
        "há uma hora",
        "i dag",
        "I går 19:40",
        "hari ini",
        "hôm qua",
        "2시간 전",
        "3日前",
        "2 ชั่วโมงที่แล้ว",
        "7 ก.พ. 2568",
        "منذ ساعتين",
        "לפני שעתיים",
        "Just now.",
        "à l’instant",
        "刚刚",
    ],
)
def test_dates_look_like_dates(text: str) -> None:
    assert looks_like_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "18:52",
        "Read more",
        "12 comments",
        "3 Min.",
        "x" * 300,
        "May the force",
        "대전 3곳",
        "3人前",
        "Ora",
        "Il y a du monde",
    ],
)
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
