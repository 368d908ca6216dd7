"""Every error that Feedmaker raises on purpose, as one tree.

    FeedmakerError
    ├── SettingsError        the settings file cannot be used; carries every fault at once      (exit 2)
    │   └── UnknownSource    a source is asked for that the settings do not have
    ├── SourceError          one source cannot be refreshed; the others go on                   (exit 1)
    │   ├── FetchError       an address did not give a page
    │   │   ├── AddressRefused    the address, port or network is not allowed
    │   │   ├── RobotsRefused     the site's robots.txt does not allow the address
    │   │   ├── Unreachable       no connection: DNS, refused, reset, TLS
    │   │   │   ├── UnknownHost       the host's name does not exist
    │   │   │   └── BadCertificate    the host cannot prove by TLS that it is itself
    │   │   ├── DeadlineExceeded  the whole response took too long
    │   │   ├── ResponseTooLarge  more bytes, headers or redirects than allowed
    │   │   ├── HttpStatusError   the server answered with an error status
    │   │   │   └── Blocked           a challenge page or a consent wall stands before the page
    │   │   │       └── LoginRequired     the site shows its login page instead
    │   │   ├── BudgetSpent       the source may make no more requests in this refresh
    │   │   ├── Stopping          Feedmaker is about to end and reads nothing more
    │   │   └── NotAPage          the response is not text that can be read as a page
    │   ├── ListingError     the page was fetched, but its entries cannot be read
    │   │   ├── NoEntries         nothing on the page looks like a list of entries
    │   │   └── RuleMatchesNothing  a rule of the settings selects nothing on the page
    │   └── ReadingBroken    reading a page took too long, or ended the process that read it
    ├── UnreadableArticle    an article's bytes cannot be read at all; costs that article only
    ├── OutputError          the output folder cannot be written                                (exit 3)
    ├── StateError           the stored state cannot be used                                    (exit 3)
    │   └── StateDamaged     what is in its file is not what was written
    └── AlreadyRunning       another instance works on the same state                           (exit 4)

A message says what was expected, what was found and what to do next; the subject (source, address, path) is an
attribute as well, so that a caller can add it or leave it out. Errors of libraries are converted where they enter,
with the original chained as ``__cause__``. Anything that is not a FeedmakerError is a bug and stops loudly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

# What ends a line, moves a terminal's cursor, or turns the rest of a line around (Unicode, chapter 23.2).
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class FeedmakerError(Exception):
    """Base of every expected error. All can be pickled, whatever their constructors ask for."""

    def __reduce__(self) -> tuple[object, ...]:
        return _restored, (type(self), self.args), self.__dict__


def _restored(kind: type[FeedmakerError], args: tuple[object, ...]) -> FeedmakerError:
    return kind.__new__(kind, *args)


def one_line(text: str) -> str:
    """The text without characters that would make a line of a message look like something else."""
    return _NOT_SHOWN.sub("\N{REPLACEMENT CHARACTER}", text)


@dataclass(frozen=True, slots=True)
class SettingsFault:
    """One thing that is wrong in a settings file.

    ``line`` counts from 1 and is None when the file itself is missing; ``key`` is the dotted path of the setting
    (``sources.americas.every``); ``hint`` names the nearest valid name or form, if there is one.
    """

    path: Path
    line: int | None
    key: str
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        key = f" {self.key}:" if self.key else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{place}:{key} {self.message}{hint}"


class SettingsError(FeedmakerError):
    """A settings file with one or more faults; ``faults`` holds all of them in the order of their lines."""

    def __init__(self, faults: tuple[SettingsFault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class UnknownSource(SettingsError):
    """Sources are asked for that the settings do not have; ``faults`` holds one for each name. The file is right."""

    def __str__(self) -> str:
        return "\n".join(f"{fault.message} {fault.hint}" for fault in self.faults)


class SourceError(FeedmakerError):
    """A source that cannot be refreshed now. ``address`` is the address that was being read, if there was one.

    The message is one line, whatever a site has put into it.
    """

    def __init__(self, message: str, *, address: str | None = None) -> None:
        super().__init__(one_line(message))
        self.address = address


class FetchError(SourceError):
    """An address did not give a page. ``retry_after`` (seconds) is how long the host asks to be left alone.

    ``received`` is how many bytes came all the same.
    """

    received = 0

    def __init__(self, message: str, *, address: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(message, address=address)
        self.retry_after = retry_after


class AddressRefused(FetchError):
    """The scheme, port or network of an address is not one that sources may live on."""


class Unreachable(FetchError):
    """No connection could be made or kept: DNS, refused, reset, TLS."""


class UnknownHost(Unreachable):
    """The host's name does not exist in DNS."""


class BadCertificate(Unreachable):
    """The host's certificate is expired, made for another name, or signed by nobody who is trusted."""


class RobotsRefused(FetchError):
    """The site's robots.txt does not allow the address (RFC 9309)."""


class BudgetSpent(FetchError):
    """The source has made as many requests as one refresh of it may; the address was not at fault."""


class Stopping(FetchError):
    """Feedmaker is about to end; the address was not at fault."""


class DeadlineExceeded(FetchError):
    """The response was not complete within its deadline."""


class ResponseTooLarge(FetchError):
    """The response has more bytes, headers or redirects than are allowed."""


class HttpStatusError(FetchError):
    """The server answered with an error; ``status`` is the HTTP status code (RFC 9110, section 15).

    ``said`` is the title of the page that came with it, or the beginning of its text, if there was one.
    """

    def __init__(
        self, message: str, *, address: str, status: int, retry_after: float | None = None, said: str | None = None
    ) -> None:
        super().__init__(message, address=address, retry_after=retry_after)
        self.status = status
        self.said = said


class Blocked(HttpStatusError):
    """A challenge page or a consent wall stands before the page; ``status`` may well be 200."""


class LoginRequired(Blocked):
    """The site shows its login page instead of the page that was asked for."""


class NotAPage(FetchError):
    """The response is a picture, an archive or anything else that cannot be read as a page."""


class ListingError(SourceError):
    """The listing page was fetched, but its entries cannot be read."""


class NoEntries(ListingError):
    """Nothing on the page looks like a list of entries."""


class RuleMatchesNothing(ListingError):
    """A rule of the settings selects nothing on the page; ``rule`` is its dotted path below the source."""

    def __init__(self, message: str, *, rule: str, address: str | None = None) -> None:
        super().__init__(message, address=address)
        self.rule = rule


class ReadingBroken(SourceError):
    """A page was fetched, but reading it took longer than its deadline, or ended the process that read it."""


class UnreadableArticle(FeedmakerError):
    """An article's bytes cannot be read at all."""

    def __init__(self, message: str, *, address: str) -> None:
        super().__init__(message)
        self.address = address


class OutputError(FeedmakerError):
    """The output folder or a file in it cannot be written."""

    def __init__(self, message: str, *, path: Path) -> None:
        super().__init__(message)
        self.path = path


class StateError(FeedmakerError):
    """The stored state cannot be opened, migrated or written."""

    def __init__(self, message: str, *, path: Path) -> None:
        super().__init__(message)
        self.path = path


class StateDamaged(StateError):
    """The file of the state is damaged; opening it anew moves it aside and keeps what can be read."""


class AlreadyRunning(FeedmakerError):
    """Another instance holds the lock of the same state."""

    def __init__(self, message: str, *, path: Path) -> None:
        super().__init__(message)
        self.path = path
