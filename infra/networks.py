"""Refreshes the published networks of chalicelib/networks.json: `make networks`.

A source that cannot be reached, or that says something unexpected, leaves the file as it was.
"""

import ipaddress
import json
import sys
import urllib.request
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chalicelib.networks import DATA

PATIENCE_S = 30
# A list that shrinks to less than this share of itself is a mistake of somebody.
LEAST_LEFT = 0.1


class SourceRejected(Exception):
    """`source` is its name."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")


def refresh(path: Path, today: str) -> list[str]:
    """Gives the names of the sources that were refreshed. Raises SourceRejected."""
    data = json.loads(path.read_text())
    published = [source for source in data["sources"] if "format" in source]
    for source in published:
        source |= {"prefixes": _published(source), "date": today}
    path.write_text(json.dumps(data, indent=2) + "\n")
    return [source["name"] for source in published]


def _published(source: dict[str, Any]) -> list[str]:
    try:
        with urllib.request.urlopen(source["source"], timeout=PATIENCE_S) as answer:
            found = _collapsed(FORMATS[source["format"]](json.load(answer)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceRejected(source["name"], str(error) or type(error).__name__) from error
    before = _addresses(source["prefixes"])
    if _addresses(found) < LEAST_LEFT * before:
        raise SourceRejected(source["name"], "it lists hardly any address any more")
    return found


def _collapsed(prefixes: Iterable[str]) -> list[str]:
    networks = [ipaddress.ip_network(prefix) for prefix in prefixes]
    fours = [network for network in networks if isinstance(network, ipaddress.IPv4Network)]
    sixes = [network for network in networks if isinstance(network, ipaddress.IPv6Network)]
    collapsed = [*ipaddress.collapse_addresses(fours), *ipaddress.collapse_addresses(sixes)]
    return [str(network) for network in collapsed]


def _addresses(prefixes: Iterable[str]) -> int:
    """How many of version 4."""
    networks = map(ipaddress.ip_network, prefixes)
    return sum(network.num_addresses for network in networks if network.version == 4)


def _of_amazon(said: Any) -> list[str]:
    rows = [*said["prefixes"], *said["ipv6_prefixes"]]
    found = [row for row in rows if row["service"] == "EC2"]
    return [row.get("ip_prefix") or row["ipv6_prefix"] for row in found]


def _of_google(said: Any) -> list[str]:
    return [row.get("ipv4Prefix") or row["ipv6Prefix"] for row in said["prefixes"]]


def _of_microsoft_365(said: Any) -> list[str]:
    return [prefix for service in said for prefix in service.get("ips", [])]


FORMATS: dict[str, Callable[[Any], list[str]]] = {
    "amazon": _of_amazon,
    "google": _of_google,
    "microsoft_365": _of_microsoft_365,
}


def main() -> int:
    try:
        refreshed = refresh(DATA, datetime.now(UTC).date().isoformat())
    except SourceRejected as error:
        print(f"Nothing was changed. {error}")
        return 1
    print("Refreshed: " + "; ".join(refreshed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
