"""Whatever stands in the file, loading gives Settings or SettingsError and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedmaker.errors import SettingsError, SettingsFault
from feedmaker.settings import load_settings
from feedmaker.settings.forms import SettingsForm
from tests.settings.forms import FORMS

SHIPPED = (Path(__file__).parents[2] / "config" / "sources.yaml").read_bytes()
LIMITS = settings(derandomize=True, max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.sampled_from(
        ["30m", "0 6 * * 1", "UTC", "Moscow", "full", "https://example.org/", "http://[", "a[", "img@src", "xpath:a(",
         "(", "{url}", "{", "10.0.0.0/8", "x/y", "a" * 2000, "title", "me@example.org",
         "${HOME}", "${", "POST", "json:$.a["]
    )
)  # fmt: skip
NAMES = sorted({name for form in FORMS for name in form.model_fields})
KEYS = st.sampled_from([*NAMES, "title", "url", "image", "", "zzz", "<<"]) | st.text(max_size=8)
VALUES = st.recursive(
    SCALARS, lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=5), max_leaves=12
)
SOURCES = st.dictionaries(KEYS | st.just("news"), st.dictionaries(KEYS, VALUES, max_size=6) | VALUES, max_size=3)
FILES = st.fixed_dictionaries(
    {"sources": SOURCES | VALUES}, optional={name: VALUES for name in SettingsForm.model_fields if name != "sources"}
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any") / "sources.yaml"


def faults_of(path: Path, content: bytes) -> tuple[SettingsFault, ...]:
    """Anything but SettingsError passes through, and fails the test."""
    path.write_bytes(content)
    try:
        load_settings(path)
    except SettingsError as error:
        faults = error.faults
    else:
        return ()
    lines = [fault.line or 0 for fault in faults]
    assert lines
    assert lines == sorted(lines)
    assert max(lines) <= content.count(b"\n") + content.count(b"\r") + 1
    return faults


@LIMITS
@given(content=st.binary(max_size=200))
def test_any_bytes(path: Path, content: bytes) -> None:
    faults_of(path, content)


@LIMITS
@given(content=st.text(st.sampled_from("abk:-?,[]{}#&*!|>'\"%@`~ \n\t<.0/é"), max_size=60))
def test_any_text_of_yamls_own_signs(path: Path, content: str) -> None:
    faults_of(path, content.encode())


@LIMITS
@given(content=VALUES)
def test_any_value_in_place_of_settings(path: Path, content: object) -> None:
    faults_of(path, json.dumps(content, ensure_ascii=False).encode())


@LIMITS
@given(data=st.data())
def test_the_shipped_file_with_any_damage(path: Path, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, 800))
    length = data.draw(st.integers(0, 20))
    faults_of(path, SHIPPED[:start] + data.draw(st.binary(max_size=6)) + SHIPPED[start + length :])


@LIMITS
@given(content=FILES)
def test_any_settings_and_a_fault_is_found_with_or_without_another_one_before_it(
    path: Path, content: dict[str, object]
) -> None:
    text = json.dumps(content, ensure_ascii=False)
    alone = faults_of(path, text.encode())
    both = faults_of(path, b'{"zzz zzz": 1, ' + text[1:].encode())
    assert {(fault.key, fault.message) for fault in alone} <= {(fault.key, fault.message) for fault in both}
