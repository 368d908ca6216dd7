"""A settings file on disk, and what loading it gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feedmaker.errors import SettingsError, SettingsFault
from feedmaker.settings import Settings, load_settings

Load = Callable[[str | bytes], Settings]
Faults = Callable[[str | bytes], tuple[SettingsFault, ...]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def load(text: str | bytes) -> Settings:
        path = tmp_path / "sources.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_settings(path)

    return load


@pytest.fixture
def faults(load: Load) -> Faults:
    def faults(text: str | bytes) -> tuple[SettingsFault, ...]:
        with pytest.raises(SettingsError) as raised:
            load(text)
        return raised.value.faults

    return faults
