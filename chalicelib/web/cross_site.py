"""Where a browser's request comes from. A page of ours posts to the place it came from."""

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

OURS = ("same-origin", "none")


def is_from_another_site(headers: Mapping[str, str], own_hosts: Collection[str]) -> bool:
    """`headers` are looked up in lower case. Without both headers nothing is known."""
    site = headers.get("sec-fetch-site", "").strip().lower()
    if site:
        return site not in OURS
    # Our pages send no referrer, so a browser that says no more sends the origin `null`.
    origin = headers.get("origin", "null").strip().lower()
    return origin != "null" and _host_of(origin) not in own_hosts


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
