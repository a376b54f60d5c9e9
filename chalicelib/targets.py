"""Which addresses a webhook may call: a public host by its name, over https on port 443. Whoever
types an address in must not reach what only this machine or this network reaches."""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from chalicelib.errors import HeedError, LookupFailed

LONGEST_URL: Final = 1000
# A name of at least two labels. The last one begins with a letter, as no number does in any
# notation (127.1, 0x7f.1, 2130706433, 0177.0.0.1).
LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST: Final = rf"(?:{LABEL}\.)+(?=[a-z]){LABEL}"
LONGEST_HOST: Final = 253
PATH: Final = r"(?:/[!-\"$-\[\]-~]*)?(?:\?[!-\"$-\[\]-~]*)?"
PUBLIC: Final = re.compile(rf"https://({HOST})(?::443)?({PATH})", re.IGNORECASE)
LOOPBACK: Final = re.compile(rf"(https?)://(127\.0\.0\.1|localhost):(\d{{2,5}})({PATH})")
# What the standard library calls global and is not, by its version, or leads to other addresses:
# NAT64, 6to4, Teredo, and the relays of 6to4.
NOT_PUBLIC: Final = [
    ipaddress.ip_network(network)
    for network in (
        *("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/23", "fec0::/10"),
        *("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4"),
    )
]


class TargetRefused(HeedError):
    """Heed does not call this address. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


Resolve = Callable[[str, int], Sequence[str]]


class Target(Struct, frozen=True):
    """`path` holds the query, too."""

    is_tls: bool
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """As the Host header has it."""
        return self.host if (self.is_tls, self.port) == (True, 443) else f"{self.host}:{self.port}"


def target_of(url: str, loopback: bool = False) -> Target:
    """`loopback`: on the local stack this machine may be called, too. Raises TargetRefused."""
    if len(url) > LONGEST_URL:
        raise TargetRefused("url_too_long")
    local = LOOPBACK.fullmatch(url) if loopback else None
    if local:
        return Target(local[1] == "https", local[2], int(local[3]), _path(local[4]))
    found = PUBLIC.fullmatch(url)
    if not found or len(found[1]) > LONGEST_HOST:
        raise TargetRefused("url_not_public")
    return Target(True, found[1].lower(), 443, _path(found[2]))


def addresses_of(target: Target, resolve: Resolve, loopback: bool = False) -> list[str]:
    """All of them, looked up once: who calls connects to one of these and looks up no other.
    Raises TargetRefused when one of them is not public, and LookupFailed."""
    found = list(dict.fromkeys(resolve(target.host, target.port)))
    if not found:
        raise LookupFailed
    if not all(is_public(one) or (loopback and one == "127.0.0.1") for one in found):
        raise TargetRefused("address_not_public")
    return found


def is_public(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    inner = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    if inner is not None or "%" in text:
        return False
    special = address.is_multicast or address.is_reserved or address.is_unspecified
    return (
        address.is_global
        and not special
        and not any(address in net for net in NOT_PUBLIC if net.version == address.version)
    )


def resolve(host: str, port: int) -> list[str]:
    """By the system's resolver; IPv4 first, since a function has no IPv6. Raises LookupFailed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise LookupFailed from error
    found.sort(key=lambda one: one[0] != socket.AF_INET)
    return [str(one[4][0]) for one in found]


def _path(found: str) -> str:
    return found if found.startswith("/") else f"/{found}"
