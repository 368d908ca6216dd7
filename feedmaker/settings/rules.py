"""The shape of what settings say about single fields of an entry: where each stands, and what it must say."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field

from feedmaker import model
from feedmaker.settings.form import Form, given
from feedmaker.settings.kinds import Alternatives, FieldName, Pattern, Template, Text, Texts, Words
from feedmaker.settings.patterns import pattern_of_words

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


def _as_filter(value: object) -> object:
    """The short form of a filter: a regular expression."""
    return value if isinstance(value, dict) else {"regex": value}


class FilterForm(Form):
    """What is looked for in one field of an entry."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [key]} for key in ("words", "regex")]})

    words: Words | None = Field(
        default=None, description="Words, of which one must stand in the field; capitals make no difference."
    )
    regex: Pattern | None = Field(default=None, description="A regular expression that must be found in the field.")

    @property
    def pattern(self) -> str | None:
        """What is looked for as one regular expression; None if the form is empty, which is a fault."""
        return pattern_of_words(self.words) if self.words else self.regex


Filter = Annotated[FilterForm, BeforeValidator(_as_filter, json_schema_input_type=str | FilterForm)]
Wanted = Annotated[dict[FieldName, Filter], BeforeValidator(_given_fields)]
