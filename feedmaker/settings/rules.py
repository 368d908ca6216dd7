"""The shape of what settings say about single fields of an entry: where each stands, and what it must say."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field

from feedmaker import model
from feedmaker.settings.form import Form, given
from feedmaker.settings.kinds import Alternatives, FieldName, Pattern, Template, Text, Texts

SUFFICIENT = ("select", "constant", "template")  # one of them makes a rule


def _as_rule(value: object) -> object:
    """The short forms of a rule: a selector, or a list of alternatives."""
    return {"select": value} if isinstance(value, str | list) else value


def _given_fields(value: object) -> object:
    return given(value, tuple(model.Field))


class RuleForm(Form):
    """How one field of an entry is read from an item of the list."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": [key]} for key in SUFFICIENT]})

    select: Alternatives | None = Field(
        default=None, description="A selector or a list of alternatives; the first that gives a value is taken."
    )
    constant: Text | None = Field(default=None, description="A text that is the same for every entry.")
    regex: Pattern | None = Field(
        default=None,
        description="A regular expression; its first group, or its whole match, replaces the selected value.",
    )
    template: Template | None = Field(
        default=None, description="A text with the names of fields in braces, such as https://example.org/{url}."
    )


Rule = Annotated[RuleForm, BeforeValidator(_as_rule, json_schema_input_type=str | Texts | RuleForm)]
Rules = Annotated[dict[FieldName, Rule], BeforeValidator(_given_fields)]
Patterns = Annotated[dict[FieldName, Pattern], BeforeValidator(_given_fields)]
