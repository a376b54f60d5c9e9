"""The headers by which help desks sign, as the document of the API names them."""

from collections.abc import Iterator

from chalicelib.helpdesks import registry
from chalicelib.helpdesks.signatures import Hmac, Scheme, secret_itself


def signatures_of_hooks() -> Iterator[tuple[str, str, list[str]]]:
    """A name, a header, and who signs by it."""
    titles: dict[str, list[str]] = {}
    for source in registry.every():
        for scheme in source.signed:
            titles.setdefault(_header(scheme), []).append(source.title)
    for header, of in titles.items():
        yield header.removeprefix("x-").replace("-", "_"), header.title(), of


def _header(scheme: Scheme) -> str:
    if isinstance(scheme, Hmac):
        return scheme.header
    return "x-heed-secret" if scheme is secret_itself else "webhook-signature"
