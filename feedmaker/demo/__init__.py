"""A small news site of our own, served on loopback: for the first run (``feedmaker demo``) and for tests.

Its town, people and events are invented. Between them its pages carry the ways in which publishers mark up a story, and
the furniture that must not end up in a feed; ``site/site.yaml`` lists the stories, ``site/styles`` the ways,
and ``site/boards.yaml`` what stands on bare pages and in JSON.
"""

from __future__ import annotations

from feedmaker.demo.configuration import demo_settings_yaml
from feedmaker.demo.server import DemoSite

__all__ = ["DemoSite", "demo_settings_yaml"]
