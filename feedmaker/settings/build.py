"""From checked forms to the values that everything else works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, timedelta
from os.path import normpath
from pathlib import Path
from typing import Any

from feedmaker.model import (
    Access,
    Alerts,
    BasicAuth,
    Database,
    FetchPolicy,
    Field,
    FieldRule,
    Filters,
    Kind,
    ListingRules,
    Login,
    Mail,
    Merge,
    Rendering,
    Schedule,
    SiteFunction,
    Source,
    Webhook,
)
from feedmaker.settings.browsing import BrowserForm
from feedmaker.settings.forms import MergeForm, SettingsForm, SourceForm
from feedmaker.settings.kinds import Robots
from feedmaker.settings.options import OptionsForm
from feedmaker.settings.rules import FilterForm, RuleForm
from feedmaker.settings.telling import AlertsForm, MailForm
from feedmaker.settings.values import Settings

OUTPUT, STATE, RECORDINGS = Path("feeds"), Path("feedmaker.db"), Path("recordings")
PLAIN = ("category", "keep", "keep_for", "follow", "reread", "on_edit", "delay", "max_requests", "timezone", "pages")
ACCESS = ("headers", "cookies", "ca_file", "method", "body")
FETCH = ("contact", "proxy", "deadline", "max_bytes", "hosts_at_once")


def settings_of(form: SettingsForm, path: Path) -> Settings:
    """The settings of a checked file; paths in it are relative to the file."""
    defaults = form.defaults or OptionsForm()
    sources = {name: _source(name, source, defaults, path) for name, source in form.sources.items()}
    return Settings(
        path=path,
        output=_beside(path, form.output if isinstance(form.output, Path) else OUTPUT),
        bucket=form.output if isinstance(form.output, str) else None,
        state=form.state if isinstance(form.state, Database) else _beside(path, form.state or STATE),
        **_archive(form, path),
        base_url=form.base_url,
        hub=form.hub,
        alerts=_alerts(form.alerts) if form.alerts else None,
        status_feed=bool(form.status_feed),
        on_change=tuple(form.on_change or ()),
        recordings=_beside(path, form.recordings or RECORDINGS),
        fetch=_fetch(form),
        sources=tuple(sources.values()),
        merges=tuple(_merge_of(name, merge, sources) for name, merge in (form.merge or {}).items()),
    )


def _merge_of(name: str, form: MergeForm, sources: Mapping[str, Source]) -> Merge:
    given = form.given()
    plain = {key: given[key] for key in ("title", "category", "keep") if key in given}
    return Merge(name, tuple(sources[each] for each in form.sources), **plain)


def _archive(form: SettingsForm, path: Path) -> dict[str, Any]:
    if form.archive is None:
        return {}
    kept = {"keep_pages": form.archive.keep_pages} if form.archive.keep_pages else {}
    return {"archive": _beside(path, form.archive.folder), **kept}


def _alerts(form: AlertsForm) -> Alerts:
    return Alerts(
        **{"after": form.after} if form.after else {},
        webhook=Webhook(form.webhook.url, form.webhook.headers or {}) if form.webhook else None,
        email=_mail(form.email) if form.email else None,
        command=tuple(form.command or ()),
    )


def _mail(form: MailForm) -> Mail:
    return Mail(**{**form.given(), "to": tuple(form.to)})


def _beside(path: Path, written: Path) -> Path:
    return Path(normpath(path.absolute().parent / written))


def _fetch(form: SettingsForm) -> FetchPolicy:
    given = form.given()
    return FetchPolicy(
        allow_private=tuple(form.allow_private or ()),
        allow_ports=frozenset(form.allow_ports or ()),
        **{name: given[name] for name in FETCH if name in given},
    )


def _source(name: str, form: SourceForm, defaults: OptionsForm, path: Path) -> Source:
    """A source; what it leaves open comes from the defaults, and what they leave open from the model."""
    options = _over(form, defaults)
    given = options.given()
    plain = {key: given[key] for key in PLAIN if key in given}
    source = Source(
        name,
        form.url,
        title=form.title,
        rules=_rules(options),
        filters=_filters(options),
        access=_access(form),
        site=_site(form, path),
        browser=_rendering(options.browser or None),
        robots=options.robots is not Robots.IGNORE,
        **plain,
    )
    return replace(source, schedule=_schedule(options))


def _site(form: SourceForm, path: Path) -> SiteFunction | None:
    if form.site is None:
        return None
    module, _, function = form.site.partition(":")
    return SiteFunction(module, function, path.absolute().parent)


def _rendering(form: BrowserForm | None) -> Rendering | None:
    if form is None:
        return None
    given = form.given()
    return Rendering(**({"times": 1} if form.more else {}) | given)


def _access(form: SourceForm) -> Access:
    given = form.given()
    parts = {name: given[name] for name in ACCESS if name in given}
    if form.auth:
        parts["auth"] = BasicAuth(form.auth.user, form.auth.password)
    if form.login:
        parts["login"] = Login(form.login.url, form.login.fields)
    return Access(form.url, **parts) if parts else Access()


def _over(own: OptionsForm, defaults: OptionsForm) -> OptionsForm:
    """A source's options over the defaults, each as a whole; either schedule of the source replaces both defaults."""
    below = {name: value for name, value in defaults.given().items() if getattr(own, name) is None}
    if own.every or own.cron:
        below = {name: value for name, value in below.items() if name not in {"every", "cron"}}
    return own.model_copy(update=below) if below else own


def _schedule(options: OptionsForm) -> Schedule:
    if options.cron:
        return Schedule(cron=options.cron, timezone=options.timezone or UTC)
    if isinstance(options.every, timedelta):
        return Schedule(every=options.every)
    return replace(options.every.schedule() if options.every else Schedule(), timezone=options.timezone)


def _rules(options: OptionsForm) -> ListingRules:
    fields = {field: _rule(rule) for field, rule in (options.fields or {}).items()}
    return ListingRules(options.items, fields, options.link_pattern, options.kind or Kind.AUTO)


def _rule(form: RuleForm) -> FieldRule:
    return FieldRule(tuple(form.select or ()), form.constant, form.regex, form.template)


def _filters(options: OptionsForm) -> Filters:
    return Filters(
        _patterns(options.include),
        _patterns(options.exclude),
        max_age=options.max_age,
        unique_by=options.unique_by,
        limit=options.limit,
    )


def _patterns(forms: Mapping[Field, FilterForm] | None) -> Mapping[Field, str]:
    return {field: form.pattern for field, form in (forms or {}).items() if form.pattern}
