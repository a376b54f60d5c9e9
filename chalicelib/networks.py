"""Networks: what kind an address belongs to, and what one household or office shares."""

import ipaddress
import json
import socket
from bisect import bisect_right
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path


class Network(StrEnum):
    """What kind of network an address belongs to: a weak signal, never a verdict."""

    SCANNER = "scanner"
    CLOUD = "cloud"
    OTHER = "other"


# Networks that are known to open links by themselves, and clouds that scanners and people
# both use, each with its date and its source; `make networks` refreshes those that are published.
# A miss costs little: a desktop visit needs natural input from any network.
DATA = Path(__file__).with_suffix(".json")


class Ranges:
    """Addresses in order: thousands are read in milliseconds when the function starts."""

    def __init__(self, prefixes: Iterable[str]) -> None:
        self._starts: list[tuple[int, int]] = []
        self._ends: list[tuple[int, int]] = []
        for start, end in sorted(map(_span, prefixes)):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __contains__(self, address: tuple[int, int]) -> bool:
        place = bisect_right(self._starts, address) - 1
        return place >= 0 and address <= self._ends[place]


def network_of(address: str) -> Network:
    try:
        found = _number(address)
    except OSError:
        return Network.OTHER
    return next((kind for kind, ranges in RANGES.items() if found in ranges), Network.OTHER)


def prefix_of(address: str) -> str:
    """The /24 or /48 network, which a household or an office shares. Empty for no IP address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 48), strict=False))


def _span(prefix: str) -> tuple[tuple[int, int], tuple[int, int]]:
    address, _, length = prefix.partition("/")
    version, start = _number(address)
    size = 1 << ((32 if version == 4 else 128) - int(length))
    return (version, start), (version, start + size - 1)


def _number(address: str) -> tuple[int, int]:
    """The version and the address. Raises OSError."""
    if ":" in address:
        return 6, int.from_bytes(socket.inet_pton(socket.AF_INET6, address), "big")
    return 4, int.from_bytes(socket.inet_pton(socket.AF_INET, address), "big")


def _read() -> dict[Network, Ranges]:
    """A scanner's network stays one inside a cloud."""
    sources = json.loads(DATA.read_text())["sources"]
    return {
        kind: Ranges(
            prefix
            for source in sources
            if source["network"] == kind
            for prefix in source["prefixes"]
        )
        for kind in (Network.SCANNER, Network.CLOUD)
    }


RANGES = _read()
