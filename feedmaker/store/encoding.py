"""An entry as JSON and back. Only what an entry has is written, so that what an older version wrote still loads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from feedmaker.model import Entry, Image, Person

_ENTRY_FIELDS = {field.name for field in fields(Entry)}
_IMAGE_FIELDS = {field.name for field in fields(Image)}
_PERSON_FIELDS = {field.name for field in fields(Person)}
_DATES = ("published", "updated")


def encode(entry: Entry) -> str:
    """The entry as compact JSON; dates are ISO 8601 with the offset they have."""
    text = _dump(entry, ascii_only=False)
    return text if _is_unicode(text) else _dump(entry, ascii_only=True)


def decode(text: str) -> Entry:
    """The entry that ``encode`` wrote. Missing keys take their defaults; keys of a newer version are left out.

    Raises ValueError or TypeError for what it cannot have written.
    """
    values = _known(json.loads(text), _ENTRY_FIELDS)
    for name in _DATES:
        if name in values:
            values[name] = datetime.fromisoformat(values[name])
    if "authors" in values:
        values["authors"] = tuple(Person(**_known(person, _PERSON_FIELDS)) for person in values["authors"])
    if "images" in values:
        values["images"] = tuple(Image(**_known(image, _IMAGE_FIELDS)) for image in values["images"])
    if "tags" in values:
        values["tags"] = tuple(values["tags"])
    return Entry(**values)


def _dump(entry: Entry, *, ascii_only: bool) -> str:
    return json.dumps(_plain(entry), ensure_ascii=ascii_only, separators=(",", ":"), default=_plain)


def _is_unicode(text: str) -> bool:
    """Whether the text can be stored as UTF-8: a lone surrogate, which pages do escape to, cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _plain(value: object) -> object:
    """What JSON has no word for, in words that it has."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Entry | Image | Person):
        present = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: item for name, item in present if item is not None and item != () and item != {}}
    raise TypeError(f"an entry cannot hold {value!r}")


def _known(values: object, names: set[str]) -> dict[str, Any]:
    """The values this version has a field for; the very dict when that is all of them, which is the quick way."""
    if not isinstance(values, dict):
        raise TypeError(f"expected an object, found {values!r}")
    if values.keys() <= names:
        return values
    return {name: value for name, value in values.items() if name in names}
