"""The settings with which the demo reads its own site."""

from __future__ import annotations

from urllib.parse import urlsplit

SETTINGS = """\
# The settings of `feedmaker demo`: three sections of a small news site that this program serves itself.
output: ./feeds
allow_private: [127.0.0.0/8] # the site lives on this machine;
allow_ports: [{port}] # sources of the public internet need neither of these two lines
defaults: {{every: 30m, follow: metadata, delay: 0s}}
sources:
  harbour: # read by what its author says of it, in CSS
    url: {site_url}harbour/
    items: .card
    fields: {{title: .card__title, image: img@data-src}}
  notices: {site_url}notices/ # an address alone: its entries are found by how they stand on the page
  tides: # an address that answers with JSON
    title: Tide reports
    url: {site_url}api/tides.json
    items: json:$.data.reports
    fields: {{url: json:$.page, title: json:$.headline, summary: json:$.remarks, published: json:$.measured}}
"""


def demo_settings_yaml(site_url: str) -> str:
    """The text of a settings file for the site at ``site_url`` (``http://127.0.0.1:PORT/``, as ``DemoSite.url``)."""
    return SETTINGS.format(site_url=site_url, port=urlsplit(site_url).port)
