"""Dates as people write them, in any language, and told from the moment of reading."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from feedmaker.normalize.dates import parse_date, parse_moment
from tests.normalize.moments import BERLIN, DAY, LOCAL, NOW


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
        "2 ชั่วโมงที่แล้ว",
        "منذ ساعتين",
        "לפני שעתיים",
        "2 tundi tagasi",
        "pred 2 urama",
        "2h atrás",
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


@pytest.mark.parametrize(
    "raw", ["an hour ago", "vor einer Stunde", "час назад", "hace una hora", "un'ora fa", "πριν μία ώρα", "πριν 1 ώρα"]
)
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
