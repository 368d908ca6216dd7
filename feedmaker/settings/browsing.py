"""The shape of what a source says about pages that only a browser can show."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, PlainValidator, ValidatorFunctionWrapHandler, WrapValidator

from feedmaker.settings.form import Form
from feedmaker.settings.invalid import Invalid, describe
from feedmaker.settings.selectors import parse_selector


def _css(value: object) -> str:
    """A selector that the browser runs itself; raises Invalid."""
    selector = parse_selector(value)
    if selector.is_xpath or selector.is_json or selector.attribute:
        raise Invalid(f"Expected a CSS selector, found {describe(str(selector))}.")
    return selector.expression


Css = Annotated[str, PlainValidator(_css, json_schema_input_type=Annotated[str, Field(min_length=1)])]


class BrowserForm(Form):
    """How a page is brought up that only a browser can show."""

    wait_for: Css | None = Field(
        default=None, description="A CSS selector of what must be there before the page is read."
    )
    more: Css | None = Field(
        default=None, description="A CSS selector of a button that brings more; without it, the page is scrolled."
    )
    times: Annotated[int, Field(ge=0, le=50)] | None = Field(
        default=None,
        description="How often the button is clicked, once if not given, or the page is scrolled to its end.",
        json_schema_extra={"default": 0},
    )
    articles: bool | None = Field(
        default=None,
        description="Whether articles need the browser as well.",
        json_schema_extra={"default": False},
    )


def _browser(value: object, check: ValidatorFunctionWrapHandler) -> object:
    """The short forms: true is a browser without more, false none, whatever the defaults say."""
    if isinstance(value, bool):
        return check({}) if value else False
    if not isinstance(value, dict):
        hint = "Write true." if str(value).lower() in {"yes", "on", "1"} else None
        raise Invalid(f"Expected true, false or a mapping, found {describe(value)}.", hint)
    return check(value)


Browser = Annotated[BrowserForm, WrapValidator(_browser, json_schema_input_type=bool | BrowserForm)]
"""A form, or False: the one value that takes a default away."""
