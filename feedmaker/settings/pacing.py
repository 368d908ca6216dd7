"""The shape of how often a source is refreshed."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field, PlainValidator, ValidatorFunctionWrapHandler, WrapValidator

from feedmaker.model import Schedule
from feedmaker.settings import durations
from feedmaker.settings.form import Form
from feedmaker.settings.invalid import Invalid
from feedmaker.settings.kinds import DurationText

LONGEST = timedelta(days=7)


class Adaptive(StrEnum):
    """The word for a schedule that goes by the pace of the entries."""

    ADAPTIVE = "adaptive"


def _bound(value: object) -> timedelta:
    return durations.parse_duration(value, timedelta(seconds=1), LONGEST)


Bound = Annotated[timedelta, PlainValidator(_bound, json_schema_input_type=DurationText)]


class AdaptiveForm(Form):
    """A source that is refreshed by the pace of its entries, within bounds."""

    shortest: Bound | None = Field(
        default=None,
        description="How long to wait at least from one refresh to the next.",
        json_schema_extra={"default": "10m"},
    )
    longest: Bound | None = Field(
        default=None,
        description="How long to wait at most from one refresh to the next.",
        json_schema_extra={"default": "6h"},
    )

    def schedule(self) -> Schedule:
        """The schedule, with what is not given as it is in the model; without a time zone."""
        return Schedule(**self.given())


def _every(value: object, check: ValidatorFunctionWrapHandler) -> object:
    """A duration, the word, or bounds for what the word means."""
    if value == Adaptive.ADAPTIVE:
        return check({})
    if not isinstance(value, dict):
        return durations.parse_duration(value, minimum=timedelta(seconds=1))
    form: AdaptiveForm = check(value)
    schedule = form.schedule()
    if schedule.shortest > schedule.longest:
        shortest, longest = (durations.format_duration(each) for each in (schedule.shortest, schedule.longest))
        raise Invalid(f"The longest wait, {longest}, is shorter than the shortest, {shortest}.", "Give both.")
    return form


Every = Annotated[AdaptiveForm, WrapValidator(_every, json_schema_input_type=DurationText | Adaptive | AdaptiveForm)]
"""A form, or a duration (timedelta)."""
