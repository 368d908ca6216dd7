"""What all mappings of the settings file have in common whose keys are settings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator


def given(value: object, known: Iterable[str]) -> object:
    """A mapping without those of its known keys that have no value: they count as not given."""
    if not isinstance(value, dict):
        return value
    return {key: each for key, each in value.items() if each is not None or key not in known}


class Form(BaseModel):
    """A mapping of the settings file whose keys are settings. None stands for a setting that is not given."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_empty(cls, data: object) -> object:
        return given(data, cls.model_fields)

    def given(self) -> dict[str, Any]:
        """The settings that are given, by name."""
        return {name: value for name, value in self.__dict__.items() if value is not None}
