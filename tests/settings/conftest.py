"""A settings file on disk, and what loading it gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from feedmaker.errors import SettingsError, SettingsFault
from feedmaker.settings import Settings, load_settings

Load = Callable[[str | bytes], Settings]
Faults = Callable[[str | bytes], tuple[SettingsFault, ...]]
VARIABLES = ("TOKEN", "SESSION", "KEY", "USER", "PASSWORD")
ENVIRONMENT = {f"EXAMPLE_{name}": f"secret-{name.lower()}" for name in VARIABLES} | {
    "EXAMPLE_WEBHOOK": "https://hooks.example.org/secret-hook"
}


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Loads a text beside a file with a secret, in an environment with some more."""

    def load(text: str | bytes) -> Settings:
        path = tmp_path / "sources.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_settings(path, ENVIRONMENT)

    (tmp_path / "example-token.txt").write_text("secret-in-a-file\n")
    return load


@pytest.fixture
def ca_file(tmp_path: Path) -> Path:
    """A file of certificates beside the settings."""
    path = tmp_path / "example-ca.pem"
    trustme.CA().cert_pem.write_to_path(path)
    return path


@pytest.fixture
def faults(load: Load) -> Faults:
    def faults(text: str | bytes) -> tuple[SettingsFault, ...]:
        with pytest.raises(SettingsError) as raised:
            load(text)
        return raised.value.faults

    return faults
