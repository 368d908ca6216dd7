"""What an address tells of its site."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feedmaker.normalize import sites
from feedmaker.normalize.sites import home_zone, site_keys, squeezed


def test_spellings_of_one_name_are_one() -> None:
    assert (
        len({squeezed(name) for name in ("The Mole Post", "mole-post", "MolePost", "www.mole-post", "the mole post")})
        == 1
    )


def test_a_site_is_called_by_its_host_and_by_what_its_owner_chose() -> None:
    assert site_keys("https://www.city.mole-post.co.uk/x") == {"citymolepostcouk", "molepostcouk", "molepost"}
    assert site_keys("not an address") == frozenset()


@pytest.mark.parametrize(("host", "hours"), [("x.de", 1), ("x.co.uk", 0), ("x.jp", 9), ("X.IN", 5.5)])
def test_a_countrys_domain_tells_the_time_zone(host: str, hours: float) -> None:
    zone = home_zone(f"https://{host}/a")
    assert zone is not None
    assert zone.utcoffset(datetime(2025, 2, 6, tzinfo=UTC)) == timedelta(hours=hours)


def test_other_domains_tell_none() -> None:
    assert home_zone("https://x.com/") is None
    assert home_zone("x") is None


def test_every_zone_of_the_table_exists_and_a_missing_one_is_none() -> None:
    assert all(sites._zone(name) for name in sites._ZONES.values())
    assert sites._zone("Atlantis/Capital") is None
