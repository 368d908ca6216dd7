"""From pydantic's errors to faults that a person can mend."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from feedmaker.errors import SettingsFault
from feedmaker.settings.access import AuthForm, LoginForm
from feedmaker.settings.browsing import BrowserForm
from feedmaker.settings.document import REFUSED, Document, KeyPath, dotted
from feedmaker.settings.form import Form
from feedmaker.settings.forms import MergeForm, SettingsForm, SourceForm
from feedmaker.settings.invalid import NO_SOURCE, SECRET, Invalid, describe, kind_of, nearest
from feedmaker.settings.options import OptionsForm
from feedmaker.settings.pacing import AdaptiveForm
from feedmaker.settings.places import ArchiveForm
from feedmaker.settings.rules import FilterForm, RuleForm
from feedmaker.settings.telling import AlertsForm, MailForm, WebhookForm

EXPECTED = {
    "int_type": "a whole number",
    "bool_type": "true or false",
    "greater_than_equal": "a whole number of at least {ge}",
    "less_than_equal": "a whole number of at most {le}",
    "list_type": "a list",
    "too_short": "a list of at least one",
    "too_long": "a list of at most {max_length}",
    "dict_type": "a mapping",
    "model_type": "a mapping",
}
PLACES = (
    ("the top level", SettingsForm),
    ("a source or defaults", OptionsForm),
    ("a source", SourceForm),
    ("the rule of a field", RuleForm),
    ("include or exclude", FilterForm),
    ("a merged feed", MergeForm),
    ("browser", BrowserForm),
    ("auth", AuthForm),
    ("login", LoginForm),
    ("every", AdaptiveForm),
    ("archive", ArchiveForm),
    ("alerts", AlertsForm),
    ("alerts.webhook", WebhookForm),
    ("alerts.email", MailForm),
)
NAMED: dict[str | int, type[Form]] = {
    "browser": BrowserForm,
    "auth": AuthForm,
    "login": LoginForm,
    "every": AdaptiveForm,
    "archive": ArchiveForm,
    "alerts": AlertsForm,
    "webhook": WebhookForm,
    "email": MailForm,
}
MISSING: dict[str | int, tuple[str, str]] = {
    "url": ("Missing.", "Write the address of the section's page."),
    "login.url": ("Missing.", "Write the address of the page with the form."),
    "merge": ("Missing.", "Write the names of the sources."),
    "webhook.url": ("Missing.", "Write the address that alerts are posted to."),
    "to": ("Missing.", "Write the mail address that alerts go to."),
    "sender": ("Missing.", "Write the mail address that alerts come from."),
    "host": ("Missing.", "Write the name of the mail server."),
    "user": ("Missing.", "Write the name of the user."),
    "password": ("Missing.", "Write `password: ${NAME}`, a variable of the environment."),
    "fields": ("Missing.", "Write what goes into the form's fields, by their names."),
    "folder": ("Missing.", "Write the folder that keeps the pages."),
    "sources": (NO_SOURCE, "Write `sources:`, and `  name: https://address/` below it."),
}


def faults_of(error: ValidationError, document: Document, at_most: int) -> Iterator[SettingsFault]:
    """One fault for each error, except for values that have been refused already; the first ones of too many."""
    for details in islice(error.errors(include_url=False), at_most):
        if details["input"] is not REFUSED:
            yield _fault(details, document)


def _fault(details: ErrorDetails, document: Document) -> SettingsFault:
    keys: KeyPath = tuple(key for key in details["loc"] if key != "[key]")
    if details["type"] == "extra_forbidden":
        return document.fault(keys, "There is no such setting.", _unknown_hint(keys))
    if details["type"] == "missing":
        return _missing(keys, document)
    cause = details.get("ctx", {}).get("error")
    if isinstance(cause, Invalid):
        return document.fault(keys, str(cause), cause.hint)
    expected = EXPECTED[details["type"]].format_map(details.get("ctx", {}))
    found = kind_of(details["input"]) if SECRET.intersection(keys) else describe(details["input"])
    return document.fault(keys, f"Expected {expected}, found {found}.", _form_hint(details))


def _missing(keys: KeyPath, document: Document) -> SettingsFault:
    found, line = document.locate(keys)
    message, hint = MISSING.get(dotted(keys[-2:])) or MISSING["merge" if keys[0] == "merge" else keys[-1]]
    return SettingsFault(document.path, line, dotted(found if found == keys else (*found, keys[-1])), message, hint)


def _form_hint(details: ErrorDetails) -> str | None:
    value = details["input"]
    if details["type"] == "list_type" and isinstance(value, str | int):
        return f"Write [{value}]."
    if details["type"] == "int_type" and isinstance(value, str) and value.isdecimal():
        return f"Write {value} without quotes."
    return None


def _unknown_hint(keys: KeyPath) -> str:
    """Where a setting of that name belongs, else the nearest name of this place, else of another, else all of this."""
    name, form = str(keys[-1]), form_at(keys[:-1])
    elsewhere = _place_of(name)
    if elsewhere:
        return f'"{name}" belongs to {elsewhere}.'
    match = nearest(name, form.model_fields)
    if match:
        return f'Did you mean "{match}"?'
    match = nearest(name, {name for _, other in PLACES for name in other.model_fields}, cutoff=0.8)
    if match:
        return f'Did you mean "{match}", which belongs to {_place_of(match)}?'
    return f"Valid here: {', '.join(form.model_fields)}."


def _place_of(name: str) -> str | None:
    return next((place for place, form in PLACES if name in form.model_fields), None)


def form_at(keys: KeyPath) -> type[Form]:
    """The form that a mapping at a key path is checked by."""
    match keys:
        case ():
            return SettingsForm
        case ("defaults",):
            return OptionsForm
        case ("sources", _):
            return SourceForm
        case ("merge", _):
            return MergeForm
        case (*_, "include" | "exclude", _):
            return FilterForm
        case _:
            return NAMED.get(keys[-1], RuleForm)
