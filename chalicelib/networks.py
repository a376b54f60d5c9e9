"""Networks: what kind an address belongs to, and what one household or office shares."""

import ipaddress
from enum import StrEnum


class Network(StrEnum):
    """What kind of network an address belongs to: a weak signal, never a verdict."""

    SCANNER = "scanner"
    CLOUD = "cloud"
    OTHER = "other"


# Networks that are known to open links by themselves, and clouds that scanners and people
# both use. Published prefixes only. A miss costs little: a desktop visit needs natural input
# from any network.
PREFIXES = {
    Network.SCANNER: (
        "20.33.0.0/16 20.40.0.0/13 40.76.0.0/14 40.80.0.0/12 40.96.0.0/12 40.112.0.0/13 "
        "52.96.0.0/12 52.112.0.0/14 65.52.0.0/14 104.40.0.0/13 104.47.0.0/17 13.64.0.0/11 "
        "67.231.144.0/20 148.163.128.0/19 185.132.180.0/22 205.220.160.0/19 207.211.30.0/23 "
        "91.220.42.0/24 195.130.217.0/24 205.139.110.0/23 68.232.128.0/19 150.70.0.0/16 "
        "64.235.144.0/20 209.222.80.0/21"
    ),
    Network.CLOUD: (
        "3.0.0.0/9 18.128.0.0/9 34.192.0.0/10 44.192.0.0/10 52.0.0.0/10 54.64.0.0/11 "
        "54.144.0.0/12 54.160.0.0/11 54.192.0.0/11 34.64.0.0/10 35.184.0.0/13 66.249.64.0/19 "
        "66.249.80.0/20 104.196.0.0/14 165.225.0.0/16 136.226.0.0/16 159.89.0.0/16 "
        "167.99.0.0/16 95.216.0.0/16 51.68.0.0/16 149.154.160.0/20"
    ),
}


NETWORKS = [
    (ipaddress.ip_network(prefix), kind)
    for kind, prefixes in PREFIXES.items()
    for prefix in prefixes.split()
]


def network_of(address: str) -> Network:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return Network.OTHER
    return next((kind for prefix, kind in NETWORKS if found in prefix), Network.OTHER)


def prefix_of(address: str) -> str:
    """The /24 or /48 network, which a household or an office shares. Empty for no IP address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 48), strict=False))
