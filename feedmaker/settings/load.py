"""From a settings file to frozen settings, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from feedmaker.errors import SettingsError, SettingsFault
from feedmaker.settings.build import settings_of
from feedmaker.settings.checks import cross_checks
from feedmaker.settings.document import Block, Document, compose
from feedmaker.settings.faults import faults_of
from feedmaker.settings.file import read_text
from feedmaker.settings.forms import SettingsForm
from feedmaker.settings.invalid import describe
from feedmaker.settings.masking import secrets_of
from feedmaker.settings.secrets import Surroundings
from feedmaker.settings.values import Settings

MOST_FAULTS = 1000  # nobody reads more, and a file of nothing but faults must not fill the memory


def load_settings(path: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """Read and check a settings file; ``environment`` has the variables that ``${NAME}`` in it stands for.

    Raises SettingsError with every fault at once, in the order of their lines.
    """
    return settings_in(compose(read_text(path), path), environment or {})


def settings_in(document: Document, environment: Mapping[str, str]) -> Settings:
    """The same for a document that has been read."""
    surroundings = Surroundings(document.path.absolute().parent, environment)
    form, faults = check(document, surroundings)
    if form is None or faults:
        raise SettingsError(tuple(faults))
    settings = settings_of(form, document.path)
    return replace(settings, secrets=secrets_of(settings) | surroundings.found)


def check(document: Document, surroundings: Surroundings) -> tuple[SettingsForm | None, list[SettingsFault]]:
    """The document as a form if it has that shape, and all its faults in the order of their lines."""
    faults, form = list(document.faults), None
    if isinstance(document.root, Block):
        faults += cross_checks(document, document.root)
        try:
            form = SettingsForm.model_validate(document.root, context=surroundings)
        except ValidationError as error:
            faults += faults_of(error, document, at_most=MOST_FAULTS + 1)
    elif not faults:
        found = describe(document.root)
        hint = "Write `sources:` and a source below it."
        faults.append(document.fault((), f"Expected a mapping of settings, found {found}.", hint))
    return form, _in_order(faults)


def _in_order(faults: list[SettingsFault]) -> list[SettingsFault]:
    ordered = sorted(faults, key=lambda fault: (fault.line or 0, fault.key))
    if len(ordered) <= MOST_FAULTS:
        return ordered
    last = ordered[MOST_FAULTS - 1]
    more = SettingsFault(last.path, last.line, "", "Many more faults follow.", "Mend these first.")
    return [*ordered[: MOST_FAULTS - 1], more]
