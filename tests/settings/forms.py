"""Every form that a part of a settings file has."""

from __future__ import annotations

from feedmaker.settings.access import AuthForm, LoginForm
from feedmaker.settings.browsing import BrowserForm
from feedmaker.settings.forms import MergeForm, SettingsForm, SourceForm
from feedmaker.settings.options import OptionsForm
from feedmaker.settings.pacing import AdaptiveForm
from feedmaker.settings.places import ArchiveForm
from feedmaker.settings.rules import FilterForm, RuleForm
from feedmaker.settings.telling import AlertsForm, MailForm, WebhookForm

FORMS = (
    SettingsForm,
    AlertsForm,
    WebhookForm,
    MailForm,
    ArchiveForm,
    OptionsForm,
    SourceForm,
    RuleForm,
    AuthForm,
    LoginForm,
    FilterForm,
    MergeForm,
    BrowserForm,
    AdaptiveForm,
)
