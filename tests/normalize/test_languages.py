"""Language tags out of whatever pages write."""

from __future__ import annotations

import pytest

from feedmaker.normalize.languages import language_tag


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("en-us", "en-US"),
        ("en_EN", "en"),
        ("de_DE.UTF-8", "de-DE"),
        ("pt_BR", "pt-BR"),
        ("es-419", "es-419"),
        ("zh-Hans-CN", "zh-Hans-CN"),
        ("zh-cmn-Hans-CN", "zh-Hans-CN"),
        ("ZH-HANT", "zh-Hant"),
        ("en-GB-oxendict", "en-GB"),
        ("en, de", "en"),
        ("iw", "he"),
        ("jp", "ja"),
        ("ger", "de"),
        ("English", "en"),
        ("gsw", "gsw"),
        (" no ", "no"),
    ],
)
def test_tags_are_written_as_bcp_47_wants_them(raw: str, expected: str) -> None:
    assert language_tag(raw) == expected


@pytest.mark.parametrize("raw", ["", "junk", "x-default", "und", "12", "-", "e", "text/html"])
def test_what_is_no_language_is_none(raw: str) -> None:
    assert language_tag(raw) is None
