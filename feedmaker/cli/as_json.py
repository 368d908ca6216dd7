"""Values as JSON, for other programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import click


def plain(value: object) -> object:
    """Any of the program's values as what JSON can hold: datetimes in ISO 8601, durations in seconds.

    What a value's repr leaves out is left out here, too: it is secret.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value) if each.repr}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, tzinfo | Path):
        return str(value)
    return value


def print_json(value: object) -> None:
    """Print a value as one JSON document."""
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=2))
