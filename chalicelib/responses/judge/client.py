"""The client of a request. Its address and its browser's name are hashed at once."""

import hmac
import ipaddress
import re
from collections.abc import Mapping

from chalicelib.responses.judge.facts import Client, Network
from chalicelib.web.request import prefix_of

# Robots that say so, from github.com/monperrus/crawler-user-agents and from logs of link
# scanners and libraries. It does not find all robots.
ROBOT = re.compile(
    r"bot\b|bot/|crawl|spider|preview|slurp|facebookexternalhit|whatsapp|telegram|iframely"
    r"|google-safety|googleimageproxy|yahoomailproxy|prefetch proxy|headless|phantomjs"
    r"|python|curl/|wget|libwww-perl|go-http-client|java/|okhttp|apache-httpclient|axios"
    r"|node-fetch|undici|aiohttp|httpx|scrapy|ruby|guzzle|protocol discovery|msie [1-9]\.",
    re.IGNORECASE,
)
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


def client_of(address: str, headers: Mapping[str, str], key: bytes) -> Client:
    """`headers` are looked up in lower case."""
    agent = headers.get("user-agent", "")
    return Client(
        prefix=_hashed(key, prefix_of(address)),
        agent=_hashed(key, agent),
        network=network_of(address),
        robot=is_robot(agent, headers.get("sec-ch-ua", "")),
    )


def is_robot(agent: str, brands: str) -> bool:
    return not agent.strip() or bool(ROBOT.search(agent)) or "headless" in brands.lower()


def is_speculative(headers: Mapping[str, str]) -> bool:
    """Whether a browser fetches the page ahead: nobody has seen it yet."""
    purposes = (headers.get(name, "") for name in ("sec-purpose", "purpose", "x-moz", "x-purpose"))
    return any(
        "prefetch" in purpose.lower() or "preview" in purpose.lower() for purpose in purposes
    )


def network_of(address: str) -> Network:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return Network.OTHER
    return next((kind for prefix, kind in NETWORKS if found in prefix), Network.OTHER)


def _hashed(key: bytes, text: str) -> str:
    return hmac.digest(key, b"client\x00" + text.encode(), "sha256").hex()[:16]
