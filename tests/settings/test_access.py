"""A person's own access to a source, and the places that its secrets come from."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from feedmaker.errors import SettingsError, SettingsFault
from feedmaker.model import Access, BasicAuth, Login, Method
from feedmaker.settings import Settings, load_settings

Load = Callable[[str | bytes], Settings]
Faults = Callable[[str | bytes], tuple[SettingsFault, ...]]
URL = "https://example.org/"


def source(options: str) -> str:
    return f"sources:\n  news:\n    url: {URL}\n    {options}\n"


def access(load: Load, options: str) -> Access:
    return load(source(options)).sources[0].access


def test_a_source_without_access_of_its_own_has_none(load: Load) -> None:
    assert load(source("every: 1h")).sources[0].access == Access()


def test_all_of_a_persons_access_reaches_the_source_with_its_address(load: Load, ca_file: Path) -> None:
    options = """headers: {X-Api-Key: "${EXAMPLE_KEY}", Authorization: {file: example-token.txt}}
    cookies: {session: "a=${EXAMPLE_SESSION}"}
    login: {url: https://example.org/login, fields: {"e mail": "${EXAMPLE_USER}", password: "${EXAMPLE_PASSWORD}"}}
    ca_file: example-ca.pem
    method: POST
    body: '{"key": "${EXAMPLE_KEY}"}'"""
    assert access(load, options) == Access(
        URL,
        headers={"X-Api-Key": "secret-key", "Authorization": "secret-in-a-file"},
        cookies={"session": "a=secret-session"},
        ca_file=ca_file,
        method=Method.POST,
        body='{"key": "secret-key"}',
        login=Login("https://example.org/login", {"e mail": "secret-user", "password": "secret-password"}),
    )
    auth = access(load, "auth: {user: me, password: {file: ./example-token.txt}}").auth
    assert auth == BasicAuth("me", "secret-in-a-file")


def test_the_proxys_password_may_be_a_variable(load: Load) -> None:
    text = 'proxy: "http://me:${EXAMPLE_PASSWORD}@proxy.example.org:3128"\n' + source("every: 1h")
    assert load(text).fetch.proxy == "http://me:secret-password@proxy.example.org:3128"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a${EXAMPLE_KEY}b${EXAMPLE_KEY}", "asecret-keybsecret-key"),
        ("$${EXAMPLE_KEY}", "${EXAMPLE_KEY}"),
        ("pa$$word $EXAMPLE_KEY", "pa$$word $EXAMPLE_KEY"),
    ],
)
def test_only_a_dollar_and_a_brace_begin_a_variable(load: Load, written: str, meant: str) -> None:
    assert access(load, f"headers: {{X-Key: '{written}'}}").headers == {"X-Key": meant}


def test_what_a_variable_holds_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(source("headers: {X-Key: '${A}'}"))
    (loaded,) = load_settings(path, {"A": "${B} $${B}"}).sources
    assert loaded.access.headers == {"X-Key": "${B} $${B}"}


FAULTS = [
    ("headers: {X-Key: '${MISSING}'}", "headers.X-Key", "variable MISSING is not set."),
    ("headers: {X-Key: '${EMPTY}'}", "headers.X-Key", "variable EMPTY is empty."),
    ("headers: {X-Key: 'secret${'}", "headers.X-Key", "Write ${NAME}, or $${ for ${ itself."),
    ("headers: {X-Key: 'secret${A B}'}", "headers.X-Key", "without the name of a variable"),
    ("headers: {X-Key: 'secret${A'}", "headers.X-Key", "without the name of a variable"),
    ("headers: {X-Key: {file: no-such-file}}", "headers.X-Key", "no-such-file. Create it"),
    ("headers: {X-Key: {file: .}}", "headers.X-Key", "There is no file"),
    ("headers: {X-Key: {file: ~nobody-of-that-name/x}}", "headers.X-Key", "Write the whole path."),
    ("headers: {X-Key: {file: a, secret: b}}", "headers.X-Key", "found another mapping"),
    ("headers: {X-Key: {file: 7}}", "headers.X-Key", "found another mapping"),
    ("headers: {X-Key: {file: empty}}", "headers.X-Key", "is empty"),
    ("headers: {X-Key: {file: binary}}", "headers.X-Key", "is not UTF-8 text"),
    ("headers: {X-Key: {file: large}}", "headers.X-Key", "has more than 65536 bytes"),
    ("headers: {X-Key: 12345678}", "headers.X-Key", "found a number. Put it in quotes"),
    ("headers: {X-Key: true}", "headers.X-Key", "found true or false."),
    ("headers: {X-Key: [secret]}", "headers.X-Key", "found a list."),
    ('headers: {X-Key: "secret\\nHost: evil"}', "headers.X-Key", "a line break"),
    ("headers: secret", "headers", "Expected a mapping, found text."),
    ("headers: {X Key: secret}", "headers.X Key", 'Expected the name of a header, found "X Key".'),
    ("headers: {Cookie: secret}", "headers.Cookie", "Use `cookies`."),
    ("headers: {user-agent: secret}", "headers.user-agent", "use `contact`"),
    ("headers: {Host: secret}", "headers.Host", "follows from the request"),
    ("headers: {X-Key: secret, x-key: secret}", "headers", "X-Key is given twice"),
    ("headers: {Authorization: secret}\n    auth: {user: a, password: secret}", "headers.Authorization", "Both auth"),
    ("cookies: {'a=b': secret}", "cookies.a=b", "Expected the name of a cookie"),
    ("cookies: {a: secret; b=c}", "cookies.a", "a semicolon"),
    ("auth: me:secret", "auth", "Expected a mapping, found text."),
    ("auth: {user: me}", "auth.password", "Missing. Write `password: ${NAME}`"),
    ("auth: {password: secret}", "auth.user", "Missing."),
    ("auth: {user: 'me:me', password: secret}", "auth.user", "a colon"),
    ("auth: {usr: me, user: me, password: secret}", "auth.usr", 'Did you mean "user"?'),
    ("auth: {user: me, password: 12345678}", "auth.password", "found a number."),
    ("login: {fields: {a: secret}}", "login.url", "Write the address of the page with the form."),
    ("login: {url: https://example.org/login}", "login.fields", "Missing."),
    ("login: {url: https://example.org/login, fields: [secret]}", "login.fields", "Expected a mapping, found a list."),
    ("login: {url: https://example.org/login, feilds: {a: b}, fields: {a: b}}", "login.feilds", '"fields"?'),
    ("ca_file: no-such.pem", "ca_file", "cannot be read: No such file or directory."),
    ("ca_file: large", "ca_file", "has no certificates in PEM form."),
    ("ca_file: 7", "ca_file", "Expected the path of a file"),
    ("auth: {user: me, password: *secret}", "auth.password", "The alias *… is not allowed."),
    ("headers: {X-Key: &secret a}", "headers.X-Key", "The anchor &… is not allowed."),
    ("cookies: {a: !secret b}", "cookies.a", "The tag … is not allowed."),
    ("method: PUT", "method", "Expected GET or POST"),
    ("body: secret", "body", "Add `method: POST`."),
    ("method: POST\n    body: {secret: 1}", "body", "found another mapping"),
]


@pytest.mark.parametrize(("options", "key", "words"), FAULTS, ids=[options for options, _, _ in FAULTS])
def test_a_fault_is_told_with_its_line_and_without_the_value(
    tmp_path: Path, options: str, key: str, words: str
) -> None:
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "binary").write_bytes(b"secret\xff")
    (tmp_path / "large").write_text("secret " * 10_000)
    path = tmp_path / "sources.yaml"
    path.write_text(source(options))
    with pytest.raises(SettingsError) as raised:
        load_settings(path, {"EMPTY": ""})
    (fault,) = raised.value.faults
    assert fault.key == f"sources.news.{key}"
    assert (fault.line or 0) >= 4
    assert words in str(fault)
    assert "secret" not in str(fault).replace("`secret", "")
    assert "12345678" not in str(fault)
    trace = "".join(traceback.format_exception(raised.value))
    assert "secret" not in trace.replace(str(tmp_path), "").replace("parse_secret", "").replace("secrets.py", "")


def test_without_an_environment_no_variable_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the command line reads the environment of the process, and passes it on."""
    monkeypatch.setenv("EXAMPLE_KEY", "secret")
    path = tmp_path / "sources.yaml"
    path.write_text(source("headers: {X-Key: '${EXAMPLE_KEY}'}"))
    with pytest.raises(SettingsError, match="EXAMPLE_KEY is not set"):
        load_settings(path)


def test_no_value_is_shown_by_the_settings(load: Load) -> None:
    text = 'proxy: "http://me:${EXAMPLE_PASSWORD}@proxy.example.org:3128"\n' + source(
        """headers: {X-Api-Key: "${EXAMPLE_KEY}"}
    cookies: {session: "${EXAMPLE_SESSION}"}
    auth: {user: me, password: "${EXAMPLE_PASSWORD}"}
    login: {url: https://example.org/login, fields: {password: "${EXAMPLE_PASSWORD}"}}
    method: POST
    body: {file: example-token.txt}"""
    )
    assert "secret" not in repr(load(text))
