"""The text of an article as HTML."""

from __future__ import annotations

from feedmaker.model import Page


def article_html(page: Page) -> str | None:
    """The main text of a page as raw HTML, for ``clean_html``; None if there is none."""
    import trafilatura

    html: str | None = trafilatura.extract(
        page.text, url=page.url, output_format="html", include_images=True, include_links=True, include_comments=False
    )
    return html
