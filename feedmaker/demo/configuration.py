"""The settings with which the demo reads its own site."""

from __future__ import annotations

from urllib.parse import urlsplit

SETTINGS = """\
# The settings of `feedmaker demo`: one section of a small news site that this program serves itself.
output: ./feeds
allow_private: [127.0.0.0/8] # the site lives on this machine;
allow_ports: [{port}] # sources of the public internet need neither of these two lines
defaults: {{every: 30m, follow: metadata, delay: 0s}}
sources:
  harbour:
    url: {site_url}harbour/
    items: .card
    fields: {{title: .card__title, image: img@data-src}}
"""


def demo_settings_yaml(site_url: str) -> str:
    """The text of a settings file for the site at ``site_url`` (``http://127.0.0.1:PORT/``, as ``DemoSite.url``)."""
    return SETTINGS.format(site_url=site_url, port=urlsplit(site_url).port)
