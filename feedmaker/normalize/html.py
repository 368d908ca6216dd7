"""HTML that a feed reader may show: clean, well-formed, with absolute addresses."""

from __future__ import annotations

import nh3


def clean_html(html: str, base_url: str) -> str:
    """A fragment without scripts, styles, events and tracking, with addresses made absolute against ``base_url``."""
    return nh3.clean(html, url_relative=("rewrite_with_base", base_url))
