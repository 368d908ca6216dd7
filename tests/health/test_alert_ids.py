"""An alert that comes twice, which a kill can bring about, is known by its id."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from feedmaker.fetch import Web
from feedmaker.health.alerting import Message, News
from feedmaker.health.delivery import tell
from feedmaker.model import Alerts, SourceState, Watch, Webhook
from feedmaker.store import Store
from tests.health.test_alerts import BROKEN, LOST, MESSAGE, NOW, TOWN, WELL
from tests.town import Answer, Site


def test_the_same_news_have_the_same_id_whenever_they_are_told_and_others_have_another() -> None:
    later, in_other_words = NOW + timedelta(hours=1), replace(LOST, evidence="published is missing in 9 of 10 entries")
    again = News("town", TOWN.url, (in_other_words, replace(LOST, subject="title", since=later)))
    assert Message((WELL, again), later).id == MESSAGE.id
    others = [
        BROKEN,
        replace(BROKEN, source="quay"),
        replace(BROKEN, problems=(replace(LOST, since=later),)),
        *(News("town", TOWN.url, ended=ended) for ended in (None, NOW, later)),
    ]
    assert len({news.id for news in others}) == len({Message((news,), NOW).id for news in others}) == len(others)


def test_news_that_come_twice_because_of_a_kill_have_the_id_that_they_had(site: Site, web: Web, tmp_path: Path) -> None:
    site.answers["/hook"] = Answer("ok")
    alerts = Alerts(webhook=Webhook(f"{site.url}/hook"))
    recovered = News("town", TOWN.url)
    with Store.open(tmp_path / "feedmaker.db") as store:
        store.save_state(SourceState("town"))
        for hours in (1, 1, 2):  # the second time after a kill, the third after it has broken and recovered once more
            now = NOW + timedelta(hours=hours)
            store.health.save("town", Watch(), (replace(LOST, ended=now),), None, now)
            assert tell((recovered,), alerts, web, store.health, now)
    keys = [each.headers["Idempotency-Key"] for each in site.heard]
    assert keys[0] == keys[1] != keys[2]


def test_news_wait_while_it_cannot_be_noted_that_they_were_told(
    site: Site, web: Web, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = Store.open(tmp_path / "feedmaker.db")
    store.close()
    assert not tell((WELL,), Alerts(webhook=Webhook(f"{site.url}/hook")), web, store.health, NOW)
    assert site.heard == []
    assert "alerts wait" in caplog.text
