"""Which addresses are read at all: their form, port and network. Pure decisions; nothing is resolved here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urljoin, urlsplit

import requests

from feedmaker.errors import AddressRefused, one_line
from feedmaker.model import FetchPolicy
from feedmaker.normalize.urls import registrable_domain

IpAddress = IPv4Address | IPv6Address
IpNetwork = IPv4Network | IPv6Network

DEFAULT_PORTS = {"http": 80, "https": 443}
PORTS = frozenset({80, 443, 8080, 8443})
MAX_URL = 8192  # RFC 9110, section 4.1, asks for at least 8000

# Addresses of cloud machines' own metadata, which hands out credentials. Amazon, Google, Azure, Oracle and others share
# the first; 168.63.129.16 (Azure) is public by its number and private by its use.
METADATA = frozenset(
    map(ip_address, ("169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16", "fd00:ec2::254"))
)
# Carriers of an IPv4 address: IPv4-mapped (RFC 4291), NAT64 (RFC 6052) and 6to4 (RFC 3056), with the bits behind it.
_CARRIERS = ((ip_network("::ffff:0:0/96"), 0), (ip_network("64:ff9b::/96"), 0), (ip_network("2002::/16"), 80))
_IPV6_UNICAST = ip_network("2000::/3")  # all that IANA has given out for the public internet
_IPV6_SPECIAL = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
# CGNAT (RFC 6598), protocol assignments (RFC 6890), 6to4 relays
_IPV4_SPECIAL = tuple(map(ip_network, ("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24")))

_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")
_SECRET_VALUES = re.compile(
    r"(?<=[?&;#])((?:[\w.-]*[_.-])?(?:api|access|auth|token|key|secret|passw(?:or)?d|pass|pwd|sig|signature|(?:php)?sess(?:ion)?id|session|sid)"
    r"(?:[_.-]?(?:key|token|id))?)=[^&#;]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be asked for: ``url`` exactly as it is sent, in ASCII; ``host`` without brackets."""

    url: str
    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """Scheme, host and port (RFC 6454), within which secrets may be sent."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}")

    @property
    def group(self) -> str:
        """What requests are spaced by: the registrable domain, or the host if it is an IP address."""
        return self.host if literal(self.host) else registrable_domain(self.host.rstrip("."))


def vetted(url: str, policy: FetchPolicy) -> Address:
    """The address in the form in which it is sent. Raises AddressRefused for a form or port that is not allowed."""
    url = url.strip()
    if len(url) > MAX_URL:
        raise _refused(url[:100] + "…", f"it is {len(url)} characters long, and {MAX_URL} are the most that is sent")
    if _FORBIDDEN.search(url):
        raise _refused(url, "it holds a backslash or a control character, which programs read in different ways")
    if not re.match(r"https?://", url, re.IGNORECASE):
        raise _refused(url, "only addresses that begin with http:// or https:// are")
    address = parsed(url)
    if address.port not in PORTS | policy.allow_ports:
        ports = ", ".join(map(str, sorted(PORTS | policy.allow_ports)))
        raise _refused(url, f"port {address.port} is not one of {ports}; allow_ports: [{address.port}] allows it")
    return address


def parsed(url: str) -> Address:
    """The parts of the address as requests will send it; parsing that very text leaves no room for two readings."""
    request = requests.PreparedRequest()
    try:
        request.prepare_url(url, None)
        sent = str(request.url)
        parts = urlsplit(sent)
        host, port = parts.hostname, parts.port
    except (requests.RequestException, ValueError) as error:
        raise _refused(url, "it is not an address that can be taken apart into host, port and path") from error
    if parts.username is not None or parts.password is not None or "@" in urlsplit(url).netloc:
        raise _refused(url, "it holds a user name or password; give them as `auth` of the source instead")
    if not host:
        raise _refused(url, "it names no host")
    return Address(sent, parts.scheme, host, DEFAULT_PORTS[parts.scheme] if port is None else port)


def joined(base: str, reference: str) -> str:
    """The address that a reference on a page or in a header means; one that means nothing is left as it is."""
    try:
        return urljoin(base, reference.strip())
    except ValueError:  # brackets without an IPv6 address between them
        return reference


@lru_cache(1024)
def origin_of(url: str) -> str | None:
    """The origin of an address that somebody else wrote; None if it has none."""
    try:
        return parsed(url).origin
    except AddressRefused:
        return None


@lru_cache(1024)
def group_of(url: str) -> str | None:
    """The group of an address that somebody else wrote; None if it has none."""
    try:
        return parsed(url).group
    except AddressRefused:
        return None


def literal(host: str) -> IpAddress | None:
    """The IP address that a host is written as, or None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def refusal(ip: IpAddress, allowed: Iterable[IpNetwork]) -> str | None:
    """Why a connection to an IP address is refused, in words; None if it is public or within ``allowed`` networks.

    An IPv4 address inside an IPv6 one (mapped, NAT64, 6to4) is judged for itself. Metadata services have to be allowed
    by their single address: whoever allows a network does not mean them.
    """
    allowed, ip = (
        tuple(allowed),
        ip_address(ip.packed),
    )  # without its zone (RFC 4007), which says nothing of where it is
    carrier, inner = _carried(ip)
    if ip in METADATA and not _within(ip, [network for network in allowed if network.num_addresses == 1]):
        return "the metadata service of a cloud machine"
    if inner and ((reason := refusal(inner, allowed)) or carrier == "mapped"):
        return reason and f"{inner}, {reason}, inside an IPv6 address"
    if _within(ip, allowed):
        return None
    return _kind(ip)


def _carried(ip: IpAddress) -> tuple[str, IPv4Address | None]:
    if isinstance(ip, IPv6Address):
        for network, shift in _CARRIERS:
            if ip in network:
                return "mapped" if network == _CARRIERS[0][0] else "tunnel", IPv4Address(int(ip) >> shift & 0xFFFFFFFF)
    return "", None


def _within(ip: IpAddress, networks: Iterable[IpNetwork]) -> bool:
    return any(ip in network for network in networks)


def _kind(ip: IpAddress) -> str | None:
    kinds = {
        "an unspecified address": ip.is_unspecified,
        "a loopback address": ip.is_loopback,
        "a link-local address": ip.is_link_local,
        "a multicast address": ip.is_multicast,
        "a private address": ip.is_private and not ip.is_reserved,
        "a reserved address": ip.is_reserved,
        "not a public address": not ip.is_global or _is_special(ip),
    }
    return next((kind for kind, is_so in kinds.items() if is_so), None)


def _is_special(ip: IpAddress) -> bool:
    if isinstance(ip, IPv4Address):
        return _within(ip, _IPV4_SPECIAL)
    return ip not in _IPV6_UNICAST or _within(ip, _IPV6_SPECIAL)


def shown(url: str) -> str:
    """An address as messages show it: without user, password, and values of parameters that are named as secrets."""
    url = re.sub(r"(?<=//)[^/?#]*@", "***@", one_line(url.replace("\\", "�")))
    return _SECRET_VALUES.sub(r"\1=***", url)


def _refused(url: str, reason: str) -> AddressRefused:
    address = shown(url)
    return AddressRefused(f"{address} is not read: {reason}", address=address)
