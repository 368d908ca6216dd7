"""The JSON Schema of the settings file, by which editors complete and check it.

    python -m feedmaker.settings.schema > config/sources.schema.json

It allows what ``load_settings`` allows, and a little more: only loading tells whether a selector, a regular expression,
a schedule, a time zone or an address is a valid one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from feedmaker.settings.access import AuthForm, LoginForm
from feedmaker.settings.browsing import BrowserForm
from feedmaker.settings.form import Form
from feedmaker.settings.forms import MergeForm, SettingsForm, SourceForm
from feedmaker.settings.options import OptionsForm
from feedmaker.settings.pacing import AdaptiveForm
from feedmaker.settings.places import ArchiveForm
from feedmaker.settings.rules import FilterForm, RuleForm
from feedmaker.settings.telling import AlertsForm, MailForm, WebhookForm

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# The options of a source that have settings of their own below them, and what stands between.
BELOW: dict[str, tuple[str, type[Form]]] = {
    "fields": (".FIELD", RuleForm),
    "include": (".FIELD", FilterForm),
    "exclude": (".FIELD", FilterForm),
    "every": ("", AdaptiveForm),
    "browser": ("", BrowserForm),
    "auth": ("", AuthForm),
    "login": ("", LoginForm),
}


class _Generator(GenerateJsonSchema):
    """Leaves out that None stands for what is not given, and titles that repeat a name."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: object) -> bool:
        return False


def schema() -> dict[str, Any]:
    """The JSON Schema, of draft 2020-12."""
    return {"$schema": DIALECT, **SettingsForm.model_json_schema(schema_generator=_Generator)}


def schema_text() -> str:
    """The JSON Schema as the file that is committed."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def setting_keys() -> tuple[str, ...]:
    """The dotted path of every setting, with NAME for the name of a source or a merged feed and FIELD for a field's."""
    below = (
        ("archive", ArchiveForm),
        ("alerts", AlertsForm),
        ("alerts.webhook", WebhookForm),
        ("alerts.email", MailForm),
        ("defaults", OptionsForm),
        ("sources.NAME", SourceForm),
        ("merge.NAME", MergeForm),
    )
    return (*SettingsForm.model_fields, *(key for place, form in below for key in _below(place, form)))


def _below(place: str, form: type[Form]) -> Iterator[str]:
    for name in form.model_fields:
        yield f"{place}.{name}"
        if issubclass(form, OptionsForm) and name in BELOW:
            between, below = BELOW[name]
            yield from _below(f"{place}.{name}{between}", below)


def main() -> None:
    """Print the schema."""
    sys.stdout.write(schema_text())


if __name__ == "__main__":
    main()
