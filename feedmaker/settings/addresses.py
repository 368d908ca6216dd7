"""Addresses that settings give: of sections, of the folder readers find, of a proxy, of a person, of networks."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from feedmaker.model import Database
from feedmaker.settings.invalid import Invalid, describe, require_text

EXPECTED = "an address such as https://example.org/news/"
LONGEST = 4096  # characters
CREDENTIALS = re.compile(r"[^/]*@")
UNUSABLE = re.compile(r"[\x00-\x20\x7f\\<>\"{}|^`\s]")
LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
HOST = re.compile(rf"{LABEL}(?:\.{LABEL})*\.?")
CONTACT = re.compile(r"[!-'*-\[\]-~]+")  # what stands in a comment of the User-Agent as it is (RFC 9110, section 5.6.5)
CONTACT_EXPECTED = "a web address or a mail address that the owner of a site can reach you at"
MAIL = re.compile(r"[^@]+@[^@]+")

BUCKET_EXPECTED = "the address of a bucket such as s3://bucket/prefix"
BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[\w!'()*-][\w!.'()*-]*)*/?", re.ASCII)

DATABASE_EXPECTED = "the address of a database such as postgresql://user@host/database"

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def parse_url(value: object) -> str:
    """Check an absolute http or https address without a user's name or password; raises Invalid."""
    text = require_text(value, EXPECTED)
    parts = _split(text)
    if parts.username is not None or parts.password is not None:
        raise Invalid("The address carries a user name or a password.", "Remove what stands before the @.")
    return text


def parse_base_url(value: object) -> str:
    """Check the address of a folder, which always ends in a slash; raises Invalid."""
    text = parse_url(value)
    if "?" in text or "#" in text:
        raise Invalid(f"Expected the address of a folder, found {describe(text)}.", "Remove the ? or # and the rest.")
    return text if text.endswith("/") else text + "/"


def parse_bucket(value: object) -> str:
    """Check the address of a place in object storage, without a slash at its end; raises Invalid."""
    text = require_text(value, BUCKET_EXPECTED)
    if not BUCKET.fullmatch(text):
        found = describe(CREDENTIALS.sub("***@", text))
        raise Invalid(f"Expected {BUCKET_EXPECTED}, found {found}.", "Keys come from the environment.")
    return text.rstrip("/")


def parse_database(text: str) -> Database:
    """Check the address of a PostgreSQL database, in the form of libpq's connection URIs; raises Invalid.

    No message repeats it: it may hold a password.
    """
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise Invalid(f"Expected {DATABASE_EXPECTED}, found one that cannot be read.") from error
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise Invalid(f"Expected {DATABASE_EXPECTED}, found another address.", "Or name a file.")
    return Database(f"postgresql{text.removeprefix(parts.scheme)}")


def parse_proxy(value: object) -> str:
    """Check the address of an HTTP proxy, which alone may carry a user's name and password; raises Invalid."""
    text = require_text(value, "the address of an HTTP proxy such as http://proxy.example.org:3128")
    parts = _split(text)
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise Invalid("Expected a proxy's host and port alone, found a path behind them.", "Remove the path.")
    return text


def parse_contact(value: object) -> str:
    """Check what the User-Agent names as contact: a web address or a mail address; raises Invalid."""
    text = require_text(value, CONTACT_EXPECTED)
    if not CONTACT.fullmatch(text) or ("://" not in text and not MAIL.fullmatch(text)):
        hint = "Write https://example.org/about or me@example.org."
        raise Invalid(f"Expected {CONTACT_EXPECTED}, found {describe(text)}.", hint)
    return parse_url(text) if "://" in text else text


def parse_network(value: object) -> Network:
    """Read a network (``10.1.0.0/16``) or one address as a network of its own; raises Invalid."""
    expected = "a network such as 10.1.0.0/16 or an address such as 127.0.0.1"
    text = require_text(value, expected)
    try:
        return ipaddress.ip_network(text)
    except ValueError as error:
        raise Invalid(f"Expected {expected}, found {describe(text)}.", _network_hint(text)) from error


def _network_hint(text: str) -> str | None:
    if text.lower() == "localhost":
        return "Write 127.0.0.0/8."
    try:
        return f"Write {ipaddress.ip_network(text, strict=False)}."
    except ValueError:
        return None


def _split(text: str) -> SplitResult:
    """The parts of an absolute http or https address. Messages never repeat a password."""
    if "://" not in text:
        raise Invalid(f"Expected {EXPECTED}, found {describe(CREDENTIALS.sub('***@', text))}.", _scheme_hint(text))
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Invalid(f"Expected {EXPECTED}, found one whose host or port cannot be read.") from error
    if parts.scheme not in {"http", "https"}:
        raise Invalid(f"Expected an address that begins with https:// or http://, found {describe(parts.scheme)}.")
    unusable = UNUSABLE.search(text)
    if unusable:
        hint = "Write it as a browser copies it, with %20 for a space."
        raise Invalid(f"The address contains {describe(unusable[0])}.", hint)
    if not _is_host(host) or port == 0:
        found = "the port 0" if port == 0 else f"the host {describe(host)}" if host else "no host"
        raise Invalid(f"Expected {EXPECTED}, found one with {found}.")
    if len(text) > LONGEST:
        raise Invalid(f"Expected an address of at most {LONGEST} characters, found {len(text)}.")
    return parts


def _scheme_hint(text: str) -> str | None:
    rest = re.sub(r"^(https?:)?/*", "", text)
    host = re.split("[/:]", rest)[0]
    return f"Write https://{rest}" if "." in host and _is_host(host) and not UNUSABLE.search(rest) else None


def _is_host(host: str) -> bool:
    """Whether a host is an IP address or a name of the DNS (RFC 1123, section 2.1), in Unicode or not."""
    if not host or len(host) > 253 or "%" in host:
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        return True
    try:
        return bool(HOST.fullmatch(host.encode("idna").decode("ascii").lower()))
    except UnicodeError:
        return False
