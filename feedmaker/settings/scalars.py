"""Plain YAML scalars by the core schema of YAML 1.2 (section 10.3.2), narrowed to what nobody means as text.

YAML 1.1, which PyYAML resolves by, takes ``no`` for false, ``010`` for eight, ``12:30:45`` for 45045 and ``2025-02-06``
for a date. Here they stay text, and so do numbers that do not read back as they were written (``010``, ``0x1F``).
"""

from __future__ import annotations

import re

WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,17})?(?:[eE][-+]?[0-9]{1,3})?")


def resolve(text: str) -> str | int | float | bool | None:
    """The value of a plain (unquoted, untagged) scalar."""
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    if FLOAT.fullmatch(text):
        return float(text)
    return text
