"""A source of the site's section whose settings a test writes as a person would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from feedmaker.model import Outcome, Source
from feedmaker.refresh import Services, refresh_source
from feedmaker.settings import load_settings
from tests.refresh.output import folder_of
from tests.town import Answer, Site

SECRET = "a-key-that-nobody-sees"
CARDS = "items: .card\nfields: {title: h2 a}\n"


class Town:
    """The site, and a source that reads it with the options of a settings file."""

    def __init__(self, site: Site, services: Services, folder: Path) -> None:
        self.site, self.services, self.folder = site, services, folder

    def refresh(self, options: str = CARDS, url: str = "/news/") -> Outcome:
        """One refresh by settings that say this of the source."""
        return refresh_source(self.source(options, url), self.services)

    def source(self, options: str, url: str = "/news/") -> Source:
        """The source of a settings file with these options."""
        text = f"url: {self.site.url}{url}\ndelay: 0s\n{options}"
        path = self.folder / "sources.yaml"
        path.write_text("sources:\n  town:\n" + "".join(f"    {line}\n" for line in text.splitlines()))
        (source,) = load_settings(path, {"TOWN_KEY": SECRET}).sources
        return source

    @property
    def items(self) -> list[dict[str, Any]]:
        """The feed's items."""
        return list(json.loads((folder_of(self.services) / "town.json").read_bytes())["items"])

    @property
    def titles(self) -> list[str]:
        """The titles of the feed's items."""
        return [item["title"] for item in self.items]


def as_json(site: Site, **document: object) -> None:
    site.answers["/api"] = Answer(json.dumps(document), type="application/json")
