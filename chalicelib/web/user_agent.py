"""What a request's headers say of the program that sent it."""

import re
from collections.abc import Mapping

# Robots that say so, from github.com/monperrus/crawler-user-agents and from logs of link
# scanners and libraries. It does not find all robots.
ROBOT = re.compile(
    r"bot\b|bot/|crawl|spider|preview|slurp|facebookexternalhit|whatsapp|telegram|iframely"
    r"|google-safety|googleimageproxy|yahoomailproxy|prefetch proxy|headless|phantomjs"
    r"|python|curl/|wget|libwww-perl|go-http-client|java/|okhttp|apache-httpclient|axios"
    r"|node-fetch|undici|aiohttp|httpx|scrapy|ruby|guzzle|protocol discovery|msie [1-9]\.",
    re.IGNORECASE,
)


def is_robot(agent: str, brands: str) -> bool:
    return not agent.strip() or bool(ROBOT.search(agent)) or "headless" in brands.lower()


def is_speculative(headers: Mapping[str, str]) -> bool:
    """Whether a browser fetches the page ahead: nobody has seen it yet."""
    purposes = (headers.get(name, "") for name in ("sec-purpose", "purpose", "x-moz", "x-purpose"))
    return any(
        "prefetch" in purpose.lower() or "preview" in purpose.lower() for purpose in purposes
    )
