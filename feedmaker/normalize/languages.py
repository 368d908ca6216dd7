"""Language tags (BCP 47) out of whatever pages write."""

from __future__ import annotations

import re

_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{2}))?$", re.IGNORECASE)


def language_tag(raw: str) -> str | None:
    """A BCP 47 tag such as ``en`` or ``en-US``; None for what is no language."""
    found = _TAG.match(raw.strip().replace("_", "-"))
    if not found:
        return None
    language, region = found[1].lower(), (found[2] or "").upper()
    return f"{language}-{region}" if region and region != language.upper() else language
