"""Entries found by the page's structure alone."""

from __future__ import annotations

from urllib.parse import urljoin

from feedmaker.model import Candidate, Draft, Page


def repeated_entries(page: Page) -> tuple[Draft, ...]:
    """Every link in a heading."""
    drafts = []
    for heading in page.tree.iter("h1", "h2", "h3"):
        for link in heading.iter("a"):
            title = " ".join(link.text_content().split())
            if title and link.get("href"):
                drafts.append(Draft(urljoin(page.url, link.get("href")), titles=(Candidate(title, "heading"),)))
    return tuple(drafts)
