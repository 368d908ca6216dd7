"""Page -> Draft: an ordered table of small extractors, and a table of how far each is trusted for each field."""

from __future__ import annotations

from feedmaker.extract.article.table import extract_article

__all__ = ["extract_article"]
