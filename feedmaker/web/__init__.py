"""Feeds over HTTP (the extra ``web``)."""
