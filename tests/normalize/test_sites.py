"""What an address tells of its site."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feedmaker.normalize import sites
from feedmaker.normalize.sites import home_zone, is_site, squeezed


def test_spellings_of_one_name_are_one() -> None:
    assert (
        len({squeezed(name) for name in ("The Mole Post", "mole-post", "MolePost", "www.mole-post", "the mole post")})
        == 1
    )


@pytest.mark.parametrize("name", ["City.Mole-Post.co.uk", "mole-post.co.uk", "The Mole Post", "www.mole-post.co.uk"])
def test_a_site_is_called_by_its_host_and_by_what_its_owner_chose(name: str) -> None:
    assert is_site(name, "https://www.city.mole-post.co.uk/x")


@pytest.mark.parametrize("name", ["City", "Mole", "Post", "co.uk", "", "Coast Post"])
def test_other_names_are_not_the_sites(name: str) -> None:
    assert not is_site(name, "https://www.city.mole-post.co.uk/x")
    assert not is_site(name, "no address")


@pytest.mark.parametrize(("host", "hours"), [("x.de", 1), ("x.co.uk", 0), ("x.jp", 9), ("X.IN", 5.5)])
def test_a_countrys_domain_tells_the_time_zone(host: str, hours: float) -> None:
    zone = home_zone(f"https://{host}/a")
    assert zone is not None
    assert zone.utcoffset(datetime(2025, 2, 6, tzinfo=UTC)) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("language", "hours"), [("de", 1), ("en-GB", 0), ("sr-Latn", 1), ("zh-Hant-TW", 8), ("ja", 9), ("de-CH", 1)]
)
def test_where_the_domain_is_no_countrys_the_language_tells_the_time_zone(language: str, hours: float) -> None:
    zone = home_zone("https://x.com/a", language)
    assert zone is not None
    assert zone.utcoffset(datetime(2025, 2, 6, tzinfo=UTC)) == timedelta(hours=hours)


def test_a_countrys_domain_counts_before_the_language() -> None:
    assert home_zone("https://x.jp/", "de") == home_zone("https://x.jp/")


@pytest.mark.parametrize("language", [None, "en", "es", "ar", "be", "my", "en-US", "pt-BR", "x"])
def test_other_domains_and_languages_of_many_countries_tell_none(language: str | None) -> None:
    assert home_zone("https://x.com/", language) is None
    assert home_zone("x", language) is None


def test_every_zone_of_the_table_exists_and_a_missing_one_is_none() -> None:
    assert all(sites._zone(name) for name in sites._ZONES.values())
    assert sites._zone("Atlantis/Capital") is None
