"""Addresses in, pages out: politely, within limits, and never into a network that is not meant."""

from feedmaker.fetch.courier import Spend, freely
from feedmaker.fetch.fetcher import Fetcher
from feedmaker.fetch.freshness import fresh_for, served_at
from feedmaker.fetch.web import Web

__all__ = ["Fetcher", "Spend", "Web", "freely", "fresh_for", "served_at"]
